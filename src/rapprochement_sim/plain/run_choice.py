"""A run of a study at a prompt: first the folder, then the run, then what to do with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.plain.choosing import find_capital
from rapprochement_sim.plain.front_pages import folder_lines, run_lines, study_lines
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.experiments.opening import Reopened, StoredRun, StoredStudy
    from rapprochement_sim.game.library import Library
    from rapprochement_sim.game.seat import Seat


class RunChoice:
    """What has been chosen so far; commands take the rest of the line and return lines."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._study: StoredStudy | None = None
        self._opened: tuple[StoredRun, Reopened] | None = None
        self._seat = Capital.SEOUL
        self._turn = 1

    @property
    def is_open(self) -> bool:
        """Whether a run is open, so that a seat is one of it."""
        return self._opened is not None

    def open(self, text: str) -> Iterable[str]:
        """List run folders, or open one."""
        folders = self._library.run_folders()
        self._opened = None
        if not text:
            return folder_lines(folders)
        from rapprochement_sim.experiments.opening import (  # noqa: PLC0415 - a second, here only
            open_study,
        )

        numbered = {str(number): folder for number, folder in enumerate(folders, start=1)}
        self._study = open_study(numbered.get(text, Path(text).expanduser()))
        return study_lines(self._study)

    def run(self, text: str) -> Iterable[str]:
        """Open a run by its number."""
        if not (text.isascii() and text.isdecimal()):
            what = f"'{text}' is no number of a run" if text else "no run is named"
            raise MalformedInput(what, allowed="a whole number from 0")
        return self._shown(int(text[:12]))

    def worst(self, text: str) -> Iterable[str]:
        """Open the run of a capital's lowest score."""
        return self._shown(self._of_study().extreme(find_capital(text), best=False))

    def best(self, text: str) -> Iterable[str]:
        """Open the run of a capital's highest score."""
        return self._shown(self._of_study().extreme(find_capital(text), best=True))

    def seat_to(self, text: str) -> Iterable[str]:
        """Choose whose seat it is."""
        self._seat = find_capital(text)
        return self._page()

    def turn_to(self, text: str) -> Iterable[str]:
        """Choose the turn from which the seat is taken."""
        self._of_run()
        turns = self._of_study().manifest.turns
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= turns):
            what = f"the runs have no turn '{text}'" if text else "no turn is named"
            raise MalformedInput(what, allowed=f"1 to {turns}")
        self._turn = int(text)
        return self._page()

    def read(self) -> Seat:
        """Sit down at the run as it ended."""
        return self._library.sit(self._of_run()[1].session, self._seat)

    def take(self) -> Seat:
        """Go on with the run from the chosen turn, in a game of its own."""
        study, run = self._of_study(), self._of_run()[0].run
        return self._library.take_over(
            study.opened_at(run)(self._turn), self._seat, study.name, run
        )

    # -------------------------------------------------------------- within

    def _shown(self, number: int) -> Iterable[str]:
        study = self._of_study()
        row = study.row(number)
        self._opened = row, study.reopen(row)
        self._turn = min(self._turn, study.manifest.turns)
        return self._page()

    def _page(self) -> Iterable[str]:
        row, reopened = self._of_run()
        study = self._of_study()
        return run_lines(study, row, self._seat, self._turn, is_exact=reopened.is_exact)

    def _of_study(self) -> StoredStudy:
        if self._study is None:
            what = "no study is open"
            raise NotAllowedNow(what, todo="`open` lists run folders, `open N` opens one.")
        return self._study

    def _of_run(self) -> tuple[StoredRun, Reopened]:
        if self._opened is None:
            what = "no run is open"
            raise NotAllowedNow(what, todo="`run N` opens one of the open study.")
        return self._opened
