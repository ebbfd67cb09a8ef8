"""Coming in, sitting down, standing up."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import facts
from rapprochement_sim.classroom.limits import (
    MOST_MEMBERS,
    MOST_NAME,
    MOST_PERSONS,
    MOST_TOKENS,
    check_room,
    clean_line,
)
from rapprochement_sim.classroom.outcome import Asked, Outcome, seated
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.naming import capital_title

if TYPE_CHECKING:
    from rapprochement_sim.classroom import commands
    from rapprochement_sim.classroom.state import ClassState, ClassWorld, Person

_WRONG_WORD = "no name and word of this class fit together like these"


def join(state: ClassState, command: commands.Join, _: Asked) -> Outcome:
    """Let somebody in under a name that nobody has, and that the roster has if there is one."""
    if state.is_ended:
        what = "the class has ended"
        raise NotAllowedNow(what)
    name = clean_line(command.name, "the name", MOST_NAME)
    check_room(len(state.persons), MOST_PERSONS, "people")
    if state.roster:
        name = _from_roster(state.roster, name)
    if _named(state, name) is not None:
        what = f"somebody is here as {name}"
        todo = "If that is you, come back with your return word; else add a letter to the name."
        raise NotAllowedNow(what, todo=todo)
    number = max(state.persons, default=0) + 1
    fact = facts.PersonJoined(number, name, command.token, command.return_hash)
    return Outcome((fact,), str(number))


def _from_roster(roster: tuple[str, ...], name: str) -> str:
    for listed_name in roster:
        if listed_name.casefold() == name.casefold():
            return listed_name
    what = f"{name} is not on the list of this class"
    raise NotAllowedNow(what, todo="Write your name as your teacher has it.")


def _named(state: ClassState, name: str) -> Person | None:
    folded = name.casefold()
    for person in state.persons.values():
        if person.name.casefold() == folded and not person.is_removed:
            return person
    return None


def come_back(state: ClassState, command: commands.Return, _: Asked) -> Outcome:
    """Let somebody back to what they had; a wrong name and a wrong word read the same."""
    person = _named(state, " ".join(command.name.split()))
    expected = person.return_hash if person is not None else ""
    if not hmac.compare_digest(expected.encode(), command.return_hash.encode()) or person is None:
        raise NotAllowedNow(_WRONG_WORD, todo="Your teacher can give you a new word.")
    check_room(len(person.tokens), MOST_TOKENS, "devices of yours")
    return Outcome((facts.PersonReturned(person.id, command.token),), str(person.id))


def take_seat(state: ClassState, command: commands.TakeSeat, asked: Asked) -> Outcome:
    """Sit down, here or elsewhere, or look on."""
    person = state.persons[asked.by]
    world = state.worlds.get(command.world)
    if world is None:
        what = f"there is no world {command.world}"
        raise MalformedInput(what, allowed=listed(map(str, state.worlds)))
    if command.seat and command.seat not in world.seats:
        what = f"there is no seat '{command.seat}'"
        raise MalformedInput(what, allowed=listed(world.seats))
    if (person.world, person.seat) == (command.world, command.seat):
        return Outcome((), "You sit there already.")
    _check_secrets(state, person, world, command.seat)
    if command.seat:
        check_room(len(world.seats[command.seat].members), MOST_MEMBERS, "people in this seat")
    fact = facts.SeatTaken(person.id, command.world, command.seat)
    if not command.seat:
        return Outcome((fact,), f"You look on in world {command.world}.")
    answer = f"You sit in {capital_title(command.seat)}, world {command.world}."
    return Outcome((fact,), answer)


def _check_secrets(state: ClassState, person: Person, world: ClassWorld, seat: str) -> None:
    """Refuse a change of sides within a world: one brief is known, the next would be too."""
    if person.world == world.number and person.seat and seat and world.turns:
        what = "who has read one capital's secret brief cannot play another in the same world"
        todo = "Look on, or take a seat of another world." if len(state.worlds) > 1 else ""
        raise NotAllowedNow(what, todo=todo or "You can leave the seat and look on.")


def leave_seat(state: ClassState, _: commands.LeaveSeat, asked: Asked) -> Outcome:
    """Stand up; an empty seat is played by the model."""
    person = state.persons[asked.by]
    if not person.world:
        what = "you have no place to leave"
        raise NotAllowedNow(what)
    return Outcome((facts.SeatLeft(person.id),), "You have left your place.")


def reclaim_seat(state: ClassState, _: commands.ReclaimSeat, asked: Asked) -> Outcome:
    """Play one's seat again instead of the model."""
    person, world = seated(state, asked)
    if not world.seats[person.seat].is_with_model:
        return Outcome((), "You play this seat.")
    fact = facts.SeatReclaimed(world.number, person.seat, person.id)
    return Outcome((fact,), "You play this seat again.")


def hand_on_captaincy(
    state: ClassState, command: commands.HandOnCaptaincy, asked: Asked
) -> Outcome:
    """Let another of the seat speak for it."""
    person, world = seated(state, asked)
    place = world.seats[person.seat]
    if place.captain != person.id:
        what = "only the one who speaks for the seat can hand that on"
        raise NotAllowedNow(what)
    if command.person not in place.members:
        what = "they do not sit with you"
        raise MalformedInput(what)
    fact = facts.CaptainNamed(world.number, person.seat, command.person)
    return Outcome((fact,), f"{state.persons[command.person].name} speaks for the seat now.")
