"""Saved games."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.worker import get_current_worker

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.lines import Line, Span, choice, paragraph, wrapped
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.binding import BindingType

    from rapprochement_sim.game.library import SavedGame
    from rapprochement_sim.tui.lines import Role
    from rapprochement_sim.tui.messages import SpotChosen

_HEADS = ("Scenario", "Seat", "Stands at", "Last played")
_COLUMNS = (14, 14, 16)


class LoadScreen(Sheet):
    """The saves in the player's folder, the latest first."""

    HEADING = "Load a game: the latest first"
    IS_CARD = True
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self) -> None:
        super().__init__()
        self._saves: tuple[SavedGame, ...] | None = None

    def on_mount(self) -> None:
        """Read the folder beside drawing."""
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        saves = self.host.library.saves()
        self.app.call_from_thread(self._know, saves)

    def _know(self, saves: tuple[SavedGame, ...]) -> None:
        self._saves = saves
        self.board.redraw()

    def lines(self, width: int) -> Iterator[Line]:
        """List the saves."""
        folder = str(self.host.library.folder)
        if self._saves is None:
            yield (Span("Reading ..", "dim"),)
            return
        if not self._saves:
            yield from paragraph(f"No game is saved in {folder} yet. Esc, then New game.", width)
            return
        longest = max(len(saved.scenario) for saved in self._saves)
        room = max(min(longest, width - sum(_COLUMNS) - 1), len(_HEADS[0]))
        yield (Span(_row(_HEADS, room), "dim"),)
        for saved in self._saves:
            yield from self._line(saved, room, width)
        yield ()
        yield from paragraph(f"In {folder}", width, "dim")

    def _line(self, saved: SavedGame, room: int, width: int) -> Iterator[Line]:
        seat = saved.seat_title
        title, *more = wrapped(saved.scenario, room, indent=2, first="")
        text = _row((title, seat, saved.stands_at, saved.last_played), room)
        role: Role = "dim" if saved.problem else "plain"
        spot = choice(str(saved.path))
        yield (Span(text, role, spot),)
        yield from ((Span(line, role, spot),) for line in more)
        if saved.problem:
            yield from paragraph(f"cannot be played on: {saved.problem}", width, "alert", indent=4)

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open a save."""
        for saved in self._saves or ():
            if str(saved.path) == message.spot.key:
                self._open(saved.path)

    @work(thread=True, exclusive=True, group="opening")
    def _open(self, path: Path) -> None:
        self.app.call_from_thread(self.app.notify, "Opening the game ..")
        try:
            seat, notes = self.host.library.open(path)
            seat.brief()
        except RapprochementError as error:
            self.app.call_from_thread(
                self.app.notify, str(error), title="Not opened", severity="error", markup=False
            )
            return
        if not get_current_worker().is_cancelled:  # another was chosen meanwhile
            self.app.call_from_thread(self.host.play, seat)
        del notes


def _row(cells: tuple[str, ...], room: int) -> str:
    """Lay a line of the list out; the scenario has the room that is left."""
    first, *others = cells
    columns = zip(others, _COLUMNS, strict=True)
    return f"{first:<{room}} " + "".join(f"{each:<{width}}" for each, width in columns).rstrip()
