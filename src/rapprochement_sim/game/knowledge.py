"""What one seat can know of the world at the start of a turn. The only door out of it.

Everything a briefing, a preview or a staff paper says is computed from a
:class:`Knowledge`, which holds no hidden value: published surveys with their errors, the
seat's own figures, public acts and agreements, and estimates of what others keep secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import isfinite
from typing import TYPE_CHECKING, Literal

import numpy as np

from rapprochement_sim.decision.beliefs import belief_view, shared_intelligence
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES, Array

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.world.state import WorldState

Sort = Literal["public", "own", "survey", "estimate"]

SURVEYED = ("hurt", "salience", "settlement", "approval")
SECRET_PAIRS = ("trust", "threat")
SECRET_FIGURES = ("political_capital", "abandonment", "programme")
_SEEN = frozenset(field.name for field in fields(View))
NORMAL_95 = 1.96
_PROTEST_GRAIN = 0.01


@dataclass(frozen=True)
class Knowledge:
    """What one seat can know at the start of a turn.

    Attributes
    ----------
    seat, turn
        Who knows, and turns resolved so far.
    view
        The world as the seat sees it, one world wide.
    polls, poll_errors
        Published shares and their standard errors (survey,), 0..1.
    protest
        People seen in the streets (capital,), 0..1, counted roughly.
    attention
        The seat's own attention at hand.
    """

    seat: Capital
    turn: int
    view: View
    polls: Array
    poll_errors: Array
    protest: Array
    attention: float


@dataclass(frozen=True)
class Figure:
    """A number that a seat knows, and how well.

    Attributes
    ----------
    name
        Indicator name.
    value
        On the indicator's own scale.
    error
        Standard error; 0 where the figure is exact.
    sort
        ``public`` (open to all), ``own`` (of the own government), ``survey`` (published
        with sampling error) or ``estimate`` (by the own intelligence).
    """

    name: str
    value: float
    error: float
    sort: Sort

    @property
    def margin(self) -> float:
        """Half width of the 95 per cent interval."""
        return NORMAL_95 * self.error


class KnownFigures(Mapping[str, Figure]):
    """Figures that a seat knows, by name; kept as arrays, for there are many.

    Parameters
    ----------
    case
        The compiled scenario, whose table of indicators names them.
    values, errors
        On the indicators' own scales, with standard errors (indicator,); NaN is not known.
    sorts
        How each is known (indicator,).
    """

    def __init__(self, case: Case, values: Array, errors: Array, sorts: Sequence[Sort]) -> None:
        self._table = case.indicators
        self._values = values
        self._errors = errors
        self._sorts = sorts

    def __getitem__(self, name: str) -> Figure:
        """Return a figure that is known."""
        place = self._table.by_name[name].index
        value = float(self._values[place])
        if not isfinite(value):
            raise KeyError(name)
        return Figure(name, value, float(self._errors[place]), self._sorts[place])

    def __iter__(self) -> Iterator[str]:
        """Name the figures in the sequence of the table."""
        for entry in self._table.entries:
            if isfinite(self._values[entry.index]):
                yield entry.name

    def __len__(self) -> int:
        """Count the figures."""
        return int(np.isfinite(self._values).sum())

    def value_of(self, name: str) -> float:
        """Return the value of a figure alone, NaN where it is not known."""
        return float(self._values[self._table.by_name[name].index])


def observe(state: WorldState, seat: Capital) -> Knowledge:
    """Take from the state what one seat can know of it."""
    whole = belief_view(state, seat)
    view = View(**{f.name: getattr(whole, f.name)[..., :1].copy() for f in fields(View)})
    seen = np.round(state.protest[:, 0] / _PROTEST_GRAIN) * _PROTEST_GRAIN
    return Knowledge(
        seat=seat,
        turn=state.turn,
        view=view,
        polls=state.beliefs.polls[:, 0].copy(),
        poll_errors=state.beliefs.poll_errors[:, 0].copy(),
        protest=seen,
        attention=float(state.attention[seat, 0]),
    )


def known_figures(case: Case, knowledge: Knowledge) -> KnownFigures:
    """Return every indicator that the seat can put a number on, by name.

    A composite is put together from what the seat knows of its terms; one with a term
    that nobody can see is left out.
    """
    base, errors, sorts = _base(case, knowledge)
    table = case.indicators
    weights = table.weights
    value = np.concatenate([base, table.offsets[:, 0] + weights @ base])
    error = np.concatenate([errors, np.sqrt(weights.power(2) @ (errors * errors))])
    sorts += ["estimate"] * weights.shape[0]
    return KnownFigures(case, value, error, sorts)


def _base(case: Case, knowledge: Knowledge) -> tuple[Array, Array, list[Sort]]:
    """Lay out what is known in the sequence of the indicator table; NaN where nothing is."""
    values: list[Array] = []
    errors: list[Array] = []
    sorts: list[Sort] = []
    for name in (*VARIABLES, "threat"):
        value, error, sort = _variable(case, knowledge, name)
        values.append(value.ravel())
        errors.append(error.ravel())
        sorts.extend(sort)
    values += [knowledge.protest, 100.0 * knowledge.polls]
    errors += [np.full(N_CAPITALS, _PROTEST_GRAIN / 2.0), 100.0 * knowledge.poll_errors]
    sorts += ["survey"] * (N_CAPITALS + knowledge.polls.size)
    return np.concatenate(values), np.concatenate(errors), sorts


def _variable(case: Case, knowledge: Knowledge, name: str) -> tuple[Array, Array, list[Sort]]:
    if name not in _SEEN:
        size = case.world.axes.n_cells(name)
        return np.full(size, np.nan), np.zeros(size), ["public"] * size
    value: Array = getattr(knowledge.view, name)[..., 0]
    if name in SECRET_PAIRS or name in SECRET_FIGURES:
        error = estimate_error(case, name, value)
        error[Capital.PYONGYANG] *= error_left(case, knowledge)
        error[knowledge.seat] = 0.0
        owners = np.repeat(np.arange(N_CAPITALS), value.size // N_CAPITALS)
        return value, error, ["own" if o == knowledge.seat else "estimate" for o in owners]
    if name in SURVEYED:
        return value, np.full(value.shape, survey_error(case, name)), ["survey"] * value.size
    return value, np.zeros(value.shape), ["public"] * value.size


def survey_error(case: Case, name: str) -> float:
    """Return the standard error of a published survey on disputes or governments."""
    which = "approval_poll_noise" if name == "approval" else "dispute_poll_noise"
    return case.world.parameters[which]


def latent_error(case: Case) -> float:
    """Return the standard error of intelligence on a logit, once it has settled.

    Estimates blend new reports with old ones (weight w), so a report's error sigma
    leaves sigma * sqrt(w / (2 - w)); that truth has moved meanwhile is not counted.
    """
    numbers = case.world.parameters
    weight = numbers["intelligence_weight"]
    return numbers["intelligence_noise"] * float(np.sqrt(weight / (2.0 - weight)))


def error_left(case: Case, knowledge: Knowledge) -> float:
    """Return the share of a report's error on Pyongyang that shared intelligence leaves, 0..1."""
    numbers = case.world.parameters
    shared = shared_intelligence(case.world.axes.institutions, knowledge.view.institution, numbers)
    return 1.0 - (1.0 - numbers["intelligence_gsomia"]) * float(shared[knowledge.seat, 0])


def estimate_error(case: Case, name: str, value: Array) -> Array:
    """Return the standard error of an estimate on its natural scale, shape of ``value``."""
    if name in SECRET_PAIRS:
        return latent_error(case) * value * (1.0 - value)
    share = case.world.parameters["secret_noise_share"]
    return np.full(value.shape, latent_error(case) * share)
