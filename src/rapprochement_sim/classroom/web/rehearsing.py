"""All seats in one window: a teacher tries a lesson out before the class is there.

In a rehearsal alone the teacher's session acts for a seat, as whoever speaks for it: the same
functions carry it out as for a student, and the log says who was acted for.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.web import playing
from rapprochement_sim.classroom.web.coming_in import see_other
from rapprochement_sim.classroom.web.forms import Form, read_form, read_query
from rapprochement_sim.classroom.web.visitor import Visitor, required_teacher
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.naming import capital_title

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from rapprochement_sim.classroom.sheets import OrderSheet
    from rapprochement_sim.classroom.state import ClassWorld
    from rapprochement_sim.classroom.web.desk import Desk

_DEEDS: dict[str, Callable[[Desk, Visitor, Form], Awaitable[str]]] = {
    "decide": playing.decide,
    "undo": playing.take_back,
    "done": playing.done,
    "say": playing.say,
    "reclaim": playing.reclaim,
}


async def window(desk: Desk, request: Request) -> Response:
    """Show every seat of a world side by side, each with what it alone may see."""
    visitor = required_teacher(desk.room, request)
    world = _world(desk, request)
    sheets = await asyncio.gather(
        *(desk.room.look(world, requests.LookAtSeat, seat) for seat in world.seats)
    )
    query = read_query(request)
    closer = query.text("seat", "")
    messages = [m for m in desk.room.state.messages if m.world == world.number]
    return desk.pages.show(
        request,
        "teacher_rehearse.html",
        visitor,
        world=world,
        sheets=dict(zip(world.seats, sheets, strict=True)),
        closer=closer,
        order=await _order(desk, world, query) if closer in world.seats else None,
        messages=messages,
    )


async def _order(desk: Desk, world: ClassWorld, query: Form) -> OrderSheet:
    """Return the order of a seat that is looked at before it is given."""
    chosen = query.text("order", "").split("|")
    if len(chosen) > 1:
        action, target, *modifiers = chosen
    else:
        action, target = query.text("action"), query.text("target")
        modifiers = list(dict.fromkeys(query.every("modifier")))
    sheet: OrderSheet = await desk.room.look(
        world, requests.LookAtOrder, query.text("seat"), action, target, tuple(modifiers)
    )
    return sheet


async def act(desk: Desk, request: Request) -> Response:
    """Do for a seat what its student would do."""
    visitor = required_teacher(desk.room, request)
    form = await read_form(request)
    visitor.check(form)
    world, deed, seat = _world(desk, request), request.path_params["deed"], form.text("seat")
    if deed not in _DEEDS:
        what = "nothing of that name is done for a seat"
        raise MalformedInput(what, allowed=listed(_DEEDS))
    told = await _DEEDS[deed](desk, _acting_for(desk, visitor, world, seat), form)
    desk.pages.notice(TEACHER, f"{capital_title(seat)}: {told}")
    return see_other(f"/teacher/rehearse/{world.number}#{desk.pages.seal.sealed(seat)}")


def _acting_for(desk: Desk, visitor: Visitor, world: ClassWorld, seat: str) -> Visitor:
    """Return the teacher as whoever speaks for a seat.

    Raises
    ------
    NotAllowedNow
        If nobody sits there.
    MalformedInput
        If there is no such seat.
    """
    if seat not in world.seats:
        what = f"there is no seat '{seat}'"
        raise MalformedInput(what, allowed=listed(world.seats))
    captain = world.seats[seat].captain
    if not captain:
        what = "nobody sits there to act for"
        raise NotAllowedNow(what, todo="The model plays this seat.")
    return Visitor(captain, visitor.csrf, desk.room.state.persons[captain])


def _world(desk: Desk, request: Request) -> ClassWorld:
    """Return the world that is rehearsed.

    Raises
    ------
    NotAllowedNow
        If the class is a real one.
    MalformedInput
        If there is no such world.
    """
    if not desk.room.state.is_rehearsal:
        what = "this class is no rehearsal: nobody acts for its students"
        raise NotAllowedNow(what, todo="Start one with `rapprochement host --rehearse`.")
    number = request.path_params["number"]
    world = desk.room.state.worlds.get(number)
    if world is None:
        what = f"there is no world {number}"
        raise MalformedInput(what, allowed=listed(map(str, desk.room.state.worlds)))
    return world
