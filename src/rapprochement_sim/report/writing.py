"""Putting a report into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.whole_files import write_text_whole
from rapprochement_sim.report.page import report_page

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.account import Account
    from rapprochement_sim.game.analysis import Analysis


ENDINGS = (".html", ".htm")


def check_place(path: Path) -> None:
    """Make sure that a report may stand at a place: nothing else is ever written over.

    Raises
    ------
    MalformedInput
        If the name does not end as a report's does.
    """
    if path.suffix.casefold() not in ENDINGS:
        what = "a report is a file that ends in .html"
        raise MalformedInput(what, where=str(path), todo="For example: report.html.")


def write_report(path: Path, account: Account, analysis: Analysis | None) -> None:
    """Write the report of a game that is over; an earlier report of that name is replaced.

    Raises
    ------
    MalformedInput
        If the name is no report's.
    OutputProblem
        If it cannot be written there.
    """
    check_place(path)
    write_text_whole(path, report_page(account, analysis))
