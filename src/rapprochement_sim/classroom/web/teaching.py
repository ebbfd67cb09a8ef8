"""The teacher's pages and forms."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

from rapprochement_sim import naming
from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.secrets_of_class import (
    derived_word,
    hash_of,
    hash_of_word,
    nobodys_tokens,
    same,
)
from rapprochement_sim.classroom.web.coming_in import see_other
from rapprochement_sim.classroom.web.forms import Form, read_form, read_query
from rapprochement_sim.classroom.web.injecting import considered, inject
from rapprochement_sim.classroom.web.visitor import (
    TEACHER_COOKIE,
    keep_cookie,
    required_teacher,
)
from rapprochement_sim.errors import MalformedInput, NotAllowedNow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from rapprochement_sim.classroom.state import ClassWorld
    from rapprochement_sim.classroom.web.desk import Desk
    from rapprochement_sim.classroom.web.visitor import Visitor

_FACTS_SHOWN = 200


async def enter(desk: Desk, request: Request) -> Response:
    """Let the teacher in by the link that the terminal shows."""
    desk.guesses.check(request.client.host if request.client else "")
    secret = request.path_params["secret"]
    if not same(hash_of(secret), desk.room.state.teacher_hash):
        desk.guesses.wrong(request.client.host if request.client else "")
        what = "this is not the teacher's link"
        raise NotAllowedNow(what, todo="Copy it whole from the terminal.")
    response = see_other("/teacher")
    keep_cookie(response, TEACHER_COOKIE, secret, is_secure=desk.pages.is_secure)
    return response


async def console(desk: Desk, request: Request) -> Response:
    """Show all worlds at a glance."""
    visitor = required_teacher(desk.room, request)
    worlds = list(desk.room.state.worlds.values())
    sheets = await asyncio.gather(
        *(desk.room.look(world, requests.LookAsTeacher) for world in worlds)
    )
    return desk.pages.show(
        request,
        "teacher.html",
        visitor,
        worlds=list(zip(worlds, sheets, strict=True)),
        is_here=desk.room.is_here,
        link=desk.link,
    )


async def world(desk: Desk, request: Request) -> Response:
    """Show one world to the teacher: decisions, messages, injects, going back."""
    visitor = required_teacher(desk.room, request)
    found = _world(desk, request.path_params["number"])
    sheet = await desk.room.look(found, requests.LookAsTeacher)
    thought = await considered(desk, found, read_query(request))
    messages = [m for m in desk.room.state.messages if m.world == found.number]
    return desk.pages.show(
        request,
        "teacher_world.html",
        visitor,
        world=found,
        sheet=sheet,
        messages=messages,
        inject=thought,
        is_here=desk.room.is_here,
    )


async def log(desk: Desk, request: Request) -> Response:
    """Show what has happened in the class, the latest first."""
    visitor = required_teacher(desk.room, request)
    history = desk.room.writer.history
    shown = [
        (_clock_time(record.at), record.by, _name(record.fact), _told(record.fact))
        for record in reversed(history[-_FACTS_SHOWN:])
    ]
    return desk.pages.show(request, "teacher_log.html", visitor, facts=shown, n_facts=len(history))


def _clock_time(at: float) -> str:
    """Return a moment as the clock of this computer shows it."""
    return time.strftime("%H:%M:%S", time.localtime(at))


def _name(fact: object) -> str:
    """Name a fact's kind in words: "Seat taken"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(fact).__name__).capitalize()


def _told(fact: object) -> str:
    """Tell a fact in a line, without what is hashed or signed."""
    hidden = ("token", "hash", "signing_key", "code", "decisions", "digest")
    return "; ".join(
        f"{name.removeprefix('is_').replace('_', ' ')}: {naming.told(_shown(name, value))}"
        for name, value in vars(fact).items()
        if value not in ("", ()) and not any(word in name for word in hidden)
    )


def _shown(name: str, value: object) -> str:
    if name == "closes_at" and isinstance(value, float):
        return _clock_time(value) if value else "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _world(desk: Desk, number: int) -> ClassWorld:
    found = desk.room.state.worlds.get(number)
    if found is None:
        what = f"there is no world {number}"
        raise MalformedInput(what)
    return found


# ---------------------------------------------------------------- forms


def posted(
    carry_out: Callable[[Desk, Visitor, Form], Awaitable[str]],
) -> Callable[[Desk, Request], Awaitable[Response]]:
    """Return a route that carries a teacher's form out and goes back to the page it names."""

    async def route(desk: Desk, request: Request) -> Response:
        visitor = required_teacher(desk.room, request)
        form = await read_form(request)
        visitor.check(form)
        told = await carry_out(desk, visitor, form)
        desk.pages.notice(TEACHER, told)
        number, back = form.integer("world", 0), form.text("back", "")
        is_inner = back in ("world", "rehearse") and number in desk.room.state.worlds
        return see_other(f"/teacher/{back}/{number}" if is_inner else "/teacher")

    return route


def simple(
    command: Callable[[Form], commands.Command],
) -> Callable[[Desk, Request], Awaitable[Response]]:
    """Return a route whose form is one command."""

    async def carry_out(desk: Desk, visitor: Visitor, form: Form) -> str:
        return await desk.room.do(command(form), TEACHER, visitor.key(form))

    return posted(carry_out)


async def advance(desk: Desk, _: Visitor, form: Form) -> str:
    """End the open phase of a world, or of all that stand where the form says."""
    number = form.integer("world")
    if number:
        found = _world(desk, number)
        return await desk.room.close_phase(
            found.number, form.integer("turn"), form.text("phase"), TEACHER
        )
    ended = 0
    for found in tuple(desk.room.state.worlds.values()):
        if not found.is_over:
            await desk.room.close_phase(found.number, found.open_turn, found.phase, TEACHER)
            ended += 1
    return f"The phase has ended in {ended} worlds."


async def add_world(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Open one more parallel world."""
    state = desk.room.state
    tokens = nobodys_tokens(len(state.seat_keys)) if state.is_rehearsal else ()
    return await desk.room.do(commands.AddWorld(tokens), TEACHER, visitor.key(form))


async def extend(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Give a world's open phase some minutes from now, or none at all."""
    minutes = form.number("minutes")
    number = form.integer("world")
    found = [_world(desk, number)] if number else list(desk.room.state.worlds.values())
    told = ""
    for each in found:
        if each.is_over:
            continue
        base = max(each.closes_at, time.time())
        closes_at = base + 60.0 * minutes if minutes else 0.0
        command = commands.SetClock(each.number, closes_at)
        told = await desk.room.do(command, TEACHER, f"{visitor.key(form)}:{each.number}")
    return told or "Every world is over."


async def lift_mask(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Tell everyone what was behind the mask."""
    if not desk.room.scenario.behind:
        what = "this class wears no mask"
        raise NotAllowedNow(what)
    return await desk.room.do(commands.LiftMask(), TEACHER, visitor.key(form))


async def issue_word(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Give somebody a new return word, and show it once."""
    word = derived_word(desk.room.state.signing_key, visitor.key(form))
    command = commands.IssueReturnWord(form.integer("person"), hash_of_word(word))
    told = await desk.room.do(command, TEACHER, visitor.key(form))
    return f"{told} It is: {word}"


FORMS: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    "advance": posted(advance),
    "inject": posted(inject),
    "extend": posted(extend),
    "word": posted(issue_word),
    "lift-mask": posted(lift_mask),
    "add-world": posted(add_world),
    "say": simple(lambda form: commands.Say(form.text("text"), (), form.integer("world"))),
    "pause": simple(lambda form: commands.Pause(form.text("reason"))),
    "resume": simple(lambda _: commands.Resume()),
    "end": simple(lambda form: commands.End(form.text("reason"))),
    "time": simple(
        lambda form: commands.SetTime(form.number("minutes"), form.text("automatic", "") == "yes")
    ),
    "withdraw-inject": simple(
        lambda form: commands.WithdrawInject(form.integer("world"), form.integer("inject"))
    ),
    "rewind": simple(
        lambda form: commands.Rewind(
            form.integer("world"), form.integer("turn"), form.text("reason")
        )
    ),
    "captain": simple(
        lambda form: commands.NameCaptain(
            form.integer("world"), form.text("seat"), form.integer("person")
        )
    ),
    "give-to-model": simple(
        lambda form: commands.GiveToModel(
            form.integer("world"), form.text("seat"), form.text("reason")
        )
    ),
    "remove": simple(lambda form: commands.Remove(form.integer("person"), form.text("reason"))),
    "withdraw": simple(
        lambda form: commands.Withdraw(form.integer("message"), form.text("reason"))
    ),
}
