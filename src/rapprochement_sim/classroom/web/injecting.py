"""What the teacher lets befall: an event of the rules, something prepared, or one's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.facts import TEACHER, FigureChange, SeatDecision
from rapprochement_sim.classroom.limits import MOST_CHANGES
from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.changes import CHANGES

if TYPE_CHECKING:
    from rapprochement_sim.classroom.sheets import ActLine, InjectSheet
    from rapprochement_sim.classroom.state import ClassWorld
    from rapprochement_sim.classroom.web.desk import Desk
    from rapprochement_sim.classroom.web.forms import Form
    from rapprochement_sim.classroom.web.visitor import Visitor

_TURNS_AHEAD = 2
_ROWS_IN_FORM = 3
_PARTS_OF_AN_ACT = 3


@dataclass(frozen=True)
class Thought:
    """An inject that the teacher thinks of: an event, changes, an act, or words alone."""

    event: str = ""
    headline: str = ""
    changes: tuple[FigureChange, ...] = ()
    orders: tuple[SeatDecision, ...] = ()

    @property
    def act(self) -> str:
        """The act as a form names it, empty if it is none."""
        return (
            "|".join((o.seat, o.action, o.partner)) if (o := next(iter(self.orders), None)) else ""
        )


@dataclass(frozen=True)
class Considered:
    """An inject that the teacher thinks of, what it may do, and what else could be chosen."""

    thought: Thought
    preview: InjectSheet | None
    figures: tuple[tuple[str, str], ...]
    acts: tuple[ActLine, ...]
    changes: tuple[str, ...] = CHANGES
    rows: tuple[int, ...] = tuple(range(1, _ROWS_IN_FORM + 1))


async def considered(desk: Desk, world: ClassWorld, query: Form) -> Considered:
    """Return what the teacher thinks of, with its preview."""
    figures = await desk.room.look(world, requests.LookAtMovable)
    prepared = {each.name: each for each in desk.room.scenario.injects}
    name = query.text("prepared", "")
    if name and name not in prepared:
        what = f"no inject '{name}' is prepared"
        raise MalformedInput(what, nearest=nearest_name(name, prepared))
    if name:
        found = prepared[name]
        thought = Thought(found.event, found.headline, found.changes, found.orders)
    else:
        thought = await _thought(desk, world, query)
    preview = None
    if thought.event or thought.changes or thought.orders:
        more = (thought.event, _TURNS_AHEAD, thought.changes, thought.orders)
        preview = await desk.room.look(world, requests.LookAtInject, *more)
    acts = await desk.room.look(world, requests.LookAtActs) if not world.is_over else ()
    open_to = tuple(line for line in acts if not world.seats[line.seat].is_played)
    return Considered(thought, preview, figures, open_to)


async def _thought(desk: Desk, world: ClassWorld, form: Form) -> Thought:
    """Read an inject off a form; what is not of the rules is refused."""
    event, titles = form.text("event", ""), _titles(desk)
    if event and event not in titles:
        what = f"there is no event '{event}'"
        raise MalformedInput(what)
    figures = [name for name, _ in await desk.room.look(world, requests.LookAtMovable)]
    changes: list[FigureChange] = []
    for number in range(1, MOST_CHANGES + 1):
        figure, change = form.text(f"figure{number}", ""), form.text(f"change{number}", "")
        if not figure:
            continue
        if figure not in figures or figure in [each.figure for each in changes]:
            what = f"no inject can move '{figure}', or it is there twice"
            raise MalformedInput(what)
        if change not in CHANGES:
            what = f"there is no change '{change}'"
            raise MalformedInput(what, allowed=listed(CHANGES))
        changes.append(FigureChange(figure, change))
    orders = _orders(desk, form.text("act", ""))
    return Thought(event, form.text("headline", "").strip(), tuple(changes), orders)


def _orders(desk: Desk, act: str) -> tuple[SeatDecision, ...]:
    """Read an act off a form: who acts, what is done, towards whom."""
    if not act:
        return ()
    parts, seats = act.split("|"), desk.room.state.seat_keys
    if len(parts) != _PARTS_OF_AN_ACT or parts[0] not in seats or parts[2] not in seats:
        what = f"there is no act '{act[:80]}'"
        raise MalformedInput(what)
    seat, action, target = parts
    return (SeatDecision("order", seat, target, action),)


async def _told(desk: Desk, world: ClassWorld, thought: Thought) -> str:
    """Return what everyone reads of an act that the teacher lets befall without a headline."""
    acts = await desk.room.look(world, requests.LookAtActs)
    named = (
        line.told for line in acts if f"{line.seat}|{line.action}|{line.target}" == thought.act
    )
    return next(named, "")


def _titles(desk: Desk) -> dict[str, str]:
    return {name: title for name, title, _ in desk.room.scenario.events}


async def inject(desk: Desk, visitor: Visitor, form: Form) -> str:
    """Let something befall in a world, or in all of them."""
    number = form.integer("world")
    worlds = desk.room.state.worlds
    if number and number not in worlds:
        what = f"there is no world {number}"
        raise MalformedInput(what)
    found = [worlds[number]] if number else list(worlds.values())
    thought = await _thought(desk, found[0], form)
    headline = thought.headline or _titles(desk).get(thought.event, "")
    told = ""
    for each in found:
        if each.is_over:
            continue
        if thought.orders:
            # Refused here if the rules refuse it: the log takes down only what can be played.
            more = ("", _TURNS_AHEAD, (), thought.orders)
            await desk.room.look(each, requests.LookAtInject, *more)
            headline = thought.headline or await _told(desk, each, thought)
        about = (each.number, each.open_turn, thought.event, headline)
        command = commands.Inject(*about, thought.changes, thought.orders)
        told = await desk.room.do(command, TEACHER, f"{visitor.key(form)}:{each.number}")
    return told or "Every world is over."
