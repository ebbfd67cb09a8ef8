"""What a seat decided in each turn of a game, and what it might have decided instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from rapprochement_sim.decision.legality import refusal_reason
from rapprochement_sim.game.arms import Arm, as_decided, left_to_itself
from rapprochement_sim.game.debrief import deed_text
from rapprochement_sim.game.decisions import (
    Decision,
    Purse,
    find_row,
    modifier_bits,
    modifier_names,
    purse_after,
    refusal_of,
)
from rapprochement_sim.game.knowledge import observe
from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.game.staff import GOALS, staff_suggestions
from rapprochement_sim.game.table import LANE
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.state import WorldState

AlternativeKind = Literal["without", "answer", "paper", "automated"]
IDLE = "hold"


@dataclass(frozen=True)
class Alternative:
    """What might have been decided instead: in words, and as an arm of the turn."""

    kind: AlternativeKind
    text: str
    arm: Arm


@dataclass(frozen=True)
class Candidate:
    """A decision of a seat that may have been a turning point.

    Attributes
    ----------
    turn
        Turns resolved before it.
    text
        What was decided, in words.
    decided
        The arm of the turn as it was.
    alternatives
        What might have been decided instead, all else in the turn being as it was.
    """

    turn: int
    text: str
    decided: Arm
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class _Desk:
    """A seat's turn: what everybody decided, what the seat did, and its papers not taken."""

    case: Case
    seat: Capital
    decisions: Sequence[Decision]
    own: tuple[Decision, ...]
    purse: Purse
    papers: tuple[Decision, ...]


def candidates_of_turn(
    case: Case, state: WorldState, seat: Capital, turn: int, decisions: Sequence[Decision]
) -> Iterator[Candidate]:
    """List a seat's decisions in a turn with their alternatives.

    An order or offer is compared with leaving it out, and with the best staff paper of the
    turn that was not taken and could have been in its place: the one that serves the seat's
    goals, else the first that can be paid. An answer is compared with the opposite one, what
    was left undone with taking the paper, and the turn as a whole with leaving it to the
    seat's own staff, that is to the automated choice. Rules and means are those with which
    the turn opened.
    """
    desk = _desk(case, state, seat, decisions)
    decided = as_decided(decisions)
    for decision in desk.own:
        found = tuple(_alternatives(desk, decision))
        if found:
            yield Candidate(turn, deed_text(case, decision, decisions), decided, found)
    added = _paper_beside(desk, desk.own)
    if added is not None:
        text = f"did without: {_named(desk, added)}"
        arm = _changed(desk, (*desk.own, added))
        yield Candidate(turn, text, decided, (Alternative("paper", "doing it", arm),))
    whole = Alternative("automated", "the automated choice", left_to_itself(decisions, seat))
    yield Candidate(turn, "all that was decided in the turn", decided, (whole,))


def _desk(case: Case, state: WorldState, seat: Capital, decisions: Sequence[Decision]) -> _Desk:
    own = tuple(d for d in decisions if d.seat == seat and d.action != IDLE)
    means = Purse(
        attention=float(state.attention[seat, LANE]),
        capital=float(state.values["political_capital"][seat, LANE]),
    )
    allowed = [
        row
        for row in case.effects.rows
        if row.kind == "act"
        and row.actor == seat
        and not refusal_reason(case.effects, state, row, LANE)
    ]
    taken = {(d.action, d.partner) for d in own}
    suggested = sorted(
        staff_suggestions(case, observe(state, seat), allowed),
        key=lambda suggestion: suggestion.purpose != GOALS,
    )
    papers = tuple(
        Decision(
            "offer" if paper.row.is_joint else "order",
            actor_of(paper.row),
            target_of(paper.row),
            paper.row.name,
            modifier_names(paper.row, paper.modifiers),
        )
        for paper in suggested
        if (paper.row.name, target_of(paper.row)) not in taken
    )
    return _Desk(case, seat, decisions, own, means, papers)


def _alternatives(desk: _Desk, decision: Decision) -> Iterator[Alternative]:
    if decision.kind == "answer":
        other = replace(decision, accepts=not decision.accepts)
        arm = _changed(desk, tuple(other if d == decision else d for d in desk.own))
        yield Alternative("answer", "refusing it" if decision.accepts else "accepting it", arm)
        return
    left = tuple(d for d in desk.own if d != decision)
    text = "not offering it" if decision.kind == "offer" else "not ordering it"
    yield Alternative("without", text, _changed(desk, left))
    paper = _paper_beside(desk, left)
    if paper is not None:
        arm = _changed(desk, (*left, paper))
        yield Alternative("paper", f"choosing instead: {_named(desk, paper)}", arm)


def _paper_beside(desk: _Desk, own: tuple[Decision, ...]) -> Decision | None:
    """Return the best paper that the seat could have taken beside other decisions."""
    purse = purse_after(desk.case, desk.purse, own)
    for paper in desk.papers:
        row = find_row(desk.case, paper.order)
        bits = modifier_bits(row, paper.modifiers)
        if not refusal_of(row, own, purse, reason="", modifiers=bits):
            return paper
    return None


def _changed(desk: _Desk, own: tuple[Decision, ...]) -> Arm:
    """Return the arm in which the seat decides something else and the others what they did.

    Its offer, if it is another one, is answered by those who are asked as they see fit.
    """
    offered = {d for d in desk.own if d.kind == "offer"} & set(own)
    kept = tuple(
        d
        for d in desk.decisions
        if d.seat != desk.seat
        and not (d.kind == "answer" and d.partner == desk.seat and not offered)
    )
    return Arm((*kept, *own), CAPITALS)


def _named(desk: _Desk, paper: Decision) -> str:
    return deed_text(desk.case, paper, desk.decisions).split(": ", 1)[1]
