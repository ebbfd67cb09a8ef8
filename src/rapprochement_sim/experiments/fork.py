"""The futures of a game from one of its turns on, with a seat's alternatives side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.experiments.intervals import Probability, wilson
from rapprochement_sim.experiments.paired import (
    PairedDifference,
    paired_difference,
    paired_shares,
)
from rapprochement_sim.experiments.strands import (
    Desk,
    Strand,
    one_lane,
    play_strands,
    strand_spec,
)
from rapprochement_sim.experiments.summary import SeatScore, band
from rapprochement_sim.game.branching import state_at
from rapprochement_sim.game.futures import Plan
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rapprochement_sim.ensemble.supervisor import Failure
    from rapprochement_sim.experiments.runs import Progress
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.game.futures import Futures
    from rapprochement_sim.game.journal import Header
    from rapprochement_sim.game.session import Session

DECIDED, NOTHING, AUTOMATED = "as decided", "nothing", "automated choice"


@dataclass(frozen=True)
class Alternative:
    """What a seat might do in a turn; None leaves the choice to the seat's agent."""

    name: str
    decisions: tuple[Decision, ...] | None


@dataclass(frozen=True)
class ForkPoint:
    """A game at the start of a turn.

    Attributes
    ----------
    session
        The game, with nothing decided in the open turn; its header seats all whom people
        play and the seat in question, so that alternatives can be tried on it.
    header
        As in the save.
    name
        File name of the save.
    turn
        The open turn, from 1.
    seat
        Whose alternatives are compared.
    others
        What other seats that people play decided in the turn; it stands in all futures.
    decided
        What the seat itself decided, None if the save does not know yet.
    """

    session: Session
    header: Header
    name: str
    turn: int
    seat: Capital
    others: tuple[Decision, ...]
    decided: tuple[Decision, ...] | None

    @property
    def bound(self) -> tuple[Capital, ...]:
        """Other seats that people play in the turn: they do what they did."""
        return tuple(c for c in self.header.seats_in(self.turn) if c != self.seat)


@dataclass(frozen=True)
class AlternativeResult:
    """What comes of an alternative.

    Attributes
    ----------
    alternative
        Which one.
    scores
        Capital to how it fares at the end.
    outcomes
        Outcome to its probability.
    against_first
        The seat's score, this less the first alternative; None for the first.
    outcomes_against_first
        Outcome to the same for its probability; empty for the first.
    """

    alternative: Alternative
    scores: dict[str, SeatScore]
    outcomes: dict[str, Probability]
    against_first: PairedDifference | None
    outcomes_against_first: dict[str, PairedDifference]


@dataclass(frozen=True)
class Fork:
    """Futures of a turn, alternative by alternative, run by run under the same chance."""

    point: ForkPoint
    seed: int
    n_runs: int
    results: tuple[AlternativeResult, ...]
    futures: tuple[Futures, ...]
    failures: tuple[Failure, ...]


def fork_point(save: Path, turn: int, seat: Capital | None = None) -> ForkPoint:
    """Open a saved game at the start of a turn.

    Parameters
    ----------
    save
        The game, which is only read.
    turn
        From 1 to the turn that is open in it.
    seat
        Whose alternatives to compare; the first seat that was played by default, Seoul if
        none was.

    Raises
    ------
    MalformedInput
        If it is no whole save, or has no such turn.
    WrongVersion
        If other rules or another scenario text played it.
    """
    journal = read_journal(save)
    session = state_at(journal, save, turn)
    header = journal.header
    played = header.seats_in(turn)
    chosen = seat if seat is not None else (*played, Capital.SEOUL)[0]
    is_resolved = turn <= len(journal.turns)
    made = journal.turns[turn - 1].decisions if is_resolved else journal.pending
    is_known = is_resolved or any(decision.seat == chosen for decision in made)
    tried = tuple(dict.fromkeys((chosen, *played)))
    others = tuple(d for d in made if d.seat in played and d.seat != chosen)
    session.header = replace(header, seats=tried, earlier_seats=())
    session.restore(others, (), closed=False)
    return ForkPoint(
        session=session,
        header=header,
        name=save.name,
        turn=turn,
        seat=chosen,
        others=others,
        decided=tuple(d for d in made if d.seat == chosen) if is_known else None,
    )


def usual_alternatives(point: ForkPoint) -> list[Alternative]:
    """Return what was decided, as far as it is known, nothing at all, and the agent's choice."""
    found = [] if point.decided is None else [Alternative(DECIDED, point.decided)]
    if point.decided != ():
        found.append(Alternative(NOTHING, ()))
    return [*found, Alternative(AUTOMATED, None)]


def fork(
    point: ForkPoint,
    alternatives: Sequence[Alternative],
    *,
    runs: int,
    seed: int | None = None,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Fork:
    """Play the futures of a turn for each alternative.

    From the next turn on every seat decides by itself. What lay on the desk when the turn
    opened, the others' offers, is as it was in the game; all else meets the chance of its
    run, the same for every alternative.

    Parameters
    ----------
    point
        The turn.
    alternatives
        What to compare; differences are taken from the first.
    runs, seed
        How many futures of each, and the root seed of their chance; the game's by default,
        under which the future of the game's own run meets the game's own chance.
    workers
        Processes; by default one for little work, else one for each core.
    on_progress
        Called at the start and after every block.

    Raises
    ------
    MalformedInput
        If runs, seed or workers are out of range.
    RapprochementError
        If no future could be played.
    """
    session, header = point.session, point.header
    root = header.seed if seed is None else seed
    spec = strand_spec(session.case, seed=root, runs=runs, scenario=header.scenario)
    past = tuple(one_lane(state) for state in session.states[: point.turn - 1])
    state = one_lane(session.states[point.turn - 1])
    desk = Desk(header.seed, header.run, point.turn - 1, point.seat)
    strands = [
        Strand(spec, state, _plan(point, alternative), past, desk) for alternative in alternatives
    ]
    played = play_strands(strands, workers=workers, on_progress=on_progress)
    if not played.futures:
        what = f"no future could be played: {played.failures[0].reason}"
        raise RapprochementError(what)
    first = played.futures[0]
    results = tuple(
        _result(point.seat, alternative, futures, None if number == 0 else first)
        for number, (alternative, futures) in enumerate(
            zip(alternatives, played.futures, strict=True)
        )
    )
    return Fork(point, root, first.n_runs, results, played.futures, played.failures)


def _plan(point: ForkPoint, alternative: Alternative) -> Plan:
    own = alternative.decisions
    bound = point.bound if own is None else (*point.bound, point.seat)
    if not bound:
        return Plan()
    return Plan({point.turn: (*point.others, *(own or ()))}, bound)


def _result(
    seat: Capital, alternative: Alternative, futures: Futures, first: Futures | None
) -> AlternativeResult:
    n_runs = futures.n_runs
    scores = {c.key: futures.score(c) for c in CAPITALS}
    against = None if first is None else paired_difference(futures.score(seat), first.score(seat))
    return AlternativeResult(
        alternative=alternative,
        scores={key: SeatScore(float(each.mean()), band(each)) for key, each in scores.items()},
        outcomes={
            name: wilson(int(futures.outcome(name).sum()), n_runs) for name in futures.outcome_names
        },
        against_first=against,
        outcomes_against_first={
            name: paired_shares(futures.outcome(name), first.outcome(name))
            for name in (futures.outcome_names if first is not None else ())
            if first is not None
        },
    )
