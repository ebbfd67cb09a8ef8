"""The situation room: everything a seat knows, by pages; more at a glance on larger screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from rapprochement_sim.game.menu import PAGES as ROOM_PAGES
from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.boards.matters import (
    ahead_lines,
    desk_lines,
    dispute_lines,
    dispute_summary_lines,
    ladder_lines,
    news_lines,
)
from rapprochement_sim.tui.boards.relations import (
    movement_lines,
    pair_lines,
    region_lines,
    relation_lines,
    threat_lines,
)
from rapprochement_sim.tui.boards.standing import (
    course_charts,
    goals_lines,
    government_lines,
    publics_lines,
    standing_lines,
    win_lines,
)
from rapprochement_sim.tui.lines import BLANK, Span, paragraph
from rapprochement_sim.tui.screens.base import GameScreen
from rapprochement_sim.tui.widgets.banner import Banner, page_lines, status_lines
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.briefing import Briefing, Reading
    from rapprochement_sim.tui.lines import Line
    from rapprochement_sim.tui.messages import SpotChosen

_HOME = 1
_LOW_CHART, _MORE_CHART = 7, 8
PAGES = tuple(page.title for page in ROOM_PAGES)


class RoomScreen(GameScreen):
    """Where a turn is read. Page 1 gathers what fits, the others show one thing in full."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "place('orders')", "Orders"),
        Binding("p", "place('proposals')", "Proposals"),
        Binding("a", "place('advisers')", "Advice"),
        Binding("e", "end", "Go on"),
        Binding("f", "place('forecasts')", "Forecast", show=False),
        Binding("c", "place('codex')", "Codex", show=False),
        Binding("d", "place('debrief')", "Debrief"),
        Binding("question_mark", "why", "Why", key_display="?"),
        Binding("r", "place('programmes')", "Programmes", show=False),
        Binding("t", "place('timeline')", "Timeline", show=False),
        Binding("s", "source", "Source", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("w", "place('note')", "Note", show=False),
        Binding("m", "place('letters')", "Messages", show=False),
        Binding("v", "place('drafts')", "Drafts", show=False),
        Binding("b", "place('instructions')", "Instructions", show=False),
        Binding("h,f1", "place('keys')", "Keys"),
        *(
            Binding(str(number + 1), f"page({number})", title, show=False)
            for number, title in enumerate(PAGES)
        ),
        Binding("escape", "page(0)", show=False),
    ]

    MORE_KEYS = ("t", "c", "f", "r", "s", "u", "b", "w")
    WHEN_TALKS_CLOSE = "proposals"

    def __init__(self) -> None:
        super().__init__()
        self.page = 0

    def compose(self) -> ComposeResult:
        """Compose every page; only the open one is shown."""
        yield Banner(lambda width: status_lines(self._briefing, width), id="status")
        yield Banner(lambda width: page_lines(PAGES, self.page, width), id="pages")
        with Container(id="page-0", classes="page"):
            yield Board(self._standing, title="How things stand", id="standing")
            yield Board(self._ahead, title="Ahead", id="ahead")
            yield Board(self._home, title="Your government and goals", id="home", classes="most")
            yield Board(self._news, title="Last turn", id="news")
            yield Board(self._matrices, title="Relations", id="relations", classes="more")
            yield Board(self._disputes, title="Disputes", id="disputes", classes="more")
            yield Board(
                self._region, title="Region: trust between governments", id="region", classes="more"
            )
            yield Board(self._polls, title="What publics say", id="publics", classes="most")
            yield Board(self._threats, title="Threats", id="threats", classes="most")
            yield Board(self._ladders, title="Institutions", id="ladders", classes="most")
        with Container(id="page-1", classes="page pages-beside"):
            yield Board(self._home_page, title="Your government and goals", id="home-page")
            yield Board(self._goal_courses, title="Courses of your goals", id="home-courses")
            yield Board(self._desk_lines, title="Decided in this turn", id="desk")
        with Container(id="page-2", classes="page pages-beside"):
            yield Board(self._publics, title="What publics say: per cent", id="publics-page")
            yield Board(self._poll_courses, title="Courses of the polls", id="publics-courses")
        with Container(id="page-3", classes="page"):
            yield Board(self._relations, title="Trust and threat, 0 to 1", id="relations-page")
            yield Board(self._movements, title="Your own, figure by figure", id="movements")
            yield Board(self._own_courses, title="Their courses", id="own-courses")
        with Container(id="page-4", classes="page"):
            yield Board(self._disputes_in_full, title="Disputes", id="disputes-page")
            yield Board(self._hurt_courses, title="Courses of hurt", id="hurt-courses")
        with Container(id="page-5", classes="page"):
            yield Board(self._all_ladders, title="Institutions", id="ladders-page")
            yield Board(self._ladder_courses, title="Courses", id="ladder-courses")
        with Container(id="page-6", classes="page pages-beside"):
            yield Board(self._region, title="Region: trust between governments", id="region-page")
            yield Board(self._threats, title="Threats", id="threats-page")
            yield Board(self._pairs, title="Pair by pair", id="pairs")
            yield Board(self._quarrel_courses, title="Courses of escalation", id="quarrel-courses")
        yield KeyLine()

    def on_mount(self) -> None:
        """Open the first page."""
        self.action_page(0)

    @property
    def _briefing(self) -> Briefing:
        return self.desk.briefing

    # -------------------------------------------------------------- boards

    def _news(self, width: int) -> Iterator[Line]:
        return news_lines(self._briefing, width)

    def _standing(self, width: int) -> Iterator[Line]:
        return standing_lines(self._briefing, width)

    def _ahead(self, width: int) -> Iterator[Line]:
        return ahead_lines(self._briefing, width)

    def _relations(self, width: int) -> Iterator[Line]:
        return relation_lines(self._briefing, width)

    def _matrices(self, width: int) -> Iterator[Line]:
        kinds = ("trust", "threat") if self.has_class("-huge") else ("trust",)
        return relation_lines(self._briefing, width, kinds)

    def _disputes(self, width: int) -> Iterator[Line]:
        return dispute_summary_lines(self._briefing, width)

    def _disputes_in_full(self, width: int) -> Iterator[Line]:
        return dispute_lines(self._briefing, width)

    def _ladders(self, width: int) -> Iterator[Line]:
        return ladder_lines(self._briefing, width, pair_only=True)

    def _all_ladders(self, width: int) -> Iterator[Line]:
        return ladder_lines(self._briefing, width)

    def _region(self, width: int) -> Iterator[Line]:
        return region_lines(self._briefing, width)

    def _movements(self, width: int) -> Iterator[Line]:
        return movement_lines(self._briefing, width)

    def _polls(self, width: int) -> Iterator[Line]:
        return publics_lines(self._briefing, width, _LOW_CHART, explains=False)

    def _publics(self, width: int) -> Iterator[Line]:
        more = _MORE_CHART if self.has_class("-wide") and self.has_class("-huge") else 0
        return publics_lines(self._briefing, width, self.chart_height + more)

    def _poll_courses(self, width: int) -> Iterator[Line]:
        return self._courses(self._briefing.polls, width)

    def _goal_courses(self, width: int) -> Iterator[Line]:
        goals = (goal.reading for goal in self._briefing.goals)
        return self._courses((*goals, *self._briefing.headlines), width)

    def _own_courses(self, width: int) -> Iterator[Line]:
        own = [r for r in self._briefing.relations if r.observer == self._briefing.seat]
        return self._courses((*(r.trust for r in own), *(r.threat for r in own)), width)

    def _hurt_courses(self, width: int) -> Iterator[Line]:
        disputes = self._briefing.disputes
        return self._courses((side.hurt for each in disputes for side in each.sides), width)

    def _ladder_courses(self, width: int) -> Iterator[Line]:
        return self._courses((each.level for each in self._briefing.ladders), width)

    def _pairs(self, width: int) -> Iterator[Line]:
        return pair_lines(self._briefing, width)

    def _courses(self, readings: Iterable[Reading], width: int) -> Iterator[Line]:
        return course_charts(readings, width, n_turns=self._briefing.n_turns)

    def _threats(self, width: int) -> Iterator[Line]:
        return threat_lines(self._briefing, self.desk.figures, width)

    def _home(self, width: int) -> Iterator[Line]:
        yield from government_lines(self._briefing, self.desk.figures, width)
        yield ()
        yield from goals_lines(self._briefing, width)

    def _home_page(self, width: int) -> Iterator[Line]:
        yield from self._home(width)
        if self.has_class("-wide") and (self.has_class("-high") or self.has_class("-huge")):
            yield BLANK
            yield (Span("Your instructions", "title"),)
            yield from paragraph(self._briefing.introduction, width)
            yield from win_lines(self._briefing, width)

    def _quarrel_courses(self, width: int) -> Iterator[Line]:
        return self._courses((dyad.escalation for dyad in self._briefing.dyads), width)

    def _desk_lines(self, width: int) -> Iterator[Line]:
        return desk_lines(self._briefing, width)

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open what was chosen."""
        spot = message.spot
        if spot.kind == "choice":
            self.action_page(int(spot.key.removeprefix("page:")))
        elif spot.kind == "figure":
            self.host.go("figure", spot.key)
        else:
            self.host.go("source", spot.key)

    def action_page(self, page: int) -> None:
        """Show one page and put the cursor on its first board."""
        self.page = page
        if page == _HOME:
            self.host.did("goals_seen")
        for container in self.query(".page"):
            container.display = container.id == f"page-{page}"
        self.query_one("#pages", Board).redraw()
        shown = [board for board in self.query(f"#page-{page} Board") if board.display]
        if shown:
            shown[0].focus()

    def action_end(self) -> None:
        """End the talks, or the turn."""
        self.host.go("debrief" if self.desk.seat.phase is Phase.OVER else "closing")

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.attempt(lambda: f"Taken back: {self.desk.undo()}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the keys that matter now."""
        phase = self.desk.seat.phase
        if action == "place" and parameters:
            is_over = phase is Phase.OVER
            return {
                "orders": not is_over,
                "proposals": not is_over,
                "advisers": not is_over,
                "debrief": is_over,
                "letters": self.desk.seat.line is not None,
                "drafts": self.desk.seat.line is not None,
            }.get(str(parameters[0]), True)
        return not (action in ("end", "undo") and phase is Phase.OVER)

    def show(self) -> None:
        """Lay everything out again; keys may have changed too."""
        is_first = self._briefing.turn == 1
        self.query_one("#news").border_title = "Your instructions (b)" if is_first else "Last turn"
        pair = self._briefing.ladders[0].between if self._briefing.ladders else ()
        between = " and ".join(capital.title for capital in pair)
        self.query_one("#ladders").border_title = f"Institutions: {between}"
        super().show()
        self.refresh_bindings()
