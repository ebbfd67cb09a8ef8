"""Every name that a rule file may use for a part of the state, written once.

The variables that acts can move, the axes they lie on, the scalers that multiply an
effect, and the placeholders that stand for a capital. No numpy and no I/O: the state,
the effects compiler and the loader's cross-checks all read these tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AxisName = Literal["capital", "partner", "dispute", "institution", "dyad"]
Link = Literal["stock", "logit", "level"]


@dataclass(frozen=True)
class Variable:
    """A state variable that acts can move.

    ``axes`` without the run axis; a dyad axis is addressed by two capitals. ``link``:
    ``stock`` saturates towards ``low`` and ``high``, ``logit`` is held on the logit
    scale and shown on 0..1, ``level`` is additive.
    """

    name: str
    axes: tuple[AxisName, ...]
    link: Link
    low: float
    high: float
    about: str


VARIABLES: dict[str, Variable] = {
    v.name: v
    for v in (
        Variable(
            "trust",
            ("capital", "partner"),
            "logit",
            0,
            1,
            "a government's belief that another keeps its word",
        ),
        Variable(
            "provocation",
            ("capital", "partner"),
            "stock",
            0,
            1,
            "recent hostile acts of another, as a capital feels them",
        ),
        Variable(
            "gesture",
            ("capital", "partner"),
            "stock",
            0,
            1,
            "recent conciliatory acts of another, as a capital sees them",
        ),
        Variable(
            "glow",
            ("capital", "partner"),
            "stock",
            -1,
            1,
            "short-lived warmth of a public towards another",
        ),
        Variable(
            "narrative",
            ("capital", "partner"),
            "stock",
            -1,
            1,
            "how far a public's stories of another have changed since the start",
        ),
        Variable(
            "coercion",
            ("capital", "partner"),
            "stock",
            0,
            1,
            "share of a capital's trade with another that the other restricts",
        ),
        Variable(
            "exposure",
            ("capital", "partner"),
            "stock",
            0,
            1,
            "trade that a capital needs from another",
        ),
        Variable("hurt", ("dispute", "capital"), "stock", 0, 1, "injury that a public carries"),
        Variable("relief", ("dispute", "capital"), "level", 0, 9, "remedies begun, not yet felt"),
        Variable(
            "salience", ("dispute", "capital"), "stock", 0, 1, "how much a dispute is on the mind"
        ),
        Variable(
            "settlement",
            ("dispute", "capital"),
            "stock",
            0,
            1,
            "how far it is settled in that capital's eyes",
        ),
        Variable(
            "restraint",
            ("dispute", "capital"),
            "stock",
            0,
            1,
            "how far that capital is bound by its own pledge of restraint",
        ),
        Variable(
            "institution",
            ("institution", "dyad"),
            "stock",
            0,
            1,
            "from none through ad hoc and regular to treaty",
        ),
        Variable("interoperability", ("dyad",), "stock", 0, 1, "ability to operate together"),
        Variable("channel", ("dyad",), "stock", 0, 1, "working lines that prevent miscalculation"),
        Variable("escalation", ("dyad",), "stock", 0, 1, "rung of the escalation ladder"),
        Variable("programme", ("capital",), "stock", 0, 1, "nuclear and missile programme"),
        Variable("posture", ("capital",), "stock", 0, 1, "forward military posture"),
        Variable("abandonment", ("capital",), "stock", 0, 1, "fear of being left by the ally"),
        Variable("bandwidth", (), "stock", 0, 1, "Washington's attention to the region"),
        Variable(
            "approval",
            ("capital",),
            "logit",
            0,
            1,
            "approval of the government (elite support in autocracies)",
        ),
        Variable(
            "political_capital",
            ("capital",),
            "stock",
            0,
            1,
            "what a government can still spend at home",
        ),
        Variable("stance", ("capital",), "stock", -1, 1, "the leader's stance on reconciliation"),
    )
}


@dataclass(frozen=True)
class Appraisal:
    """A quantity that the model derives each turn: no act moves it directly."""

    name: str
    axes: tuple[AxisName, ...]
    about: str


APPRAISALS: dict[str, Appraisal] = {
    a.name: a
    for a in (
        Appraisal(
            "threat", ("capital", "partner"), "how dangerous a capital holds another to be, 0 to 1"
        ),
        Appraisal("protest", ("capital",), "share of a public that takes to the streets, 0 to 1"),
    )
}

EXTRA_STARTS: dict[str, tuple[AxisName, ...]] = {
    "threat_constant": ("capital", "partner"),
    "attitude": ("capital", "partner"),
}
"""What a scenario may set under ``initial`` beside the variables, and its axes."""

ArgumentKind = Literal["dispute", "institution", "capital"]

_CAPITAL: tuple[ArgumentKind, ...] = ("capital",)
_PAIR: tuple[ArgumentKind, ...] = ("capital", "capital")
_GRIEVANCE: tuple[ArgumentKind, ...] = ("dispute", "capital")

SCALER_ARGUMENTS: dict[str, tuple[ArgumentKind, ...]] = {
    "one": (),
    "salience": _GRIEVANCE,
    "hurt": _GRIEVANCE,
    "stake": _GRIEVANCE,
    "unsettled": _GRIEVANCE,
    "restraint": _GRIEVANCE,
    "threat": _PAIR,
    "trust": _PAIR,
    "distrust": _PAIR,
    "common_threat": _PAIR,
    "exposure": _PAIR,
    "coercion": _PAIR,
    "approval": _CAPITAL,
    "weakness": _CAPITAL,
    "scarcity": _CAPITAL,
    "bandwidth": (),
    "us_elsewhere": (),
    "reciprocity": _PAIR,
    "unreciprocated": _PAIR,
    "abandonment": _CAPITAL,
    "shared_abandonment": _PAIR,
    "abandonment_gap": _PAIR,
    "institution": ("institution", "capital", "capital"),
    "interoperability": _PAIR,
    "channel": _PAIR,
    "no_channel": _PAIR,
    "programme": _CAPITAL,
    "posture": _CAPITAL,
    "openness": _CAPITAL,
    "hardness": _CAPITAL,
    "provocation": _PAIR,
    "escalation": _PAIR,
}
"""What each scaler is asked about: the kinds of its arguments, in sequence."""

SCALERS: dict[str, int] = {name: len(kinds) for name, kinds in SCALER_ARGUMENTS.items()}
"""Number of arguments of each scaler."""

_SCALER = re.compile(r"\s*(?P<name>[a-z_]+)\s*(?:\((?P<arguments>[^()]*)\)\s*)?")


def parse_scaler(text: str) -> tuple[str, tuple[str, ...]]:
    """Split ``name`` or ``name(a, b)`` into the name and its arguments.

    The argument names themselves are not looked up.

    Raises
    ------
    ValueError
        If the text has another form, the scaler is unknown, or the number of
        arguments is not the scaler's.
    """
    match = _SCALER.fullmatch(text)
    if match is None:
        msg = f"a scaler is written 'name' or 'name(a, b)', found {text!r}"
        raise ValueError(msg)
    name = match["name"]
    inside = match["arguments"]
    arguments = tuple(part.strip() for part in inside.split(",")) if inside else ()
    if name not in SCALERS:
        msg = f"unknown scaler {name!r}; known: {', '.join(SCALERS)}"
        raise ValueError(msg)
    if len(arguments) != SCALERS[name] or not all(arguments):
        msg = f"{name} takes {SCALERS[name]} arguments, found {len(arguments)}"
        raise ValueError(msg)
    return name, arguments


def coordinate_kinds(axes: tuple[AxisName, ...]) -> tuple[ArgumentKind, ...]:
    """Kinds of the names that address a cell; a dyad takes two capitals."""
    kinds: list[ArgumentKind] = []
    for axis in axes:
        if axis == "dyad":
            kinds.extend(_PAIR)
        elif axis == "partner":
            kinds.append("capital")
        else:
            kinds.append(axis)
    return tuple(kinds)
