"""The routes of a class, and what becomes of errors."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from rapprochement_sim.classroom.web import (
    api,
    checking,
    coming_in,
    playing,
    rehearsing,
    room,
    teaching,
)
from rapprochement_sim.classroom.web.guard import Guard
from rapprochement_sim.classroom.web.guessing import TooManyGuesses
from rapprochement_sim.classroom.web.pages import HERE
from rapprochement_sim.classroom.web.visitor import NotHere, student
from rapprochement_sim.errors import MalformedInput, OutputProblem, RapprochementError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from rapprochement_sim.classroom.web.desk import Desk

_LOG = logging.getLogger("rapprochement_sim.classroom")

_PAGES: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    "/": coming_in.door,
    "/join/{code}": coming_in.door,
    "/seats": coming_in.seats,
    "/seat": playing.view,
    "/seat/brief": playing.view,
    "/seat/orders": playing.view,
    "/seat/order": playing.order,
    "/seat/programmes": playing.programmes,
    "/seat/programme": playing.programme,
    "/seat/messages": playing.view,
    "/seat/why": playing.view,
    "/seat/forecasts": playing.view,
    "/watch": playing.watch,
    "/check": checking.check,
    "/check/stream": checking.stream,
    "/live": room.live,
    "/teacher": teaching.console,
    "/teacher/enter/{secret}": teaching.enter,
    "/teacher/world/{number:int}": teaching.world,
    "/teacher/log": teaching.log,
    "/teacher/room/{number:int}": room.projector,
    "/teacher/qr.svg": room.qr,
    "/teacher/rehearse/{number:int}": rehearsing.window,
    **api.PAGES,
}

_FORMS: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    "/join": coming_in.join,
    "/return": coming_in.come_back,
    "/seats/take": coming_in.take_seat,
    "/seat/leave": coming_in.leave,
    "/seat/decide": playing.posted(playing.decide, "/seat"),
    "/seat/draft/back": playing.posted(playing.back_draft, "/seat"),
    "/seat/draft/drop": playing.posted(playing.drop_draft, "/seat"),
    "/seat/undo": playing.posted(playing.take_back, "/seat"),
    "/seat/done": playing.posted(playing.done, "/seat"),
    "/seat/reclaim": playing.posted(playing.reclaim, "/seat"),
    "/seat/captain": playing.posted(playing.hand_on, "/seat"),
    "/seat/say": playing.posted(playing.say, "/seat/messages"),
    "/seat/forecast": playing.posted(playing.foretell, "/seat/forecasts"),
    "/teacher/rehearse/{number:int}/{deed}": rehearsing.act,
    "/check": checking.sent,
    **api.FORMS,
    **{f"/teacher/{name}": form for name, form in teaching.FORMS.items()},
}


class _KeptFiles(StaticFiles):
    """Files that browsers may keep: pages ask for them under the version they have."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        """Serve a file."""
        response = super().file_response(*args, **more)
        response.headers["cache-control"] = "public, max-age=604800"
        return response


def make_app(desk: Desk, hosts: frozenset[str]) -> ASGIApp:
    """Put the pages of a class together.

    Parameters
    ----------
    desk
        What every route works with.
    hosts
        Host headers under which the server is known.
    """
    routes = [
        *(Route(path, partial(page, desk), methods=["GET"]) for path, page in _PAGES.items()),
        *(Route(path, partial(form, desk), methods=["POST"]) for path, form in _FORMS.items()),
        Mount("/static", _KeptFiles(directory=HERE / "static")),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            RapprochementError: partial(_refused, desk),
            HTTPException: partial(_http, desk),
            Exception: _failed,
        },
    )
    app.state.seal = desk.pages.seal
    return Guard(app, hosts)


def _status(error: Exception) -> int:
    if isinstance(error, TooManyGuesses):
        return 429
    if isinstance(error, MalformedInput):
        return 400
    if isinstance(error, NotHere):
        return 403
    return 503 if isinstance(error, OutputProblem) else 409


async def _refused(desk: Desk, request: Request, error: Exception) -> Response:
    """Say what was refused and what to do, in the words of the error."""
    if api.is_api(request.url.path):
        return api.refusal(str(error), _status(error))
    visitor = student(desk.room, request)
    return desk.pages.show(
        request, "refused.html", visitor, status=_status(error), error=str(error)
    )


async def _http(desk: Desk, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    text = "There is no such page." if status == 404 else "This cannot be done here."
    if api.is_api(request.url.path):
        return api.refusal(text, status)
    visitor = student(desk.room, request)
    return desk.pages.show(request, "refused.html", visitor, status=status, error=text)


async def _failed(request: Request, error: Exception) -> Response:
    """Say that it is our fault; what went wrong is told on the terminal alone."""
    _LOG.error("%s failed", request.url.path, exc_info=error)
    text = "Something failed here. Nothing that was confirmed is lost. Load the page again."
    return PlainTextResponse(text, 500)
