"""The strip above the footer at a seat of a class: where the class stands, what holds it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.lines import Line, Span, clipped
from rapprochement_sim.tui.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.desk import Desk

_MESSAGES, _DRAFTS = "  m: messages ", "  v: drafts  m: messages "


class LineStrip(Banner):
    """One line of the class; a trouble stands there until it is over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._lay_out, id="class-line")
        self._desk = desk

    def _lay_out(self, width: int) -> Iterator[Line]:
        heard = self._desk.heard
        if heard.trouble:
            yield (Span(clipped(f" ! {heard.trouble}", width), "alert"),)
        else:
            line = self._desk.seat.line
            keys = _DRAFTS if line is not None and line.drafts() else _MESSAGES
            standing = clipped(f" {heard.standing}", width - len(keys))
            gap = " " * (width - len(keys) - len(standing))
            yield (Span(standing + gap, "dim"), Span(keys, "dim"))
