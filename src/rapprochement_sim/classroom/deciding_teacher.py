"""What the teacher decides: worlds, time, injects, going back, people, the end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import facts
from rapprochement_sim.classroom.limits import (
    MOST_CHANGES,
    MOST_MINUTES,
    MOST_REASON,
    MOST_TEXT,
    MOST_WORLDS,
    check_room,
    clean_line,
    clean_text,
)
from rapprochement_sim.classroom.outcome import Asked, Outcome, check_open
from rapprochement_sim.classroom.state import CAPTAIN, MAJORITY
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.naming import capital_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.classroom import commands
    from rapprochement_sim.classroom.state import ClassState, ClassWorld, Person


def open_class(state: ClassState, command: commands.OpenClass, _: Asked) -> Outcome:
    """Open the class with its worlds."""
    if state.is_open:
        what = "the class is open already"
        raise NotAllowedNow(what)
    if command.submit_rule not in (CAPTAIN, MAJORITY):
        what = f"there is no rule '{command.submit_rule}'"
        raise MalformedInput(what, allowed=f"{CAPTAIN}, {MAJORITY}")
    _check_minutes(command.minutes)
    if not 1 <= command.n_worlds <= MOST_WORLDS:
        what = f"{command.n_worlds} worlds cannot be opened"
        raise MalformedInput(what, allowed=f"1 to {MOST_WORLDS}")
    opened = facts.ClassOpened(
        scenario=command.scenario,
        content_hash=command.content_hash,
        rules_hash=command.rules_hash,
        program=command.program,
        seed=command.seed,
        n_turns=command.n_turns,
        seats=command.seats,
        code=command.code,
        signing_key=command.signing_key,
        teacher_hash=command.teacher_hash,
        submit_rule=command.submit_rule,
        minutes=command.minutes,
        is_automatic=command.is_automatic,
        roster=command.roster,
        is_rehearsal=bool(command.rehearsers),
        is_masked=command.is_masked,
    )
    worlds = (facts.WorldOpened(number) for number in range(1, command.n_worlds + 1))
    places = [(n, seat) for n in range(1, command.n_worlds + 1) for seat in command.seats]
    seated = _rehearsers(command.rehearsers, places if command.rehearsers else [], 1)
    return Outcome((opened, *worlds, *seated), "The class is open.")


def _rehearsers(
    tokens: tuple[str, ...], places: list[tuple[int, str]], first: int
) -> Iterator[facts.Fact]:
    """Seat somebody everywhere; nobody holds their tokens, and nobody comes back as them."""
    for number, (token, (world, seat)) in enumerate(zip(tokens, places, strict=True), start=first):
        name = f"{capital_title(seat)}, world {world} (rehearsal)"
        yield facts.PersonJoined(number, name, token, "")
        yield facts.SeatTaken(number, world, seat)


def add_world(state: ClassState, command: commands.AddWorld, _: Asked) -> Outcome:
    """Open one more parallel world; in a rehearsal somebody to act for sits at each seat."""
    check_room(len(state.worlds), MOST_WORLDS, "worlds")
    number = max(state.worlds, default=0) + 1
    places = [(number, seat) for seat in state.seat_keys] if state.is_rehearsal else []
    seated = _rehearsers(command.rehearsers, places, max(state.persons, default=0) + 1)
    return Outcome((facts.WorldOpened(number), *seated), f"World {number} is open.")


def announce(state: ClassState, command: commands.Say, asked: Asked) -> Outcome:
    """Say something to a world or to all of them."""
    text = clean_text(command.text, "the message", MOST_TEXT)
    worlds = (_world(state, command.world),) if command.world else tuple(state.worlds.values())
    said = tuple(
        facts.MessageSent(
            len(state.messages) + 1 + place,
            world.number,
            "",
            asked.by,
            command.to,
            text,
            world.open_turn,
        )
        for place, world in enumerate(worlds)
    )
    return Outcome(said, f"Said in {len(said)} world{'s' if len(said) > 1 else ''}.")


def issue_word(state: ClassState, command: commands.IssueReturnWord, _: Asked) -> Outcome:
    """Give somebody a new word to come back with."""
    person = _person(state, command.person)
    fact = facts.ReturnWordIssued(person.id, command.return_hash)
    return Outcome((fact,), f"{person.name} has a new return word.")


def remove(state: ClassState, command: commands.Remove, _: Asked) -> Outcome:
    """Remove somebody, with a reason that they are told."""
    person = _person(state, command.person)
    reason = clean_line(command.reason, "the reason", MOST_REASON)
    return Outcome((facts.PersonRemoved(person.id, reason),), f"{person.name} is removed.")


def withdraw(state: ClassState, command: commands.Withdraw, _: Asked) -> Outcome:
    """Withdraw a message, with a reason that stands in its place."""
    reason = clean_line(command.reason, "the reason", MOST_REASON)
    if not any(m.id == command.message and not m.withdrawn for m in state.messages):
        what = f"there is no message {command.message}"
        raise MalformedInput(what)
    return Outcome((facts.MessageWithdrawn(command.message, reason),), "Withdrawn.")


def give_to_model(state: ClassState, command: commands.GiveToModel, _: Asked) -> Outcome:
    """Let the model play a seat whose people are away."""
    world = _world(state, command.world)
    place = world.seats.get(command.seat)
    if place is None or not place.is_played:
        what = f"nobody plays '{command.seat}' in world {world.number}"
        raise NotAllowedNow(what)
    reason = clean_line(command.reason, "the reason", MOST_REASON)
    fact = facts.SeatGivenToModel(world.number, command.seat, reason)
    return Outcome((fact,), f"The model plays {capital_title(command.seat)}.")


def name_captain(state: ClassState, command: commands.NameCaptain, _: Asked) -> Outcome:
    """Let somebody speak for their seat: who did may have gone."""
    world = _world(state, command.world)
    place = world.seats.get(command.seat)
    if place is None or command.person not in place.members:
        what = "they do not sit there"
        raise MalformedInput(what)
    name, title = state.persons[command.person].name, capital_title(command.seat)
    if place.captain == command.person:
        return Outcome((), f"{name} speaks for {title} already.")
    fact = facts.CaptainNamed(world.number, command.seat, command.person)
    return Outcome((fact,), f"{name} speaks for {title} now.")


def inject(state: ClassState, command: commands.Inject, _: Asked) -> Outcome:
    """Let something befall in the open turn of a world."""
    world = _world(state, command.world)
    check_open(world, command.turn, world.phase)
    headline = clean_line(command.headline, "the headline", MOST_REASON)
    if command.changes and (command.event or len(command.changes) > MOST_CHANGES):
        what = "an inject is an event of the rules or changes of its own"
        raise MalformedInput(what, allowed=f"at most {MOST_CHANGES} changes")
    if any(i.event == command.event and i.turn == command.turn and i.event for i in world.injects):
        what = "that event befalls in this turn already"
        raise NotAllowedNow(what)
    _check_orders(world, command)
    every = (*world.injects, *(i for branch in world.branches for i in branch.injects))
    number = max((each.id for each in every), default=0) + 1
    fact = facts.InjectSet(
        world.number,
        number,
        command.turn,
        command.event,
        headline,
        command.changes,
        command.orders,
    )
    return Outcome((fact,), f"It befalls in turn {command.turn} of world {world.number}.")


def _check_orders(world: ClassWorld, command: commands.Inject) -> None:
    """Refuse to decide for people: an act is let befall for a government that the model plays."""
    if command.orders and (command.event or command.changes or len(command.orders) > 1):
        what = "an inject is one event, or changes of its own, or one act of a government"
        raise MalformedInput(what)
    here = [order.seat for i in world.injects if i.turn == command.turn for order in i.orders]
    for order in command.orders:
        title = capital_title(order.seat)
        if world.seats[order.seat].is_played:
            what = f"people play {title}, and nobody decides for them"
            raise NotAllowedNow(what, todo="Choose a government that the model plays.")
        if order.seat in here:
            what = f"{title} is given one act in this turn already"
            raise NotAllowedNow(what, todo="Take that one back first.")


def withdraw_inject(state: ClassState, command: commands.WithdrawInject, _: Asked) -> Outcome:
    """Take back what has not been played out yet."""
    world = _world(state, command.world)
    if not any(i.id == command.inject and i.turn == world.open_turn for i in world.injects):
        what = "only an inject of the open turn can be taken back"
        raise NotAllowedNow(what, todo="Rewind the turn first.")
    fact = facts.InjectWithdrawn(world.number, command.inject)
    return Outcome((fact,), "Taken back.")


def rewind(state: ClassState, command: commands.Rewind, _: Asked) -> Outcome:
    """Go back to where a turn opened; what had been played stays in the log."""
    world = _world(state, command.world)
    if not 1 <= command.turn <= world.open_turn:
        what = f"world {world.number} has no turn {command.turn}"
        raise MalformedInput(what, allowed=f"1 to {world.open_turn}")
    reason = clean_line(command.reason, "the reason", MOST_REASON)
    fact = facts.WorldRewound(world.number, command.turn - 1, reason)
    return Outcome((fact,), f"World {world.number} stands where turn {command.turn} opened.")


def set_clock(state: ClassState, command: commands.SetClock, asked: Asked) -> Outcome:
    """Let the open phase of a world end at a time."""
    world = _world(state, command.world)
    latest = asked.at + 60.0 * MOST_MINUTES
    if not math.isfinite(command.closes_at) or command.closes_at > latest:
        what = "the clock cannot be set so far ahead"
        raise MalformedInput(what, allowed=f"at most {MOST_MINUTES:g} minutes")
    if world.is_over:
        what = "the game is over"
        raise NotAllowedNow(what)
    return Outcome((facts.ClockSet(world.number, command.closes_at),), "The clock is set.")


def set_time(_: ClassState, command: commands.SetTime, __: Asked) -> Outcome:
    """Change the minutes of a phase from the next one on."""
    _check_minutes(command.minutes)
    fact = facts.RulesOfTimeChanged(command.minutes, command.is_automatic)
    return Outcome((fact,), "Kept, from the next phase on.")


def pause(state: ClassState, command: commands.Pause, _: Asked) -> Outcome:
    """Hold the class."""
    if state.is_paused:
        return Outcome((), "The class is paused already.")
    reason = clean_line(command.reason, "the reason", MOST_REASON)
    return Outcome((facts.ClassPaused(reason),), "The class is paused.")


def resume(state: ClassState, _: commands.Resume, __: Asked) -> Outcome:
    """Let the class go on."""
    if not state.is_paused:
        return Outcome((), "The class goes on already.")
    return Outcome((facts.ClassResumed(),), "The class goes on.")


def end(_: ClassState, command: commands.End, __: Asked) -> Outcome:
    """End the class."""
    reason = clean_line(command.reason, "the reason", MOST_REASON)
    return Outcome((facts.ClassEnded(reason),), "The class has ended.")


def lift_mask(state: ClassState, _: commands.LiftMask, __: Asked) -> Outcome:
    """Tell everyone what was behind the mask, once nothing is left to play."""
    if not state.is_played_out:
        what = "the mask stays on while a world is played"
        raise NotAllowedNow(what, todo="End the class first, or let every world come to its end.")
    if state.is_mask_lifted:
        return Outcome((), "Everyone can see it already.")
    return Outcome((facts.MaskLifted(),), "Everyone can see what was behind the mask.")


def _world(state: ClassState, number: int) -> ClassWorld:
    world = state.worlds.get(number)
    if world is None:
        what = f"there is no world {number}"
        raise MalformedInput(what, allowed=listed(map(str, state.worlds)))
    return world


def _person(state: ClassState, number: int) -> Person:
    person = state.persons.get(number)
    if person is None or person.is_removed:
        what = f"there is nobody with the number {number}"
        raise MalformedInput(what)
    return person


def _check_minutes(minutes: float) -> None:
    if not 0.0 <= minutes <= MOST_MINUTES:
        what = f"a phase cannot have {minutes:g} minutes"
        raise MalformedInput(what, allowed=f"0 (no clock) to {MOST_MINUTES:g}")
