"""Rollouts: what becomes of the worlds a seat believes in, course by course.

All courses of a world meet the same chance, so that their differences are far less noisy
than their levels. Worlds and courses lie side by side in one model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.capital import NOTHING
from rapprochement_sim.agents.following import followed_by
from rapprochement_sim.ensemble.block import judged_places, outcomes_met, surveys_read
from rapprochement_sim.game.decisions import find_row, modifier_bits
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance
from rapprochement_sim.vocabulary import LENSES, Capital
from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES, Array, Booleans, Integers
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.objectives import score_goals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.scalers import View
    from rapprochement_sim.game.adviser_question import Course, Desk, Question
    from rapprochement_sim.game.believed_worlds import BelievedWorlds
    from rapprochement_sim.world.state import WorldState


@dataclass(frozen=True)
class Outcome:
    """What became of some worlds under each course.

    Attributes
    ----------
    figures
        Figures of :func:`told_figures`, by turns ahead (0: now) (figure, turn, course,
        world): as published where they are published with an error.
    scores
        The seat's score at the horizon (course, world), 0..100.
    gains
        What each school of thought values in the average change over the horizon (lens,
        course, world), on the scale of its scores of orders.
    levels
        Sum over worlds of the average level of each valued cell (cell, course), natural scale.
    met
        Whether each outcome of the scenario came true by the horizon (outcome, course, world).
    """

    figures: Array
    scores: Array
    gains: Array
    levels: Array
    met: Booleans

    @property
    def n_worlds(self) -> int:
        """Number of worlds."""
        return int(self.scores.shape[-1])


@dataclass(frozen=True)
class Values:
    """What the schools of thought value, cell by cell, as a seat sees the world now.

    ``weights`` (lens, cell) apply to changes of ``cells`` (flat places of the state), on
    the scales on which the state holds them; ``is_logit`` tells which of these are logits.
    """

    cells: Integers
    weights: Array
    is_logit: Booleans


def joined(parts: Sequence[Outcome]) -> Outcome:
    """Put what became of several groups of worlds together."""
    return Outcome(
        figures=np.concatenate([part.figures for part in parts], axis=-1),
        scores=np.concatenate([part.scores for part in parts], axis=-1),
        gains=np.concatenate([part.gains for part in parts], axis=-1),
        levels=np.sum([part.levels for part in parts], axis=0),
        met=np.concatenate([part.met for part in parts], axis=-1),
    )


def told_figures(case: Case, seat: Capital) -> tuple[str, ...]:
    """Name the figures that advice speaks of: composites, the pair's polls, own approval."""
    rules = case.loaded.rules
    pair = {Capital.SEOUL.key, Capital.TOKYO.key}
    polls = [name for name, s in rules.surveys.items() if {s.respondent, s.target} == pair]
    return (*rules.composites, *polls, f"approval_{seat.key}")


def values_of(case: Case, seat: Capital, view: View) -> Values:
    """Lay out what each school values, with scalers read off what the seat sees."""
    lens = case.lenses[seat]
    place = {key: n for n, key in enumerate(lens.scalers.keys)}
    read = lens.scalers.read(view)[:, 0]
    cells = np.array(sorted(lens.values), dtype=np.int64)
    weights = np.zeros((len(LENSES), cells.size))
    for n, cell in enumerate(cells):
        for component, weight, key in lens.values[int(cell)]:
            if component < len(LENSES) and key in place:
                weights[component, n] += weight * read[place[key]]
    weights /= lens.scales[: len(LENSES), np.newaxis]
    sizes = [case.world.axes.n_cells(name) for name in VARIABLES]
    logits = np.repeat([v.link == "logit" for v in VARIABLES.values()], sizes)
    return Values(cells, weights, logits[cells])


def roll_out(
    case: Case, worlds: BelievedWorlds, question: Question, numbers: Sequence[int]
) -> Iterator[Outcome | None]:
    """Play some worlds on under every course; yields None after each turn, then the outcome.

    World k starts from believed world k, counted round, and meets chance k: what becomes of
    it is the same bits beside any other worlds.
    """
    model = _opened(case, worlds, question, numbers)
    values = values_of(case, question.seat, question.seen.now.view)
    places = [case.indicators.by_name[name].index for name in told_figures(case, question.seat)]
    judged_at = judged_places(case)
    picked = np.tile(np.asarray(numbers) % worlds.state.n_lanes, len(question.courses))
    judged = [earlier[:, picked] for earlier in worlds.judged]
    start = _valued(model.state, values)
    figures = [_figures(case, model, question.seat, places)]
    levels, change = np.zeros_like(start), np.zeros_like(start)
    for _ in range(question.horizon):
        model.step()
        held = _valued(model.state, values)
        change += held - start
        levels += np.where(values.is_logit[:, np.newaxis], logistic(held), held)
        figures.append(_figures(case, model, question.seat, places))
        judged.append(model.indicators[judged_at])
        yield None
    brief = case.loaded.schema.seats[question.seat.key]  # type: ignore[index]
    goals = [*brief.public_goals, *brief.secret_goals]
    scores = score_goals(goals, model.indicators, case.indicators)
    shape = (len(question.courses), len(numbers))
    gains = np.stack([(w[:, np.newaxis] * change).sum(axis=0) for w in values.weights])
    yield Outcome(
        figures=np.stack(figures, axis=1).reshape(len(places), -1, *shape),
        scores=scores.reshape(shape),
        gains=gains.reshape(-1, *shape) / question.horizon,
        levels=levels.reshape(-1, *shape).sum(axis=-1) / question.horizon,
        met=outcomes_met(case, np.stack(judged)).reshape(-1, *shape),
    )
    model.release()


def _opened(
    case: Case, worlds: BelievedWorlds, question: Question, numbers: Sequence[int]
) -> RapprochementModel:
    """Return a model whose lanes are courses of worlds, the open turn forced in each."""
    n_courses = len(question.courses)
    runs = np.tile(np.asarray(numbers, dtype=np.int64), n_courses)
    surveys = surveys_read(case, told_figures(case, question.seat), [question.seat])
    start = followed_by(case.world, surveys).narrowed(worlds.state)
    model = RapprochementModel(
        case,
        runs=runs.tolist(),
        collect=False,
        chance=Chance(question.seed, runs),
        state=start.lane(runs % start.n_lanes),
        surveys=surveys,
    )
    _force_others(model, question)
    for number, course in enumerate(question.courses):
        lanes = slice(number * len(numbers), (number + 1) * len(numbers))
        _force_own(model, question, course, lanes)
    return model


def _force_others(model: RapprochementModel, question: Question) -> None:
    """Put on the table what others offer the seat, and nothing that they do not."""
    seat, desk = question.seat, question.desk
    asks_seat = model.case.rows.consenting[model.proposal_row, seat] & (model.proposal_row >= 0)
    model.proposal_override[asks_seat] = NOTHING
    for proposer, row, bits in desk.offers_received:
        model.proposal_override[proposer] = row
        model.proposal_modifiers_override[proposer] = bits
    for asked, proposer, gave in desk.answers:
        model.consent_override[asked, proposer] = int(gave)


def _force_own(model: RapprochementModel, question: Question, course: Course, lanes: slice) -> None:
    """Write what the seat has decided, and what a course adds, into some lanes."""
    seat, desk = question.seat, question.desk
    offer, orders = _decided(model.case, desk, course)
    model.proposal_override[seat, lanes] = NOTHING if offer is None else offer[0]
    if offer is not None:
        model.proposal_modifiers_override[seat, lanes] = offer[1]
    model.order_override[seat, :, lanes] = NOTHING
    for number, (row, bits) in enumerate(orders):
        model.order_override[seat, number, lanes] = row
        model.order_modifiers_override[seat, number, lanes] = bits
    accepts = {*desk.accepted, *course.accepts}
    for proposer in range(N_CAPITALS):
        model.consent_override[seat, proposer, lanes] = int(proposer in accepts)


def _decided(
    case: Case, desk: Desk, course: Course
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    offer, orders = desk.offer, list(desk.orders)
    for order in course.orders:
        row = find_row(case, order)
        given = (row.index, modifier_bits(row, order.modifiers))
        if row.is_joint:
            offer = given
        else:
            orders.append(given)
    return offer, orders


def _figures(case: Case, model: RapprochementModel, seat: Capital, places: Sequence[int]) -> Array:
    """Read the told figures (figure, lane), polls and approval as they are published."""
    figures = model.indicators[places]
    surveys = case.world.axes.surveys
    published = model.state.beliefs
    for n, name in enumerate(told_figures(case, seat)):
        if name in surveys:
            figures[n] = 100.0 * published.polls[surveys.index(name)]
        elif name.startswith("approval_"):
            figures[n] = published.published[seat - N_CAPITALS]
    return figures


def _valued(state: WorldState, values: Values) -> Array:
    """Return the valued cells (cell, lane) on the scales on which the state holds them."""
    flat = np.concatenate([state.values[name].reshape(-1, state.n_lanes) for name in VARIABLES])
    picked: Array = flat[values.cells]
    return picked
