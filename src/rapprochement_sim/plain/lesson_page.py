"""The next step of a lesson, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.plain.layout import WIDTH, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.lesson import LessonPage


def lesson_lines(page: LessonPage) -> Iterator[str]:
    """Lay out what to do next, and how to leave it out."""
    yield ""
    yield "=" * WIDTH
    if page.is_done:
        yield f" Lesson, all {page.n_steps} steps: done"
        yield from wrapped(page.about, 1)
        return
    yield from wrapped(page.about, 1, first=f" Lesson {page.number}/{page.n_steps}: ")
    yield from wrapped(page.plain, 3, first=" > ")
    yield "   (lesson skip leaves the step out; lesson leave ends the lesson)"
