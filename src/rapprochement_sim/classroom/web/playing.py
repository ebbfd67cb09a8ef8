"""A student's pages and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.classroom import Wish
from rapprochement_sim.classroom.facts import SeatDecision
from rapprochement_sim.classroom.web.coming_in import see_other
from rapprochement_sim.classroom.web.forms import Form, read_form, read_query
from rapprochement_sim.classroom.web.visitor import own_world, required_student
from rapprochement_sim.errors import MalformedInput, NotAllowedNow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from rapprochement_sim.classroom.sheets import ForecastPage
    from rapprochement_sim.classroom.state import ClassWorld
    from rapprochement_sim.classroom.web.desk import Desk
    from rapprochement_sim.classroom.web.visitor import Visitor

_FORECASTS = "/seat/forecasts"
_VIEWS = {
    "/seat": "seat.html",
    "/seat/brief": "brief.html",
    "/seat/orders": "orders.html",
    "/seat/messages": "messages.html",
    "/seat/why": "why.html",
    _FORECASTS: "forecasts.html",
}


async def view(desk: Desk, request: Request) -> Response:
    """Show one of the pages of a seat."""
    visitor = required_student(desk.room, request)
    path = request.url.path
    if visitor.person is not None and not visitor.person.seat:
        return see_other("/watch" if visitor.person.world else "/seats")
    world, seat = own_world(desk.room, visitor)
    sheet = await desk.room.look(world, requests.LookAtSeat, seat)
    ending = await desk.room.look(world, requests.LookBack) if world.is_over else ()
    return desk.pages.show(
        request,
        _VIEWS[path],
        visitor,
        world=world,
        place=world.seats[seat],
        seat=seat,
        sheet=sheet,
        ending=ending,
        messages=[
            m for m in desk.room.state.messages if m.world == world.number and m.is_for(seat)
        ],
        forecasts=await _forecasts(desk, visitor, world) if path == _FORECASTS else None,
        asked=read_query(request).text("q", ""),
    )


async def _forecasts(desk: Desk, visitor: Visitor, world: ClassWorld) -> ForecastPage:
    made = tuple(
        each
        for each in desk.room.state.forecasts
        if (each.person, each.world) == (visitor.number, world.number)
    )
    page: ForecastPage = await desk.room.look(world, requests.ScoreForecasts, made)
    return page


async def order(desk: Desk, request: Request) -> Response:
    """Show an order before it is given, with its modifiers."""
    visitor = required_student(desk.room, request)
    world, seat = own_world(desk.room, visitor)
    query = read_query(request)
    action, target = query.text("action"), query.text("target")
    modifiers = tuple(dict.fromkeys(query.every("modifier")))
    sheet = await desk.room.look(world, requests.LookAtOrder, seat, action, target, modifiers)
    return desk.pages.show(
        request, "order.html", visitor, world=world, seat=seat, place=world.seats[seat], order=sheet
    )


async def programmes(desk: Desk, request: Request) -> Response:
    """Show what the articles recommend, as a seat can play it."""
    visitor = required_student(desk.room, request)
    world, seat = own_world(desk.room, visitor)
    sheets = await desk.room.look(world, requests.LookAtProgrammes, seat)
    return desk.pages.show(
        request, "programmes.html", visitor, world=world, seat=seat, programmes=sheets
    )


async def programme(desk: Desk, request: Request) -> Response:
    """Show one programme, step by step."""
    visitor = required_student(desk.room, request)
    world, seat = own_world(desk.room, visitor)
    sheets = await desk.room.look(world, requests.LookAtProgrammes, seat)
    number = read_query(request).integer("number")
    if not 1 <= number <= len(sheets):
        what = f"there is no programme {number}"
        raise MalformedInput(what, allowed=f"1 to {len(sheets)}")
    sheet = sheets[number - 1]
    return desk.pages.show(
        request, "programme.html", visitor, world=world, seat=seat, programme=sheet
    )


async def watch(desk: Desk, request: Request) -> Response:
    """Show a world to somebody who looks on."""
    visitor = required_student(desk.room, request)
    person = visitor.person
    if person is None or not person.world:
        return see_other("/seats")
    world = desk.room.state.worlds[person.world]
    sheet = await desk.room.look(world, requests.LookAtRoom)
    ending = await desk.room.look(world, requests.LookBack) if world.is_over else ()
    messages = [m for m in desk.room.state.messages if m.world == world.number and m.is_public]
    return desk.pages.show(
        request, "watch.html", visitor, world=world, sheet=sheet, messages=messages, ending=ending
    )


# ---------------------------------------------------------------- forms


def posted(
    carry_out: Callable[[Desk, Visitor, Form], Awaitable[str]], back: str
) -> Callable[[Desk, Request], Awaitable[Response]]:
    """Return a route that carries a student's form out and goes back to a page."""

    async def route(desk: Desk, request: Request) -> Response:
        visitor = required_student(desk.room, request)
        form = await read_form(request)
        visitor.check(form)
        told = await carry_out(desk, visitor, form)
        desk.pages.notice(visitor.number, told)
        return see_other(back)

    return route


def wish_of(visitor: Visitor, form: Form) -> Wish:
    """Return who asks, under which key, on which open phase."""
    phase = form.text("phase")
    return Wish(visitor.number, visitor.key(form), form.integer("turn"), phase)


async def decide(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Give an order, make an offer, or answer one."""
    _, seat = own_world(desk.room, visitor)
    return await desk.room.decide(wish_of(visitor, form), decision_of(seat, form))


def decision_of(seat: str, form: Form) -> SeatDecision:
    """Read what a seat decides.

    Raises
    ------
    MalformedInput
        If it is no decision.
    """
    kind = form.text("kind")
    if kind == "answer":
        answer = form.text("answer")
        if answer not in ("accept", "refuse"):
            what = "an offer is accepted or refused"
            raise MalformedInput(what)
        return SeatDecision("answer", seat, form.text("partner"), accepts=answer == "accept")
    if kind in ("order", "offer"):
        modifiers = tuple(dict.fromkeys(form.every("modifier")))
        return SeatDecision(kind, seat, form.text("target"), form.text("action"), modifiers)
    what = f"there is no decision '{kind}'"
    raise MalformedInput(what, allowed="order, offer, answer")


async def back_draft(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Be for a draft of one's seat."""
    world, seat = own_world(desk.room, visitor)
    number = form.integer("draft")
    for draft in world.seats[seat].drafts:
        if draft.id == number:
            return await desk.room.decide(wish_of(visitor, form), draft.decision, number)
    first = desk.room.writer.answered(visitor.key(form))
    if first is not None:
        return first
    what = "that draft is not on the table any more"
    raise NotAllowedNow(what)


async def drop_draft(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Take a draft off the table."""
    command = commands.DropDraft(form.integer("draft"))
    return await desk.room.do(command, visitor.number, visitor.key(form))


async def take_back(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Take the seat's last decision back."""
    return await desk.room.take_back(wish_of(visitor, form))


async def done(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Say that one is done, or not."""
    wish = wish_of(visitor, form)
    command = commands.SayDone(wish.turn, wish.phase, form.text("done") == "yes")
    return await desk.room.do(command, wish.by, wish.key)


async def say(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Send a message to some seats, or to all."""
    to = form.every("to")
    if not to:
        what = "the message goes to nobody"
        raise MalformedInput(what, todo="Choose who may read it.")
    command = commands.Say(form.text("text"), () if "all" in to else to)
    return await desk.room.do(command, visitor.number, visitor.key(form))


async def foretell(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Keep a forecast of a poll."""
    titles = {name: title for name, title, _ in desk.room.scenario.figures}
    figure = form.text("figure")
    if figure not in titles:
        what = "there is no such poll"
        raise MalformedInput(what)
    above, turn, percent = form.number("above"), form.integer("turn"), form.number("percent")
    told = f"{titles[figure]} above {above:g} when turn {turn} is over: {percent:g}%"
    command = commands.Foretell(figure, above, turn, percent / 100.0, told)
    return await desk.room.do(command, visitor.number, visitor.key(form))


async def reclaim(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Take one's seat back from the model."""
    return await desk.room.do(commands.ReclaimSeat(), visitor.number, visitor.key(form))


async def hand_on(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Let another speak for the seat."""
    command = commands.HandOnCaptaincy(form.integer("person"))
    return await desk.room.do(command, visitor.number, visitor.key(form))
