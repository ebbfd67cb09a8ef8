"""Opening the screens and closing them: where things are kept, and what is said at the end."""

from __future__ import annotations

import gc
import os
import traceback
from typing import TYPE_CHECKING

from rapprochement_sim.game.parting import parting_lines
from rapprochement_sim.game.settings import Settings, settings_file
from rapprochement_sim.tui.app import RapprochementApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rapprochement_sim.game.library import Library
    from rapprochement_sim.game.seat import Seat

UNFINISHED = 1
_APP = "rapprochement-sim"


def launch(library: Library, say: Callable[[str], object], seat: Seat | None = None) -> int:
    """Open the game on the whole terminal; return the status to end with.

    Parameters
    ----------
    library
        Scenarios and saves of the player.
    say
        Prints a line once the terminal is a terminal again.
    seat
        A game to open at once; without it the start screen opens.
    """
    app = RapprochementApp(library, Settings.read(settings_file()), seat)
    collect_seldom()
    _follow_the_window()
    app.run()
    parting = parting_lines(app.desk.seat) if app.is_playing else ()
    if app.failure is not None:
        say(f"The screen failed ({type(app.failure).__name__}); every decision was saved before.")
        say(f"The log is {_log(app.failure)}")
    for line in parting:
        say(line)
    return UNFINISHED if app.failure is not None else 0


def collect_seldom() -> None:
    """Look for garbage less often, and not among what is imported already.

    Rules and libraries are some 200,000 objects. Python looked through all of them again
    and again, a tenth of a second each time, while a key waited.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


def _follow_the_window() -> None:
    """Forget the size that a shell may have exported: it hides every change of the window."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def _log(failure: Exception) -> Path | str:
    """Keep what went wrong for whoever wants to mend it."""
    try:
        path = _log_folder() / "screen.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(failure)), "utf-8")
    except OSError as error:
        return f"nowhere: {error.strerror}"
    return path


def _log_folder() -> Path:
    from platformdirs import user_log_path  # noqa: PLC0415 - needed at the end

    return user_log_path(_APP, appauthor=False)
