"""The debrief: everything opened once the game is over, and what many worlds say of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import get_current_worker

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.debrief_pages import DEBRIEF_PAGES
from rapprochement_sim.tui.boards.ending import ledger_lines, score_lines, seats_lines
from rapprochement_sim.tui.boards.hindsight import luck_lines, turning_lines, who_lines
from rapprochement_sim.tui.boards.scored import forecast_score_lines
from rapprochement_sim.tui.boards.worlds import worlds_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, bar, paragraph
from rapprochement_sim.tui.messages import LookedBack
from rapprochement_sim.tui.screens.base import LOOKING, GameScreen
from rapprochement_sim.tui.widgets.banner import Banner, page_lines
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.past import LookBack
    from rapprochement_sim.tui.messages import SpotChosen

_WIDE = 124
_SOON_SECONDS = 1.5
_OPENED: dict[str, Callable[[Debrief, int], Iterator[Line]]] = {
    "scores": score_lines,
    "forecasts": forecast_score_lines,
    "seats": seats_lines,
    "causes": ledger_lines,
}
_BESIDE = {"scores": "causes", "seats": "causes"}
"""What stands beside a page where there is room; the scores beside all others."""
_PLAYED: dict[str, Callable[[Analysis, int], Iterator[Line]]] = {
    "turning": turning_lines,
    "luck": luck_lines,
    "who": who_lines,
}


class DebriefScreen(GameScreen):
    """Pages of the debrief. Worlds are played beside it, in a process of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page(0)", "Page", key_display="1-8"),
        *(
            Binding(str(number), f"page({number - 1})", page.title, show=False)
            for number, page in enumerate(DEBRIEF_PAGES[1:], start=2)
        ),
        Binding("t", "place('timeline')", "Timeline"),
        Binding("f", "place('export')", "Export"),
        Binding("m", "place('behind')", "Unmask"),
        Binding("z", "stop", "Stop worlds"),
        Binding("z", "look_back", "Worlds"),
        *LOOKING,
        Binding("escape", "back", "Room", key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page = 0
        self._chosen = ""
        self._problem = ""
        self._was_begun = self._is_working = False

    def compose(self) -> ComposeResult:
        """Compose the pages' bar and the open page."""
        yield Banner(self._titles, id="pages")
        with Container(classes="pair"):
            yield Board(self._lines, title="Debrief", id="sheet")
            yield Board(self._aside, title="Beside it", id="aside")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to play worlds soon, so that they are there when they are asked for."""
        self.set_timer(_SOON_SECONDS, self._begin)

    def _begin(self) -> None:
        """Play worlds, unless that has been done, or was stopped."""
        if not self._was_begun and not (self._look is not None and self._look.is_done):
            self.action_look_back()

    # -------------------------------------------------------------- worlds

    @property
    def _look(self) -> LookBack | None:
        return self.desk.look_back

    def action_look_back(self) -> None:
        """Play worlds beside this game, from the beginning."""
        self._problem = ""
        self._was_begun = self._is_working = True
        self._play_worlds()
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stop playing worlds; what they have told stays."""
        self.workers.cancel_group(self, "worlds")
        self._is_working = False
        self.show()
        self.refresh_bindings()

    @work(thread=True, exclusive=True, group="worlds")
    def _play_worlds(self) -> None:
        worker, told = get_current_worker(), None
        try:
            for look in self.desk.seat.past.looks(lambda: not worker.is_cancelled):
                if look != told and not worker.is_cancelled:
                    told = look
                    self.post_message(LookedBack(look))
        except (RapprochementError, RuntimeError) as error:
            self.post_message(LookedBack(None, str(error)))

    def on_looked_back(self, message: LookedBack) -> None:
        """Take in how far the worlds are."""
        if message.look is None:
            self._problem = message.problem
            self._is_working = False
        elif self._is_working:
            before, self.desk.look_back = self.desk.look_back, message.look
            self._is_working = not message.look.is_done
            page = DEBRIEF_PAGES[self._page]
            is_news = before is None or before.analysis != message.look.analysis
            if not (page.needs_worlds or is_news):
                return
        self.show()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop what works, and to begin what has not been finished."""
        if action == "place" and parameters == ("behind",):
            return bool(self.desk.seat.behind_the_mask())
        if action == "stop":
            return self._is_working
        if action == "look_back":
            return not self._is_working and not (self._look is not None and self._look.is_done)
        if action in ("why", "source"):
            return self.spot is not None and self.spot.kind == "figure"
        return True

    # -------------------------------------------------------------- pages

    @cached_property
    def _debrief(self) -> Debrief:
        return self.desk.seat.debrief()

    def _titles(self, width: int) -> Iterator[Line]:
        titles = [
            page.title if width >= _WIDE else page.word.capitalize() for page in DEBRIEF_PAGES
        ]
        return page_lines(titles, self._page, width)

    def _lines(self, width: int) -> Iterator[Line]:
        page = DEBRIEF_PAGES[self._page]
        yield from paragraph(page.about, width, "dim")
        yield BLANK
        if page.needs_worlds:
            yield from self._progress(width)
            look = self._look
            if look is not None and look.analysis is not None:
                yield from self._told(look.analysis, width)
            return
        yield from _OPENED[page.word](self._debrief, width)
        yield BLANK
        where = self.desk.seat.save()
        if where:
            yield from paragraph(f"The game is saved in {where}", width, "dim")

    def _aside(self, width: int) -> Iterator[Line]:
        """Lay out, where there is room, the scores; beside them the exact causes."""
        return _OPENED[_BESIDE.get(DEBRIEF_PAGES[self._page].word, "scores")](self._debrief, width)

    def _told(self, analysis: Analysis, width: int) -> Iterator[Line]:
        word = DEBRIEF_PAGES[self._page].word
        if word == "worlds":
            return worlds_lines(analysis, width, self._chosen)
        return _PLAYED[word](analysis, width)

    def _progress(self, width: int) -> Iterator[Line]:
        look = self._look
        share = 0.0 if look is None else look.share
        if self._problem:
            yield from paragraph(f"No more worlds: {self._problem.splitlines()[0]}", width, "alert")
        elif self._is_working:
            first = look is not None and look.analysis is not None
            text = "This is a first look" if first else "A first look comes soon"
            yield (Span(f"Worlds are being played [{bar(share, 20)}] {share:>4.0%}", "alert"),)
            yield from paragraph(f"{text}; keys work meanwhile, z stops.", width, "dim")
        elif look is None or not look.is_done:
            text = "Stopped: this is a first look." if look and look.analysis else "Stopped."
            yield from paragraph(f"{text} z plays the worlds again.", width, "alert")
        else:
            return
        yield BLANK

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Turn a page, draw other worlds, or ask about a figure."""
        kind, _, key = message.spot.key.partition(":")
        if message.spot.kind != "choice":
            self.action_why()
        elif kind == "page":
            self.action_page(int(key))
        else:
            self._chosen = key
            self.show()
            self.query_one("#sheet", Board).scroll_home(animate=False)

    def action_page(self, page: int) -> None:
        """Turn to a page."""
        self._page = page
        if DEBRIEF_PAGES[page].needs_worlds:
            self._begin()
        self.show()
        self.query_one("#sheet", Board).scroll_home(animate=False)
