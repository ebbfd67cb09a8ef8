"""What an adviser is asked: a seat's knowledge, its desk, and the courses to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.game.believed_worlds import Seen, TurnSeen, adviser_seed
from rapprochement_sim.game.decisions import find_row, modifier_bits
from rapprochement_sim.game.knowledge import observe
from rapprochement_sim.game.retelling import ActSeen
from rapprochement_sim.game.rows import actor_of
from rapprochement_sim.game.session import Phase
from rapprochement_sim.game.table import LANE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.game.chronicle import ResolvedTurn
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital, Order

HORIZON_TURNS = 8
_WORLDS, _ROLLOUTS = "worlds", "rollouts"


@dataclass(frozen=True)
class Course:
    """What a seat might do in the open turn, beside what is on its desk already.

    ``orders`` are orders or one offer; ``accepts`` names proposers whose offers it accepts.
    A course with neither is to leave it at that.
    """

    orders: tuple[Order, ...] = ()
    accepts: tuple[Capital, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What a seat knows of the open turn.

    Rows come with their modifiers as bits.

    Attributes
    ----------
    are_talks_closed
        Whether offers have been answered.
    offers_received
        Proposer, row and bits of the offers that ask for the seat's consent.
    offer
        Row and bits of the seat's own offer, if it made one.
    orders
        Rows and bits of its orders so far.
    accepted
        Proposers whose offers it accepts.
    answers
        Who answered whom, and how: known once the talks are closed, of offers that the
        seat made or was asked about.
    """

    are_talks_closed: bool
    offers_received: tuple[tuple[Capital, int, int], ...]
    offer: tuple[int, int] | None
    orders: tuple[tuple[int, int], ...]
    accepted: tuple[Capital, ...]
    answers: tuple[tuple[Capital, Capital, bool], ...]


@dataclass(frozen=True)
class Question:
    """All that rollouts need to know, and all that they are told.

    ``worlds_seed`` and ``seed`` fix the adviser's own chance: of the believed worlds, and
    of what comes after them.
    """

    seen: Seen
    desk: Desk
    courses: tuple[Course, ...]
    worlds_seed: int
    seed: int
    horizon: int

    @property
    def seat(self) -> Capital:
        """Who asks."""
        return self.seen.seat


class Witness:
    """Collects what one seat sees of a game, turn by turn."""

    def __init__(self, session: Session, seat: Capital) -> None:
        self._session = session
        self._seat = seat
        self._turns: list[TurnSeen] = []

    def seen(self) -> Seen:
        """Return all that the seat has seen so far."""
        session, seat = self._session, self._seat
        now = observe(session.model.state, seat)
        if not session.turns:
            return Seen(now)
        resolved = session.turns
        for number in range(len(self._turns), len(resolved) - 1):
            known = observe(session.states[number + 1], seat)
            self._turns.append(TurnSeen(self._acts(resolved[number]), known))
        latest = TurnSeen(self._acts(resolved[-1]), now)
        return Seen(observe(session.states[0], seat), (*self._turns, latest))

    def _acts(self, turn: ResolvedTurn) -> tuple[ActSeen, ...]:
        row_by_key = self._session.case.effects.row_by_key
        return tuple(
            ActSeen(act.slot, row_by_key[act.key], act.bits, act.month) for act in turn.acts
        )


def desk_of(session: Session, seat: Capital) -> Desk:
    """Return what a seat knows of the open turn."""
    case = session.case
    own = session.decisions_of(seat)
    received = tuple((actor_of(row), row.index, bits) for row, bits in session.offers_to(seat))
    given = {
        kind: tuple(
            (row.index, modifier_bits(row, decision.modifiers))
            for decision in own
            if decision.kind == kind
            for row in [find_row(case, decision.order)]
        )
        for kind in ("offer", "order")
    }
    is_closed = session.phase is Phase.ORDERS
    return Desk(
        are_talks_closed=is_closed,
        offers_received=received,
        offer=given["offer"][0] if given["offer"] else None,
        orders=given["order"],
        accepted=tuple(d.partner for d in own if d.kind == "answer" and d.accepts),
        answers=_answers(session, seat, given["offer"], received) if is_closed else (),
    )


def _answers(
    session: Session,
    seat: Capital,
    own: Sequence[tuple[int, int]],
    received: Sequence[tuple[Capital, int, int]],
) -> tuple[tuple[Capital, Capital, bool], ...]:
    offers = [(seat, row) for row, _ in own] + [(proposer, row) for proposer, row, _ in received]
    return tuple(
        (asked, proposer, bool(session.model.consent_given[asked, proposer, LANE]))
        for proposer, row in offers
        for asked in session.case.row(row).consenting
    )


def question_of(session: Session, seat: Capital, seen: Seen, courses: Sequence[Course]) -> Question:
    """Put what a seat knows and may do into a question."""
    header = session.header
    left = session.case.world.n_turns - session.turn
    return Question(
        seen=seen,
        desk=desk_of(session, seat),
        courses=tuple(courses),
        worlds_seed=adviser_seed(header.seed, header.run, seat, _WORLDS),
        seed=adviser_seed(header.seed, header.run, seat, _ROLLOUTS),
        horizon=min(HORIZON_TURNS, left),
    )
