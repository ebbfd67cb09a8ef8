"""Notes of a joined seat: a text file on this computer, which no class ever sees."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600


class ClassNotes:
    """A file of notes; it need not be there.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, about: str, text: str) -> None:
        """Add a note on something.

        Raises
        ------
        OutputProblem
            If it cannot be written.
        """
        today = datetime.now(tz=UTC).astimezone().date()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OWNER_ONLY)
            with os.fdopen(opened, "a", encoding="utf-8") as file:
                file.write(f"{today}, {about}: {text}\n")
        except OSError as error:
            what = f"the note cannot be kept ({error.strerror})"
            raise OutputProblem(what, where=str(self.path)) from None
