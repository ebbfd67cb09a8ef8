"""The strip above the footer in a lesson: the one thing to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.lines import Line, Span, choice, wrapped
from rapprochement_sim.tui.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.lesson import LessonPage
    from rapprochement_sim.game.seat import Lesson
    from rapprochement_sim.tui.messages import SpotChosen

_SKIP, _CLOSE = "[x skips]", "[x closes]"


class LessonStrip(Banner):
    """What a lesson says now; nothing stands there without a lesson."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(self._lay_out, id="lesson")
        self._lesson = lesson

    def show(self) -> None:
        """Show the step that is next, or nothing once the lesson is left."""
        self.display = self._lesson.is_open
        if self.display:
            self.redraw()

    def _lay_out(self, width: int) -> Iterator[Line]:
        page = self._lesson.page()
        if page is not None:
            yield from lesson_lines(page, width)

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Skip the step by mouse."""
        message.stop()
        self.app.action_skip_step()  # type: ignore[attr-defined]


def lesson_lines(page: LessonPage, width: int) -> Iterator[Line]:
    """Lay a step out, or the end of the lesson: why, then how, then how to be rid of it."""
    away = _CLOSE if page.is_done else _SKIP
    done = "done " if page.is_done else ""
    head = f" Lesson {page.number}/{page.n_steps} {done}"
    lines = list(wrapped(page.about, width, indent=1, first=head))
    yield (Span(head, "own"), Span(lines[0][len(head) :], "plain"))
    yield from ((Span(line),) for line in lines[1:])
    *before, last = wrapped(page.screens, width, indent=3, first=" > ")
    yield from ((Span(line, "key"),) for line in before)
    gap = " " * max(width - len(last) - len(away) - 1, 1)
    if len(last) + len(away) + 2 <= width:
        yield (Span(last, "key"), Span(gap), Span(away, "dim", choice("skip")))
    else:
        yield (Span(last, "key"),)
