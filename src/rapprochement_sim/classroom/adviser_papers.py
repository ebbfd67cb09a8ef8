"""What the advisers of a joined seat are told, as plain figures that can be sent.

A joined seat's advisers reckon on the computer that it is joined from. They are sent what the
seat has seen, turn by turn, and its own desk: what is in a
:class:`~rapprochement_sim.game.knowledge.Knowledge` and nothing else. No seed of the class
goes with it, for who knows that knows the chance to come; the advisers' own chance is fixed by
the numbers of world and seat.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser_desk import Asked
    from rapprochement_sim.game.believed_worlds import TurnSeen
    from rapprochement_sim.game.knowledge import Knowledge
    from rapprochement_sim.vocabulary import Capital, Order
    from rapprochement_sim.world.axes import Array

Figures = tuple[float, ...]


@dataclass(frozen=True)
class KnownPaper:
    """What a seat knew at the start of a turn; ``view`` holds the fields of a view in sequence."""

    turn: int
    view: tuple[Figures, ...]
    polls: Figures
    poll_errors: Figures
    protest: Figures
    attention: float


@dataclass(frozen=True)
class ActPaper:
    """A public act of a turn."""

    slot: int
    row: int
    bits: int
    month: int


@dataclass(frozen=True)
class TurnPaper:
    """A resolved turn: its public acts, and what was known afterwards."""

    acts: tuple[ActPaper, ...]
    known: KnownPaper


@dataclass(frozen=True)
class CoursePaper:
    """A course to compare, its title, and the staff paper that argues for it (0 for none)."""

    orders: tuple[Order, ...]
    accepts: tuple[Capital, ...]
    title: str
    paper: int


@dataclass(frozen=True)
class AdviserPaper:
    """A seat's question to its advisers.

    Attributes
    ----------
    scenario
        What the class plays, as the worn skin spells it; empty if it is a teacher's own file.
    content_hash, rules_hash
        What its scenario and rules say, hashed.
    start, turns
        What the seat has seen.
    are_talks_closed, offers_received, offer, orders, accepted, answers
        Its desk, as in :class:`~rapprochement_sim.game.adviser_question.Desk`.
    courses, horizon
        What to compare, and so many turns ahead.
    """

    scenario: str
    content_hash: str
    rules_hash: str
    start: KnownPaper
    turns: tuple[TurnPaper, ...]
    are_talks_closed: bool
    offers_received: tuple[tuple[Capital, int, int], ...]
    offer: tuple[int, int] | None
    orders: tuple[tuple[int, int], ...]
    accepted: tuple[Capital, ...]
    answers: tuple[tuple[Capital, Capital, bool], ...]
    courses: tuple[CoursePaper, ...]
    horizon: int


def adviser_paper(case: Case, scenario: str, asked: Asked) -> AdviserPaper:
    """Write down what a seat's advisers are asked."""
    question, courses = asked
    desk = question.desk
    return AdviserPaper(
        scenario=scenario,
        content_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        start=_known(question.seen.start),
        turns=tuple(_turn(case, turn) for turn in question.seen.turns),
        are_talks_closed=desk.are_talks_closed,
        offers_received=desk.offers_received,
        offer=desk.offer,
        orders=desk.orders,
        accepted=desk.accepted,
        answers=desk.answers,
        courses=tuple(
            CoursePaper(each.course.orders, each.course.accepts, each.title, each.paper or 0)
            for each in courses
        ),
        horizon=question.horizon,
    )


def _turn(case: Case, turn: TurnSeen) -> TurnPaper:
    """Leave the teacher's own events out: what they moved shows in what was known afterwards."""
    n_shipped = len(case.effects.rows) - case.n_added_events
    return TurnPaper(
        tuple(
            ActPaper(act.slot, act.row, act.bits, act.month)
            for act in turn.acts
            if act.row < n_shipped
        ),
        _known(turn.knowledge),
    )


def _known(knowledge: Knowledge) -> KnownPaper:
    return KnownPaper(
        turn=knowledge.turn,
        view=tuple(
            _figures(getattr(knowledge.view, field.name)) for field in fields(knowledge.view)
        ),
        polls=_figures(knowledge.polls),
        poll_errors=_figures(knowledge.poll_errors),
        protest=_figures(knowledge.protest),
        attention=knowledge.attention,
    )


def _figures(array: Array) -> Figures:
    return tuple(float(value) for value in array.reshape(-1))
