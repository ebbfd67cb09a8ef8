"""Keeps time: ends a phase when everyone is done or its clock has run out."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.facts import CLOCK
from rapprochement_sim.errors import RapprochementError

if TYPE_CHECKING:
    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.state import ClassState, ClassWorld

_LONGEST_WAIT = 5.0
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
        await asyncio.gather(*(_end_phase(room, number) for number in due))
        with suppress(TimeoutError):
            await asyncio.wait_for(room.changed.wait(), _wait(room.state))


def _wait(state: ClassState) -> float:
    ends = [world.closes_at - time.time() for world in state.worlds.values() if world.closes_at]
    return min([_LONGEST_WAIT, *(max(end, 0.05) for end in ends)])


async def _end_phase(room: Classroom, number: int) -> None:
    """End a phase that is due; if something came between, the next look finds out."""
    with suppress(RapprochementError):
        world = room.state.worlds[number]
        if has_run_out(world, time.time()):
            await _seat_model(room, world)
            world = room.state.worlds[number]
        await room.close_phase(number, world.open_turn, world.phase)


async def _seat_model(room: Classroom, world: ClassWorld) -> None:
    """Let the model play the seats whose people are away and left nothing."""
    decided = {decision.seat for decision in world.decisions}
    for key in world.waits_for:
        members = world.seats[key].members
        if key not in decided and not any(room.is_here(member) for member in members):
            await room.do(commands.GiveToModel(world.number, key, _ABSENT), CLOCK)
