"""A class under load: ``python -m benchmarks.class_load LINK CODE``; prints figures as JSON.

Two hundred students in eight worlds, everyone at once: that is no lesson, it is the worst
moment of one, again and again. A process of its own, so that what it costs is not counted.
"""

import argparse
import asyncio
import json
import sys
from contextlib import suppress
from itertools import product
from statistics import quantiles
from time import perf_counter, process_time

from benchmarks.class_browsers import Line, Student

SEATS = ("seoul", "tokyo", "washington", "beijing", "pyongyang")
_GOLDEN = 0.6180339887498949


class Load:
    """A class of students, as many in every seat."""

    def __init__(self, link: str, code: str, n_worlds: int, n_a_seat: int, seconds: float) -> None:
        self.code, self.seconds = code, seconds
        places = product(range(n_a_seat), range(1, n_worlds + 1), SEATS)
        self.students = [
            Student(Line(link), f"{seat} {world} {number}", seat, world)
            for number, world, seat in places
        ]
        self.captains = self.students[: n_worlds * len(SEATS)]
        self.orders: list[float] = []
        self.dones: list[float] = []
        self.screens: list[float] = []

    async def play(self, n_turns: int) -> dict[str, object]:
        """Come in, play the turns, and return the figures."""
        begun = perf_counter()
        await self.come_in()
        hearing = [asyncio.create_task(student.hear()) for student in self.students]
        await asyncio.gather(*(student.look() for student in self.students))
        came_in = perf_counter() - begun
        for turn in range(1, n_turns + 1):
            await self._turn(turn)
        for each in hearing:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each
        return {
            "students": len(self.students),
            "came_in": came_in,
            "orders": self.orders,
            "dones": self.dones,
            "screens": self.screens,
            "looks": sum(student.n_looks for student in self.students),
            "refused": [text for student in self.students for text in student.refused],
            "cpu": process_time(),
            "seconds": perf_counter() - begun,
        }

    async def come_in(self) -> None:
        """Let everyone in; the first of each seat before the others, to speak for it."""
        n_captains = len(self.captains)
        await asyncio.gather(*(s.come_in(self.code) for s in self.captains))
        await asyncio.gather(*(s.come_in(self.code) for s in self.students[n_captains:]))

    async def hold(self, n_streams: int) -> None:
        """Hold streams open until our own input ends; say when they are."""
        await self.come_in()
        holders = [self.students[n % len(self.students)] for n in range(n_streams)]
        await asyncio.gather(*(holder.heard_nothing() for holder in holders))
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.read)

    async def _turn(self, turn: int) -> None:
        """Close the talks, let everyone order, then let every world resolve at once."""
        await asyncio.gather(*(captain.done() for captain in self.captains))
        await asyncio.gather(
            *(s.until(lambda s: (s.turn, s.phase) == (turn, "orders")) for s in self.students)
        )
        await asyncio.gather(*(self._order(turn + n, s) for n, s in enumerate(self.students)))
        begun = perf_counter()
        self.dones += await asyncio.gather(*(captain.done() for captain in self.captains))
        await asyncio.gather(
            *(s.until(lambda s: s.turn > turn or s.phase == "over") for s in self.students)
        )
        self.screens.append(max(s.shown_at for s in self.students) - begun)

    async def _order(self, number: int, student: Student) -> None:
        """Order after a while that is spread evenly, and differs from turn to turn."""
        await asyncio.sleep(self.seconds * (_GOLDEN * number % 1.0))
        took = await student.order(number)
        if took >= 0.0:
            self.orders.append(took)


def percentile(values: list[float], percent: int) -> float:
    """Return a percentile of some values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def main() -> None:
    """Play a class that is served, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.class_load")
    parser.add_argument("link")
    parser.add_argument("code")
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--a-seat", type=int, default=5)
    parser.add_argument("--turns", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=4.0, help="in which everyone orders")
    parser.add_argument("--streams", type=int, default=0, help="only hold so many, idle")
    asked = parser.parse_args()
    load = Load(asked.link, asked.code, asked.worlds, asked.a_seat, asked.seconds)
    if asked.streams:
        asyncio.run(load.hold(asked.streams))
        return
    print(json.dumps(asyncio.run(load.play(asked.turns))))


if __name__ == "__main__":
    main()
