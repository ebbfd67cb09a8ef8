"""The shelf of a player: scenarios to start, saves to go on with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, RapprochementError
from rapprochement_sim.game.adviser_workers import shared_workers
from rapprochement_sim.game.branching import go_on
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.lesson import begin_lesson
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.naming import title_under, worn
from rapprochement_sim.scenario.labels import skin_of
from rapprochement_sim.scenario.lessons import first_lesson
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario
from rapprochement_sim.scenario.wearing import wear_labels
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.game.journal import Note
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.scenario.loading import LoadedScenario

SEEDS = 1_000_000
_SAVES_SHOWN = 30
_FOLDERS_SHOWN = 30
RUN_MANIFEST = "manifest.json"
_DEPTHS = ("", "*/", "*/*/")
LENS_MIXES: dict[str, dict[str, float]] = {
    "as in the scenario": {},
    "realist": {"realist": 1.0},
    "liberal": {"liberal": 1.0},
    "constructivist": {"constructivist": 1.0},
}
"""How the other governments judge, by the name of the choice; empty keeps the scenario's."""


@dataclass(frozen=True)
class ScenarioCard:
    """What a player reads before choosing a scenario.

    ``seats`` holds each introduction, ``titles`` what each seat is called there.
    """

    id: str
    title: str
    era: str
    length: str
    difficulty: str
    summary: str
    teaches: str
    seats: Mapping[Capital, str]
    titles: Mapping[Capital, str]


@dataclass(frozen=True)
class SavedGame:
    """A save on the shelf.

    ``problem`` says why it cannot be read, empty if it can; ``seat_title`` is what the scenario
    calls the seat.
    """

    path: Path
    scenario: str
    seat: Capital | None
    turns: int
    n_turns: int
    seed: int
    changed: float
    problem: str
    seat_title: str = "nobody"

    @property
    def is_over(self) -> bool:
        """Whether its last turn has been resolved."""
        return 0 < self.n_turns <= self.turns

    @property
    def stands_at(self) -> str:
        """How far the game is."""
        return "finished" if self.is_over else f"turn {self.turns + 1} of {self.n_turns}"

    @property
    def told(self) -> str:
        """Which game it is, and how far."""
        return f"{self.scenario}, {self.seat_title}, {self.stands_at}"

    @property
    def last_played(self) -> str:
        """When it was played last, by the clock of this computer."""
        return f"{datetime.fromtimestamp(self.changed, tz=UTC).astimezone():%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class NewGame:
    """What a player chose for a game: empty ``lenses`` keep the scenario's schools."""

    scenario: str
    seat: Capital
    seed: int
    run: int = 0
    lenses: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    is_lesson: bool = False


def lesson_game() -> NewGame:
    """Return the game of the first lesson."""
    text = first_lesson()
    return NewGame(text.scenario, capital_named(text.seat), text.seed, is_lesson=True)


def drawn_seed() -> int:
    """Draw a seed for a game of which the player named none."""
    return secrets.randbelow(SEEDS)


def others_judging(seat: Capital, choice: str) -> dict[str, dict[str, float]]:
    """Return the lens weights of a choice in :data:`LENS_MIXES`, for every other capital."""
    mix = LENS_MIXES[choice]
    return {other.key: mix for other in CAPITALS if other != seat} if mix else {}


class Library:
    """A player's scenarios and saves.

    Parameters
    ----------
    folder
        Where games are saved.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, LoadedScenario] = {}

    def cards(self) -> tuple[ScenarioCard, ...]:
        """Return the scenarios that come along."""
        return tuple(_card(self._scenario(name)) for name in list_scenarios())

    def saves(self) -> tuple[SavedGame, ...]:
        """Return the saves in the folder, the latest first."""
        found = []
        for path in self.folder.glob("*.jsonl"):
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:
                continue
        found.sort(key=lambda entry: (-entry[0], entry[1].name))
        return tuple(self._saved(path, changed) for changed, path in found[:_SAVES_SHOWN])

    def free_path(self, game: NewGame) -> Path:
        """Name a file that does not exist yet."""
        return self._free(f"{Path(game.scenario).stem}-{game.seat.key}-{game.seed}")

    def _free(self, stem: str) -> Path:
        number, path = 1, self.folder / f"{stem}.jsonl"
        while path.exists():
            number += 1
            path = self.folder / f"{stem}-{number}.jsonl"
        return path

    def start(self, game: NewGame, path: Path | None = None) -> Seat:
        """Start a game, saved in a free file unless ``path`` names one."""
        wear_labels(game.scenario)
        session = start_game(
            game.scenario,
            seats=[game.seat],
            seed=game.seed,
            run=game.run,
            lenses=game.lenses,
            path=path or self.free_path(game),
        )
        if game.is_lesson:
            begin_lesson(session, game.seat)
        return self.sit(session, game.seat)

    def open(self, path: Path) -> tuple[Seat, tuple[Note, ...]]:
        """Open a save to go on with it; return the seat and its notes."""
        wear_labels(read_journal(path).header.scenario)
        session = open_game(path)
        if not session.seats:
            what = "nobody plays in this game: every seat decides by itself"
            raise MalformedInput(what, where=str(path), todo="`rapprochement replay` tells it.")
        seat = self.sit(session, session.seats[0])
        return seat, tuple(session.notes)

    def run_folders(self) -> tuple[Path, ...]:
        """Return the run folders in and under the working folder, two levels down."""
        found = (path.parent for depth in _DEPTHS for path in Path().glob(depth + RUN_MANIFEST))
        return tuple(sorted(found, key=str)[:_FOLDERS_SHOWN])

    def sit(self, session: Session, capital: Capital) -> Seat:
        """Sit down at a game: to play it, or to read one that is over."""
        return LocalSeat(session, capital, workers=shared_workers())

    def take_over(self, session: Session, capital: Capital, study: str, run: int) -> Seat:
        """Go on with a run that stands where a turn opens, in a game of its own."""
        wear_labels(session.case.loaded.path)
        turn = session.turn + 1
        path = self._free(f"{study}-run{run}-{capital.key}-turn{turn}")
        return self.sit(go_on(session, (capital,), f"{study}, run {run}", path), capital)

    def leave(self) -> None:
        """Call the chairs by their own names again: no game is on the table."""
        wear_labels(None)

    def _scenario(self, name: str) -> LoadedScenario:
        if name not in self._loaded:
            self._loaded[name] = load_scenario(name)
        return self._loaded[name]

    def _saved(self, path: Path, changed: float) -> SavedGame:
        try:
            journal = read_journal(path)
        except RapprochementError as error:
            return SavedGame(path, path.stem, None, 0, 0, 0, changed, error.what)
        header = journal.header
        title, n_turns, problem, skin = header.scenario, 0, "", worn().base
        try:
            loaded = self._scenario(header.scenario)
            title, n_turns = loaded.schema.title, loaded.schema.turns
            skin = skin_of(loaded.path)
            if loaded.rules_hash != header.rules_hash:
                problem = "played by another version of the rules"
            elif loaded.content_hash != header.content_hash:
                problem = "played by another text of its scenario"
        except RapprochementError as error:
            problem = error.what
        if not header.seats:
            problem = "nobody plays in it"
        seat = header.seats[0] if header.seats else None
        return SavedGame(
            path=path,
            scenario=title,
            seat=seat,
            turns=len(journal.turns),
            n_turns=n_turns,
            seed=header.seed,
            changed=changed,
            problem=problem,
            seat_title="nobody" if seat is None else title_under(skin, seat.key),
        )


def _card(loaded: LoadedScenario) -> ScenarioCard:
    scenario = loaded.schema
    kind = "quarters" if scenario.turn_months == 3 else "months"
    return ScenarioCard(
        id=loaded.id,
        title=scenario.title,
        era=scenario.era,
        length=f"{scenario.turns} {kind}",
        difficulty=scenario.difficulty,
        summary=scenario.summary,
        teaches=scenario.teaches,
        seats={
            capital: scenario.seats[capital.key].introduction  # type: ignore[index]
            for capital in CAPITALS
        },
        titles={capital: title_under(skin_of(loaded.path), capital.key) for capital in CAPITALS},
    )
