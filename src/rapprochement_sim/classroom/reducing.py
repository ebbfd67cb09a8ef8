"""Facts to state: one pure function. The same facts always give the same class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom import facts
from rapprochement_sim.classroom.reducing_worlds import WORLD_STEPS, changed_hands
from rapprochement_sim.classroom.state import (
    ClassState,
    ClassWorld,
    Forecast,
    Message,
    Person,
    SeatPlace,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True)
class Recorded:
    """A fact with its place in the log, its time (seconds of the epoch) and who caused it."""

    seq: int
    at: float
    by: int
    fact: facts.Fact


def reduce_facts(records: Iterable[Recorded], state: ClassState | None = None) -> ClassState:
    """Return the class after some facts."""
    reached = state or ClassState()
    for recorded in records:
        reached = reduce_fact(reached, recorded)
    return reached


def reduce_fact(state: ClassState, recorded: Recorded) -> ClassState:
    """Return the class after one more fact."""
    fact = recorded.fact
    in_world = WORLD_STEPS.get(type(fact))
    if in_world is not None:
        world = state.worlds[fact.world]  # type: ignore[attr-defined]
        state = _with_world(state, in_world(world, fact))
    else:
        state = _STEPS[type(fact)](state, fact, recorded)
    return replace(state, seq=recorded.seq)


def _with_world(state: ClassState, world: ClassWorld) -> ClassState:
    return replace(state, worlds={**state.worlds, world.number: world})


def _with_person(state: ClassState, person: Person) -> ClassState:
    return replace(state, persons={**state.persons, person.id: person})


# ---------------------------------------------------------------- the class


def _opened(state: ClassState, fact: facts.ClassOpened, _: Recorded) -> ClassState:
    return replace(
        state,
        scenario=fact.scenario,
        content_hash=fact.content_hash,
        rules_hash=fact.rules_hash,
        seed=fact.seed,
        n_turns=fact.n_turns,
        seat_keys=fact.seats,
        code=fact.code,
        signing_key=fact.signing_key,
        teacher_hash=fact.teacher_hash,
        submit_rule=fact.submit_rule,
        minutes=fact.minutes,
        is_automatic=fact.is_automatic,
        roster=fact.roster,
        is_rehearsal=fact.is_rehearsal,
        is_masked=fact.is_masked,
    )


def _world_opened(state: ClassState, fact: facts.WorldOpened, _: Recorded) -> ClassState:
    return _with_world(state, ClassWorld(fact.world, {key: SeatPlace() for key in state.seat_keys}))


def _time_changed(state: ClassState, fact: facts.RulesOfTimeChanged, _: Recorded) -> ClassState:
    return replace(state, minutes=fact.minutes, is_automatic=fact.is_automatic)


def _paused(state: ClassState, fact: facts.ClassPaused, recorded: Recorded) -> ClassState:
    return replace(state, paused_at=recorded.at, pause_reason=fact.reason)


def _resumed(state: ClassState, _: facts.ClassResumed, recorded: Recorded) -> ClassState:
    stood = max(recorded.at - state.paused_at, 0.0)
    worlds = {
        number: replace(world, closes_at=world.closes_at + stood) if world.closes_at else world
        for number, world in state.worlds.items()
    }
    return replace(state, worlds=worlds, paused_at=0.0, pause_reason="")


def _ended(state: ClassState, fact: facts.ClassEnded, _: Recorded) -> ClassState:
    return replace(state, is_ended=True, end_reason=fact.reason)


def _mask_lifted(state: ClassState, _: facts.MaskLifted, __: Recorded) -> ClassState:
    return replace(state, is_mask_lifted=True)


# ---------------------------------------------------------------- people


def _joined(state: ClassState, fact: facts.PersonJoined, _: Recorded) -> ClassState:
    person = Person(fact.person, fact.name, (fact.token,), fact.return_hash)
    state = replace(state, tokens={**state.tokens, fact.token: fact.person})
    return _with_person(state, person)


def _returned(state: ClassState, fact: facts.PersonReturned, _: Recorded) -> ClassState:
    person = state.persons[fact.person]
    state = replace(state, tokens={**state.tokens, fact.token: fact.person})
    return _with_person(state, replace(person, tokens=(*person.tokens, fact.token)))


def _word_issued(state: ClassState, fact: facts.ReturnWordIssued, _: Recorded) -> ClassState:
    person = state.persons[fact.person]
    return _with_person(state, replace(person, return_hash=fact.return_hash))


def _sat_down(state: ClassState, fact: facts.SeatTaken, _: Recorded) -> ClassState:
    state = _stood_up(state, fact.person)
    person = replace(state.persons[fact.person], world=fact.world, seat=fact.seat)
    state = _with_person(state, person)
    if not fact.seat:
        return state
    world = state.worlds[fact.world]
    before = world.seats[fact.seat]
    place = replace(
        before, members=(*before.members, fact.person), captain=before.captain or fact.person
    )
    world = replace(world, seats={**world.seats, fact.seat: place})
    return _with_world(state, world if before.is_played else changed_hands(world, fact.seat))


def _left(state: ClassState, fact: facts.SeatLeft, _: Recorded) -> ClassState:
    return _stood_up(state, fact.person)


def _removed(state: ClassState, fact: facts.PersonRemoved, _: Recorded) -> ClassState:
    state = _stood_up(state, fact.person)
    person = state.persons[fact.person]
    tokens = {token: who for token, who in state.tokens.items() if who != fact.person}
    gone = replace(person, tokens=(), return_hash="", is_removed=True, removal=fact.reason)
    return _with_person(replace(state, tokens=tokens), gone)


def _stood_up(state: ClassState, number: int) -> ClassState:
    person = state.persons[number]
    world = state.worlds.get(person.world)
    state = _with_person(state, replace(person, world=0, seat=""))
    if world is None or not person.seat:
        return state
    place = world.seats[person.seat]
    members = tuple(member for member in place.members if member != number)
    done_by = tuple(member for member in place.done_by if member != number)
    captain = place.captain if place.captain != number else (members[0] if members else 0)
    drafts = tuple(
        replace(draft, backers=tuple(b for b in draft.backers if b != number))
        for draft in place.drafts
    )
    place = replace(place, members=members, captain=captain, done_by=done_by, drafts=drafts)
    seats = {**world.seats, person.seat: place if members else SeatPlace()}
    world = replace(world, seats=seats)
    return _with_world(state, world if members else changed_hands(world, person.seat))


# ---------------------------------------------------------------- words


def _said(state: ClassState, fact: facts.MessageSent, recorded: Recorded) -> ClassState:
    message = Message(
        fact.message,
        fact.world,
        fact.seat,
        fact.person,
        fact.to,
        fact.text,
        fact.turn,
        recorded.at,
    )
    return replace(state, messages=(*state.messages, message))


def _withdrawn(state: ClassState, fact: facts.MessageWithdrawn, _: Recorded) -> ClassState:
    messages = tuple(
        replace(message, withdrawn=fact.reason) if message.id == fact.message else message
        for message in state.messages
    )
    return replace(state, messages=messages)


def _forecast(state: ClassState, fact: facts.ForecastMade, _: Recorded) -> ClassState:
    made_in = state.worlds[fact.world].open_turn
    made = Forecast(
        fact.world,
        fact.seat,
        fact.person,
        made_in,
        fact.figure,
        fact.above,
        fact.turn,
        fact.probability,
        fact.told,
    )
    same = (made.world, made.person, made.made_in, made.figure, made.above, made.turn)
    kept = tuple(
        each
        for each in state.forecasts
        if (each.world, each.person, each.made_in, each.figure, each.above, each.turn) != same
    )
    return replace(state, forecasts=(*kept, made))


_STEPS: dict[type[facts.Fact], Callable[[ClassState, Any, Recorded], ClassState]] = {
    facts.ClassOpened: _opened,
    facts.WorldOpened: _world_opened,
    facts.RulesOfTimeChanged: _time_changed,
    facts.ClassPaused: _paused,
    facts.ClassResumed: _resumed,
    facts.ClassEnded: _ended,
    facts.MaskLifted: _mask_lifted,
    facts.PersonJoined: _joined,
    facts.PersonReturned: _returned,
    facts.ReturnWordIssued: _word_issued,
    facts.SeatTaken: _sat_down,
    facts.SeatLeft: _left,
    facts.PersonRemoved: _removed,
    facts.MessageSent: _said,
    facts.MessageWithdrawn: _withdrawn,
    facts.ForecastMade: _forecast,
}


def kinds_with_a_step() -> frozenset[type[facts.Fact]]:
    """Return the kinds of fact that have a step."""
    return frozenset((*_STEPS, *WORLD_STEPS))
