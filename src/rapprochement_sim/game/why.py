"""Why a figure changed, as far as one seat can know. The parts sum to what was published.

Acts and events are named, since everyone saw them. What drifts by itself stands under
``time``. Chance, sampling error, other governments' inner affairs and everything smaller
than the grain stand together as *unattributed*. Parts are rounded to a grain no finer
than the figure's own error, so that they do not tell more than the figure does.

Estimates of what others keep secret have no ledger that a seat may read: their parts are
what the public acts were expected to do by this seat's own beliefs, the rest being news
from intelligence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from rapprochement_sim.errors import MalformedInput, nearest_name
from rapprochement_sim.game.knowledge import SECRET_FIGURES, SECRET_PAIRS, observe
from rapprochement_sim.naming import shown
from rapprochement_sim.vocabulary import CauseKind
from rapprochement_sim.world.attribution import RELAXATION
from rapprochement_sim.world.axes import VARIABLES
from rapprochement_sim.world.ledger import PUBLISHED

if TYPE_CHECKING:
    from rapprochement_sim.game.chronicle import Act
    from rapprochement_sim.game.knowledge import Figure
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

PartSort = Literal["own", "act", "event", "process", "time", "unattributed"]
_GRAINS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_NOTHING = 1e-12
PROCESS_TEXTS = {
    "felt": "remedies begun earlier and felt now",
    "institutions": "what standing institutions hold up",
    "interdependence": "what trade holds up",
    "diversification": "firms finding other suppliers",
    "office": "the wear of office",
    "coercion": "the burden of restricted trade",
    "protest": "protest in the streets",
    "absence": "Washington looking elsewhere",
    "guarantee": "the ally's guarantees",
    "danger": "danger felt",
    "elections": "an election",
    "neighbours": "people talking to each other",
    "crowd": "crowds drawing crowds",
}
TIME_TEXT = "time passing: earlier acts fading, old patterns returning"
ROUNDING_TEXT = "rounding, and causes too small to name"
UNATTRIBUTED_TEXT = "unattributed: chance, sampling, and what you cannot know"


@dataclass(frozen=True)
class Part:
    """One cause's share of a change, on the figure's own scale; ``turn`` counts from 1."""

    sort: PartSort
    text: str
    key: str
    turn: int
    amount: float


@dataclass(frozen=True)
class Why:
    """A figure's last change, split; ``parts`` sum to ``after - before``.

    ``grain`` is what parts are rounded to; ``error`` the figure's standard error.
    """

    figure: str
    title: str
    unit: str
    before: float
    after: float
    error: float
    grain: float
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        """The change that the parts sum to."""
        return self.after - self.before


def why_changed(session: Session, seat: Capital, name: str, turn: int | None = None) -> Why:
    """Split a figure's change over a resolved turn.

    Parameters
    ----------
    session, seat
        The game, and who asks.
    name
        The figure's indicator name.
    turn
        Number of the turn, from 1; the last one by default.

    Raises
    ------
    MalformedInput
        If no such figure is known to the seat, or the turn has not been resolved.
    """
    number = session.turn if turn is None else turn
    plain = name.removeprefix(PUBLISHED)
    after = session.known(seat, min(max(number, 0), session.turn))
    if plain not in after:
        what = f"you have no figure called '{name}'"
        raise MalformedInput(what, nearest=nearest_name(plain, after))
    if not session.turns:
        what = "nothing has changed yet: no turn has been resolved"
        raise MalformedInput(what, todo="Resolve a turn first.")
    if not 1 <= number <= session.turn:
        what = f"turn {number} has not been resolved"
        raise MalformedInput(what, allowed=f"1 to {session.turn}")
    before = session.known(seat, number - 1)
    figure = after[plain]
    grain = _grain(figure, session.case.indicators.by_name[plain].high)
    change = figure.value - before[plain].value
    parts = _visible_parts(session, seat, figure, number)
    return Why(
        figure=plain,
        title=session.titles[plain],
        unit=session.case.indicators.by_name[plain].unit,
        before=before[plain].value,
        after=figure.value,
        error=figure.error,
        grain=grain,
        parts=_rounded(parts, change, grain, is_exact=figure.error == 0.0),
    )


def _grain(figure: Figure, high: float) -> float:
    """Return the grain for a figure: at most its error, and at least a thousandth of its scale."""
    finest = high / 1000.0
    usable = [g for g in _GRAINS if g <= max(figure.error / 2.0, finest)]
    return usable[-1] if usable else _GRAINS[0]


def _visible_parts(session: Session, seat: Capital, figure: Figure, number: int) -> list[Part]:
    ingredients = _ingredients(session, figure.name)
    parts: list[Part] = []
    for name, weight in ingredients:
        variable = name.partition("_")[0]
        is_secret = any(name.startswith(f"{v}_") for v in (*SECRET_PAIRS, *SECRET_FIGURES))
        owner = f"{variable}_{seat.key}" if variable != "political" else ""
        is_own = name.startswith(owner) if owner else name == f"political_capital_{seat.key}"
        if is_secret and not is_own:
            found = _expected_parts(session, seat, name, number)
        else:
            is_exact = figure.error == 0.0 and figure.name == name
            found = _ledger_parts(session, seat, (name, number), is_exact=is_exact)
        parts += [Part(p.sort, p.text, p.key, p.turn, weight * p.amount) for p in found]
    return parts


def _ingredients(session: Session, name: str) -> list[tuple[str, float]]:
    composites = session.case.loaded.rules.composites
    if name not in composites:
        return [(name, 1.0)]
    return [(term.of, term.weight) for term in composites[name].terms]


def _ledger_parts(
    session: Session, seat: Capital, asked: tuple[str, int], *, is_exact: bool
) -> list[Part]:
    """Read what everyone saw off the ledger of one turn; ``asked`` names figure and turn.

    What moves a figure from within is told only where the seat knows the figure exactly.
    """
    name, number = asked
    is_poll = name in session.case.world.axes.surveys
    terms = session.ledger.explain(PUBLISHED + name if is_poll else name, number - 1)
    parts = []
    for term in terms:
        cause = term.cause
        if cause.row >= 0:
            act = next(a for a in session.turns[cause.turn].acts if a.slot == cause.slot)
            parts.append(_act_part(act, seat, cause.turn, term.amount))
        elif cause.kind is CauseKind.PROCESS and cause.key in RELAXATION:
            parts.append(Part("time", TIME_TEXT, "time", 0, term.amount))
        elif cause.kind is CauseKind.PROCESS and is_exact:
            text = shown(PROCESS_TEXTS.get(cause.key, cause.key))
            parts.append(Part("process", text, cause.key, 0, term.amount))
    return parts


def _act_part(act: Act, seat: Capital, turn: int, amount: float) -> Part:
    if act.kind == "event":
        return Part("event", act.told, act.key, turn + 1, amount)
    text = act.told if not act.modifiers else f"{act.told} ({', '.join(act.modifiers)})"
    return Part("own" if act.actor == seat else "act", text, act.key, turn + 1, amount)


def _expected_parts(session: Session, seat: Capital, name: str, number: int) -> list[Part]:
    """Return what a turn's public acts were expected to do to a secret figure."""
    case, effects = session.case, session.case.effects
    variable = next(v for v in (*SECRET_PAIRS, *SECRET_FIGURES) if name.startswith(f"{v}_"))
    if variable not in VARIABLES:
        return []
    names = tuple(name.removeprefix(f"{variable}_").split("_"))
    cell = effects.offsets[variable] + case.world.axes.cell(variable, names)
    before = observe(session.states[number - 1], seat)
    scalers = effects.scalers.read(before.view)[:, 0]
    value = float(getattr(before.view, variable).reshape(-1)[cell - effects.offsets[variable]])
    slope = value * (1.0 - value) if VARIABLES[variable].link == "logit" else 1.0
    parts = []
    for act in session.turns[number - 1].acts:
        row = case.row(effects.row_by_key[act.key])
        chosen = [g for bit, g in enumerate(row.modifier_groups) if act.bits >> bit & 1]
        entries = effects.group_entries[[row.base_group, *chosen]].ravel()
        entries = entries[entries >= 0]
        mine = entries[effects.cell[entries] == cell]
        amount = float((effects.size[mine] * scalers[effects.scaler[mine]]).sum()) * slope
        if amount != 0.0:
            parts.append(_act_part(act, seat, number - 1, amount))
    return parts


def _rounded(parts: list[Part], change: float, grain: float, *, is_exact: bool) -> tuple[Part, ...]:
    """Merge parts of one cause, round them to the grain, and put the rest under unattributed."""
    merged: dict[tuple[str, int], Part] = {}
    for part in parts:
        at = (part.key, part.turn)
        amount = part.amount + (merged[at].amount if at in merged else 0.0)
        merged[at] = Part(part.sort, part.text, part.key, part.turn, amount)
    shown = []
    for part in merged.values():
        amount = float(np.round(part.amount / grain)) * grain
        if amount != 0.0:
            shown.append(Part(part.sort, part.text, part.key, part.turn, amount))
    shown.sort(key=lambda part: (-abs(part.amount), part.key, part.turn))
    rest = change - sum(part.amount for part in shown)
    if shown and abs(rest) < _NOTHING:
        return tuple(shown)
    text = ROUNDING_TEXT if is_exact and abs(rest) <= grain else UNATTRIBUTED_TEXT
    return (*shown, Part("unattributed", text, "unattributed", 0, rest))
