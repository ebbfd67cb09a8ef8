"""Playing: drafts and decisions of a seat, being done, closing a phase; what seats say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.classroom import facts
from rapprochement_sim.classroom.limits import (
    MOST_DRAFTS,
    MOST_FORECASTS_A_TURN,
    MOST_MESSAGES_A_TURN,
    MOST_TEXT,
    check_room,
    clean_text,
)
from rapprochement_sim.classroom.outcome import (
    Asked,
    Outcome,
    check_fresh,
    check_going,
    check_open,
    seated,
)
from rapprochement_sim.classroom.state import CAPTAIN, ORDERS, ClassWorld, SeatPlace
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.naming import capital_title

if TYPE_CHECKING:
    from rapprochement_sim.classroom import commands
    from rapprochement_sim.classroom.state import ClassState, Person


def _playing(state: ClassState, asked: Asked) -> tuple[Person, ClassWorld, SeatPlace]:
    check_going(state)
    person, world = seated(state, asked)
    place = world.seats[person.seat]
    if place.is_with_model:
        what = "the model plays your seat at the moment"
        raise NotAllowedNow(what, todo="Take it back first.")
    return person, world, place


def settles(state: ClassState, place: SeatPlace, people: tuple[int, ...]) -> bool:
    """Whether these people of a seat are enough to decide for it."""
    if state.submit_rule == CAPTAIN:
        return place.captain in people
    return 2 * len(set(people) & set(place.members)) > len(place.members)


def put_forward(state: ClassState, command: commands.Decide, asked: Asked) -> Outcome:
    """Put a decision forward or back a draft; decide it if that is enough."""
    person, world, place = _playing(state, asked)
    check_open(world, command.turn, command.phase)
    check_fresh(world, command.revision)
    if command.decision.seat != person.seat:
        what = "a decision is for one's own seat"
        raise NotAllowedNow(what)
    drafts = {draft.id: draft for draft in place.drafts}
    earlier = drafts.get(command.draft)
    if command.draft and (earlier is None or earlier.decision != command.decision):
        what = "that draft is not on the table any more"
        raise NotAllowedNow(what)
    backers = (*(earlier.backers if earlier else ()), person.id)
    at = (world.number, person.seat)
    if settles(state, place, backers):
        taken = facts.DecisionsChanged(
            *at, person.id, command.result, command.reopened, command.told
        )
        dropped = (facts.DraftDropped(*at, command.draft),) if earlier else ()
        return Outcome((*dropped, taken), f"Decided: {command.told}")
    if earlier:
        backed = facts.DraftBacked(*at, command.draft, person.id)
        return Outcome((backed,), f"You are for: {command.told}")
    check_room(len(drafts), MOST_DRAFTS, "drafts on the table")
    made = facts.DraftMade(*at, _next(drafts), person.id, command.decision, command.told)
    who = "the one who speaks for your seat decides" if state.submit_rule == CAPTAIN else ""
    return Outcome((made,), f"Put forward: {command.told}; {who or 'a majority decides'}")


def _next(numbers: object) -> int:
    return max(numbers, default=0) + 1  # type: ignore[call-overload, no-any-return]


def drop_draft(state: ClassState, command: commands.DropDraft, asked: Asked) -> Outcome:
    """Take one's own draft off the table; who speaks for the seat may take any."""
    person, world, place = _playing(state, asked)
    for draft in place.drafts:
        if draft.id == command.draft and person.id in (draft.author, place.captain):
            fact = facts.DraftDropped(world.number, person.seat, draft.id)
            return Outcome((fact,), f"Taken off the table: {draft.told}")
    what = "there is no such draft of yours"
    raise NotAllowedNow(what)


def take_back(state: ClassState, command: commands.TakeBack, asked: Asked) -> Outcome:
    """Take the seat's last decision back."""
    person, world, place = _playing(state, asked)
    check_open(world, command.turn, command.phase)
    check_fresh(world, command.revision)
    if state.submit_rule == CAPTAIN and place.captain != person.id:
        what = "only the one who speaks for your seat can take a decision back"
        raise NotAllowedNow(what)
    told = f"taken back: {command.told}"
    fact = facts.DecisionsChanged(
        world.number, person.seat, person.id, command.result, command.reopened, told
    )
    return Outcome((fact,), f"Taken back: {command.told}")


def say_done(state: ClassState, command: commands.SayDone, asked: Asked) -> Outcome:
    """Say that the seat is done; with the captain or a majority for it, it is."""
    person, world, place = _playing(state, asked)
    check_open(world, command.turn, command.phase)
    at = (world.number, person.seat, person.id)
    if not command.is_done:
        return Outcome((facts.SeatNotDone(*at),), "Your seat thinks again.")
    is_whole = settles(state, place, (*place.done_by, person.id))
    answer = "Your seat is done." if is_whole else "Noted: you are done; your seat is not yet."
    return Outcome((facts.SeatDone(*at, is_whole),), answer)


def close_phase(state: ClassState, command: commands.ClosePhase, asked: Asked) -> Outcome:
    """End the phase of a world, and set the clock of the next one."""
    check_going(state)
    world = state.worlds.get(command.world)
    if world is None:
        what = f"there is no world {command.world}"
        raise MalformedInput(what, allowed=listed(map(str, state.worlds)))
    check_open(world, command.turn, command.phase)
    check_fresh(world, command.revision)
    at = (world.number, world.open_turn)
    clock: tuple[facts.Fact, ...] = ()
    if state.minutes and not command.is_over:
        clock = (facts.ClockSet(world.number, asked.at + 60.0 * state.minutes),)
    if world.phase == ORDERS:
        resolved = facts.TurnResolved(*at, command.seats, command.digest, command.is_over)
        return Outcome((resolved, *clock), f"Turn {world.open_turn} is resolved.")
    closed = facts.TalksClosed(*at, command.seats)
    return Outcome((closed, *clock), f"The talks of turn {world.open_turn} are closed.")


# ---------------------------------------------------------------- words


def say(state: ClassState, command: commands.Say, asked: Asked) -> Outcome:
    """Say something as a seat, to other seats or to everyone."""
    person, world = seated(state, asked)
    check_going(state)
    text = clean_text(command.text, "the message", MOST_TEXT)
    to = _recipients(world, person, command.to)
    said = sum(
        1
        for message in state.messages
        if (message.world, message.seat, message.turn)
        == (world.number, person.seat, world.open_turn)
    )
    check_room(said, MOST_MESSAGES_A_TURN, "messages of your seat in this turn")
    number = len(state.messages) + 1
    fact = facts.MessageSent(
        number, world.number, person.seat, person.id, to, text, world.open_turn
    )
    names = ", ".join(capital_title(seat) for seat in to) or "everyone"
    return Outcome((fact,), f"Sent to {names}.")


def _recipients(world: ClassWorld, person: Person, to: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [seat for seat in to if seat not in world.seats or seat == person.seat]
    if unknown:
        what = f"a message cannot go to '{unknown[0]}'"
        raise MalformedInput(
            what, allowed=listed(seat for seat in world.seats if seat != person.seat)
        )
    return tuple(seat for seat in world.seats if seat in to)


def foretell(state: ClassState, command: commands.Foretell, asked: Asked) -> Outcome:
    """Keep a forecast, which nobody else sees before the end."""
    person, world = seated(state, asked)
    check_going(state)
    if world.is_over:
        what = "the game is over: there is nothing left to forecast"
        raise NotAllowedNow(what)
    made = [f for f in state.forecasts if (f.person, f.made_in) == (person.id, world.open_turn)]
    check_room(len(made), MOST_FORECASTS_A_TURN, "forecasts of yours in this turn")
    if not world.open_turn <= command.turn <= state.n_turns:
        what = f"turn {command.turn} cannot be forecast"
        raise MalformedInput(what, allowed=f"{world.open_turn} to {state.n_turns}")
    if not 0.0 <= command.probability <= 1.0:
        what = f"{100.0 * command.probability:g}% is no probability"
        raise MalformedInput(what, allowed="0% to 100%")
    fact = facts.ForecastMade(
        world.number,
        person.seat,
        person.id,
        command.figure,
        command.above,
        command.turn,
        command.probability,
        command.told,
    )
    return Outcome((fact,), f"Kept: {command.told}")
