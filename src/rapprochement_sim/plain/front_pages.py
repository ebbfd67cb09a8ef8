"""The start, a new game, saved games and runs of a study, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.library import LENS_MIXES
from rapprochement_sim.game.menu import ABOUT_GAME, START
from rapprochement_sim.naming import capital_title, shown
from rapprochement_sim.plain.command import entry_lines
from rapprochement_sim.plain.layout import heading, item, wrapped
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rapprochement_sim.experiments.opening import StoredRun, StoredStudy
    from rapprochement_sim.game.library import SavedGame, ScenarioCard
    from rapprochement_sim.vocabulary import Capital

_OTHERS_SHOWN = 12


def start_lines(games: Sequence[SavedGame]) -> Iterator[str]:
    """Lay out where one begins; ``games`` are those that can be gone on with, latest first."""
    yield from heading("Rapprochement")
    yield from wrapped(shown(ABOUT_GAME), 1)
    yield ""
    if games:
        yield from entry_lines("continue", "Continue", games[0].told)
    for entry in START:
        yield from entry_lines(entry.typed, entry.title, shown(entry.about))
    yield ""
    yield from wrapped("Type a word of the list and press Enter.", 1)
    if len(games) > 1:
        yield from heading("Other games to go on with (load N)")
        for number, saved in enumerate(games[1:_OTHERS_SHOWN], start=2):
            yield from wrapped(f"{number}. {saved.told}", 5, first=" ")


def choice_lines(card: ScenarioCard, seat: Capital, lens: str, seed: str) -> Iterator[str]:
    """Say what is chosen for a new game, and what else could be."""
    others = ", ".join(card.titles[each] for each in CAPITALS if each != seat)
    lenses = {each: each if mix else "as usual" for each, mix in LENS_MIXES.items()}
    schools = ", ".join(told for each, told in lenses.items() if each != lens)
    yield ""
    yield from wrapped(f"Scenario: {card.title}. (`scenario N` changes it)", 5, first=" ")
    yield from wrapped(f"Your seat: {card.titles[seat]}. (`seat CAPITAL`: {others})", 5, first=" ")
    yield from wrapped(f"Others judge: {lenses[lens]}. (`lens NAME`: {schools})", 5, first=" ")
    drawn = "drawn by chance. (`seed NUMBER` fixes it)"
    told = f"{seed}. (`seed` leaves it to chance)" if seed else drawn
    yield from wrapped(f"Seed: {told}", 5, first=" ")
    yield " `begin` begins."


def scenario_lines(cards: Sequence[ScenarioCard]) -> Iterator[str]:
    """List the scenarios that can be played."""
    yield from heading("A new game: scenarios (scenario N tells about one and chooses it)")
    for number, card in enumerate(cards, start=1):
        told = f"{number}. {card.title}: {card.length}, {card.difficulty}"
        yield from wrapped(told, 4, first=" ")


def card_lines(card: ScenarioCard, seat: Capital) -> Iterator[str]:
    """Tell what a scenario is about, and who one is in it."""
    yield from heading(card.title)
    yield from wrapped(f"{card.era}. {card.summary}", 1)
    yield from wrapped(f"Teaches: {card.teaches}", 1)
    yield from seat_lines(card, seat)


def seat_lines(card: ScenarioCard, seat: Capital) -> Iterator[str]:
    """Tell who one is in a scenario."""
    yield ""
    yield from wrapped(f"As {card.titles[seat]}: {card.seats[seat]}", 1)


def load_lines(saves: Sequence[SavedGame], folder: Path) -> Iterator[str]:
    """List saved games, the latest first."""
    yield from heading("Load a game: the latest first (load N)")
    for number, saved in enumerate(saves, start=1):
        told = f"{number}. {saved.told}, last played {saved.last_played}"
        yield from wrapped(told, 5, first=" ")
        if saved.problem:
            yield from wrapped(f"cannot be played on: {saved.problem}", 5)
    if not saves:
        yield from wrapped(f"No game is saved in {folder} yet. `new` begins one.", 1)
        return
    yield ""
    yield f" In {folder}"


def folder_lines(folders: Sequence[Path]) -> Iterator[str]:
    """List the run folders that were found."""
    yield from heading("Open a run (open N, or open FOLDER)")
    text = "A study keeps its runs in a folder (rapprochement run .. --out FOLDER). Each run was "
    text += "played without people; you can read it turn by turn, or take a seat in it."
    yield from wrapped(text, 1)
    yield ""
    yield " Run folders here"
    for number, folder in enumerate(folders, start=1):
        yield from wrapped(f"{number}. {folder}", 6, first="   ")
    if not folders:
        yield "   None in the working folder."


def study_lines(study: StoredStudy) -> Iterator[str]:
    """Lay out a study and the ways to choose one of its runs."""
    manifest = study.manifest
    yield from heading(study.name)
    text = f"{manifest.scenario_title}, {manifest.n_runs} runs of {manifest.turns} turns, "
    yield from wrapped(f"{text}seed {manifest.seed}.", 1)
    yield from item("run N opens a run, counted from 0", "-")
    yield from item("worst CAPITAL, best CAPITAL: the run of its lowest, its highest score", "-")


def run_lines(
    study: StoredStudy, row: StoredRun, seat: Capital, turn: int, *, is_exact: bool
) -> Iterator[str]:
    """Lay out a run, and what to do with it."""
    manifest = study.manifest
    yield from heading(f"Run {row.run} of {study.name}")
    scores = ", ".join(f"{capital_title(key)} {score:.1f}" for key, score in row.scores.items())
    yield from wrapped(f"Scores: {scores}", 1)
    met = [manifest.outcomes[name] for name, is_met in row.outcomes.items() if is_met]
    yield from wrapped(f"Came true: {'; '.join(met) or 'no outcome'}", 1)
    exact = "every figure agrees with the stored row, bit for bit."
    close = "acts and figures agree with the stored row to 6 digits."
    yield from wrapped(f"Played again: {exact if is_exact else close}", 1)
    yield ""
    others = ", ".join(each.title for each in CAPITALS if each != seat)
    yield from wrapped(f"Whose seat: {seat.title}. (`seat CAPITAL`: {others})", 5, first=" ")
    yield from item("read: all turns open: timeline, causes, debrief", "-")
    yield from item(
        f"take: Take over from turn {turn}, a game of your own (`turn N` chooses, 1 to "
        f"{manifest.turns})",
        "-",
    )
