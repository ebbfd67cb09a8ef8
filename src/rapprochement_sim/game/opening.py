"""Starting a game, and opening a saved one: everything is rebuilt and compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, WrongVersion, listed, nearest_name
from rapprochement_sim.game.journal import Header, Journal, TurnEntry
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.session import Session
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.model import load_case
from rapprochement_sim.vocabulary import CAPITAL_KEYS, LENSES, Capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.decisions import Decision

TOLERANCE = 2e-6


def start_game(
    scenario: str,
    *,
    seats: Sequence[Capital] = (),
    seed: int = 1,
    run: int = 0,
    lenses: Mapping[str, Mapping[str, float]] | None = None,
    path: Path | None = None,
) -> Session:
    """Start a game and save its first line.

    Parameters
    ----------
    scenario
        Name or path of the scenario.
    seats
        Capitals that people play; the others decide by themselves.
    seed, run
        With them all chance is fixed: run k under a seed is run k of that ensemble.
    lenses
        Capital to lens weights that replace the scenario's.
    path
        Where to save; None for a game in memory.

    Raises
    ------
    MalformedInput
        If the scenario cannot be read or lens weights do not sum to 1.
    """
    case = load_case(scenario)
    header = Header(
        scenario=scenario,
        content_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        program=program_version(),
        seed=seed,
        run=run,
        seats=tuple(dict.fromkeys(seats)),
        lenses=lenses or {},
    )
    session = Session(with_lenses(case, header.lenses), header, path)
    session.save()
    return session


def program_version() -> str:
    """Return the version of this program, as far as it is installed."""
    try:
        return version("rapprochement-sim")
    except PackageNotFoundError:
        return "unknown"


def with_lenses(case: Case, lenses: Mapping[str, Mapping[str, float]]) -> Case:
    """Return a case in which some seats judge by the lens weights that a game has chosen."""
    if not lenses:
        return case
    weights = case.lens_weights.copy()
    schools = [lens.value for lens in LENSES]
    for key, mix in lenses.items():
        _check_known(key, CAPITAL_KEYS, "capital")
        for lens in mix:
            _check_known(lens, schools, "school of thought")
        if abs(sum(mix.values()) - 1.0) > TOLERANCE or min(mix.values()) < 0.0:
            what = f"lens weights of {key} must be 0 or more and sum to 1"
            raise MalformedInput(what)
        weights[capital_named(key)] = [mix.get(lens, 0.0) for lens in schools]
    return replace(case, lens_weights=weights)


def _check_known(name: str, known: Sequence[str], what_kind: str) -> None:
    if name not in known:
        what = f"there is no {what_kind} '{name}'"
        raise MalformedInput(what, allowed=listed(known), nearest=nearest_name(name, known))


# ------------------------------------------------------------------ opening a save


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
    WrongVersion
        If it was played by other rules or another scenario text.
    """
    journal = read_journal(path)
    replayed = replay(journal, str(path))
    if replayed.difference:
        what = f"the save does not replay to what it recorded: {replayed.difference}"
        todo = (
            "It was changed, or another version of the program wrote it. "
            "The file was left as it is."
        )
        raise MalformedInput(what, where=str(path), todo=todo)
    replayed.session.path = path
    return replayed.session


def case_of(journal: Journal, where: str) -> Case:
    """Load the scenario and rules that a journal was played by.

    Raises
    ------
    WrongVersion
        If they are not the same any more.
    """
    header = journal.header
    case = load_case(header.scenario)
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
        raise WrongVersion(what, where=where, todo=todo)
    return with_lenses(case, header.lenses)


def replay(journal: Journal, where: str, *, until: int | None = None) -> Replayed:
    """Rebuild a game from its journal and compare every turn.

    Parameters
    ----------
    journal, where
        The save, and how errors call it.
    until
        Last turn to replay; all of them by default.

    Raises
    ------
    WrongVersion
        If rules or scenario are not those of the save.
    MalformedInput
        If a decision in it names what does not exist.
    """
    session = Session(case_of(journal, where), journal.header)
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
        session.restore(journal.pending, journal.notes, closed=journal.are_talks_closed)
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
    name = f"{decision.action} towards {decision.partner.title}"
    return f"{decision.seat.title}'s {decision.kind} {name}"
