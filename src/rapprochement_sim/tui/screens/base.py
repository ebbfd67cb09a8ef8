"""What all screens of a game share: the desk, ways to other screens, errors said plainly."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine
from rapprochement_sim.tui.widgets.lesson_strip import LessonStrip
from rapprochement_sim.tui.widgets.line_strip import LineStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.game.library import Library
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.game.settings import Settings
    from rapprochement_sim.scenario.lessons import Deed
    from rapprochement_sim.tui.desk import Desk
    from rapprochement_sim.tui.lines import Spot

_LISTEN_SECONDS = 0.25
BACK = Binding("escape", "back", "Back", key_display="Esc")
LOOKING: tuple[Binding, ...] = (
    Binding("question_mark", "why", "Why", key_display="?"),
    Binding("s", "source", "Source"),
)
"""Keys of screens on which figures stand."""
_CHART_HEIGHTS = {"-tall": 12, "-high": 14, "-huge": 17}


class Host(Protocol):
    """What a screen may ask of the application."""

    library: Library
    settings: Settings
    is_playing: bool

    @property
    def desk(self) -> Desk:
        """The desk of the game that is played."""

    @property
    def screen(self) -> Screen[object]:
        """The screen that is open."""

    def go(self, place: str, *details: object) -> None:
        """Open another screen by its name in ``routes``."""

    def did(self, deed: Deed) -> None:
        """Let the lesson know what the player has done."""

    def play(self, seat: Seat) -> None:
        """Sit down at a game, leaving another."""

    def stand_up(self) -> None:
        """Leave the game for the start screen."""

    def action_skip_step(self) -> None:
        """Leave a step of the lesson out."""

    def choose_setting(self, name: str, value: str) -> None:
        """Set something, at once and for the next time."""

    def action_leave(self) -> None:
        """Leave the program."""


class GameScreen(Screen[None]):
    """A screen of a game.

    Subclasses compose boards, name their keys in ``BINDINGS``, and override
    :meth:`show` to lay boards out again when something was decided.
    """

    AUTO_FOCUS = "Board"
    TELLS_TURNS: ClassVar[bool] = False
    """Whether the screen itself tells how a turn or the game ended."""
    MORE_KEYS: ClassVar[tuple[str, ...]] = ()
    """Keys that the last line names where there is room, the most useful first."""
    WHEN_TALKS_CLOSE: ClassVar[str] = ""
    """Where the talks' end in a class leads from here; empty for nowhere."""

    _laid_out_for: frozenset[str] = frozenset()

    def on_mount(self) -> None:
        """Let a lesson say on every screen what to do next."""
        if self.host.is_playing and self.desk.seat.lesson.is_open:
            keys = self.query(KeyLine)
            self.mount(LessonStrip(self.desk.seat.lesson), before=keys[0] if keys else None)
        if self.host.is_playing and self.desk.seat.line is not None:
            keys = self.query(KeyLine)
            self.mount(LineStrip(self.desk), before=keys[0] if keys else None)
            self.set_interval(_LISTEN_SECONDS, self._listen)
        self.follow_settings()

    def follow_settings(self) -> None:
        """Look and behave as the player has set."""
        settings = self.host.settings
        self.set_class(settings.signs == "plain", "plain-signs")
        for board in self.query(Board):
            board.has_plain_signs = settings.signs == "plain"
        for line in self.query(Input):
            line.cursor_blink = settings.movement == "on"

    @property
    def host(self) -> Host:
        """The application, as far as screens need it."""
        return cast("Host", self.app)

    @cached_property
    def desk(self) -> Desk:
        """The desk that this screen was opened at.

        Kept, so that an answer that comes after another game was begun is laid out, for the
        moment that the screen still stands, by the game that it is about.
        """
        return self.host.desk

    def show(self) -> None:
        """Lay every board out again."""
        for board in self.query(Board):
            board.redraw()
        for strip in self.query(LessonStrip):
            strip.show()

    def on_resize(self) -> None:
        """Lay out anew what hangs on how large the screen is, once its boards know it."""
        if self.classes != self._laid_out_for:
            self._laid_out_for = self.classes
            self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile, unless this screen was left before it could."""
        if self in self.app.screen_stack:
            self.show()

    def on_screen_suspend(self) -> None:
        """Forget how everything was drawn.

        Textual 8.2 keeps the last thousand widgets' drawn lines alive, those of closed
        screens too: memory grew by the hour, and with it the pauses of garbage collection.
        """
        for widget in self.walk_children(Widget, with_self=True):
            widget._styles_cache.clear()  # noqa: SLF001 - nothing public lets go of them

    @property
    def spot(self) -> Spot | None:
        """What the cursor stands on."""
        return self.focused.spot if isinstance(self.focused, Board) else None

    @property
    def chart_height(self) -> int:
        """Lines that a chart may take on a screen of this height."""
        return next((rows for name, rows in _CHART_HEIGHTS.items() if self.has_class(name)), 9)

    def attempt(self, decide: Callable[[], str]) -> bool:
        """Decide something; show what was understood, or why it was refused."""
        try:
            told = decide()
        except RapprochementError as error:
            self.app.notify(str(error), title="Not now", severity="warning", markup=False)
            self.show()
            return False
        if told:
            self.app.notify(told, markup=False)
        self.show()
        return True

    # -------------------------------------------------------------- a class

    def _listen(self) -> None:
        """Take in what has come from the class of this seat, if this screen is the open one."""
        line = self.desk.seat.line
        if line is None or self.app.screen is not self:
            return
        before, heard = self.desk.heard, line.heard()
        self.desk.heard = heard
        for notice in heard.notices:
            self.app.notify(notice, markup=False)
        if heard.version != before.version:
            self.desk.forget()
            self._follow()
        elif heard != before:
            for strip in self.query(LineStrip):
                strip.redraw()

    def _follow(self) -> None:
        """Go where the class has gone: a turn that is over is told on its own screen."""
        (turn, phase), (now, stands) = self.desk.told, self.desk.stands()
        self.desk.told = now, stands
        if self.TELLS_TURNS or (turn, phase) == (now, stands):
            self.show()
        elif now > turn:
            self.host.go("room")
            self.host.go("resolution")
        elif stands is Phase.OVER:
            self.host.go("room")
            self.host.go("debrief")
        elif now < turn:
            self.host.go("room")
        elif stands is Phase.ORDERS and self.WHEN_TALKS_CLOSE:
            self.host.go("room")
            self.host.go(self.WHEN_TALKS_CLOSE)
        else:
            self.show()

    # -------------------------------------------------------------- keys

    def action_back(self) -> None:
        """Go back to the screen beneath."""
        self.dismiss()

    def action_why(self) -> None:
        """Ask why the figure under the cursor changed."""
        spot = self.spot
        if spot is not None and spot.kind == "figure":
            self.host.go("why", spot.key)
        else:
            self.app.notify("Put the cursor on a figure first (arrows, Tab).", title="Why")

    def action_source(self) -> None:
        """Ask who says so."""
        spot = self.spot
        if spot is not None and spot.kind in ("figure", "name"):
            self.host.go("source", spot.key)
        else:
            self.app.notify("Put the cursor on a figure or a name first.", title="Source")

    def action_place(self, place: str) -> None:
        """Open another screen."""
        self.host.go(place)
