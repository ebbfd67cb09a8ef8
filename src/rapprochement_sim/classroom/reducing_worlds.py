"""How facts of one world change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom import facts
from rapprochement_sim.classroom.state import (
    ORDERS,
    Branch,
    ClassWorld,
    Draft,
    Inject,
    PlayedTurn,
    SeatPlace,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def _with_place(world: ClassWorld, seat: str, place: SeatPlace) -> ClassWorld:
    return replace(world, seats={**world.seats, seat: place})


def _touched(world: ClassWorld) -> ClassWorld:
    return replace(world, revision=world.revision + 1, shared=world.shared + 1)


def _captain(world: ClassWorld, fact: facts.CaptainNamed) -> ClassWorld:
    place = replace(world.seats[fact.seat], captain=fact.person)
    return _with_place(world, fact.seat, place)


def _given(world: ClassWorld, fact: facts.SeatGivenToModel) -> ClassWorld:
    place = replace(world.seats[fact.seat], is_with_model=True, model_reason=fact.reason)
    return changed_hands(_with_place(world, fact.seat, place), fact.seat)


def _reclaimed(world: ClassWorld, fact: facts.SeatReclaimed) -> ClassWorld:
    place = replace(
        world.seats[fact.seat], is_with_model=False, model_reason="", is_done=False, done_by=()
    )
    return changed_hands(_with_place(world, fact.seat, place), fact.seat)


def changed_hands(world: ClassWorld, seat: str) -> ClassWorld:
    """Return a world in which what a seat had on the open table is gone with who put it there.

    Talks that are closed stay as they were: who ordered then no longer matters.
    """
    gone = {"order"} if world.phase == ORDERS else {"offer", "answer", "order"}
    kept = tuple(
        decision
        for decision in world.decisions
        if not (decision.seat == seat and decision.kind in gone)
        and not (decision.kind == "answer" and decision.partner == seat and "answer" in gone)
    )
    return _touched(replace(world, decisions=kept))


def _drafted(world: ClassWorld, fact: facts.DraftMade) -> ClassWorld:
    place = world.seats[fact.seat]
    draft = Draft(fact.draft, fact.person, fact.decision, fact.told, (fact.person,))
    return _with_place(world, fact.seat, replace(place, drafts=(*place.drafts, draft)))


def _backed(world: ClassWorld, fact: facts.DraftBacked) -> ClassWorld:
    place = world.seats[fact.seat]
    drafts = tuple(
        replace(draft, backers=(*draft.backers, fact.person))
        if draft.id == fact.draft and fact.person not in draft.backers
        else draft
        for draft in place.drafts
    )
    return _with_place(world, fact.seat, replace(place, drafts=drafts))


def _dropped(world: ClassWorld, fact: facts.DraftDropped) -> ClassWorld:
    place = world.seats[fact.seat]
    drafts = tuple(draft for draft in place.drafts if draft.id != fact.draft)
    return _with_place(world, fact.seat, replace(place, drafts=drafts))


def _decided(world: ClassWorld, fact: facts.DecisionsChanged) -> ClassWorld:
    undone = {fact.seat, *fact.reopened}
    seats = {
        key: replace(place, is_done=False, done_by=()) if key in undone else place
        for key, place in world.seats.items()
    }
    own = {**world.own, **{seat: world.own.get(seat, 0) + 1 for seat in undone}}
    return replace(
        world, seats=seats, decisions=fact.decisions, revision=world.revision + 1, own=own
    )


def _done(world: ClassWorld, fact: facts.SeatDone) -> ClassWorld:
    place = world.seats[fact.seat]
    done_by = (*(p for p in place.done_by if p != fact.person), fact.person)
    place = replace(place, done_by=done_by, is_done=fact.is_whole)
    return _with_place(world, fact.seat, place)


def _not_done(world: ClassWorld, fact: facts.SeatNotDone) -> ClassWorld:
    place = replace(world.seats[fact.seat], done_by=(), is_done=False)
    return _with_place(world, fact.seat, place)


def _talks_closed(world: ClassWorld, fact: facts.TalksClosed) -> ClassWorld:
    return _touched(replace(_next_phase(world), talk_seats=fact.seats))


def _resolved(world: ClassWorld, fact: facts.TurnResolved) -> ClassWorld:
    talk_seats = world.talk_seats or ()
    played = PlayedTurn(fact.turn, talk_seats, fact.seats, world.decisions, fact.digest)
    world = _next_phase(world)
    return _touched(
        replace(
            world,
            turns=(*world.turns, played),
            decisions=(),
            talk_seats=None,
            is_over=fact.is_over,
        )
    )


def _next_phase(world: ClassWorld) -> ClassWorld:
    """Return a world in which nobody is done, nothing is drafted and no clock runs."""
    seats = {
        key: replace(place, drafts=(), done_by=(), is_done=False)
        for key, place in world.seats.items()
    }
    return replace(world, seats=seats, closes_at=0.0)


def _inject_set(world: ClassWorld, fact: facts.InjectSet) -> ClassWorld:
    about = (fact.inject, fact.turn, fact.event, fact.headline)
    inject = Inject(*about, fact.changes, fact.orders)
    return _touched(replace(world, injects=(*world.injects, inject)))


def _inject_withdrawn(world: ClassWorld, fact: facts.InjectWithdrawn) -> ClassWorld:
    injects = tuple(inject for inject in world.injects if inject.id != fact.inject)
    return _touched(replace(world, injects=injects))


def _rewound(world: ClassWorld, fact: facts.WorldRewound) -> ClassWorld:
    """Go back: injects of the turns kept, and those of the turn that opens again, stay."""
    branch = Branch(world.turns, fact.turns_kept, fact.reason, world.injects)
    world = _next_phase(world)
    return _touched(
        replace(
            world,
            turns=world.turns[: fact.turns_kept],
            decisions=(),
            talk_seats=None,
            is_over=False,
            injects=tuple(i for i in world.injects if i.turn <= fact.turns_kept + 1),
            branches=(*world.branches, branch),
        )
    )


def _clock(world: ClassWorld, fact: facts.ClockSet) -> ClassWorld:
    return replace(world, closes_at=fact.closes_at)


WORLD_STEPS: dict[type[facts.Fact], Callable[[ClassWorld, Any], ClassWorld]] = {
    facts.CaptainNamed: _captain,
    facts.SeatGivenToModel: _given,
    facts.SeatReclaimed: _reclaimed,
    facts.DraftMade: _drafted,
    facts.DraftBacked: _backed,
    facts.DraftDropped: _dropped,
    facts.DecisionsChanged: _decided,
    facts.SeatDone: _done,
    facts.SeatNotDone: _not_done,
    facts.TalksClosed: _talks_closed,
    facts.TurnResolved: _resolved,
    facts.InjectSet: _inject_set,
    facts.InjectWithdrawn: _inject_withdrawn,
    facts.WorldRewound: _rewound,
    facts.ClockSet: _clock,
}
