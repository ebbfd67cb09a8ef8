"""The past of a game in this process, as one seat may look at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, OutputProblem
from rapprochement_sim.game.account import Account, account_of
from rapprochement_sim.game.analysis import Effort
from rapprochement_sim.game.analysis_process import looks_beside, looks_of
from rapprochement_sim.game.branching import branch_game
from rapprochement_sim.game.journal_files import write_journal
from rapprochement_sim.game.opening import keep_scenario
from rapprochement_sim.game.past import LookBack, PastTurn
from rapprochement_sim.game.published_record import published_record
from rapprochement_sim.game.replaying import rebuilt
from rapprochement_sim.game.side_by_side import (
    OtherGame,
    SideBySide,
    decided_by,
    other_games,
    side_by_side,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital


class LocalPast:
    """The past of a game in this process.

    Parameters
    ----------
    session, capital
        The game, and who looks.
    brief
        Makes the page of this seat from a game that stands where a turn opens.
    in_own_process
        Whether worlds are played in a process of their own.
    effort
        How many worlds are played beside a game that is over.
    """

    def __init__(
        self,
        session: Session,
        capital: Capital,
        brief: Callable[[Session], Briefing],
        *,
        in_own_process: bool,
        effort: Effort | None = None,
    ) -> None:
        self._session = session
        self._capital = capital
        self._brief = brief
        self._in_own_process = in_own_process
        self._effort = effort or Effort.of()
        self._turns: dict[int, PastTurn] = {}

    def turn(self, turn: int) -> PastTurn:
        """Open a resolved turn again, counted from 1.

        Raises
        ------
        MalformedInput
            If that turn has not been resolved.
        """
        session = self._session
        if not 1 <= turn <= session.turn:
            what = f"turn {turn} has not been resolved"
            raise MalformedInput(
                what, allowed=f"1 to {session.turn}" if session.turn else "none yet"
            )
        if turn not in self._turns:
            then = rebuilt(session.case, session.journal(), until=turn - 1)
            self._turns[turn] = PastTurn(
                briefing=self._brief(then),
                decided=decided_by(session, self._capital, turn),
                record=published_record(session.case.loaded),
            )
        return self._turns[turn]

    def looks(self, keep_on: Callable[[], bool]) -> Generator[LookBack]:
        """Play worlds beside a game that is over, as long as it is asked to keep on.

        Raises
        ------
        NotAllowedNow
            If the game is not over: secrets of the others would be told.
        """
        if not self._session.is_over:
            what = "the debrief opens when the last turn has been resolved"
            raise NotAllowedNow(what)
        looks = looks_beside if self._in_own_process else looks_of
        return looks(self._session, self._effort, keep_on)

    def account(self) -> Account:
        """Give the whole account of a game that is over.

        Raises
        ------
        NotAllowedNow
            If it is not.
        """
        return account_of(self._session)

    def others(self) -> tuple[OtherGame, ...]:
        """List saves of the same scenario, of the folder where this game is saved."""
        path = self._session.path
        return () if path is None else other_games(self._session, path.parent)

    def beside(self, save: str) -> SideBySide:
        """Set this game beside a save of the same scenario, turn by turn."""
        return side_by_side(self._session, self._capital, Path(save))

    def branch(self, turn: int) -> str:
        """Start a game that shares the turns before one; return where it is saved.

        Raises
        ------
        NotAllowedNow
            If this game is kept in memory only, so that there is no save to go on from.
        MalformedInput
            If there is no such turn.
        """
        path = self._session.path
        if path is None:
            what = "this game is not saved, so no other can go on from it"
            raise NotAllowedNow(what)
        self._session.save()
        place = free_place_beside(path, f"{path.stem}-turn{turn}")
        branch_game(path, turn, seat=self._capital, path=place)
        return str(place)

    def copy(self, place: str) -> None:
        """Copy the save to another file.

        Raises
        ------
        OutputProblem
            If there is a file of that name, or it cannot be written.
        """
        path = Path(place)
        if path.exists():
            what = "there is a file of that name already"
            raise OutputProblem(what, where=place, todo="Name another file.")
        keep_scenario(self._session.case, path)
        write_journal(path, self._session.journal())


def free_place_beside(path: Path, stem: str) -> Path:
    """Name a new save in the folder of another, with a number if the name is taken."""
    number, place = 1, path.with_name(f"{stem}.jsonl")
    while place.exists():
        number += 1
        place = path.with_name(f"{stem}-{number}.jsonl")
    return place
