"""The next step of a lesson, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.plain.layout import WIDTH, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.lesson import LessonPage


def lesson_lines(page: LessonPage) -> Iterator[str]:
    """Lay out what to do next and how to leave it out, or how the lesson ends."""
    yield ""
    yield "=" * WIDTH
    done = " done" if page.is_done else ""
    yield from wrapped(page.about, 1, first=f" Lesson {page.number}/{page.n_steps}{done}: ")
    yield from wrapped(page.plain, 3, first=" > ")
    if not page.is_done:
        yield "   (lesson skip leaves the step out; lesson leave ends the lesson)"
