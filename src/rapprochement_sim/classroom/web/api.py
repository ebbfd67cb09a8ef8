"""What a joined seat asks and sends: the pages' own forms and looks, answered in JSON.

The same cookie says who it is, the same proof and key go with every form, and the same
functions carry it out; only the answer is laid out for a program.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.state import CAPTAIN
from rapprochement_sim.classroom.veiling import veiled
from rapprochement_sim.classroom.web import coming_in, playing
from rapprochement_sim.classroom.web.forms import FOR_PROGRAMS, Form, read_form, read_query
from rapprochement_sim.classroom.web.visitor import own_world, required_student
from rapprochement_sim.classroom.wire import VERSION
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.naming import worn
from rapprochement_sim.vocabulary import MODIFIERS_PER_ORDER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from rapprochement_sim.classroom.state import ClassWorld, Draft, Forecast, SeatPlace
    from rapprochement_sim.classroom.web.desk import Desk
    from rapprochement_sim.classroom.web.visitor import Visitor

ROOT = f"/api/{VERSION}"
_WIDTHS = (20, 400)


def is_api(path: str) -> bool:
    """Whether an address is a joined seat's, of whatever version."""
    return path.startswith(FOR_PROGRAMS)


def refusal(error: str, status: int) -> Response:
    """Say what was refused."""
    return JSONResponse({"error": error}, status)


def _answer(data: Any) -> Response:
    return JSONResponse(veiled(data))


# ---------------------------------------------------------------- coming in


async def about(desk: Desk, _: Request) -> Response:
    """Say what this is, to whoever asks."""
    scenario = desk.room.scenario
    return _answer(
        {
            "version": VERSION,
            "program": scenario.program,
            "scenario": scenario.title,
            "masked": worn().hides_history,
            "titles": dict(scenario.titles),
        }
    )


async def come_in(desk: Desk, request: Request) -> Response:
    """Let somebody in by code and name; the cookie says from now on who it is."""
    entry = await coming_in.let_in(desk, request, await read_form(request))
    return coming_in.known_from_now_on(desk, entry, JSONResponse({"word": entry.word}))


async def come_back(desk: Desk, request: Request) -> Response:
    """Let somebody back by code, name and return word."""
    entry = await coming_in.let_back(desk, request, await read_form(request))
    return coming_in.known_from_now_on(desk, entry, JSONResponse({"word": ""}))


async def me(desk: Desk, request: Request) -> Response:
    """Say who one is, what goes with one's forms, and which seats there are."""
    visitor = required_student(desk.room, request)
    state = desk.room.state
    person = state.persons[visitor.number]
    return _answer(
        {
            "csrf": visitor.csrf,
            "name": person.name,
            "world": person.world,
            "seat": person.seat,
            "worlds": {
                str(number): {key: len(place.members) for key, place in world.seats.items()}
                for number, world in state.worlds.items()
            },
        }
    )


# ---------------------------------------------------------------- looking


async def standing(desk: Desk, request: Request) -> Response:
    """Say where one's world stands, as the pages say it to everyone of it."""
    visitor = required_student(desk.room, request)
    world, seat = own_world(desk.room, visitor)
    return _answer(_standing(desk, visitor, world, seat))


def _standing(desk: Desk, visitor: Visitor, world: ClassWorld, seat: str) -> dict[str, Any]:
    state, place = desk.room.state, world.seats[seat]
    heard = [m for m in state.messages if m.world == world.number and m.is_for(seat)]
    has_clock = world.closes_at and not state.is_paused
    return {
        "world": world.number,
        "turn": world.open_turn,
        "phase": world.phase,
        "is_ended": state.is_ended,
        "ended": state.end_reason,
        "paused": state.pause_reason if state.is_paused else "",
        "trouble": desk.room.trouble,
        "with_model": place.model_reason if place.is_with_model else "",
        "is_done": place.is_done,
        "is_noted": visitor.number in place.done_by,
        "waits_for": list(world.waits_for),
        "seconds": max(world.closes_at - time.time(), 0.0) if has_clock else None,
        "just_in": [i.headline for i in world.injects if i.turn == world.open_turn],
        "gone_back": [branch.reason for branch in world.branches],
        "n_letters": len(heard),
        "drafts": [_draft(desk, visitor, place, draft) for draft in place.drafts],
        "decides": _who_decides(desk, place),
        "behind": list(desk.room.scenario.behind) if state.is_mask_lifted else [],
    }


def _draft(desk: Desk, visitor: Visitor, place: SeatPlace, draft: Draft) -> dict[str, Any]:
    persons = desk.room.state.persons
    return {
        "number": draft.id,
        "told": f"{draft.decision.kind}: {draft.told}",
        "author": persons[draft.author].name,
        "backers": [persons[each].name for each in draft.backers],
        "is_backed": visitor.number in draft.backers,
        "may_drop": visitor.number in (draft.author, place.captain),
    }


def _who_decides(desk: Desk, place: SeatPlace) -> str:
    """Say who decides for a seat of several people, empty for a seat of one."""
    state = desk.room.state
    if len(place.members) <= 1:
        return ""
    if state.submit_rule != CAPTAIN:
        return f"more than half of the {len(place.members)} of your seat decide"
    captain = state.persons.get(place.captain)
    return f"{captain.name} speaks for your seat" if captain else ""


async def letters(desk: Desk, request: Request) -> Response:
    """Return what was said to one's seat and by it."""
    visitor = required_student(desk.room, request)
    world, seat = own_world(desk.room, visitor)
    return _answer(
        [
            {
                "number": message.id,
                "seat": message.seat,
                "to": list(message.to),
                "turn": message.turn,
                "text": "" if message.withdrawn else message.text,
                "withdrawn": message.withdrawn,
            }
            for message in desk.room.state.messages
            if message.world == world.number and message.is_for(seat)
        ]
    )


async def watched(desk: Desk, request: Request) -> Response:
    """Return what somebody who looks on may see of a world: what anybody in the room may."""
    visitor = required_student(desk.room, request)
    person, state = visitor.person, desk.room.state
    if person is None or not person.world or person.seat:
        what = "you do not look on"
        raise NotAllowedNow(what, todo="Choose a world to look on at.")
    world = state.worlds[person.world]
    sheet = await desk.room.look(world, requests.LookAtRoom)
    ending = await desk.room.look(world, requests.LookBack) if world.is_over else ()
    return _answer(
        {
            "world": world.number,
            "sheet": asdict(sheet),
            "is_over": world.is_over or state.is_ended,
            "ended": state.end_reason if state.is_ended else "",
            "paused": state.pause_reason if state.is_paused else "",
            "trouble": desk.room.trouble,
            "waits_for": list(world.waits_for),
            "with_model": [key for key, place in world.seats.items() if not place.is_played],
            "just_in": [i.headline for i in world.injects if i.turn == world.open_turn],
            "gone_back": [branch.reason for branch in world.branches],
            "said": [
                {"seat": m.seat, "turn": m.turn, "text": m.text}
                for m in state.messages
                if m.world == world.number and m.is_public and not m.withdrawn
            ],
            "scores": [[line.seat, line.score, line.won] for line in ending],
        }
    )


async def ask(desk: Desk, request: Request) -> Response:
    """Answer for one's seat what the screens ask of it."""
    visitor = required_student(desk.room, request)
    world, seat = own_world(desk.room, visitor)
    what, query = request.path_params["what"], read_query(request)
    if what not in _ASKED:
        message = "there is no such page of a seat"
        raise MalformedInput(message, allowed=listed(_ASKED))
    words, number = _ASKED[what](query)
    made: tuple[Forecast, ...] = ()
    if what == "pages":
        kept = desk.room.state.forecasts
        made = tuple(f for f in kept if (f.person, f.world) == (visitor.number, world.number))
    is_ended = what == "debrief" and desk.room.state.is_ended
    packed = await desk.room.look(
        world, requests.AskSeat, seat, what, words, number, made, is_ended
    )
    headers = {"content-encoding": "gzip"}
    return Response(packed, media_type="application/json", headers=headers)


def _nothing(_: Form) -> tuple[tuple[str, ...], int]:
    return (), 0


def _one_turn(query: Form) -> tuple[tuple[str, ...], int]:
    return (), query.integer("turn")


def _order(query: Form) -> tuple[tuple[str, ...], int]:
    modifiers = tuple(dict.fromkeys(query.every("modifier")))[: MODIFIERS_PER_ORDER + 1]
    return (query.text("action"), query.text("target"), *modifiers), 0


def _order_if_any(query: Form) -> tuple[tuple[str, ...], int]:
    return _order(query) if query.text("action", "") else ((), 0)


def _figure(query: Form) -> tuple[tuple[str, ...], int]:
    return (query.text("figure"),), query.integer("turn", 0)


def _entry(query: Form) -> tuple[tuple[str, ...], int]:
    low, high = _WIDTHS
    return (query.text("name"),), min(max(query.integer("width"), low), high)


_ASKED: dict[str, Callable[[Form], tuple[tuple[str, ...], int]]] = {
    "pages": _nothing,
    "sections": _nothing,
    "programmes": _nothing,
    "debrief": _nothing,
    "chronicle": _one_turn,
    "past": _one_turn,
    "preview": _order,
    "advisers": _order_if_any,
    "why": _figure,
    "codex": _entry,
}


# ---------------------------------------------------------------- deciding


async def take_seat(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Sit down."""
    command = commands.TakeSeat(form.integer("world"), form.text("seat"))
    return await desk.room.do(command, visitor.number, visitor.key(form))


async def decide(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Decide, or be for the same decision that another of the seat has put forward."""
    world, seat = own_world(desk.room, visitor)
    decision = playing.decision_of(seat, form)
    same = (draft.id for draft in world.seats[seat].drafts if draft.decision == decision)
    return await desk.room.decide(playing.wish_of(visitor, form), decision, next(same, 0))


_FORMS: dict[str, Callable[[Desk, Visitor, Form], Awaitable[str]]] = {
    "take": take_seat,
    "decide": decide,
    "back": playing.back_draft,
    "drop": playing.drop_draft,
    "undo": playing.take_back,
    "done": playing.done,
    "reclaim": playing.reclaim,
    "say": playing.say,
    "forecast": playing.foretell,
}


def _posted(
    form_of: Callable[[Desk, Visitor, Form], Awaitable[str]],
) -> Callable[[Desk, Request], Awaitable[Response]]:
    async def answered(desk: Desk, request: Request) -> Response:
        visitor = required_student(desk.room, request)
        form = await read_form(request)
        visitor.check(form)
        return _answer({"told": await form_of(desk, visitor, form)})

    return answered


def _for_programs(
    look: Callable[[Desk, Request], Awaitable[Response]],
) -> Callable[[Desk, Request], Awaitable[Response]]:
    """Return a look that a browser does not get in a masked class: it is full of ids."""

    async def answered(desk: Desk, request: Request) -> Response:
        if desk.pages.seal.is_on and "text/html" in request.headers.get("accept", ""):
            return refusal("this address is for programs; the class is played at /", 403)
        return await look(desk, request)

    return answered


_LOOKS: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    ROOT: about,
    f"{ROOT}/me": me,
    f"{ROOT}/standing": standing,
    f"{ROOT}/letters": letters,
    f"{ROOT}/watched": watched,
    f"{ROOT}/ask/{{what}}": ask,
}
PAGES = {path: _for_programs(look) for path, look in _LOOKS.items()}
FORMS: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    f"{ROOT}/join": come_in,
    f"{ROOT}/return": come_back,
    **{f"{ROOT}/{name}": _posted(form) for name, form in _FORMS.items()},
}
