"""What happened after a scenario's start, as its page beside it tells: for the end of a game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.naming import worn
from rapprochement_sim.scenario.text_files import read_text

if TYPE_CHECKING:
    from rapprochement_sim.scenario.loading import LoadedScenario

AFTER_FILE = "after.md"
HAPPENED = "What happened in history"
_LARGEST = 100_000


def what_happened(loaded: LoadedScenario) -> tuple[str, ...]:
    """Return the paragraphs of ``after.md`` beside a scenario, without title, warning and emphasis.

    Nothing if there is no such page, or under a mask, which history would lift. A page that
    cannot be read is said to be one: a game that has ended is opened all the same.
    """
    path = loaded.path.parent / AFTER_FILE
    if worn().hides_history or not path.is_file():
        return ()
    try:
        text = read_text(path, kind="Markdown", largest=_LARGEST)
    except MalformedInput as problem:
        return (str(problem),)
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    kept = (part for part in parts if part and not part.startswith(("#", "*")))
    return tuple(part.replace("*", "") for part in kept)
