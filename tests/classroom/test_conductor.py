"""The clock and the doors of an open class, without a model behind it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from rapprochement_sim.classroom import commands, conductor, requests
from rapprochement_sim.classroom.classroom import Classroom, Wish
from rapprochement_sim.classroom.conductor import conduct, lost_seconds
from rapprochement_sim.classroom.facts import CLOCK, TEACHER, SeatDecision
from rapprochement_sim.classroom.sheets import Judged, Resolved, ScenarioSheet
from rapprochement_sim.errors import OutputProblem
from tests.classroom.made import open_writer, seat_people

if TYPE_CHECKING:
    from rapprochement_sim.classroom.worlds import Worlds

SHEET = ScenarioSheet("s", "s", "", "c", "r", "p", 6, (), (), (), ())
ORDER = SeatDecision("order", "seoul", "seoul", "hold")


class Table:
    """Worlds that allow everything; ``meanwhile`` runs while one is being judged."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.faults: list[Exception] = []

    def ask(self, request: object) -> object:
        self.asked.append(request)
        if self.faults:
            raise self.faults.pop()
        if isinstance(request, requests.PlayTurn):
            return Resolved("digest", is_over=False)
        self.meanwhile()
        return Judged("told", (ORDER,), ())


def in_class(path: Path, play: Callable[[Classroom, Table], Awaitable[None]]) -> None:
    """Play something in a class of a seat with one student, on a loop of its own."""

    async def played() -> None:
        writer, table = open_writer(path), Table()
        room = Classroom(writer, cast("Worlds", table), SHEET)
        try:
            seat_people(writer, "Ann", seat="seoul")
            await play(room, table)
        finally:
            room.close()
            writer.close()

    asyncio.run(played())


async def until(room: Classroom, holds: Callable[[], bool]) -> None:
    """Let the class be conducted until something holds."""
    loop, stirred = asyncio.get_running_loop(), asyncio.Event()

    def heard(*what: Any) -> None:
        loop.call_soon_threadsafe(room.hear, *what)
        loop.call_soon_threadsafe(stirred.set)

    room.writer.listen_with(heard)
    conducting = asyncio.create_task(conduct(room))
    async with asyncio.timeout(20):
        while not holds():
            await stirred.wait()
            stirred.clear()
    conducting.cancel()


@pytest.mark.parametrize("is_here", [True, False])
def test_who_is_away_when_time_runs_out_is_played_by_the_model(
    tmp_path: Path, is_here: bool
) -> None:
    async def play(room: Classroom, _: Table) -> None:
        seat_people(room.writer, "Ben", seat="tokyo")
        room.see(2)
        if is_here:
            room.see(1)
        await room.do(commands.SetClock(1, time.time() - 1.0), TEACHER)
        await until(room, lambda: room.state.worlds[1].phase == "orders")
        world = room.state.worlds[1]
        assert world.seats["seoul"].is_with_model == (not is_here)
        assert not world.seats["tokyo"].is_with_model
        assert world.talk_seats == (("seoul", "tokyo") if is_here else ("tokyo",))

    in_class(tmp_path / "c.class", play)


def test_when_all_are_done_the_turn_is_played(tmp_path: Path) -> None:
    async def play(room: Classroom, table: Table) -> None:
        for phase, after in (("talks", "orders"), ("orders", "talks")):
            await room.do(commands.SayDone(1, phase, is_done=True), 1)
            await until(room, lambda after=after: room.state.worlds[1].phase == after)  # type: ignore[misc]
        assert room.state.worlds[1].turns[0].digest == "digest"
        assert sum(isinstance(asked, requests.PlayTurn) for asked in table.asked) == 1

    in_class(tmp_path / "c.class", play)


def test_a_fault_of_the_worlds_is_told_and_the_turn_is_played_once_they_are_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conductor, "_LONGEST_WAIT", 0.01)

    async def play(room: Classroom, table: Table) -> None:
        await room.do(commands.SayDone(1, "talks", is_done=True), 1)
        await until(room, lambda: room.state.worlds[1].phase == "orders")
        table.faults = [RuntimeError("a trace"), OutputProblem("no memory")]
        with room.streams.opened(1) as stirred:
            with pytest.raises(OutputProblem):
                await room.look(room.state.worlds[1], requests.LookAtRoom)
            assert stirred.is_set()
        assert room.trouble == "no memory"
        await room.do(commands.SayDone(1, "orders", is_done=True), 1)
        await until(room, lambda: room.state.worlds[1].open_turn == 2)
        assert not table.faults
        assert not room.trouble

    in_class(tmp_path / "c.class", play)


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_time_in_which_the_computer_slept_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    shifts = [0.0]
    clock = SimpleNamespace(time=lambda: time.time() + shifts[-1])
    monkeypatch.setattr(conductor, "time", clock)

    async def play(room: Classroom, _: Table) -> None:
        closes_at = time.time() + 60.0
        await room.do(commands.SetClock(1, closes_at), TEACHER)

        def sleep(rounds: int) -> None:
            """Let the time of day jump after some rounds of the loop: the conductor waits then."""
            if rounds:
                asyncio.get_running_loop().call_soon(sleep, rounds - 1)
            else:
                shifts.append(jump)
                room.changed.set()

        sleep(30)
        await until(room, lambda: room.state.worlds[1].closes_at != closes_at)
        world = room.state.worlds[1]
        assert world.phase == "talks"
        assert abs(world.closes_at - closes_at - jump) < 30.0

    in_class(tmp_path / "c.class", play)


@pytest.mark.parametrize(
    ("passed", "wanted", "lost"), [(5.0, 5.0, 0.0), (0.0, 5.0, 0.0), (9.0, 5.0, 0.0)]
)
def test_a_wait_that_is_a_little_late_gives_nothing_back(
    passed: float, wanted: float, lost: float
) -> None:
    assert lost_seconds(passed, wanted) == lost
    assert lost_seconds(passed + 100.0, wanted) == passed + 100.0 - wanted


def test_a_table_that_changed_is_looked_at_again(tmp_path: Path) -> None:
    async def play(room: Classroom, table: Table) -> None:
        def come_in() -> None:
            table.meanwhile = lambda: None
            seat_people(room.writer, "Ben", seat="tokyo")

        table.meanwhile = come_in
        told = await room.decide(Wish(1, "key", 1, "talks"), ORDER)
        assert told == "Decided: told"
        assert len(table.asked) == 2
        again = await room.decide(Wish(1, "key", 1, "talks"), ORDER)
        assert again == told
        assert len(table.asked) == 2

    in_class(tmp_path / "c.class", play)


def test_a_repeated_order_is_answered_even_when_its_phase_is_over(tmp_path: Path) -> None:
    async def play(room: Classroom, _: Table) -> None:
        told = await room.decide(Wish(1, "key", 1, "talks"), ORDER)
        await room.close_phase(1, 1, "talks", CLOCK)
        assert await room.decide(Wish(1, "key", 1, "talks"), ORDER) == told

    in_class(tmp_path / "c.class", play)


def test_how_soon_a_page_comes_does_not_tell_that_another_seat_decides(tmp_path: Path) -> None:
    async def play(room: Classroom, table: Table) -> None:
        seat_people(room.writer, "Ben", seat="tokyo")
        order = ("tokyo", "hold", "tokyo", ())

        async def look() -> int:
            world = room.state.worlds[1]
            await room.look(world, requests.LookAtSeat, "tokyo")
            await room.look(world, requests.LookAtOrder, *order)
            await room.look(world, requests.LookAtRoom)
            return len(table.asked)

        before = await look()
        await room.decide(Wish(1, "key", 1, "talks"), ORDER)
        assert await look() == before + 1  # what judged the order, and nothing of Tokyo's
        await room.look(room.state.worlds[1], requests.LookAtSeat, "seoul")
        await room.look(room.state.worlds[1], requests.LookAsTeacher)
        assert len(table.asked) == before + 3
        await room.close_phase(1, 1, "talks", CLOCK)
        assert await look() == before + 6

    in_class(tmp_path / "c.class", play)
