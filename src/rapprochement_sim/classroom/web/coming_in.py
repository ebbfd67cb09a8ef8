"""Coming in: the code, a name, a way back, a seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.facts import CLOCK
from rapprochement_sim.classroom.secrets_of_class import (
    derived_token,
    derived_word,
    hash_of,
    hash_of_word,
    same_code,
)
from rapprochement_sim.classroom.web.forms import read_form
from rapprochement_sim.classroom.web.visitor import (
    COOKIE,
    form_key,
    keep_cookie,
    required_student,
    student,
)
from rapprochement_sim.errors import NotAllowedNow

if TYPE_CHECKING:
    from starlette.requests import Request

    from rapprochement_sim.classroom.web.desk import Desk
    from rapprochement_sim.classroom.web.forms import Form


def see_other(path: str) -> Response:
    """Send a browser to a page after a form, so that loading it again sends nothing."""
    return RedirectResponse(path, 303)


async def door(desk: Desk, request: Request) -> Response:
    """Show where one comes in, or send those who are in to their place."""
    visitor = student(desk.room, request)
    if visitor is None or visitor.person is None:
        return desk.pages.show(request, "door.html", code=_code_in_link(request))
    return see_other(_place_of(visitor.person.world, visitor.person.seat))


def _code_in_link(request: Request) -> str:
    """Return the code of a scanned link: it only fills the form in."""
    code = request.path_params.get("code", "")
    return code if code.isascii() and code.isalpha() else ""


def _place_of(world: int, seat: str) -> str:
    return "/seat" if seat else "/watch" if world else "/seats"


@dataclass(frozen=True)
class Entry:
    """Who has come in, what their device keeps, and the word to come back by, if it is new."""

    number: int
    token: str
    word: str = ""


async def let_in(desk: Desk, request: Request, form: Form) -> Entry:
    """Let somebody in by code and name.

    Raises
    ------
    NotAllowedNow
        If the code is wrong, or the name is taken or not on the list.
    """
    _check_code(desk, request, form.text("code"))
    name = form.text("name")
    purpose = _purpose("join", form, name)
    token = derived_token(desk.room.state.signing_key, purpose)
    word = derived_word(desk.room.state.signing_key, purpose)
    command = commands.Join(name, hash_of(token), hash_of_word(word))
    return Entry(int(await desk.room.do(command, CLOCK, purpose)), token, word)


async def join(desk: Desk, request: Request) -> Response:
    """Let somebody in who filled in the page."""
    entry = await let_in(desk, request, await read_form(request))
    told = f"You are in. Write down your return word, to come back on any device: {entry.word}"
    desk.pages.notice(entry.number, told)
    return known_from_now_on(desk, entry, see_other("/seats"))


def known_from_now_on(desk: Desk, entry: Entry, response: Response) -> Response:
    """Let the device that an answer goes to keep who it is."""
    keep_cookie(response, COOKIE, entry.token, is_secure=desk.pages.is_secure)
    return response


async def let_back(desk: Desk, request: Request, form: Form) -> Entry:
    """Let somebody back by code, name and return word.

    Raises
    ------
    NotAllowedNow
        If they do not fit together.
    """
    _check_code(desk, request, form.text("code"))
    name, word = form.text("name"), hash_of_word(form.text("word"))
    purpose = _purpose("return", form, name, word)
    token = derived_token(desk.room.state.signing_key, purpose)
    try:
        number = int(
            await desk.room.do(commands.Return(name, word, hash_of(token)), CLOCK, purpose)
        )
    except NotAllowedNow:
        desk.guesses.wrong(_place(request))
        raise
    return Entry(number, token)


async def come_back(desk: Desk, request: Request) -> Response:
    """Let somebody back who filled in the page."""
    entry = await let_back(desk, request, await read_form(request))
    desk.pages.notice(entry.number, "Welcome back.")
    return known_from_now_on(desk, entry, see_other("/"))


def _purpose(what: str, form: Form, *said: str) -> str:
    """Return the key of a form of somebody who is not in yet; all that they said is in it."""
    key = form_key(form)
    return f"{what}:{key}:{hash_of(repr(said))}"


def _check_code(desk: Desk, request: Request, code: str) -> None:
    """Refuse a wrong code, and slow down who guesses."""
    desk.guesses.check(_place(request))
    if not same_code(code, desk.room.state.code):
        desk.guesses.wrong(_place(request))
        what = "this is not the code of the class"
        raise NotAllowedNow(what, todo="It has six letters; your teacher can read it out.")


def _place(request: Request) -> str:
    return request.client.host if request.client else ""


async def seats(desk: Desk, request: Request) -> Response:
    """Show the seats of all worlds."""
    visitor = required_student(desk.room, request)
    return desk.pages.show(request, "seats.html", visitor)


async def take_seat(desk: Desk, request: Request) -> Response:
    """Sit down, or look on."""
    visitor = required_student(desk.room, request)
    form = await read_form(request)
    visitor.check(form)
    seat = form.text("seat")
    world = form.integer("world")
    told = await desk.room.do(commands.TakeSeat(world, seat), visitor.number, visitor.key(form))
    desk.pages.notice(visitor.number, told)
    return see_other(_place_of(world, seat))


async def leave(desk: Desk, request: Request) -> Response:
    """Stand up."""
    visitor = required_student(desk.room, request)
    form = await read_form(request)
    visitor.check(form)
    told = await desk.room.do(commands.LeaveSeat(), visitor.number, visitor.key(form))
    desk.pages.notice(visitor.number, told)
    return see_other("/seats")
