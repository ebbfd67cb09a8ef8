"""Opening a saved game: everything is rebuilt from decisions and compared with the save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, WrongVersion
from rapprochement_sim.game.journal import Journal, TurnEntry
from rapprochement_sim.game.journal_files import read_journal, remove_leftovers
from rapprochement_sim.game.opening import kept_scenario, with_lenses
from rapprochement_sim.game.save_claim import claim_save
from rapprochement_sim.game.session import Session
from rapprochement_sim.model import load_case
from rapprochement_sim.naming import shown_id

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.decisions import Decision

TOLERANCE = 2e-6
"""Figures are saved with 6 digits; a difference below this is none."""


@dataclass(frozen=True)
class Replayed:
    """A save played again.

    Attributes
    ----------
    session
        The rebuilt game, with what was pending put back.
    difference
        The first thing that differs from the save, in words; empty if nothing does.
    is_exact
        Whether all digests agree. Where only they differ, another processor or another
        numpy computed the last bits.
    """

    session: Session
    difference: str
    is_exact: bool


def open_game(path: Path) -> Session:
    """Open a saved game to play on, saving to the same file.

    Raises
    ------
    MalformedInput
        If the save is damaged or does not replay to what it recorded.
    NotAllowedNow
        If another process plays it.
    WrongVersion
        If it was played by other rules or another scenario text.
    """
    claim = claim_save(path)
    session = replay_to_go_on(read_journal(path), path)
    remove_leftovers(path)
    session.path, session.claim = path, claim
    return session


def replay_to_go_on(journal: Journal, path: Path, *, until: int | None = None) -> Session:
    """Rebuild a game in memory, up to a turn or to where it stands.

    Raises
    ------
    MalformedInput
        If the save does not replay to what it recorded.
    WrongVersion
        If it was played by other rules or another scenario text.
    """
    replayed = replay(journal, path, until=until)
    if replayed.difference:
        what = f"the save does not replay to what it recorded: {replayed.difference}"
        todo = (
            "It was changed, or another version of the program wrote it. "
            "The file was left as it is."
        )
        raise MalformedInput(what, where=str(path), todo=todo)
    return replayed.session


def case_of(journal: Journal, path: Path) -> Case:
    """Load the scenario and rules that a journal was played by.

    Raises
    ------
    WrongVersion
        If they are not the same any more.
    MalformedInput
        If the scenario is gone.
    """
    header = journal.header
    case = _scenario_of(journal, path)
    changed = [
        name
        for name, saved, found in (
            ("rules", header.rules_hash, case.loaded.rules_hash),
            ("scenario", header.content_hash, case.loaded.content_hash),
        )
        if saved != found
    ]
    if changed:
        what = f"the game was played by another version of the {' and the '.join(changed)}"
        todo = (
            f"`replay` shows what it recorded; to play on, use version {header.program} "
            "of the program. The file was left as it is."
        )
        raise WrongVersion(what, where=str(path), todo=todo)
    return with_lenses(case, header.lenses)


def _scenario_of(journal: Journal, path: Path) -> Case:
    """Load the scenario a save names; if it has changed or gone, the copy kept beside it."""
    kept = kept_scenario(path, journal.header.content_hash)
    try:
        case = load_case(journal.header.scenario)
    except MalformedInput:
        if not kept.is_file():
            raise
        return load_case(str(kept))
    if case.loaded.content_hash != journal.header.content_hash and kept.is_file():
        return load_case(str(kept))
    return case


def replay(journal: Journal, path: Path, *, until: int | None = None) -> Replayed:
    """Rebuild a game from its journal and compare every turn.

    Parameters
    ----------
    journal, path
        The save, and its file: errors name it, and a scenario may be kept beside it.
    until
        Last turn to replay; all of them by default.

    Raises
    ------
    WrongVersion
        If rules or scenario are not those of the save.
    MalformedInput
        If a decision in it names what does not exist.
    """
    return _replay(Session(case_of(journal, path), journal.header), journal, str(path), until)


def rebuilt(case: Case, journal: Journal, *, until: int | None = None) -> Session:
    """Rebuild a game of this very process, or of its parent: nothing can have changed.

    Parameters
    ----------
    case, journal
        The compiled scenario with the lens weights of the game, and its decisions.
    until
        Last turn to replay; all of them, with what is pending, by default.
    """
    return _replay(Session(case, journal.header), journal, "", until).session


def _replay(session: Session, journal: Journal, where: str, until: int | None) -> Replayed:
    turns = journal.turns if until is None else journal.turns[:until]
    difference = _first_difference(journal.start, session.start)
    is_exact = journal.start.digest == session.start.digest
    for entry in turns:
        if session.is_over:
            what = f"the save has more turns than the scenario's {session.turn}"
            raise MalformedInput(what, where=where)
        played = [d for d in entry.decisions if d.seat in session.seats]
        session.restore(played, (), closed=False)
        resolved = session.play_turn()
        again = TurnEntry(resolved.turn, resolved.decisions, resolved.published, resolved.digest)
        difference = difference or _first_difference(entry, again)
        is_exact = is_exact and entry.digest == again.digest
    if until is None:
        session.restore(
            journal.pending,
            journal.notes,
            closed=journal.are_talks_closed,
            forecasts=journal.forecasts,
        )
        session.lesson = journal.lesson
    return Replayed(session, difference, is_exact)


def _first_difference(saved: TurnEntry, again: TurnEntry) -> str:
    """Name the first thing in which a turn played again differs; digests alone do not count."""
    for kind in ("offer", "answer", "order"):
        was = [d for d in saved.decisions if d.kind == kind]
        now = [d for d in again.decisions if d.kind == kind]
        for decision in was:
            if decision not in now:
                return f"turn {saved.turn}: {_told(decision)} did not happen again"
        for decision in now:
            if decision not in was:
                return f"turn {saved.turn}: {_told(decision)} is not in the save"
    for name, value in saved.published.items():
        found = again.published.get(name)
        if found is None or abs(found - value) > TOLERANCE:
            return f"turn {saved.turn}: {name} was {value:g} and is {found}"
    return ""


def _told(decision: Decision) -> str:
    if decision.kind == "answer":
        word = "acceptance" if decision.accepts else "refusal"
        return f"{decision.seat.title}'s {word} of {decision.partner.title}'s offer"
    name = f"{shown_id(decision.action)} towards {decision.partner.title}"
    return f"{decision.seat.title}'s {decision.kind} {name}"
