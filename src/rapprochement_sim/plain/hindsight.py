"""What the plain game answers about the past: the debrief page by page, turns, branches."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game.debrief_pages import DEBRIEF_PAGES, page_named
from rapprochement_sim.game.parting import resuming
from rapprochement_sim.plain.analysis_page import analysis_page
from rapprochement_sim.plain.debrief_page import debrief_lines, opened_page
from rapprochement_sim.plain.layout import heading, item, page, wrapped
from rapprochement_sim.plain.timeline_page import (
    desk_then_lines,
    other_lines,
    record_lines,
    side_lines,
    timeline_lines,
)
from rapprochement_sim.report.exporting import REPORT, export_game

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.past import LookBack
    from rapprochement_sim.game.seat import Seat

_TOLD_EVERY = 0.25
NOT_TO_BE_TOLD = "nothing is behind a mask here, or it is not to be told yet"
_DESK, _RECORD = _VIEWS = ("desk", "record")


class Hindsight:
    """Looks back of one seat; every method takes the rest of the line and returns lines.

    Parameters
    ----------
    seat
        Who looks.
    say
        Shows text at once, for what takes long.
    """

    def __init__(self, seat: Seat, say: Callable[[str], object]) -> None:
        self.seat = seat
        self._say = say
        self._look: LookBack | None = None
        self._behind: tuple[str, ...] = ()

    def debrief(self, text: str) -> Iterator[str]:
        """Show the debrief, or one of its pages; of the worlds also those of a number."""
        opened = self.seat.debrief()
        word, _, about = text.partition(" ")
        if not word:
            yield from debrief_lines(opened)
            words = ", ".join(each.word for each in DEBRIEF_PAGES)
            yield ""
            yield from wrapped(
                f"`debrief PAGE` shows one page: {words}. Some play worlds beside this one, which "
                "takes a while; `debrief worlds tokyo` draws those of a number. `export "
                "report.html` writes everything.",
                1,
            )
            return
        named = page_named(word)
        if not named.needs_worlds:
            yield from opened_page(named.word, opened)
            return
        analysis = self._analysed(named.word)
        if analysis is not None:
            yield from analysis_page(named.word, analysis, about.strip())

    def behind(self, _: str) -> Iterator[str]:
        """Say what was behind the mask; a report that is written afterwards says it as well."""
        self._behind = self.seat.behind_the_mask()
        if not self._behind:
            raise NotAllowedNow(NOT_TO_BE_TOLD)
        yield from heading("Behind the mask")
        for line in self._behind:
            yield from item(line)

    def export(self, place: str) -> Iterator[str]:
        """Write the report, or a copy of the save."""
        if not place:
            what = "no file is named"
            todo = "For example: export report.html, or export copy.jsonl."
            raise MalformedInput(what, todo=todo)
        analysis = None
        if place.casefold().endswith(REPORT):
            self.seat.debrief()
            analysis = self._analysed("")
        yield from wrapped(export_game(self.seat.past, place, analysis, self._behind), 1)

    def timeline(self, text: str) -> Iterable[str]:
        """Show a past turn again, the last one if none is named; or the desk then, the record."""
        words = text.split()
        view = words.pop() if words and words[-1] in _VIEWS else ""
        turn = self._number(" ".join(words)) if words else self.seat.turn
        if not view:
            return timeline_lines(self.seat, turn)
        past = self.seat.past.turn(turn)
        if view == _RECORD:
            return record_lines(turn, past.record, self.seat.figures())
        return desk_then_lines(turn, past)

    def beside(self, save: str) -> Iterable[str]:
        """Set the game beside another save, or list those that it can be set beside."""
        others = self.seat.past.others()
        if not save:
            return other_lines(others)
        places = {other.name: other.path for other in others}
        return side_lines(self.seat.past.beside(places.get(save, save)))

    def branch(self, text: str) -> Iterator[str]:
        """Start a game of its own from an earlier turn."""
        place = self.seat.past.branch(self._number(text))
        yield from wrapped(
            "A game that shares the turns before is begun; this one stays as it is.", 1
        )
        yield f"Go on with it: {resuming(place)}"

    # -------------------------------------------------------------- within

    def _number(self, text: str) -> int:
        if not text.isascii() or not text.isdecimal():
            what = f"'{text}' is no turn" if text else "no turn is named"
            raise MalformedInput(what, todo="For example: timeline 3 record, or branch 3.")
        return int(text[:6])

    def _analysed(self, word: str) -> Analysis | None:
        """Play worlds once, telling how far it is; Ctrl-C stops and keeps what is known."""
        if self._look is not None and self._look.is_done:
            return self._look.analysis
        self._say(" Playing worlds beside this one; Ctrl-C stops.\n")
        told = 0.0
        try:
            with closing(self.seat.past.looks(lambda: True)) as looks:
                for look in looks:
                    if look.analysis and not look.is_done and not self._has_look() and word:
                        first = [" A first look:", *analysis_page(word, look.analysis)]
                        self._say(page(first))
                    if look.share >= told + _TOLD_EVERY and not look.is_done:
                        told = look.share
                        self._say(f" {told:.0%} of the worlds are played ..\n")
                    self._look = look
        except KeyboardInterrupt:
            self._say(" Stopped.\n")
        except RuntimeError as error:
            what = f"no worlds could be played: {str(error).splitlines()[0]}"
            raise NotAllowedNow(what) from error
        return None if self._look is None else self._look.analysis

    def _has_look(self) -> bool:
        return self._look is not None and self._look.analysis is not None
