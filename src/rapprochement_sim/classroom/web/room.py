"""What the whole room looks at: the projector page, its QR code, and streams."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import segno
from starlette.responses import Response, StreamingResponse

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.streams import ROOM
from rapprochement_sim.classroom.web.map import map_of
from rapprochement_sim.classroom.web.visitor import NotHere, required_teacher, student, teacher
from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from rapprochement_sim.classroom.web.desk import Desk

_QR_SCALE = 8


async def projector(desk: Desk, request: Request) -> Response:
    """Show a world to the room: no secret is on this page."""
    visitor = required_teacher(desk.room, request)
    number = request.path_params["number"]
    world = desk.room.state.worlds.get(number)
    if world is None:
        what = f"there is no world {number}"
        raise MalformedInput(what)
    sheet = await desk.room.look(world, requests.LookAtRoom)
    messages = [
        m for m in desk.room.state.messages if m.world == number and m.is_public and not m.withdrawn
    ]
    return desk.pages.show(
        request,
        "projector.html",
        visitor,
        world=world,
        sheet=sheet,
        messages=messages,
        link=desk.link,
        map=map_of(sheet),
    )


async def qr(desk: Desk, request: Request) -> Response:
    """Draw the QR code of the join link."""
    required_teacher(desk.room, request)
    drawn = io.BytesIO()
    link = f"{desk.link}join/{desk.room.state.code}"
    segno.make(link, micro=False).save(
        drawn, kind="svg", scale=_QR_SCALE, border=2, xmldecl=False, svgns=True, light="#fff"
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


async def live(desk: Desk, request: Request) -> Response:
    """Open a stream that says when the page of its reader may have changed."""
    visitor = student(desk.room, request)
    number = visitor.number if visitor is not None else None
    wants = request.query_params.get("for", "")
    if wants in ("teacher", "room"):
        number = None
        if teacher(desk.room, request) is not None:
            number = TEACHER if wants == "teacher" else ROOM
    if number is None:
        what = "you have not come in"
        raise NotHere(what)
    return StreamingResponse(_lines(desk, number), media_type="text/event-stream")


async def _lines(desk: Desk, number: int) -> AsyncIterator[str]:
    streams = desk.room.streams
    with streams.opened(number) as stirred:
        async for line in streams.lines(stirred):
            yield line
    if number > 0:
        desk.room.see(number)
