"""Who one is in which class: kept on this computer, for its owner alone."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import OutputProblem

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600
_MOST_CLASSES = 50


@dataclass(frozen=True)
class Kept:
    """What lets one back: the token of this computer, name and return word for others."""

    token: str
    name: str
    word: str = ""


class KeptTokens:
    """A file of tokens by link.

    Parameters
    ----------
    path
        The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, link: str) -> Kept | None:
        """Return who one is in the class of a link; None if this computer does not know."""
        found = self._all().get(link)
        try:
            return Kept(**{name: str(value) for name, value in found.items()}) if found else None
        except (TypeError, AttributeError):
            return None

    def keep(self, link: str, kept: Kept) -> None:
        """Keep who one is in a class.

        Raises
        ------
        OutputProblem
            If it cannot be written.
        """
        others = [(at, each) for at, each in self._all().items() if at != link]
        latest = dict([*others, (link, asdict(kept))][-_MOST_CLASSES:])
        beside = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                beside.unlink()
            opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                json.dump(latest, file)
            beside.replace(self.path)
        except OSError as error:
            what = f"who you are in this class cannot be kept ({error.strerror})"
            todo = "You can still come back with your return word."
            raise OutputProblem(what, where=str(self.path), todo=todo) from None

    def _all(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
