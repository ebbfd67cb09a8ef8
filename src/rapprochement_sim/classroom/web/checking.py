"""The self-test: whether a device can play, and whether this computer can hold the class."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from starlette.responses import Response

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.checkup import (
    Finding,
    address_finding,
    disk_finding,
    encryption_finding,
    versions_finding,
    worlds_finding,
)
from rapprochement_sim.classroom.web.coming_in import see_other
from rapprochement_sim.classroom.web.forms import read_form, read_query
from rapprochement_sim.classroom.web.visitor import student, teacher
from rapprochement_sim.errors import RapprochementError

if TYPE_CHECKING:
    from starlette.requests import Request

    from rapprochement_sim.classroom.web.desk import Desk

_COOKIE, _COOKIE_SECONDS = "rapprochement_check", 600
_AGAIN = "/check?again=1"


async def check(desk: Desk, request: Request) -> Response:
    """Look at a device, and for the teacher at this computer as well."""
    query = read_query(request)
    if not query.text("again", ""):
        response = see_other(_AGAIN)
        response.set_cookie(
            _COOKIE,
            "kept",
            max_age=_COOKIE_SECONDS,
            path="/check",
            secure=desk.pages.is_secure,
            httponly=True,
            samesite="lax",
        )
        return response
    watcher = teacher(desk.room, request)
    return desk.pages.show(
        request,
        "check.html",
        watcher or student(desk.room, request),
        has_cookie=request.cookies.get(_COOKIE) == "kept",
        was_sent=query.text("sent", "") == "1",
        came_from=request.client.host if request.client else "",
        findings=await _of_this_computer(desk) if watcher is not None else (),
    )


async def sent(_: Desk, request: Request) -> Response:
    """Take the form of the self-test: it does nothing but arrive."""
    await read_form(request)
    return see_other(f"{_AGAIN}&sent=1")


async def stream(_: Desk, __: Request) -> Response:
    """Send one event and end: whether a device hears what comes by itself."""
    headers = {"content-type": "text/event-stream"}
    return Response("retry: 60000\n\nevent: checked\ndata: -\n\n", headers=headers)


async def _of_this_computer(desk: Desk) -> tuple[Finding, ...]:
    room = desk.room
    address, disk = await asyncio.gather(
        asyncio.to_thread(address_finding, desk.link),
        asyncio.to_thread(disk_finding, room.writer.path.parent, room.writer.trouble),
    )
    return (
        address,
        disk,
        worlds_finding(room.worlds.pid, await _seconds_of_a_look(desk)),
        encryption_finding(desk.link),
        versions_finding(room.scenario.program),
    )


async def _seconds_of_a_look(desk: Desk) -> float | None:
    """Ask the worlds something that is not kept, and take the time; None if they fail."""
    world = next(iter(desk.room.state.worlds.values()))
    began = time.monotonic()
    try:
        await desk.room.ask_anew(world, requests.LookAtRoom)
    except (RapprochementError, RuntimeError):
        return None
    return time.monotonic() - began
