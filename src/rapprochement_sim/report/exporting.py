"""What a player takes along from a game: its report, or a copy of its save."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.report.writing import ENDINGS, write_report

if TYPE_CHECKING:
    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.past import Past

REPORT, SAVE = ".html", ".jsonl"


def export_game(
    past: Past, place: str, analysis: Analysis | None, behind: tuple[str, ...] = ()
) -> str:
    """Write what the ending of a file's name asks for; return what was written, in words.

    Parameters
    ----------
    past
        Of the game.
    place
        Name of the file; ``~`` is the user's home.
    analysis
        What many worlds say of the game, as far as that is known.
    behind
        What was behind the mask, if its player has asked for it.

    Raises
    ------
    MalformedInput
        If the ending is of neither kind.
    NotAllowedNow
        If a report is asked for before the game is over.
    OutputProblem
        If it cannot be written, or a save would replace another file.
    """
    try:
        path = Path(place).expanduser()
    except RuntimeError:
        path = Path(place)
    ending = path.suffix.casefold()
    if ending in ENDINGS:
        write_report(path, replace(past.account(), behind=behind), analysis)
        return f"The report is in {path}"
    if ending == SAVE:
        past.copy(str(path))
        return f"The save is copied to {path}"
    what = "this name says neither that it is a report nor that it is a save"
    raise MalformedInput(what, where=place, allowed=f"a name that ends in {REPORT} or {SAVE}")
