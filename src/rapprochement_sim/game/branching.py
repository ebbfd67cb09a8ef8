"""Going on from an earlier turn, in a game of its own: the past is shared, its source untouched."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.journal import Parent
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.opening import keep_scenario
from rapprochement_sim.game.replaying import case_of, replay_to_go_on
from rapprochement_sim.game.table import LANE

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.journal import Header, Journal
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital


def branch_game(
    save: Path, turn: int, *, seat: Capital | None = None, path: Path | None = None
) -> Session:
    """Start a game that shares the turns of a saved one before a turn, and go on from there.

    Parameters
    ----------
    save
        The parent, which is only read.
    turn
        First turn of the new game's own, from 1 to the turn that is open in the parent.
    seat
        Who is played from then on; whoever was played in the parent by default.
    path
        Where to save the new game; None keeps it in memory.

    Raises
    ------
    MalformedInput
        If the parent has no such turn, nobody is played, or it does not replay.
    WrongVersion
        If other rules or another scenario text played it.
    """
    journal = read_journal(save)
    session = state_at(journal, save, turn)
    header = journal.header
    seats = (seat,) if seat is not None else header.seats_in(turn) or header.seats
    if not seats:
        what = "every seat of this game decides by itself"
        raise MalformedInput(what, where=str(save), todo="Name the seat to take with --seat.")
    session.notes = [note for note in journal.notes if note.turn < turn]
    return go_on(session, seats, save.name, path)


def state_at(journal: Journal, save: Path, turn: int) -> Session:
    """Rebuild a saved game up to where a turn opens, without what was decided in it.

    Raises
    ------
    MalformedInput
        If the game has no such turn, or does not replay.
    WrongVersion
        If other rules or another scenario text played it.
    """
    last = min(len(journal.turns) + 1, case_of(journal, save).world.n_turns)
    if not 1 <= turn <= last:
        what = f"this game has no turn {turn} to go on from"
        raise MalformedInput(what, where=str(save), allowed=f"1 to {last}")
    return replay_to_go_on(journal, save, until=turn - 1)


def go_on(session: Session, seats: tuple[Capital, ...], source: str, path: Path | None) -> Session:
    """Make a game of its own of one that stands where a turn opens, and save it.

    Parameters
    ----------
    session
        The past; it becomes the new game.
    seats
        Who is played from the open turn on.
    source
        What the header names as its parent.
    path
        Where to save; None keeps it in memory.
    """
    turn = session.turn + 1
    parent = Parent(source, turn, session.model.state.digest(LANE))
    session.header = _seated(replace(session.header, parent=parent), turn, seats)
    session.path = path
    if path is not None:
        keep_scenario(session.case, path)
    session.save()
    return session


def _seated(header: Header, turn: int, seats: tuple[Capital, ...]) -> Header:
    """Return a header in which some seats are taken in a turn; who sat before is kept."""
    sittings = [
        (list(turns)[-1], who) for who, turns in groupby(range(1, turn), key=header.seats_in)
    ]
    if sittings and sittings[-1][1] == seats:
        sittings.pop()
    return replace(header, seats=seats, earlier_seats=tuple(sittings))
