"""Scalers: what multiplies an effect, read off the true state or off a seat's beliefs alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, Array, Axes, Integers

ScalerKey = tuple[str, tuple[str, ...]]

_ALLIES = (Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON)


@dataclass(frozen=True)
class View:
    """The state as somebody sees it, on natural scales, the run axis last.

    Shapes as in the state: pairs (capital, partner, run), disputes (dispute, capital,
    run), dyads (dyad, run), capitals (capital, run), bandwidth (run).
    """

    trust: Array
    threat: Array
    hurt: Array
    salience: Array
    settlement: Array
    exposure: Array
    coercion: Array
    gesture: Array
    provocation: Array
    institution: Array
    interoperability: Array
    channel: Array
    escalation: Array
    programme: Array
    posture: Array
    abandonment: Array
    approval: Array
    political_capital: Array
    stance: Array
    bandwidth: Array

    @property
    def n_lanes(self) -> int:
        """Number of worlds seen side by side."""
        return int(self.bandwidth.shape[-1])


Reader = Callable[[View, list[Integers]], Array]


def _pair(name: str) -> Reader:
    def read(view: View, at: list[Integers]) -> Array:
        values: Array = getattr(view, name)[at[0], at[1]]
        return values

    return read


def _without(name: str) -> Reader:
    def read(view: View, at: list[Integers]) -> Array:
        values: Array = 1.0 - getattr(view, name)[tuple(at)]
        return values

    return read


def _dyad(name: str, *, complement: bool = False) -> Reader:
    def read(view: View, at: list[Integers]) -> Array:
        values: Array = getattr(view, name)[DYAD_INDEX[at[0], at[1]]]
        return 1.0 - values if complement else values

    return read


def _capital(name: str) -> Reader:
    def read(view: View, at: list[Integers]) -> Array:
        values: Array = getattr(view, name)[at[0]]
        return values

    return read


def _common_threat(view: View, at: list[Integers]) -> Array:
    lesser = np.minimum(view.threat[at[0]], view.threat[at[1]])
    counted = np.ones((len(at[0]), N_CAPITALS, 1))
    rows = np.arange(len(at[0]))
    counted[rows, at[0]] = counted[rows, at[1]] = 0.0
    for row, (first, second) in enumerate(zip(at[0], at[1], strict=True)):
        if first in _ALLIES and second in _ALLIES:
            counted[row, list(_ALLIES)] = 0.0
    shared: Array = (lesser * counted).sum(axis=1)
    return shared / counted.sum(axis=1)


READERS: dict[str, Reader] = {
    "salience": _pair("salience"),
    "hurt": _pair("hurt"),
    "stake": lambda view, at: view.salience[at[0], at[1]] * view.hurt[at[0], at[1]],
    "unsettled": _without("settlement"),
    "threat": _pair("threat"),
    "trust": _pair("trust"),
    "distrust": _without("trust"),
    "common_threat": _common_threat,
    "exposure": _pair("exposure"),
    "coercion": _pair("coercion"),
    "approval": _capital("approval"),
    "weakness": _without("approval"),
    "scarcity": _without("political_capital"),
    "bandwidth": lambda view, at: view.bandwidth[np.newaxis],
    "us_elsewhere": lambda view, at: 1.0 - view.bandwidth[np.newaxis],
    "reciprocity": _pair("gesture"),
    "unreciprocated": _without("gesture"),
    "abandonment": _capital("abandonment"),
    "shared_abandonment": lambda view, at: np.minimum(
        view.abandonment[at[0]], view.abandonment[at[1]]
    ),
    "abandonment_gap": lambda view, at: np.abs(view.abandonment[at[0]] - view.abandonment[at[1]]),
    "institution": lambda view, at: view.institution[at[0], DYAD_INDEX[at[1], at[2]]],
    "interoperability": _dyad("interoperability"),
    "channel": _dyad("channel"),
    "no_channel": _dyad("channel", complement=True),
    "programme": _capital("programme"),
    "posture": _capital("posture"),
    "openness": lambda view, at: 0.5 + 0.5 * view.stance[at[0]],
    "hardness": lambda view, at: 0.5 - 0.5 * view.stance[at[0]],
    "provocation": _pair("provocation"),
    "escalation": _dyad("escalation"),
}


class ScalerTable:
    """Scalers in use, read together: one pass a kind.

    Parameters
    ----------
    keys
        Distinct scalers as (name, arguments); the first is always ``("one", ())``.
    axes
        Names along the axes.
    """

    def __init__(self, keys: list[ScalerKey], axes: Axes) -> None:
        self.keys = keys
        self._groups: list[tuple[Reader, Integers, list[Integers]]] = []
        for name in dict.fromkeys(name for name, _ in keys):
            if name == "one":
                continue
            rows = [n for n, key in enumerate(keys) if key[0] == name]
            columns = zip(*(keys[n][1] for n in rows), strict=True)
            at = [_positions(column, axes) for column in columns]
            self._groups.append((READERS[name], np.array(rows), at))

    def read(self, view: View) -> Array:
        """Return every scaler (scaler, run)."""
        values = np.ones((len(self.keys), view.n_lanes))
        for reader, rows, at in self._groups:
            values[rows] = reader(view, at)
        return values


def _positions(names: tuple[str, ...], axes: Axes) -> Integers:
    found = []
    for name in names:
        for known in (CAPITAL_KEYS, axes.disputes, axes.institutions):
            if name in known:
                found.append(known.index(name))
                break
        else:
            msg = f"unknown name {name!r} in a scaler"
            raise KeyError(msg)
    return np.array(found, dtype=np.int64)
