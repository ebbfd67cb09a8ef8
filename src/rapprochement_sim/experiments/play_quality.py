"""Is it a good game? Statistics over automated play, for a seat and for the world.

The criteria, and why each is measured as it is: docs/concepts/a-good-game.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.capital import CapitalAgent
from rapprochement_sim.agents.goal_minded import GoalMindedCapital
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE
from rapprochement_sim.experiments.adaptive_play import rehearsal
from rapprochement_sim.experiments.fixed_plans import (
    Search,
    best_in_final,
    score_scripts,
    script_finalists,
)
from rapprochement_sim.game.winning import win_rule
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance, MixedChance, decisions_of
from rapprochement_sim.vocabulary import CAPITALS, ORDERS_PER_TURN, Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.experiments.adaptive_play import Manner
    from rapprochement_sim.experiments.fixed_plans import Script
    from rapprochement_sim.world.axes import Array, Booleans, Integers

SEED, OTHER_SEED = 11, 12
WAR_LEVEL = 0.9
"""Escalation between two capitals at the top of its range 0..1."""

STUCK_TURNS = 3
STILL_POINTS = 0.5
"""A composite that moves by less in a turn stands still."""

_YEARS = 2.0


@dataclass(frozen=True)
class Estimate:
    """A mean over runs and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Favourite:
    """An act and the share of a seat's turns in which it comes first."""

    act: str
    share: float


@dataclass(frozen=True)
class SeatQuality:
    """How well one seat plays.

    Attributes
    ----------
    seat, n_runs
        Whose, over how many runs.
    automated
        Its score when all are automated, 0..100.
    own_share
        Share of that score's variance due to its own decisions: the total effect of its
        draws, all else alike. ``alone_share`` is their first-order effect.
    best_first
        The act that most often comes first for adaptive play: of what it does in a turn, what
        promises most by its own judgement.
    taken_first
        The act that the automated government most often takes first.
    fixed, adaptive, lead
        Scores on fresh runs of the best plan made in advance and of the best adaptive play;
        and the paired difference.
    bar, wins
        What a win takes, and the share of games that the seat that seeks its goals wins.
    """

    seat: Capital
    n_runs: int
    automated: Estimate
    own_share: Estimate
    alone_share: float
    best_first: Favourite
    taken_first: Favourite
    fixed: Estimate
    adaptive: Estimate
    lead: Estimate
    bar: float
    wins: Estimate


@dataclass(frozen=True)
class WorldQuality:
    """How automated worlds go.

    Attributes
    ----------
    n_runs
        Worlds looked at.
    most_falls
        Most changes of leader that any capital saw within any two years of any world.
    war_share
        Share of worlds in which escalation between any two capitals reached
        ``WAR_LEVEL``; ``highest_escalation`` is the highest met.
    stuck_share
        Share of worlds with ``STUCK_TURNS`` turns in sequence in which nobody acted and no
        composite moved; ``longest_still`` is the longest such stretch met.
    """

    n_runs: int
    most_falls: int
    war_share: float
    highest_escalation: float
    stuck_share: float
    longest_still: int


def estimate(values: Array) -> Estimate:
    """Return mean and standard error of independent values (run)."""
    return Estimate(float(values.mean()), float(values.std() / np.sqrt(values.size)))


@dataclass(frozen=True)
class Prepared:
    """What a seat brings to the measurement.

    Attributes
    ----------
    script, policy
        The best plan, and the best adaptive play.
    scripts, manners
        The plans and the ways of play that came to the final.
    """

    script: Script
    policy: type[GoalMindedCapital]
    scripts: tuple[Script, ...]
    manners: tuple[Manner, ...]


def prepare(case: Case, seat: Capital, search: Search | None = None) -> Prepared:
    """Search for both in the same training runs."""
    scripts = script_finalists(case, seat, search)
    script = best_in_final(case, seat, scripts, search)
    known = rehearsal(case, seat, script, search)
    manners = known.finalists(search)
    return Prepared(script, known.best_in_final(manners, search), tuple(scripts), tuple(manners))


def prepare_among(
    case: Case, seat: Capital, known: Prepared, search: Search | None = None
) -> Prepared:
    """Choose both anew among other governments: rehearse, and hold both finals there."""
    script = best_in_final(case, seat, known.scripts, search)
    policy = rehearsal(case, seat, script, search).best_in_final(known.manners, search)
    return replace(known, script=script, policy=policy)


def measure_seat(
    case: Case,
    seat: Capital,
    *,
    n_runs: int = 500,
    share_runs: int | None = None,
    prepared: Prepared | None = None,
) -> SeatQuality:
    """Measure one seat on fresh runs.

    Parameters
    ----------
    case, seat
        Who plays what.
    n_runs
        Runs over which play is scored.
    share_runs
        Automated runs from which the share of the seat's own decisions is estimated; as
        many as are played unless told.
    prepared
        What the seat brings; what is not prepared is searched for first.
    """
    brought = prepared or prepare(case, seat)
    automated = _play(case, seat, CapitalAgent, n_runs)
    own, alone = own_shares(case, seat, n_runs=share_runs or n_runs)
    adaptive = _play(case, seat, brought.policy, n_runs)
    fixed = score_scripts(case, seat, [brought.script], seed=SEED, n_runs=n_runs)[0]
    rule = win_rule(case, seat)
    n_turns = n_runs * case.world.n_turns
    return SeatQuality(
        seat=seat,
        n_runs=n_runs,
        automated=estimate(automated.scores),
        own_share=own,
        alone_share=alone,
        best_first=_favourite(adaptive.best, n_turns),
        taken_first=_favourite(automated.taken, n_turns),
        fixed=estimate(fixed),
        adaptive=estimate(adaptive.scores),
        lead=estimate(adaptive.scores - fixed),
        bar=rule.bar,
        wins=estimate(np.array([float(rule.is_won(score)) for score in adaptive.scores])),
    )


def own_shares(case: Case, seat: Capital, *, n_runs: int) -> tuple[Estimate, float]:
    """Return how much of a seat's score hangs on its own decisions: total effect, first order.

    Pick-freeze (Sobol's indices): in the same worlds the seat's decisions alone are drawn
    anew (their squared difference, halved, over the variance), and everything but them
    (their covariance).
    """
    kept = _scores(case, seat, n_runs, lambda runs: Chance(SEED, runs))
    redrawn = _scores(case, seat, n_runs, _mixed(SEED, OTHER_SEED, seat))
    others = _scores(case, seat, n_runs, _mixed(OTHER_SEED, SEED, seat))
    variance = float((kept.var() + redrawn.var()) / 2.0)
    total = estimate((kept - redrawn) ** 2 / (2.0 * variance))
    alone = float(((kept - kept.mean()) * (others - others.mean())).mean() / variance)
    return total, alone


def _mixed(seed: int, own_seed: int, seat: Capital) -> Callable[[Integers], Chance]:
    """Return the chance of some runs in which a seat decides by another seed."""
    return lambda runs: MixedChance(Chance(seed, runs), Chance(own_seed, runs), decisions_of(seat))


def measure_world(case: Case, *, n_runs: int = 500) -> WorldQuality:
    """Measure how automated worlds go when nobody plays."""
    falls, levels, stretches = [], [], []
    for runs in _blocks(n_runs):
        watched = _watch(case, runs)
        falls.append(watched[0])
        levels.append(watched[1])
        stretches.append(watched[2])
    escalation, still = np.concatenate(levels), np.concatenate(stretches)
    return WorldQuality(
        n_runs=n_runs,
        most_falls=int(max(falls)),
        war_share=float((escalation >= WAR_LEVEL).mean()),
        highest_escalation=float(escalation.max()),
        stuck_share=float((still >= STUCK_TURNS).mean()),
        longest_still=int(still.max()),
    )


@dataclass(frozen=True)
class _Played:
    scores: Array
    best: Counter[str]
    taken: Counter[str]


def _blocks(n_runs: int) -> Iterator[Integers]:
    for first in range(0, n_runs, DEFAULT_BLOCK_SIZE):
        yield np.arange(first, min(first + DEFAULT_BLOCK_SIZE, n_runs))


def _scores(
    case: Case, seat: Capital, n_runs: int, chance_of: Callable[[Integers], Chance]
) -> Array:
    found = []
    for runs in _blocks(n_runs):
        model = RapprochementModel(case, runs=runs.tolist(), collect=False, chance=chance_of(runs))
        while not model.is_over:
            model.step()
        found.append(final_scores(case, model.indicators)[seat])
        model.release()
    return np.concatenate(found)


def _play(case: Case, seat: Capital, policy: type[CapitalAgent], n_runs: int) -> _Played:
    """Play a seat by a policy; count which act it thinks best, and which it takes first."""
    scores = []
    best: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for runs in _blocks(n_runs):
        model = RapprochementModel(
            case,
            runs=runs.tolist(),
            collect=False,
            chance=Chance(SEED, runs),
            capital_agent=policy,
        )
        while not model.is_over:
            judged, offers = _judged(model, seat), model.proposal_row[seat].copy()
            model.step()
            best.update(_best_acts(model, seat, judged, offers))
            taken.update(_first_acts(model, seat))
        scores.append(final_scores(case, model.indicators)[seat])
        model.release()
    return _Played(np.concatenate(scores), best, taken)


def _judged(model: RapprochementModel, seat: Capital) -> Array:
    """Return what the seat's own judgement makes of its orders (own row, run)."""
    agent = list(model.capitals)[seat]
    return agent.promises if isinstance(agent, GoalMindedCapital) else agent.values


def _best_acts(
    model: RapprochementModel, seat: Capital, judged: Array, offers: Integers
) -> Iterator[str]:
    """Yield, lane by lane, what it thought best of what it did in the turn, if anything."""
    first = len(CAPITALS) + ORDERS_PER_TURN * seat
    done = np.concatenate([offers[np.newaxis], model.acts.row[first : first + ORDERS_PER_TURN]])
    places = np.zeros(len(model.case.effects.rows), dtype=np.int64)
    own_rows = list(model.capitals)[seat].own_rows
    places[own_rows] = np.arange(own_rows.size)
    lanes = np.arange(model.n_lanes)
    worth = np.where(done >= 0, judged[places[done], lanes], -np.inf)
    for row in done[worth.argmax(axis=0), lanes][(done >= 0).any(axis=0)]:
        yield _told(model.case, int(row))


def _first_acts(model: RapprochementModel, seat: Capital) -> Iterator[str]:
    """Yield, lane by lane, what the seat did first in the turn: its offer, else its first order."""
    orders = len(CAPITALS) + ORDERS_PER_TURN * seat
    offer, order = model.acts.row[seat], model.acts.row[orders]
    for row in np.where(offer >= 0, offer, order):
        if row >= 0:
            yield _told(model.case, int(row))


def _told(case: Case, index: int) -> str:
    row = case.row(index)
    return row.name if row.target is None else f"{row.name} > {row.target.key}"


def _favourite(counts: Counter[str], n_turns: int) -> Favourite:
    if not counts:
        return Favourite("none", 0.0)
    act, count = counts.most_common(1)[0]
    return Favourite(act, count / n_turns)


def _watch(case: Case, runs: Integers) -> tuple[int, Array, Integers]:
    """Return most falls within two years, highest escalation and longest stillness (run)."""
    model = RapprochementModel(case, runs=runs.tolist(), collect=False, chance=Chance(SEED, runs))
    composites = [case.indicators.by_name[name].index for name in case.loaded.rules.composites]
    window = round(_YEARS / case.world.turn_years)
    fallen: list[Booleans] = []
    highest = model.state.values["escalation"].max(axis=0)
    stretch = np.zeros(model.n_lanes, dtype=np.int64)
    longest = stretch.copy()
    while not model.is_over:
        years, before = model.state.years_in_office, model.indicators[composites]
        model.step()
        fallen.append(model.state.years_in_office < years)
        highest = np.maximum(highest, model.state.values["escalation"].max(axis=0))
        n_capitals_slots = len(CAPITALS) * (1 + ORDERS_PER_TURN)
        is_idle = (model.acts.row[:n_capitals_slots] < 0).all(axis=0)
        moved = np.abs(model.indicators[composites] - before).max(axis=0)
        stretch = np.where(is_idle & (moved < STILL_POINTS), stretch + 1, 0)
        longest = np.maximum(longest, stretch)
    within = [
        np.sum(fallen[max(0, last + 1 - window) : last + 1], axis=0).max()
        for last in range(len(fallen))
    ]
    kept = runs.size
    model.release()
    return int(max(within)), highest[:kept], longest[:kept]
