"""Keeps time: ends a phase when everyone is done or its clock has run out.

Clocks are kept by the time of day, so that they outlast a restart. Time in which nobody could
play, since this computer slept or its clock was set, is given back.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.facts import CLOCK
from rapprochement_sim.errors import RapprochementError

if TYPE_CHECKING:
    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.state import ClassState, ClassWorld

_LOG = logging.getLogger("rapprochement_sim.classroom")
_LONGEST_WAIT = 5.0
_MOST_LATE = 10.0
_ABSENT = "nobody was here when time ran out"


def is_due(state: ClassState, world: ClassWorld, now: float) -> bool:
    """Whether a world's open phase ends by itself now."""
    if state.is_paused or state.is_ended or world.is_over or not state.is_automatic:
        return False
    if not world.played_seats:
        return False
    return not world.waits_for or has_run_out(world, now)


def has_run_out(world: ClassWorld, now: float) -> bool:
    """Whether the clock of a world's open phase has run out."""
    return 0.0 < world.closes_at <= now


async def conduct(room: Classroom) -> None:
    """Watch the class until the server ends."""
    while not room.streams.is_ending:
        room.changed.clear()
        now = time.time()
        due = [n for n, world in room.state.worlds.items() if is_due(room.state, world, now)]
        are_ended = await asyncio.gather(*(_end_phase(room, number) for number in due))
        seconds = _wait(room.state) if all(are_ended) else _LONGEST_WAIT
        begun = time.time()
        with suppress(TimeoutError):
            await asyncio.wait_for(room.changed.wait(), seconds)
        lost = lost_seconds(time.time() - begun, seconds)
        for later in clocks_later(room.state, lost):
            with suppress(RapprochementError):
                await room.do(later, CLOCK)


def lost_seconds(passed: float, wanted: float) -> float:
    """Return how much longer, by the time of day, a wait took than was wanted.

    Below zero if the time of day was set back, 0 if nothing is out of the ordinary.
    """
    is_usual = -_MOST_LATE < passed < wanted + _MOST_LATE
    return 0.0 if is_usual else passed - wanted


def clocks_later(state: ClassState, seconds: float) -> list[commands.SetClock]:
    """Return what lets every running clock end so many seconds later."""
    if not seconds or state.is_paused or state.is_ended:
        return []
    return [
        commands.SetClock(number, world.closes_at + seconds)
        for number, world in state.worlds.items()
        if world.closes_at and not world.is_over
    ]


def _wait(state: ClassState) -> float:
    ends = [world.closes_at - time.time() for world in state.worlds.values() if world.closes_at]
    return min([_LONGEST_WAIT, *(max(end, 0.05) for end in ends)])


async def _end_phase(room: Classroom, number: int) -> bool:
    """End a phase that is due; return whether that came about.

    If something came between, the next look finds out.
    """
    try:
        world = room.state.worlds[number]
        if has_run_out(world, time.time()):
            await _seat_model(room, world)
            world = room.state.worlds[number]
        await room.close_phase(number, world.open_turn, world.phase)
    except RapprochementError:
        return False
    except RuntimeError:
        _LOG.exception("world %d could not be played on", number)
        return False
    return True


async def _seat_model(room: Classroom, world: ClassWorld) -> None:
    """Let the model play the seats whose people are away and left nothing."""
    decided = {decision.seat for decision in world.decisions}
    for key in world.waits_for:
        members = world.seats[key].members
        if key not in decided and not any(room.is_here(member) for member in members):
            await room.do(commands.GiveToModel(world.number, key, _ABSENT), CLOCK)
