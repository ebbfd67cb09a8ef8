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
from rapprochement_sim.game.wording import cell_title
from rapprochement_sim.vocabulary import LENSES
from rapprochement_sim.world.axes import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser_question import Course, Question
    from rapprochement_sim.world.axes import Array

SCORE = "score"
Points = tuple[float, float, float, float, float]
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


def _outlook(reading: Reading, number: int) -> Outlook:
    named, outcome = reading.courses[number], reading.outcome
    names = told_figures(reading.case, reading.question.seat)
    turns = (1, reading.question.horizon)
    near, far = (_prospects(reading, names, turn, number) for turn in turns)
    return Outlook(
        title=named.title,
        orders=named.course.orders,
        accepts=named.course.accepts,
        paper=named.paper,
        score=_prospects(reading, (SCORE,), reading.question.horizon, number)[0],
        next_turn=near,
        horizon=far,
        outcomes=tuple(_outcome_prospects(reading, number)),
        gains=tuple(
            Gain(lens.value, *_difference(outcome.gains[n], number))
            for n, lens in enumerate(LENSES)
        ),
    )


def _prospects(
    reading: Reading, names: Sequence[str], turn: int, number: int
) -> tuple[Prospect, ...]:
    """Return what becomes of some figures, or of the score, so many turns ahead."""
    is_score = tuple(names) == (SCORE,)
    outcome = reading.outcome
    values = outcome.scores[np.newaxis] if is_score else outcome.figures[:, turn]
    points = _points(values[:, number])
    found = []
    for n, name in enumerate(names):
        difference, error = _difference(values[n], number)
        found.append(
            Prospect(
                figure=name,
                title=reading.titles.get(name, "Your score"),
                unit="points" if is_score else reading.case.indicators.by_name[name].unit,
                at=reading.turn + turn,
                mean=float(values[n, number].mean()),
                points=points[n],
                difference=difference,
                error=error,
            )
        )
    return tuple(found)


def _difference(values: Array, number: int) -> tuple[float, float]:
    """Return the mean difference to the first course, world by world, and its error."""
    apart = values[number].astype(np.float64) - values[0]
    error = apart.std(ddof=1) / np.sqrt(apart.size)
    return float(apart.mean()), float(error)


def _points(values: Array) -> list[Points]:
    """Return the points of each figure's band, from (figure, rollout)."""
    return [
        (float(low), float(lower), float(middle), float(upper), float(high))
        for low, lower, middle, upper, high in np.quantile(values, QUANTILES, axis=-1).T
    ]


def _outcome_prospects(reading: Reading, number: int) -> Iterable[OutcomeProspect]:
    for n, (name, outcome) in enumerate(reading.case.loaded.schema.outcomes.items()):
        met = reading.outcome.met[n]
        difference, error = _difference(met, number)
        share = float(met[number].mean())
        yield OutcomeProspect(name, outcome.title, reading.until, share, difference, error)


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
    axes, place = case.world.axes, cell
    for variable in VARIABLES:
        if place < axes.n_cells(variable):
            break
        place -= axes.n_cells(variable)
    names = axes.cell_names(variable, place)
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
    now = known_figures(reading.case, question.seen.now)
    names = told_figures(reading.case, question.seat)
    near, far = 1, question.horizon
    turns = dict.fromkeys((near, far))
    rolled = {turn: outcome.figures[:, turn, picked].reshape(len(names), -1) for turn in turns}
    points = {turn: _points(values) for turn, values in rolled.items()}
    chances = []
    bands = []
    for n, name in enumerate(names):
        next_turn = rolled[near][n]
        bar = round(now[name].value, DIGITS)
        share = float((next_turn > bar).mean())
        chances.append(ChanceForecast(name, bar, reading.turn + near, round(share, DIGITS)))
        for turn in turns:
            low, lower, middle, upper, high = (round(p, DIGITS) for p in points[turn][n])
            bands.append(BandForecast(name, reading.turn + turn, (low, lower, middle, upper, high)))
    for n, name in enumerate(reading.case.loaded.schema.outcomes):
        share = float(outcome.met[n, picked].mean())
        chances.append(ChanceForecast(OUTCOME + name, 0.5, reading.until, round(share, DIGITS)))
    given = None if course is None else _given(reading, reading.courses[course].course)
    return ForecastSheet(reading.turn + 1, question.seat, by, given, tuple(chances), tuple(bands))


def _given(reading: Reading, course: Course) -> tuple[str, ...]:
    """Return the keys of all that is decided if a course is taken."""
    case, desk = reading.case, reading.question.desk
    decided = [*desk.orders, *([] if desk.offer is None else [desk.offer])]
    keys = [case.row(row).key for row, _ in decided]
    keys += [f"{order.action}:{order.actor.key}>{order.target.key}" for order in course.orders]
    keys += [accept_key(proposer) for proposer in (*desk.accepted, *course.accepts)]
    return tuple(dict.fromkeys(keys))
