"""From rollouts to advice: what may become of each course, and what each school makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.advice import (
    Advice,
    Gain,
    Ground,
    OutcomeProspect,
    Outlook,
    Prospect,
    Voice,
)
from rapprochement_sim.game.adviser_rollouts import Outcome, Values, told_figures, values_of
from rapprochement_sim.game.forecast_results import OUTCOME, accept_key
from rapprochement_sim.game.forecasts import (
    QUANTILES,
    STAFF,
    BandForecast,
    ChanceForecast,
    ForecasterScore,
    ForecastSheet,
)
from rapprochement_sim.game.knowledge import known_figures
from rapprochement_sim.game.publishing import DIGITS
from rapprochement_sim.scenario.cell_words import cell_title
from rapprochement_sim.vocabulary import LENSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser_question import Course, Question
    from rapprochement_sim.game.knowledge import Figure
    from rapprochement_sim.world.axes import Array

_MOST_GROUNDS = 3
_SMALLEST_PART = 0.1


@dataclass(frozen=True)
class NamedCourse:
    """A course with its title and the staff paper that argues for it, if one does."""

    course: Course
    title: str
    paper: int | None = None


@dataclass(frozen=True)
class Reading:
    """Rollouts of a question, ready to be read."""

    case: Case
    question: Question
    courses: tuple[NamedCourse, ...]
    titles: Mapping[str, str]
    outcome: Outcome

    @cached_property
    def values(self) -> Values:
        """What the schools value, as the seat sees the world now."""
        return values_of(self.case, self.question.seat, self.question.seen.now.view)

    @cached_property
    def known(self) -> Mapping[str, Figure]:
        """What the seat knows now, by name."""
        return known_figures(self.case, self.question.seen.now)

    @cached_property
    def figures(self) -> dict[int, Spread]:
        """The told figures in the next turn and at the horizon, by turns ahead."""
        turns = dict.fromkeys((1, self.question.horizon))
        return {turn: _spread(self.outcome.figures[:, turn]) for turn in turns}

    @cached_property
    def scores(self) -> Spread:
        """The seat's score, as a single figure."""
        return _spread(self.outcome.scores[np.newaxis])

    @cached_property
    def gains(self) -> Spread:
        """What each school values, as figures."""
        return _spread(self.outcome.gains)

    @cached_property
    def met(self) -> Spread:
        """The scenario's outcomes, as figures that are 0 or 1."""
        return _spread(self.outcome.met.astype(np.float64))

    @property
    def turn(self) -> int:
        """Turns resolved when the question was asked."""
        return self.question.seen.now.turn

    @property
    def until(self) -> int:
        """Turns resolved at the horizon."""
        return self.turn + self.question.horizon


def read_advice(reading: Reading, records: Mapping[str, ForecasterScore]) -> Advice:
    """Put advice together; ``records`` are the forecast scores of the voices so far."""
    outlooks = tuple(_outlook(reading, n) for n in range(len(reading.courses)))
    n_worlds = reading.outcome.n_worlds
    return Advice(
        seat=reading.question.seat,
        turn=reading.turn + 1,
        until=reading.until,
        n_rollouts=n_worlds * len(outlooks),
        n_worlds=n_worlds,
        outlooks=outlooks,
        voices=_voices(reading, outlooks, records),
    )


# ------------------------------------------------------------------ outlooks


@dataclass(frozen=True)
class Spread:
    """How figures are spread over worlds under each course.

    Attributes
    ----------
    mean, difference, error
        Mean, mean difference to the first course world by world, and its standard error
        (figure, course).
    points
        Quantiles at :data:`QUANTILES` (figure, course, quantile).
    """

    mean: Array
    difference: Array
    error: Array
    points: Array


def _spread(values: Array) -> Spread:
    """Sum up figures (figure, course, world)."""
    apart = values - values[:, :1]
    return Spread(
        mean=values.mean(axis=-1),
        difference=apart.mean(axis=-1),
        error=apart.std(axis=-1, ddof=1) / np.sqrt(values.shape[-1]),
        points=np.quantile(values, QUANTILES, axis=-1).transpose(1, 2, 0),
    )


def _outlook(reading: Reading, number: int) -> Outlook:
    named = reading.courses[number]
    names = told_figures(reading.case, reading.question.seat)
    units = [reading.case.indicators.by_name[name].unit for name in names]
    titles = [reading.titles.get(name, name) for name in names]
    told = list(zip(names, titles, units, strict=True))
    turns = (1, reading.question.horizon)
    near, far = (
        _prospects(reading.figures[turn], told, reading.turn + turn, number) for turn in turns
    )
    score = [("score", "Your score", "points")]
    return Outlook(
        title=named.title,
        orders=named.course.orders,
        accepts=named.course.accepts,
        paper=named.paper,
        score=_prospects(reading.scores, score, reading.until, number)[0],
        next_turn=near,
        horizon=far,
        outcomes=tuple(_outcome_prospects(reading, number)),
        gains=tuple(
            Gain(lens.value, *_apart(reading.gains, n, number)) for n, lens in enumerate(LENSES)
        ),
    )


def _prospects(
    spread: Spread, told: Iterable[tuple[str, str, str]], at: int, number: int
) -> tuple[Prospect, ...]:
    """Return what becomes of figures under a course; each comes with its title and unit."""
    found = []
    for n, (name, title, unit) in enumerate(told):
        low, lower, middle, upper, high = spread.points[n, number].tolist()
        difference, error = _apart(spread, n, number)
        found.append(
            Prospect(
                figure=name,
                title=title,
                unit=unit,
                at=at,
                mean=float(spread.mean[n, number]),
                points=(low, lower, middle, upper, high),
                difference=difference,
                error=error,
            )
        )
    return tuple(found)


def _apart(spread: Spread, n: int, number: int) -> tuple[float, float]:
    """Return a figure's mean difference to the first course, and its error."""
    return float(spread.difference[n, number]), float(spread.error[n, number])


def _outcome_prospects(reading: Reading, number: int) -> Iterable[OutcomeProspect]:
    for n, (name, outcome) in enumerate(reading.case.loaded.schema.outcomes.items()):
        share = float(reading.met.mean[n, number])
        apart = _apart(reading.met, n, number)
        yield OutcomeProspect(name, outcome.title, reading.until, share, *apart)


# ------------------------------------------------------------------ voices


def _voices(
    reading: Reading, outlooks: Sequence[Outlook], records: Mapping[str, ForecasterScore]
) -> tuple[Voice, ...]:
    gains = np.array([[gain.value for gain in outlook.gains] for outlook in outlooks])
    choices = [int(column.argmax()) for column in gains.T]
    found = []
    for n, lens in enumerate(LENSES):
        others = {choice for m, choice in enumerate(choices) if m != n} - {choices[n]}
        against = min(others or range(len(outlooks)), key=lambda course: gains[course, n])
        objects = against if gains[against, n] < gains[choices[n], n] else None
        found.append(
            Voice(
                lens=lens.value,
                choice=choices[n],
                gain=outlooks[choices[n]].gains[n],
                grounds=_grounds(reading, n, choices[n]),
                objects_to=objects,
                objection=None if objects is None else outlooks[objects].gains[n],
                objection_grounds=() if objects is None else _grounds(reading, n, objects),
                record=records.get(lens.value),
            )
        )
    return tuple(found)


def _grounds(reading: Reading, lens: int, course: int) -> tuple[Ground, ...]:
    """Name the figures whose change moves a school most, those it likes first."""
    case, values = reading.case, reading.values
    change = (reading.outcome.levels[:, course] - reading.outcome.levels[:, 0]) / (
        reading.outcome.n_worlds
    )
    parts = values.weights[lens] * change
    largest = np.abs(parts).max(initial=0.0)
    if largest == 0.0:
        return ()
    ranked = np.argsort(-np.abs(parts), kind="stable")[:_MOST_GROUNDS]
    grounds = [
        _ground(case, int(values.cells[n]), float(change[n]), speaks_for=bool(parts[n] > 0.0))
        for n in ranked
        if abs(parts[n]) >= _SMALLEST_PART * largest
    ]
    return tuple(sorted(grounds, key=lambda ground: not ground.speaks_for))


def _ground(case: Case, cell: int, change: float, *, speaks_for: bool) -> Ground:
    variable, place = case.effects.variable_of(cell)
    names = case.world.axes.cell_names(variable, place)
    figure = "_".join((variable, *names))
    return Ground(figure, cell_title(case.loaded.rules, variable, names), change, speaks_for)


# ------------------------------------------------------------------ forecasts


def read_forecasts(reading: Reading, advice: Advice) -> tuple[ForecastSheet, ...]:
    """Put down what each voice forecasts for its own course, and the staff for whatever is done."""
    sheets = [_sheet(reading, voice.lens, voice.choice) for voice in advice.voices]
    return (*sheets, _sheet(reading, STAFF, None))


def _sheet(reading: Reading, by: str, course: int | None) -> ForecastSheet:
    question, outcome = reading.question, reading.outcome
    picked = slice(None) if course is None else course
    names = told_figures(reading.case, question.seat)
    chances = []
    for n, name in enumerate(names):
        bar = round(reading.known[name].value, DIGITS)
        share = float((outcome.figures[n, 1, picked] > bar).mean())
        chances.append(ChanceForecast(name, bar, reading.turn + 1, round(share, DIGITS)))
    points = {turn: _points(reading, turn, course).tolist() for turn in reading.figures}
    bands = []
    for n, name in enumerate(names):
        for turn in points:
            low, lower, middle, upper, high = (round(p, DIGITS) for p in points[turn][n])
            bands.append(BandForecast(name, reading.turn + turn, (low, lower, middle, upper, high)))
    for n, name in enumerate(reading.case.loaded.schema.outcomes):
        share = float(outcome.met[n, picked].mean())
        chances.append(ChanceForecast(OUTCOME + name, 0.5, reading.until, round(share, DIGITS)))
    given = None if course is None else _given(reading, reading.courses[course].course)
    return ForecastSheet(reading.turn + 1, question.seat, by, given, tuple(chances), tuple(bands))


def _points(reading: Reading, turn: int, course: int | None) -> Array:
    """Return the band of each told figure (figure, quantile), of all courses together if None."""
    if course is not None:
        return reading.figures[turn].points[:, course]
    values = reading.outcome.figures[:, turn]
    together: Array = np.quantile(values.reshape(len(values), -1), QUANTILES, axis=-1).T
    return together


def _given(reading: Reading, course: Course) -> tuple[str, ...]:
    """Return the keys of all that is decided if a course is taken."""
    case, desk = reading.case, reading.question.desk
    decided = [*desk.orders, *([] if desk.offer is None else [desk.offer])]
    keys = [case.row(row).key for row, _ in decided]
    keys += [f"{order.action}:{order.actor.key}>{order.target.key}" for order in course.orders]
    keys += [accept_key(proposer) for proposer in (*desk.accepted, *course.accepts)]
    return tuple(dict.fromkeys(keys))
