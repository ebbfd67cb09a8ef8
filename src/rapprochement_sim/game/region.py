"""How two capitals stand to each other, in one word, as far as a seat can judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.briefing import DyadLine
from rapprochement_sim.vocabulary import DYADS, Capital, dyad_key

if TYPE_CHECKING:
    from rapprochement_sim.game.briefing import Book

_WORDS = ((0.12, "hostile"), (0.25, "cold"), (0.42, "wary"), (0.62, "workable"), (2.0, "close"))
_TENSE = 0.25
DYAD_WORDS = (*(word for _, word in _WORDS), "tense")


def dyad_lines(book: Book) -> tuple[DyadLine, ...]:
    """Name the state of each pair of capitals."""
    return tuple(_line(book, a, b) for a, b in DYADS)


def _line(book: Book, a: Capital, b: Capital) -> DyadLine:
    there = book.reading(f"trust_{a.key}_{b.key}")
    back = book.reading(f"trust_{b.key}_{a.key}")
    escalation = book.reading(f"escalation_{dyad_key(a, b).replace('-', '_')}")
    mean = (there.value + back.value) / 2.0
    word = next(word for bound, word in _WORDS if mean < bound)
    marks = {there.mark, back.mark} - {"="}
    return DyadLine(
        between=(a, b),
        word="tense" if escalation.value >= _TENSE else word,
        mark=marks.pop() if len(marks) == 1 else "=",
        trust=(there, back),
        escalation=escalation,
    )
