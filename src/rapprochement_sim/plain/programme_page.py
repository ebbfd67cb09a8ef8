"""What the articles recommend as text: the programmes, one of them, and giving a step of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.plain.layout import capitalised, heading, item, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rapprochement_sim.game.programmes import ProgrammePage
    from rapprochement_sim.game.seat import Seat

_ASKED = re.compile(r"(\d{1,3})(?:\s+(?:order|give|offer)\s+(\d{1,2}))?", re.ASCII)
_MARKS = {"done": "*", "given": ">", "open": "+", "refused": "x", "others": "-", "absent": "-"}


def programme_answer(seat: Seat, text: str) -> Iterable[str]:
    """Show every programme, or one, or give a step of one.

    Raises
    ------
    MalformedInput
        If there is no such programme or step.
    NotAllowedNow
        If the step is up to others, or refused now.
    """
    pages = seat.programmes()
    if not text:
        return list_lines(pages)
    asked = _ASKED.fullmatch(text.strip().casefold())
    if asked is None:
        what = f"no programme is called '{text}'"
        todo = "For example: programmes 3, or programmes 3 order 1."
        raise MalformedInput(what, todo=todo)
    number = int(asked[1])
    if not 1 <= number <= len(pages):
        what = f"there is no programme {number}"
        raise MalformedInput(what, allowed=f"1 to {len(pages)}")
    page = pages[number - 1]
    return programme_lines(page) if asked[2] is None else _given(seat, page, int(asked[2]))


def _given(seat: Seat, page: ProgrammePage, number: int) -> Iterator[str]:
    if not 1 <= number <= len(page.steps):
        what = f"the programme has no step {number}"
        raise MalformedInput(what, allowed=f"1 to {len(page.steps)}")
    step = page.steps[number - 1]
    if step.order is None:
        raise NotAllowedNow(step.told)
    yield from wrapped(f"Noted: {seat.submit(step.order)}.", 1)


def list_lines(pages: Sequence[ProgrammePage]) -> Iterator[str]:
    """List programmes: those that ask this seat first, then the others."""
    for is_own, title in ((True, "That ask you first"), (False, "That ask others first")):
        found = [page for page in pages if page.is_own == is_own]
        if found:
            yield from heading(title)
        for page in found:
            asked = "" if page.is_own else f" ({page.seat.title})"
            text = f"{page.title}{asked}: {page.standing}"
            yield from wrapped(text, 5, first=f" {page.number:>2}. ")
    yield from wrapped("`programmes N` opens one, `programmes N order STEP` gives a step.", 1)


def programme_lines(page: ProgrammePage) -> Iterator[str]:
    """Lay out a programme: what it is, who says so, its steps, what to look at."""
    yield from heading(f"Programme: {page.title}")
    yield from wrapped(page.about, 1)
    first = "It asks you first." if page.is_own else f"It asks {page.seat.title} first."
    yield from wrapped(f"{first} {page.standing}.", 1)
    yield from heading("Steps")
    for step in page.steps:
        word = "or " if step.is_instead else ""
        title = f"{word}{step.actor.title}: {step.title}"
        yield from wrapped(title, 7, first=f" {step.number:>2}. {_MARKS[step.standing]} ")
        told = f"{step.told} ({step.tried})" if step.tried else step.told
        ended = "" if told.endswith((".", "!", "?")) else "."
        yield from wrapped(f"{capitalised(told)}{ended}", 7, first=" " * 7)
    yield from wrapped("* done   > decided now   + open to you   x not now   - up to others", 1)
    if page.figure is not None:
        yield from heading("Look at")
        yield from item(page.look_at, " ")
    yield from heading("Who says so")
    yield from wrapped(page.source, 1)
    if page.passage:
        yield from wrapped(page.passage, 1)
