"""Ways to play on screens without a terminal, shared by the tests of this folder."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.cells import cell_len

from rapprochement_sim.game.analysis import Effort
from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.game.local_past import LocalPast
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.settings import Settings
from rapprochement_sim.tui.app import RapprochementApp
from rapprochement_sim.vocabulary import Capital
from tests.tui import hand

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.strip import Strip

    from rapprochement_sim.game.seat import Seat

LESSON = "sandbox"
FEW_WORLDS = Effort(worlds=16, pairs=6, luck_runs=3, rounds=(2, 2))
SCENARIO = "rekindled_2023"
SMALL = (80, 24)
PATIENCE_SECONDS = 120.0


class Player:
    """Someone in front of the screens: presses keys, reads what stands there."""

    def __init__(self, app: RapprochementApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> str:
        """Press keys one after the other; return what the screen says then."""
        for key in keys:
            await hand.press(self.app, key)
        return self.read()

    async def click(self, words: str, *, times: int = 1) -> str:
        """Click where some words stand; return what the screen says then."""
        rows = enumerate(self.read().splitlines())
        row, line = next(((row, line) for row, line in rows if words in line), (-1, ""))
        assert line, f"'{words}' stands nowhere:\n{self.read()}"
        column = cell_len(line[: line.index(words)]) + len(words) // 2
        await hand.click(self.app, column, row, times=times)
        return self.read()

    async def choose(self, words: str) -> str:
        """Click where some words stand, again if the first click only put the cursor there."""
        await self.scroll_to(words)
        where, shown = self.where, self.read()
        now = await self.click(words)
        if (self.where, now) == (where, shown):
            now = await self.click(words)
        return now

    async def scroll_to(self, words: str) -> None:
        """Turn the wheel, down and then up, until some words are in sight."""
        x, y = (length // 2 for length in self.app.size)
        for down in (True, False):
            before = ""
            while words not in (shown := self.read()) and shown != before:
                before = shown
                await hand.turn_wheel(self.app, x, y, down=down)

    def read(self) -> str:
        """Return the text of the screen, line by line as a terminal shows it."""
        return "\n".join(strip.text.rstrip() for strip in self.look())

    def look(self) -> list[Strip]:
        """Return the screen as it is drawn: text and styles, line by line."""
        return self.app.screen._compositor.render_strips()  # noqa: SLF001 - what a terminal gets

    @property
    def where(self) -> str:
        """Name the open screen."""
        return type(self.app.screen).__name__

    async def until(self, where: str) -> None:
        """Wait for a screen that a worker opens."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.where != where:
                await self.pilot.pause(0.01)
        await hand.settle(self.app)

    async def until_it_says(self, words: str) -> str:
        """Wait for words that a worker brings."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while words not in self.read():
                await self.pilot.pause(0.01)
        await hand.settle(self.app)
        return self.read()


def play(
    doing: Callable[[Player], Awaitable[None]],
    folder: Path,
    *,
    seat: Seat | None = None,
    size: tuple[int, int] = SMALL,
    theme: str = "dark",
) -> RapprochementApp:
    """Open the screens, at a game or at the start, and do something on them."""
    app = RapprochementApp(Library(folder), Settings(theme=theme), seat)

    async def session() -> None:
        async with app.run_test(size=size) as pilot:
            await hand.settle(app)
            await doing(Player(app, pilot))

    asyncio.run(session())
    return app


def new_seat(
    folder: Path, capital: Capital = Capital.SEOUL, *, scenario: str = SCENARIO, seed: int = 7
) -> Seat:
    """Start a game that is saved in a folder."""
    return Library(folder).start(NewGame(scenario, capital, seed))


def with_few_worlds(seat: LocalSeat) -> LocalSeat:
    """Let a seat look back on few worlds, in this process."""
    session, capital = seat.session, seat.capital
    seat.past = LocalPast(
        session,
        capital,
        lambda then: LocalSeat(then, capital).brief(),
        in_own_process=False,
        effort=FEW_WORLDS,
    )
    return seat
