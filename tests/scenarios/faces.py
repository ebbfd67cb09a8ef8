"""What every face shows of one game: the plain game, the report, the pages of a class."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from rapprochement_sim.classroom.room_sheets import public_sheet, score_lines, teacher_sheet
from rapprochement_sim.classroom.scenario_sheets import scenario_sheet
from rapprochement_sim.classroom.seat_sheets import order_sheet, seat_sheet
from rapprochement_sim.commands import debrief, play
from rapprochement_sim.game.debrief import debrief as opened_game
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.scenario.wearing import wear_labels
from rapprochement_sim.vocabulary import CAPITALS, Capital, Order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TURN = "accept\npreview 1\norder 1\norder 2\nresolve\n"
TALK = (
    "why unfavourable\nhelp\npapers\norders\nfigures\ngoals\ntimeline\nwhy trust\n"
    "order nothing\ncodex\ndetails\nsources 1\nforecast\nstatus\n"
)
_ID = re.compile(r"[a-z0-9_:>]+")
"""What pages carry for forms and programs, and show nobody."""


def plain_game(folder: Path, scenario: str, seat: str, *options: str, more: str = "") -> str:
    """Play two turns from a pipe, asking for everything; return what was shown."""
    path = folder / "game.jsonl"
    said = CliRunner().invoke(
        play.command,
        [scenario, "--plain", "--seat", seat, "--seed", "5", "--save", str(path), *options],
        input=TALK + more + 2 * TURN + "quit\n",
        catch_exceptions=False,
    )
    assert said.exit_code == 0, said.output
    return said.output.replace(str(folder), "")


def report_of(folder: Path, *options: str) -> str:
    """Write the report of the game in a folder; return its words, without its style."""
    page = folder / "report.html"
    words = [str(folder / "game.jsonl"), "--unfinished", "--runs", "16", "--html", str(page)]
    said = CliRunner().invoke(debrief.command, [*words, *options], catch_exceptions=False)
    assert said.exit_code == 0, said.output
    html = page.read_text(encoding="utf-8")
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def class_pages(scenario: str) -> str:
    """Return every word that the sheets of a class hold after a turn, until the mask is lifted."""
    wear_labels(scenario)
    session = start_game(scenario, seed=5)
    session.play_turn()
    words: list[str] = [
        *_words(replace(scenario_sheet(session.case.loaded), behind=())),
        *_words(public_sheet(session)),
    ]
    opened = opened_game(session)
    words += [*_words(teacher_sheet(session, opened)), *_words(score_lines(opened))]
    for capital in CAPITALS:
        words += _words(seat_sheet(LocalSeat(session, capital)))
    return "\n".join([*words, *_order_words(LocalSeat(session, Capital.TOKYO))])


def _order_words(seat: LocalSeat) -> Iterator[str]:
    option = next(each for each in seat.options() if not each.reason)
    order = Order(seat.capital, option.action, option.target)
    yield from _words(order_sheet(seat.preview(order), option))


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        if not _ID.fullmatch(part):
            yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from _words(getattr(part, field.name))
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _words(each)
