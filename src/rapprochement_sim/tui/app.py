"""The application: themes, the way between screens, what happens when something breaks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from rapprochement_sim.game.settings import THEME_NAMES, Settings
from rapprochement_sim.tui.desk import Desk
from rapprochement_sim.tui.routes import DEEDS, screen_for
from rapprochement_sim.tui.screens.base import GameScreen
from rapprochement_sim.tui.screens.palette import NAME as PALETTE
from rapprochement_sim.tui.screens.palette import Palette
from rapprochement_sim.tui.themes import THEMES
from rapprochement_sim.tui.widgets.lesson_strip import LessonStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.command import Provider

    from rapprochement_sim.game.library import Library
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.scenario.lessons import Deed

SMALLEST = (80, 24)
_WIDTHS = [(0, "-narrow"), (110, "-medium"), (160, "-wide")]
_HEIGHTS = [(0, "-low"), (36, "-tall"), (50, "-high"), (58, "-huge")]
_LOG = logging.getLogger("rapprochement_sim.tui")


def _commands() -> type[Provider]:
    from rapprochement_sim.tui.menu import Commands  # noqa: PLC0415 - it is seldom opened

    return Commands


class RapprochementApp(App[None]):
    """The game on the whole terminal.

    Parameters
    ----------
    library
        Scenarios and saves of the player.
    settings
        What the player has set.
    seat
        A game to open at once; without it the start screen opens.
    """

    CSS_PATH = "app.tcss"
    TITLE = "Rapprochement"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    COMMAND_PALETTE_BINDING = "colon"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "command_palette", "Menu", key_display=":"),
        Binding("ctrl+p", "command_palette", show=False),
        Binding("q", "leave", "Leave"),
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("ctrl+t", "next_theme", "Theme", show=False),
        Binding("x", "skip_step", show=False),
        Binding("h,f1", "screen.place('keys')", show=False),
    ]

    def __init__(
        self, library: Library, settings: Settings | None = None, seat: Seat | None = None
    ) -> None:
        super().__init__()
        self.library = library
        self.settings = settings or Settings()
        self.failure: Exception | None = None
        self._desk = Desk(seat) if seat is not None else None
        self.is_playing = False
        for theme in THEMES:
            self.register_theme(theme)
        self._follow_settings()

    @property
    def desk(self) -> Desk:
        """The desk of the game that is played."""
        if self._desk is None:
            msg = "no game is open"
            raise RuntimeError(msg)
        return self._desk

    # -------------------------------------------------------------- ways

    def on_mount(self) -> None:
        """Open the first screen."""
        self.go("start")
        if self._desk is not None:
            self._enter()

    def go(self, place: str, *details: object) -> None:
        """Open a screen by its name; go back to it if it is open beneath this one."""
        if place in DEEDS:
            self.did(DEEDS[place])
        opened = screen_for(place, details)
        if not details and any(type(screen) is type(opened) for screen in self.screen_stack):
            while type(self.screen) is not type(opened):
                self.pop_screen()
            return
        self.push_screen(opened)

    def did(self, deed: Deed) -> None:
        """Let the lesson know what the player has done."""
        if self.is_playing and self.desk.seat.lesson.did(deed):
            self._show_lesson()

    def action_skip_step(self) -> None:
        """Leave a step of the lesson out."""
        if self.is_playing:
            self.desk.seat.lesson.skip()
            self._show_lesson()

    def _show_lesson(self) -> None:
        for strip in self.screen.query(LessonStrip):
            strip.show()

    def play(self, seat: Seat) -> None:
        """Sit down at a game, leaving another."""
        self.stand_up()
        self._desk = Desk(seat)
        self._enter()

    def _enter(self) -> None:
        self.is_playing = True
        self.go("room")
        desk = self.desk
        if desk.seat.phase == "over":
            self.go("debrief")
        elif desk.seat.turn == 0 and not desk.briefing.desk and desk.seat.phase == "talks":
            self.go("instructions")

    def stand_up(self) -> None:
        """Leave the game for the start screen; everything is saved already."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.is_playing = False

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window is too small to play in."""
        width, height = SMALLEST
        is_small = event.size.width < width or event.size.height < height
        shown = bool(self.screen_stack) and self.screen.has_class("too-small")
        if is_small and not shown:
            self.go("too_small")
        elif shown and not is_small:
            self.pop_screen()

    # -------------------------------------------------------------- keys

    def action_command_palette(self) -> None:
        """Open the command palette."""
        Palette.open_on(self)

    def action_leave(self) -> None:
        """Leave. Every decision has been saved when it was taken."""
        if self.is_playing:
            self.desk.seat.save()
        self.exit()

    def action_next_theme(self) -> None:
        """Change to the next theme."""
        following = THEME_NAMES[(THEME_NAMES.index(self.theme) + 1) % len(THEME_NAMES)]
        self.choose_setting("theme", following)

    def choose_setting(self, name: str, value: str) -> None:
        """Set something, at once and for the next time."""
        self.settings.choose(name, value)
        self._follow_settings()

    def _follow_settings(self) -> None:
        self.theme = self.settings.theme
        self.animation_level = "full" if self.settings.movement == "on" else "none"
        for screen in self.screen_stack:
            if isinstance(screen, GameScreen):
                screen.follow_settings()

    def _handle_exception(self, error: Exception) -> None:
        """Keep an unforeseen error for the caller, which says it in one sentence."""
        if isinstance(error, WorkerFailed) and PALETTE in str(error.error):
            return  # Textual 8.2 may begin to search after its palette was closed
        _LOG.error("the screen failed", exc_info=error)
        self.failure = self.failure or error
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
