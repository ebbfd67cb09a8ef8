"""A board: lines of text on which a cursor moves from spot to spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.lines import paragraph
from rapprochement_sim.tui.messages import SpotChosen, SpotReached
from rapprochement_sim.tui.widgets.roles import CURSOR, role_styles

if TYPE_CHECKING:
    from textual import events

    from rapprochement_sim.tui.lines import Draw, Line, Spot

_NARROWEST = 18
"""While a window is drawn to another size, a board may have next to no width for a moment."""
_PAGE_OVERLAP = 2
_NEAR = 6
"""A spot so many lines out of sight is gone to; to a farther one the text is scrolled."""


def _plain_sign(mask: int) -> str:
    """Return the sign for dots of a chart: by how high in their cell they stand."""
    rows = [row for row, dots in enumerate((0x09, 0x12, 0x24, 0xC0)) if mask & dots]
    if not rows:
        return " "
    if rows[-1] - rows[0] > 1:
        return "|"
    return "'" if rows[-1] < 2 else "." if rows[0] > 1 else "-"


_PLAIN = {0x2800 + mask: _plain_sign(mask) for mask in range(256)}
"""Dots of charts, and what stands for them where signs are plain."""


class Board(ScrollView, can_focus=True):
    """A panel of lines, drawn for its width by a function.

    Parameters
    ----------
    draw
        Lays the lines out for a width in characters; called again when the width or the
        content changes (:meth:`redraw`).
    title
        Shown in the border, if the style sheet gives one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1,0)", "Up", show=False),
        Binding("down,j", "step(1,0)", "Down", show=False),
        Binding("left", "step(0,-1)", "Left", show=False),
        Binding("right", "step(0,1)", "Right", show=False),
        Binding("pageup", "leaf(-1)", "Page up", show=False),
        Binding("pagedown", "leaf(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("enter", "choose", "Open", key_display="Enter"),
    ]

    GAP: ClassVar[int] = 1
    """Columns left free between the text and the scrollbar."""
    CLICK_CHOOSES: ClassVar[bool] = False
    """Whether one click is enough; else the first moves the cursor, the second chooses."""

    def __init__(
        self,
        draw: Draw,
        *,
        title: str = "",
        id: str | None = None,  # noqa: A002 - the name that Textual gives it
        classes: str = "",
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.border_title = title
        self._draw = draw
        self._lines: list[Line] = []
        self._places: list[tuple[Spot, int, int, int]] = []
        self._cursor = 0
        self._drawn_width = -1
        self.has_plain_signs = False

    # -------------------------------------------------------------- content

    @property
    def spot(self) -> Spot | None:
        """Where the cursor stands; None on a board that has no spots."""
        return self._places[self._cursor][0] if self._places else None

    @property
    def text(self) -> str:
        """Everything on the board, as plain text."""
        return "\n".join("".join(span.text for span in line).rstrip() for line in self._lines)

    def redraw(self, draw: Draw | None = None) -> None:
        """Lay the lines out again; the cursor stays on its spot if that is still there."""
        self._draw = draw or self._draw
        width = self._text_width
        if width <= 0:
            return
        self._drawn_width = width
        kept = self.spot
        self._lines = self._laid_out(max(width, _NARROWEST))
        could_choose = bool(self._places)
        self._places = list(_places_of(self._lines))
        if could_choose != bool(self._places):
            self.screen.refresh_bindings()
        spots = [place[0] for place in self._places]
        found = spots.index(kept) if kept in spots else min(self._cursor, len(spots) - 1)
        self._cursor = max(found, 0)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _laid_out(self, width: int) -> list[Line]:
        """Lay the lines out, or say what cannot be told now: a seat may be in a class elsewhere."""
        try:
            return list(self._draw(width))
        except RapprochementError as error:
            return list(paragraph(str(error), width, "alert"))

    @property
    def _text_width(self) -> int:
        return (self.scrollable_content_region.width or self.size.width) - self.GAP

    @property
    def cut_lines(self) -> list[str]:
        """Lines that are longer than the board is wide: a mistake of who laid them out."""
        if self._drawn_width < 0:
            return []
        return [line for line in self.text.split("\n") if cell_len(line) > self._drawn_width]

    def on_resize(self) -> None:
        """Lay out for the new width."""
        if self._text_width != self._drawn_width:
            self.redraw()

    def watch_show_vertical_scrollbar(self) -> None:
        """Lay out again: a scrollbar takes columns from the text."""
        self.call_after_refresh(self.on_resize)

    def move_to(self, spot: Spot) -> None:
        """Put the cursor on a spot."""
        for number, place in enumerate(self._places):
            if place[0] == spot:
                self._put_cursor(number)
                return

    # -------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        styles = role_styles(self)
        base = styles["plain"]
        if row >= len(self._lines):
            return Strip.blank(width, base)
        at = self._places[self._cursor] if self._places and self._is_under_cursor(row) else None
        segments, x = [], 0
        for span in self._lines[row]:
            style = styles[span.role]
            if at is not None and self.has_focus and span.spot == at[0]:
                style += CURSOR
            text = span.text.translate(_PLAIN) if self.has_plain_signs else span.text
            segments.append(Segment(text, style))
            x += cell_len(span.text)
        return Strip(segments, x).adjust_cell_length(width, base).simplify()

    def _is_under_cursor(self, row: int) -> bool:
        """Whether a line is of the place where the cursor stands: a spot may come twice."""
        first = self._places[self._cursor][1]
        return first <= row < first + self._rows_of(self._cursor)

    # -------------------------------------------------------------- moving

    def action_step(self, down: int, right: int) -> None:
        """Move to the nearest spot up, down, left or right; without spots, scroll."""
        if not self._places:
            self.scroll_relative(x=0, y=down, animate=False)
            return
        _, row, start, _ = self._places[self._cursor]
        if right:
            self._put_cursor(self._cursor + right)
            return
        top = self.scroll_offset.y
        bottom = top + self.scrollable_content_region.height - 1
        # A cursor that was scrolled out of sight does not draw the page back to it.
        base = max(row, top - 1) if down > 0 else min(row, bottom + 1)
        ahead = [place[1] for place in self._places if (place[1] - base) * down > 0]
        target = min(ahead, key=lambda r: abs(r - base), default=None)
        if target is None or not top - _NEAR <= target <= bottom + _NEAR:
            self.scroll_relative(y=down, animate=False)
            return
        numbers = [n for n, place in enumerate(self._places) if place[1] == target]
        self._put_cursor(min(numbers, key=lambda n: abs(self._places[n][2] - start)))

    def action_leaf(self, down: int) -> None:
        """Move by a page; the cursor comes along where there is something to stand on."""
        height = self.scrollable_content_region.height
        rows = max(height - _PAGE_OVERLAP, 1) * down
        top = min(max(self.scroll_offset.y + rows, 0), self.max_scroll_y)
        wanted = self._places[self._cursor][1] + rows if self._places else 0
        self.scroll_to(y=top, animate=False)
        seen = [n for n, place in enumerate(self._places) if top <= place[1] < top + height]
        if seen:
            self._put_cursor(min(seen, key=lambda n: (abs(self._places[n][1] - wanted), n)))

    def action_edge(self, down: int) -> None:
        """Move to the first or last spot."""
        if self._places:
            self._put_cursor(0 if down < 0 else len(self._places) - 1)
        self.scroll_to(y=0 if down < 0 else self.max_scroll_y, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the screen where there is nothing to choose."""
        del parameters
        return action != "choose" or bool(self._places)

    def action_choose(self) -> None:
        """Choose the spot under the cursor."""
        if self.spot is not None:
            self.post_message(SpotChosen(self.id or "", self.spot))

    def on_click(self, event: events.Click) -> None:
        """Move to the spot under the pointer; a click where the cursor stands chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        spot = self._spot_at(offset.y + self.scroll_offset.y, offset.x)
        if spot is not None:
            was_there = spot == self.spot and self.has_focus
            self.move_to(spot)
            if was_there or event.chain > 1 or self.CLICK_CHOOSES:
                self.action_choose()

    def _spot_at(self, row: int, column: int) -> Spot | None:
        x = 0
        for span in self._lines[row] if row < len(self._lines) else ():
            x += cell_len(span.text)
            if column < x:
                return span.spot
        return None

    def _put_cursor(self, number: int) -> None:
        number = min(max(number, 0), len(self._places) - 1)
        moved = number != self._cursor
        before, self._cursor = self._cursor, number
        for place in {before, number}:
            row = self._places[place][1]
            self.refresh_lines(row, self._rows_of(place))
        row = self._places[number][1]
        top = 0 if number == 0 else row
        self.scroll_to_region(
            Region(0, top, 1, self._rows_of(number) + row - top), animate=False, force=True
        )
        if moved:
            self.post_message(SpotReached(self.id or "", self._places[number][0]))

    def _rows_of(self, number: int) -> int:
        """Count the lines that a spot covers."""
        spot, row, _, _ = self._places[number]
        rows = 1
        while row + rows < len(self._lines) and any(
            span.spot == spot for span in self._lines[row + rows]
        ):
            rows += 1
        return rows


class Form(Board):
    """A board of things to set: one click is enough."""

    CLICK_CHOOSES = True


def _places_of(lines: list[Line]) -> list[tuple[Spot, int, int, int]]:
    """List each spot once with its row and columns, where it first stands."""
    seen: set[Spot] = set()
    places = []
    for row, line in enumerate(lines):
        x = 0
        for span in line:
            width = cell_len(span.text)
            if span.spot is not None and span.spot not in seen:
                seen.add(span.spot)
                places.append((span.spot, row, x, x + width))
            x += width
    return places
