"""Scalers: what multiplies an effect, read off the true state or off a seat's beliefs alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, N_DYADS, Array, Axes, Integers

ScalerKey = tuple[str, tuple[str, ...]]

_ALLIES = [int(Capital.SEOUL), int(Capital.TOKYO), int(Capital.WASHINGTON)]


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
    restraint: Array
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


Reader = Callable[[View], Array]
Maker = Callable[[list[Integers]], Reader]


def _plain(name: str) -> Maker:
    width = N_DYADS if name == "institution" else N_CAPITALS

    def make(at: list[Integers]) -> Reader:
        places = at[0] if len(at) == 1 else at[0] * width + at[1]

        def read(view: View) -> Array:
            cells = getattr(view, name)
            values: Array = cells.reshape(-1, cells.shape[-1]).take(places, axis=0)
            return values

        return read

    return make


def _without(name: str) -> Maker:
    def make(at: list[Integers]) -> Reader:
        read = _plain(name)(at)

        def read_rest(view: View) -> Array:
            values = read(view)
            return np.subtract(1.0, values, out=values)

        return read_rest

    return make


def _pairs(first: Integers, second: Integers) -> Integers:
    if (first == second).any():
        msg = f"{CAPITAL_KEYS[first[first == second][0]]} makes no pair with itself in a scaler"
        raise KeyError(msg)
    pairs: Integers = DYAD_INDEX[first, second]
    return pairs


def _dyad(name: str, *, complement: bool = False) -> Maker:
    def make(at: list[Integers]) -> Reader:
        index = [_pairs(at[0], at[1])]
        return _without(name)(index) if complement else _plain(name)(index)

    return make


def _of_two(name: str, combine: Callable[[Array, Array], Array]) -> Maker:
    def make(at: list[Integers]) -> Reader:
        first, second = _plain(name)([at[0]]), _plain(name)([at[1]])
        return lambda view: combine(first(view), second(view))

    return make


def _stake(at: list[Integers]) -> Reader:
    salience, hurt = _plain("salience")(at), _plain("hurt")(at)
    return lambda view: salience(view) * hurt(view)


def _common_threat(at: list[Integers]) -> Reader:
    """Weigh the lesser appraisal of third capitals that are nobody's ally, equally."""
    counted = np.ones((len(at[0]), N_CAPITALS, 1))
    for row, (first, second) in enumerate(zip(at[0], at[1], strict=True)):
        counted[row, [first, second]] = 0.0
        if first in _ALLIES and second in _ALLIES:
            counted[row, _ALLIES] = 0.0
    shares = counted / counted.sum(axis=1, keepdims=True)

    def read(view: View) -> Array:
        lesser = np.minimum(view.threat[at[0]], view.threat[at[1]])
        shared: Array = (lesser * shares).sum(axis=1)
        return shared

    return read


def _bandwidth(view: View) -> Array:
    return view.bandwidth[np.newaxis]


def _institution(at: list[Integers]) -> Reader:
    return _plain("institution")([at[0], _pairs(at[1], at[2])])


def _leaning(sign: float) -> Maker:
    def make(at: list[Integers]) -> Reader:
        stance = _plain("stance")(at)
        return lambda view: 0.5 + sign * 0.5 * stance(view)

    return make


MAKERS: dict[str, Maker] = {
    "salience": _plain("salience"),
    "hurt": _plain("hurt"),
    "stake": _stake,
    "unsettled": _without("settlement"),
    "restraint": _plain("restraint"),
    "threat": _plain("threat"),
    "trust": _plain("trust"),
    "distrust": _without("trust"),
    "common_threat": _common_threat,
    "exposure": _plain("exposure"),
    "coercion": _plain("coercion"),
    "approval": _plain("approval"),
    "weakness": _without("approval"),
    "scarcity": _without("political_capital"),
    "bandwidth": lambda _: _bandwidth,
    "us_elsewhere": lambda _: lambda view: 1.0 - _bandwidth(view),
    "reciprocity": _plain("gesture"),
    "unreciprocated": _without("gesture"),
    "abandonment": _plain("abandonment"),
    "shared_abandonment": _of_two("abandonment", np.minimum),
    "abandonment_gap": _of_two("abandonment", lambda a, b: np.abs(a - b)),
    "institution": _institution,
    "interoperability": _dyad("interoperability"),
    "channel": _dyad("channel"),
    "no_channel": _dyad("channel", complement=True),
    "programme": _plain("programme"),
    "posture": _plain("posture"),
    "openness": _leaning(1.0),
    "hardness": _leaning(-1.0),
    "provocation": _plain("provocation"),
    "escalation": _dyad("escalation"),
}


class ScalerTable:
    """Scalers in use, read together: one pass a kind, fastest if a kind stands together.

    Parameters
    ----------
    keys
        Distinct scalers as (name, arguments); the first is always ``("one", ())``.
    axes
        Names along the axes.
    """

    def __init__(self, keys: list[ScalerKey], axes: Axes) -> None:
        self.keys = keys
        self._groups: list[tuple[Integers | slice, Reader]] = []
        for name in dict.fromkeys(name for name, _ in keys):
            if name == "one":
                continue
            rows = [n for n, key in enumerate(keys) if key[0] == name]
            columns = zip(*(keys[n][1] for n in rows), strict=True)
            at = [_positions(column, axes) for column in columns]
            is_together = rows[-1] - rows[0] == len(rows) - 1
            places = slice(rows[0], rows[-1] + 1) if is_together else np.array(rows)
            self._groups.append((places, MAKERS[name](at)))

    def read(self, view: View) -> Array:
        """Return every scaler (scaler, run)."""
        values = np.ones((len(self.keys), view.n_lanes))
        for rows, read in self._groups:
            values[rows] = read(view)
        return values


def by_kind(keys: Iterable[ScalerKey]) -> list[ScalerKey]:
    """Return scalers with those of a kind together, kinds as they first come."""
    groups: dict[str, list[ScalerKey]] = {}
    for key in keys:
        groups.setdefault(key[0], []).append(key)
    return [key for group in groups.values() for key in group]


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
