"""The first screen: go on, begin, load, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.library import lesson_game
from rapprochement_sim.game.menu import ABOUT_GAME, GAME_TITLE, START
from rapprochement_sim.naming import shown
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, clipped, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.library import SavedGame
    from rapprochement_sim.tui.messages import SpotChosen

_NAME = 17
_GAME, _GAMES_SHOWN = "game:", 12


class StartScreen(Sheet):
    """Where one begins."""

    IS_CARD = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "menu('continue')", "Continue"),
        Binding("f", "menu('lesson')", "First lesson"),
        Binding("n", "menu('new_game')", "New game"),
        Binding("l", "menu('load')", "Load"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._games: tuple[SavedGame, ...] = ()
        self._is_known = False

    @property
    def _latest(self) -> SavedGame | None:
        return self._games[0] if self._games else None

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out the title and the menu."""
        yield BLANK
        yield (Span(f"{GAME_TITLE:^{width}}", "title"),)
        yield BLANK
        yield from paragraph(shown(ABOUT_GAME), width)
        yield BLANK
        if self._latest is not None:
            yield (
                Span(f"{'  Continue':<{_NAME}}", "own", choice("continue")),
                Span(f" {self._latest.told}", "dim"),
            )
        for entry in START:
            head = Span(f"  {entry.title}".ljust(_NAME), "plain", choice(entry.name))
            yield (head, Span(f" {shown(entry.about)}", "dim"))
        yield BLANK
        yield from paragraph("Arrows move, Enter chooses. The mouse does too.", width, "dim")
        if len(self._games) > 1 and not self.has_class("-low"):
            yield BLANK
            yield (Span("Other games to go on with", "title"),)
            for number, saved in enumerate(self._games[1:_GAMES_SHOWN], start=1):
                text = clipped(f"  {saved.told}", width)
                yield (Span(text, "plain", choice(f"{_GAME}{number}")),)

    def on_screen_resume(self) -> None:
        """Look for saves beside drawing the menu."""
        super().on_screen_resume()
        if not self.host.is_playing:
            self.host.library.leave()
        self._look_for_saves()

    @work(thread=True, exclusive=True)
    def _look_for_saves(self) -> None:
        playable = (s for s in self.host.library.saves() if not s.problem and not s.is_over)
        self.app.call_from_thread(self._know, tuple(playable))

    def _know(self, games: tuple[SavedGame, ...]) -> None:
        is_first = not self._is_known
        self._games, self._is_known = games, True
        self.board.redraw()
        self.refresh_bindings()
        if is_first and games:
            self.board.move_to(choice("continue"))

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Do what was chosen."""
        self.action_menu(message.spot.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go on only where there is a game to go on with."""
        return self._latest is not None or (action, parameters) != ("menu", ("continue",))

    def action_menu(self, key: str) -> None:
        """Do what a line of the menu says."""
        if key == "continue" and self._latest is not None:
            self._open(self._latest)
        elif key.startswith(_GAME):
            self._open(self._games[int(key.removeprefix(_GAME))])
        elif key == "lesson":
            self._begin_lesson()
        elif key == "leave":
            self.host.action_leave()
        elif key != "continue":
            self.host.go(key)

    @work(thread=True, exclusive=True, group="opening")
    def _begin_lesson(self) -> None:
        self.app.call_from_thread(self.app.notify, "Setting the table ..")
        try:
            seat = self.host.library.start(lesson_game())
            seat.brief()
        except RapprochementError as error:
            self.app.call_from_thread(
                self.app.notify, str(error), title="Not started", severity="error", markup=False
            )
            return
        if not get_current_worker().is_cancelled:  # another was chosen meanwhile
            self.app.call_from_thread(self.host.play, seat)

    @work(thread=True, exclusive=True, group="opening")
    def _open(self, saved: SavedGame) -> None:
        self.app.call_from_thread(
            self.app.notify, "Opening the game: it is played again and compared."
        )
        try:
            seat, notes = self.host.library.open(saved.path)
            seat.brief()
        except RapprochementError as error:
            self.app.call_from_thread(
                self.app.notify, str(error), title="Not opened", severity="error", markup=False
            )
            return
        if not get_current_worker().is_cancelled:  # another was chosen meanwhile
            self.app.call_from_thread(self.host.play, seat)
        for note in notes:
            told = f"Your note of turn {note.turn}: {note.text}"
            self.app.call_from_thread(self.app.notify, told, markup=False)
