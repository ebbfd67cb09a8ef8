"""What the articles recommend: the list of programmes, and one of them step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    Spot,
    choice,
    figure_spot,
    paragraph,
    sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.programmes import ProgrammePage, ProgrammeStep
    from rapprochement_sim.tui.lines import Role

_ROLES: dict[str, Role] = {"done": "up", "given": "own", "open": "own"}
_MARKS = {"done": "*", "given": ">", "open": "+", "refused": "x", "others": "-", "absent": "-"}
LEGEND = "* done   > decided now   + open to you   x not now   - up to others"


def programme_list_lines(pages: Sequence[ProgrammePage], width: int) -> Iterator[Line]:
    """List programmes: those that ask this seat first, then the others."""
    for is_own, title in ((True, "That ask you first"), (False, "That ask others first")):
        found = [page for page in pages if page.is_own == is_own]
        if not found:
            continue
        if not is_own and len(found) < len(pages):
            yield BLANK
        yield (Span(title, "title"),)
        for page in found:
            yield from _row(page, width)


def _row(page: ProgrammePage, width: int) -> Iterator[Line]:
    role: Role = "own" if page.n_open else "plain"
    asked = "" if page.is_own else f" ({page.seat.title})"
    text = f"{page.title}{asked}: {page.standing}"
    first = f"{page.number:>3}. "
    spot = choice(f"programme:{page.name}")
    yield from paragraph(text, width, role, indent=len(first), first=first, spot=spot)


def programme_lines(page: ProgrammePage, width: int) -> Iterator[Line]:
    """Lay out a programme: what it is, who says so, its steps, what to look at."""
    yield from paragraph(page.about, width)
    first = "It asks you first." if page.is_own else f"It asks {page.seat.title} first."
    yield from paragraph(f"{first} {sentence(page.standing)}", width, "key")
    yield BLANK
    yield (Span("Steps", "title"),)
    for step in page.steps:
        yield from _step_lines(step, width)
    yield from paragraph(LEGEND, width, "dim")
    if page.figure is not None:
        yield BLANK
        yield (Span("Look at", "title"),)
        spot = figure_spot(page.figure.name)
        yield from paragraph(page.look_at, width, indent=2, first="  ", spot=spot)
    yield BLANK
    yield (Span("Who says so", "title"),)
    name = Spot("name", f"programmes:{page.name}")
    yield from paragraph(page.source, width, indent=2, first="  ", spot=name)
    yield from paragraph(page.passage, width, "dim", indent=2, first="  ")


def _step_lines(step: ProgrammeStep, width: int) -> Iterator[Line]:
    mark = _MARKS[step.standing]
    role = _ROLES.get(step.standing, "plain")
    word = "or " if step.is_instead else ""
    first = f"{step.number:>3}. {mark} "
    spot = choice(f"step:{step.number}") if step.order is not None else None
    who = f"{step.actor.title}: "
    title = f"{word}{who}{step.title}"
    yield from paragraph(title, width, role, indent=len(first), first=first, spot=spot)
    told = f"{step.told} ({step.tried})" if step.tried else step.told
    yield from paragraph(sentence(told), width, "dim", indent=len(first), first=" " * len(first))
