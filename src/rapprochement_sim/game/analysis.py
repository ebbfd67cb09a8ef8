"""A game looked back on with many worlds: turning points, luck, who decided, worlds beside it.

All of it is computed from the save alone, with chance of its own: the game's seed and run
are hashed with a label, so nothing drawn here was drawn in the game.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE, NARROW_BLOCK_SIZE
from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.arms import ArmScores
from rapprochement_sim.game.beside import AutomatedWorlds, WorldsBeside, worlds_beside
from rapprochement_sim.game.candidates import Candidate, candidates_of_turn
from rapprochement_sim.game.estimates import derived_seed
from rapprochement_sim.game.luck import LuckAndChoice, arms_of_luck, play_luck
from rapprochement_sim.game.turning_points import KEPT_OF_ROUND, TurningPoint, turning_points
from rapprochement_sim.game.who_decided import WhoDecided, sources_of, who_decided
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rapprochement_sim.game.session import Session
    from rapprochement_sim.world.axes import Array

DEFAULT_WORLDS = 1000
_LEAST = 8
_ROUNDS = (8, 16, 32, 64)
_LUCK_RUNS = 48
_PAIRS = 96


@dataclass(frozen=True)
class Effort:
    """How many worlds are played.

    Attributes
    ----------
    worlds
        Automated worlds beside the game.
    pairs
        Worlds played again for each source of who decided; 0 leaves it out.
    luck_runs
        Runs of each arm of luck and choice.
    rounds
        Runs of each round of turning points.
    """

    worlds: int
    pairs: int
    luck_runs: int
    rounds: tuple[int, ...]

    @classmethod
    def of(cls, n_worlds: int = DEFAULT_WORLDS) -> Effort:
        """Return the effort that goes with a number of worlds beside the game."""

        def scaled(number: int) -> int:
            return max(_LEAST, number * n_worlds // DEFAULT_WORLDS)

        return cls(
            worlds=n_worlds,
            pairs=min(scaled(_PAIRS), n_worlds // 2),
            luck_runs=scaled(_LUCK_RUNS),
            rounds=tuple(map(scaled, _ROUNDS)),
        )


FIRST_LOOK = Effort(worlds=DEFAULT_BLOCK_SIZE, pairs=0, luck_runs=_LEAST, rounds=_ROUNDS[:1])
"""What is enough for a first answer; its worlds are counted in the later ones."""


@dataclass(frozen=True)
class SeatAnalysis:
    """How one seat came to its score."""

    seat: Capital
    is_played: bool
    luck: LuckAndChoice
    turning_points: tuple[TurningPoint, ...]


@dataclass(frozen=True)
class Analysis:
    """What many worlds say of a game.

    ``who_decided`` is missing in a first look; ``is_final`` tells that nothing follows.
    """

    n_turns: int
    is_over: bool
    seats: tuple[SeatAnalysis, ...]
    beside: WorldsBeside
    who_decided: WhoDecided | None
    is_final: bool


def analyse(
    session: Session,
    *,
    seats: Sequence[Capital] | None = None,
    effort: Effort | None = None,
    is_open: bool = False,
    progress: Callable[[float], object] = lambda _: None,
    block_size: int = NARROW_BLOCK_SIZE,
    spread: Callable[..., Iterable[Array]] = map,
) -> Iterator[Analysis]:
    """Analyse a game: a first look at once, then everything.

    Parameters
    ----------
    session
        The game, over.
    seats
        Whose choices are looked at; those that people play by default.
    effort
        How many worlds are played; a thousand beside the game by default.
    is_open
        Whether secrets of a game that is still going on may be told: only to who leads it.
    progress
        Told the share done, 0 to 1, after each block. What it raises ends the analysis.
    block_size, spread
        How the worlds are played, see :class:`~rapprochement_sim.game.arms.ArmScores`; they
        change no result.

    Returns
    -------
    Iterator
        The first look, and the final analysis; each is computed when it is asked for.

    Raises
    ------
    NotAllowedNow
        If the game is not over and not open.
    """
    if not (session.is_over or is_open):
        what = "the debrief opens when the last turn has been resolved"
        raise NotAllowedNow(what)
    whole = effort or Effort.of()
    chosen = played_seats(session) if seats is None else tuple(dict.fromkeys(seats))
    return _looks(_Bench(session, chosen, whole, progress, block_size, spread), whole)


def played_seats(session: Session) -> tuple[Capital, ...]:
    """Return the seats that people played in any turn."""
    return tuple(seat for seat in CAPITALS if _own_turns(session, seat, or_all=False))


def _own_turns(session: Session, seat: Capital, *, or_all: bool = True) -> tuple[int, ...]:
    """Return turns (resolved before them) in which a seat was played; all if it never was."""
    turns = range(len(session.turns))
    own = tuple(turn for turn in turns if seat in session.header.seats_in(turn + 1))
    return own or (tuple(turns) if or_all else ())


class _Bench:
    """Where the worlds of an analysis are played and kept."""

    def __init__(
        self,
        session: Session,
        seats: tuple[Capital, ...],
        effort: Effort,
        progress: Callable[[float], object],
        block_size: int,
        spread: Callable[..., Iterable[Array]],
    ) -> None:
        case, header = session.case, session.header
        self.session = session
        self.seats = seats
        self.block_size = block_size
        self._progress = progress
        self._done = 0
        self.candidates = {seat: self._candidates(seat) for seat in seats}
        self._expected = self._turns_expected(effort)
        self.arms = ArmScores(
            case,
            session.states,
            derived_seed("futures", header.seed, header.run),
            block_size=block_size,
            spread=spread,
            report=self.report,
        )
        self.worlds = AutomatedWorlds(
            case,
            derived_seed("beside", header.seed, header.run),
            block_size=block_size,
            report=self.report,
        )

    def report(self, n_turns: int) -> None:
        """Count turns of worlds that were played, and say how much is done."""
        self._done += n_turns
        self._progress(min(1.0, self._done / self._expected))

    def look(self, effort: Effort, *, is_final: bool) -> Analysis:
        """Analyse with some effort; what was played before is not played again."""
        session = self.session
        worlds = self.worlds.first(effort.worlds)
        decided = None
        if effort.pairs:
            decided = who_decided(
                self.worlds,
                played_seats(session),
                effort.pairs,
                block_size=self.block_size,
                report=self.report,
            )
        return Analysis(
            n_turns=session.turn,
            is_over=session.is_over,
            seats=tuple(self._seat(seat, effort) for seat in self.seats),
            beside=worlds_beside(session, worlds),
            who_decided=decided,
            is_final=is_final,
        )

    def _seat(self, seat: Capital, effort: Effort) -> SeatAnalysis:
        session = self.session
        decided = [turn.decisions for turn in session.turns]
        arms = arms_of_luck(decided, seat, _own_turns(session, seat))
        points: tuple[TurningPoint, ...] = ()
        for ranked in turning_points(self.arms, self.candidates[seat], seat, effort.rounds):
            points = ranked
        return SeatAnalysis(
            seat=seat,
            is_played=seat in played_seats(session),
            luck=play_luck(self.arms, arms, seat, effort.luck_runs),
            turning_points=points,
        )

    def _candidates(self, seat: Capital) -> tuple[Candidate, ...]:
        session = self.session
        return tuple(
            candidate
            for turn in _own_turns(session, seat)
            for candidate in candidates_of_turn(
                session.case, session.states[turn], seat, turn, session.turns[turn].decisions
            )
        )

    def _turns_expected(self, effort: Effort) -> int:
        """Count turns of worlds that will be played, about."""
        n_turns, case_turns = self.session.turn, self.session.case.world.n_turns
        beside = case_turns * (effort.worlds + effort.pairs * len(sources_of(())))
        left = sum(case_turns - turn for turn in range(n_turns))
        luck = left * effort.luck_runs * (2 + len(self.seats))
        half = max(1, case_turns // 2)
        points = half * sum(
            n_runs * (sum(len(c.alternatives) for c in found) if not number else 2 * kept)
            for found in self.candidates.values()
            for number, (n_runs, kept) in enumerate(
                zip(effort.rounds, (0, *KEPT_OF_ROUND), strict=False)
            )
        )
        return beside + luck + points


def _looks(bench: _Bench, effort: Effort) -> Iterator[Analysis]:
    is_larger = effort.worlds > FIRST_LOOK.worlds
    if is_larger:
        yield bench.look(FIRST_LOOK, is_final=False)
    yield bench.look(effort, is_final=True)
