"""An open class: what people wish goes to its writer, what they look at to its worlds."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.asking import Asker
from rapprochement_sim.classroom.audience import concern_of, hears
from rapprochement_sim.classroom.facts import CLOCK, TEACHER
from rapprochement_sim.classroom.outcome import Stale, check_open
from rapprochement_sim.classroom.recipe import recipe_of
from rapprochement_sim.classroom.state import ORDERS
from rapprochement_sim.classroom.streams import ROOM, Streams
from rapprochement_sim.errors import NotAllowedNow, OutputProblem, RapprochementError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.classroom.facts import SeatDecision
    from rapprochement_sim.classroom.reducing import Recorded
    from rapprochement_sim.classroom.sheets import Judged, Resolved, ScenarioSheet
    from rapprochement_sim.classroom.state import ClassState, ClassWorld, Person
    from rapprochement_sim.classroom.worlds import Worlds
    from rapprochement_sim.classroom.writer import ClassWriter

_LOOKS_KEPT = 300
_TRIES = 6
AWAY_SECONDS = 60.0


@dataclass(frozen=True)
class Wish:
    """What a form asks beside its command: who, under which key, on which open phase."""

    by: int
    key: str
    turn: int = 0
    phase: str = ""


class Classroom:
    """A class that people play; its methods run on the server's loop.

    Parameters
    ----------
    writer, worlds
        The class's log, and the process that plays its worlds.
    scenario
        What the class plays, as the worlds' process told it.
    """

    def __init__(self, writer: ClassWriter, worlds: Worlds, scenario: ScenarioSheet) -> None:
        self.writer = writer
        self.worlds = worlds
        self.scenario = scenario
        self.streams = Streams()
        self.changed = asyncio.Event()
        self._looks: OrderedDict[object, tuple[object, asyncio.Future[Any]]] = OrderedDict()
        self._asker = Asker(worlds.ask)
        self._seen: dict[int, float] = {}
        self._trouble_of_worlds = self._told_trouble = ""

    @property
    def trouble(self) -> str:
        """Why the class is held, empty if it is not: no room on the disk, or no worlds."""
        return self.writer.trouble or self._trouble_of_worlds

    @property
    def state(self) -> ClassState:
        """The class as it is safe on disk."""
        return self.writer.state

    def close(self) -> None:
        """Let go of threads; the writer and the worlds are closed by who opened them."""
        self._asker.close()

    # ---------------------------------------------------------------- looking

    async def look(self, world: ClassWorld, ask: type[requests.Request], *more: Any) -> Any:
        """Look at a world as it stands; asked once for everyone while it stands so.

        What a seat sees is kept while nothing changes it: how soon its page comes must not
        tell that another seat decides.
        """
        key, seen = (ask, world.number, more), _seen(world, ask, more)
        kept = self._looks.pop(key, None)
        if kept is None or kept[0] != seen:
            request = ask(world.number, recipe_of(self.state, world), *more)
            kept = (seen, asyncio.ensure_future(self._ask(request)))
        self._looks[key] = kept
        while len(self._looks) > _LOOKS_KEPT:
            self._looks.popitem(last=False)
        try:
            return await asyncio.shield(kept[1])
        except (RapprochementError, RuntimeError):
            if self._looks.get(key) == kept:
                del self._looks[key]
            raise

    async def ask_anew(self, world: ClassWorld, ask: type[requests.Request]) -> Any:
        """Look at a world whether or not the answer is known."""
        return await self._ask(ask(world.number, recipe_of(self.state, world)))

    async def _ask(self, request: requests.Request) -> Any:
        try:
            found = await asyncio.wrap_future(self._asker.ask(request))
        except OutputProblem as error:
            self._trouble_of_worlds = error.what
            self._tell_trouble()
            raise
        self._trouble_of_worlds = ""
        self._tell_trouble()
        return found

    # ---------------------------------------------------------------- wishing

    async def do(self, command: commands.Command, by: int, key: str = "") -> str:
        """Carry a command out; return what its sender is told once it is on disk."""
        return await asyncio.wrap_future(self.writer.submit(command, by=by, key=key))

    async def decide(self, wish: Wish, decision: SeatDecision, draft: int = 0) -> str:
        """Put a decision forward, once the rules allow it on the table as it stands."""

        def command(judged: Judged, world: ClassWorld) -> commands.Command:
            return commands.Decide(
                wish.turn,
                wish.phase,
                decision,
                judged.told,
                world.revision,
                judged.result,
                judged.reopened,
                draft,
            )

        return await self._judged(wish, requests.Judge, decision, command)

    async def take_back(self, wish: Wish) -> str:
        """Take back the last decision of somebody's seat."""

        def command(judged: Judged, world: ClassWorld) -> commands.Command:
            return commands.TakeBack(
                wish.turn,
                wish.phase,
                judged.told,
                world.revision,
                judged.result,
                judged.reopened,
            )

        seat = self.state.persons[wish.by].seat
        return await self._judged(wish, requests.JudgeTakingBack, seat, command)

    async def _judged(
        self,
        wish: Wish,
        ask: type[requests.Request],
        about: SeatDecision | str,
        command: Callable[[Judged, ClassWorld], commands.Command],
    ) -> str:
        first = self.writer.answered(wish.key)
        if first is not None:
            return first
        for _ in range(_TRIES):
            world = self._world_of(wish)
            judged = await self._ask(ask(world.number, recipe_of(self.state, world), about))  # type: ignore[call-arg]
            try:
                return await self.do(command(judged, world), wish.by, wish.key)
            except Stale:
                continue
        what = "the table keeps changing"
        raise NotAllowedNow(what, todo="Try again.")

    def _world_of(self, wish: Wish) -> ClassWorld:
        """Return the world of somebody who plays, if what they saw is still open."""
        person = self.state.persons[wish.by]
        if not person.seat:
            what = "you have no seat"
            raise NotAllowedNow(what, todo="Take one first.")
        world = self.state.worlds[person.world]
        check_open(world, wish.turn, wish.phase)
        if world.seats[person.seat].is_with_model:
            what = "the model plays your seat at the moment"
            raise NotAllowedNow(what, todo="Take it back first.")
        return world

    async def close_phase(self, number: int, turn: int, phase: str, by: int = CLOCK) -> str:
        """End the open phase of a world; the turn is played out first, then written down."""
        for _ in range(_TRIES):
            world = self.state.worlds[number]
            check_open(world, turn, phase)
            digest, is_over = "", False
            if phase == ORDERS:
                asked = requests.PlayTurn(number, recipe_of(self.state, world))
                resolved: Resolved = await self._ask(asked)
                digest, is_over = resolved.digest, resolved.is_over
            command = commands.ClosePhase(
                number, turn, phase, world.revision, world.played_seats, digest, is_over
            )
            try:
                return await self.do(command, by)
            except Stale:
                continue
        what = "the table keeps changing"
        raise NotAllowedNow(what, todo="Try again.")

    # ---------------------------------------------------------------- being here

    def see(self, person: int) -> None:
        """Note that somebody is here."""
        self._seen[person] = time.monotonic()

    def is_here(self, person: int) -> bool:
        """Whether somebody has been here lately, or has a page open."""
        if self.streams.n_of(person):
            return True
        seen = self._seen.get(person)
        return seen is not None and time.monotonic() - seen < AWAY_SECONDS

    def hear(self, state: ClassState, records: tuple[Recorded, ...]) -> None:
        """Stir the streams of those whom new facts concern."""
        self.changed.set()
        self._tell_trouble()
        self.streams.stir(TEACHER)
        for recorded in records:
            concern = concern_of(state, recorded)
            if concern is None:
                continue
            if concern.seats is None:
                self.streams.stir(ROOM)
            for person in self.streams.people():
                known = state.persons.get(person)
                if known is not None and (known.is_removed or hears(concern, known)):
                    self.streams.stir(person)

    def _tell_trouble(self) -> None:
        """Stir every stream when the class begins to be held, and when it goes on."""
        if self.trouble != self._told_trouble:
            self._told_trouble = self.trouble
            self.streams.stir_all()

    def person_of(self, token_hash: str) -> Person | None:
        """Return who holds a token."""
        number = self.state.tokens.get(token_hash)
        return None if number is None else self.state.persons.get(number)


_OF_A_SEAT = frozenset(
    {requests.LookAtSeat, requests.LookAtProgrammes, requests.LookAtOrder, requests.AskSeat}
)


def _seen(world: ClassWorld, ask: type[requests.Request], more: tuple[Any, ...]) -> object:
    """Return what changes whenever the answer to a look may."""
    if ask is requests.LookAsTeacher:
        return world.revision
    if ask is requests.LookAtMovable:
        return ()
    return world.seen_by(more[0] if ask in _OF_A_SEAT else "")
