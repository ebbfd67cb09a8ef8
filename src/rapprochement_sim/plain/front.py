"""The start at a prompt: go on, begin, load, open a run, settings; then the game itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, RapprochementError, listed
from rapprochement_sim.game.lesson import is_lesson
from rapprochement_sim.game.library import (
    LENS_MIXES,
    NewGame,
    drawn_seed,
    lesson_game,
    others_judging,
)
from rapprochement_sim.game.menu import menu
from rapprochement_sim.plain.choosing import find_capital, words_of
from rapprochement_sim.plain.command import (
    Command,
    command_lines,
    mark_lines,
    menu_lines,
    named_command,
)
from rapprochement_sim.plain.front_pages import (
    card_lines,
    choice_lines,
    load_lines,
    scenario_lines,
    seat_lines,
    start_lines,
)
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.plain.layout import page, refused, wrapped
from rapprochement_sim.plain.run_choice import RunChoice
from rapprochement_sim.plain.settings_page import settings_answer
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rapprochement_sim.game.library import Library, SavedGame, ScenarioCard
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.game.settings import Settings

_LARGEST_SEED = 2**63 - 1
_FIRST = "rekindled_2023"


class Front:
    """Where one chooses a game, and comes back to after it.

    Parameters
    ----------
    library
        Scenarios and saves of the player.
    settings
        What the player has set.
    ask
        Shows a prompt and returns a line; None at the end of input.
    say
        Shows text.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        ask: Callable[[str], str | None],
        say: Callable[[str], object],
    ) -> None:
        self.library = library
        self._settings = settings
        self._ask = ask
        self._say = say
        self._runs = RunChoice(library)
        self._seat: Seat | None = None
        self._is_leaving = False
        self._cards: tuple[ScenarioCard, ...] = ()
        self._scenario, self._lens, self._seed = 0, next(iter(LENS_MIXES)), ""
        self._capital = Capital.SEOUL
        self._groups = self._grouped()
        self.commands = {
            name: each for group in self._groups.values() for name, each in group.items()
        }

    def play(self, seat: Seat) -> None:
        """Play a game; come to the start after it if the player wants another."""
        game = PlainGame(seat, self._ask, self._say, self._settings)
        game.play()
        if game.wants_another:
            self.open()

    def open(self) -> None:
        """Let the player choose games until the player leaves or the input ends."""
        self._is_leaving = False
        self.library.leave()
        self._tell(self._start(""))
        while not self._is_leaving:
            try:
                line = self._ask("start > ")
            except KeyboardInterrupt:
                line = None
            if line is None:
                self._tell(self._leave(""))
                return
            self.obey(line)
            if self._seat is not None:
                seat, self._seat = self._seat, None
                self._is_leaving = True
                self.play(seat)

    def obey(self, line: str) -> None:
        """Do what one line says; a line that cannot be understood is told so."""
        text = line.strip()
        if not text or text.startswith("#"):
            return
        word, _, rest = text.partition(" ")
        try:
            self._tell(named_command(word, self.commands, _SHORT).run(rest.strip()))
        except RapprochementError as error:
            self._tell(refused(error))

    def _tell(self, lines: Iterable[str]) -> None:
        self._say(page(lines))

    # -------------------------------------------------------------- commands

    def _grouped(self) -> dict[str, dict[str, Command]]:
        runs = self._runs
        return {
            "games": {
                "start": Command("", "the first page again", self._start),
                "continue": Command("", "go on with the latest game", self._continue),
                "lesson": Command("", "the first lesson: five turns as Seoul", self._lesson),
                "load": Command("[N or FILE]", "games you played, all kept", self._load),
            },
            "a new game": {
                "new": Command("", "the scenarios, and what is chosen", self._new),
                "scenario": Command(
                    "N or NAME", "tells about one, chooses it", self._choose_scenario
                ),
                "seat": Command("CAPITAL", "whose seat; also of an open run", self._choose_seat),
                "lens": Command("NAME", "how the others judge", self._choose_lens),
                "seed": Command("[NUMBER]", "fixes all chance", self._choose_seed),
                "begin": Command("", "begins it", self._begin),
            },
            "a run of a study": {
                "open": Command("[N or FOLDER]", "the folders of runs, or one of them", runs.open),
                "run": Command("N", "a run of the open folder", runs.run),
                "worst": Command("CAPITAL", "the run of its lowest score", runs.worst),
                "best": Command("CAPITAL", "the run of its highest score", runs.best),
                "turn": Command("N", "from which turn to take over", runs.turn_to),
                "read": Command("", "the open run, all turns open", self._read),
                "take": Command("", "take the seat in the open run", self._take),
            },
            "everywhere": {
                "settings": Command("[NAME VALUE]", "what can be set", self._set),
                "menu": Command("", "what can be done now", lambda _: menu_lines(menu(None))),
                "help": Command("", "every command", self._help),
                "quit": Command("", "leave; everything is saved", self._leave),
            },
        }

    def _start(self, _: str) -> Iterable[str]:
        return start_lines(self._playable())

    def _playable(self) -> Sequence[SavedGame]:
        return [s for s in self.library.saves() if not s.problem and not s.is_over]

    def _continue(self, _: str) -> Iterable[str]:
        games = self._playable()
        if not games:
            what = "there is no game to go on with"
            raise NotAllowedNow(what, todo="`new` begins one, `lesson` the first lesson.")
        return self._opened(games[0].path)

    def _lesson(self, _: str) -> Iterable[str]:
        return self._sat(self.library.start(lesson_game()))

    def _set(self, text: str) -> Iterable[str]:
        return settings_answer(self._settings, text)

    def _help(self, _: str) -> Iterator[str]:
        yield from command_lines(self._groups)
        yield from mark_lines()

    def _leave(self, _: str) -> Iterator[str]:
        self._is_leaving = True
        yield from ("", "Goodbye.")

    # -------------------------------------------------------------- a new game

    def _read_cards(self) -> tuple[ScenarioCard, ...]:
        # What a newcomer begins with stands first.
        if not self._cards:
            cards = self.library.cards()
            self._cards = tuple(sorted(cards, key=lambda card: card.id != _FIRST))
        return self._cards

    def _new(self, _: str) -> Iterable[str]:
        return [*scenario_lines(self._read_cards()), *self._chosen()]

    def _chosen(self) -> Iterator[str]:
        return choice_lines(self._card(), self._capital, self._lens, self._seed)

    def _card(self) -> ScenarioCard:
        return self._read_cards()[self._scenario]

    def _choose_scenario(self, text: str) -> Iterable[str]:
        cards = self._read_cards()
        numbered = {str(number): number - 1 for number in range(1, len(cards) + 1)}
        typed = words_of(text)
        fitting = [numbered[text]] if text in numbered else []
        for number, card in enumerate(cards):
            if not fitting and typed and set(typed) <= set(words_of(f"{card.id} {card.title}")):
                fitting = [number]
        if not fitting:
            what = f"there is no scenario '{text}'" if text else "no scenario is named"
            allowed = f"1 to {len(cards)}, or a word of its title"
            raise MalformedInput(what, allowed=allowed, todo="`new` lists them.")
        self._scenario = fitting[0]
        return [*card_lines(self._card(), self._capital), *self._chosen()]

    def _choose_seat(self, text: str) -> Iterable[str]:
        if self._runs.is_open:
            return self._runs.seat_to(text)
        titles = self._card().titles
        named = [c for c in titles if titles[c].casefold() == text.casefold()]
        self._capital = named[0] if named else find_capital(text)
        return [*seat_lines(self._card(), self._capital), *self._chosen()]

    def _choose_lens(self, text: str) -> Iterable[str]:
        folded = text.casefold()
        names = {(each if mix else "as usual"): each for each, mix in LENS_MIXES.items()}
        fitting = [each for name, each in names.items() if folded and name.startswith(folded)]
        if len(fitting) != 1:
            what = f"there is no school '{text}'" if text else "no school is named"
            raise MalformedInput(what, allowed=listed(names))
        self._lens = fitting[0]
        return self._chosen()

    def _choose_seed(self, text: str) -> Iterable[str]:
        is_number = text.isascii() and text.isdecimal() and int(text) <= _LARGEST_SEED
        if text and not is_number:
            what = f"'{text}' is no seed"
            allowed = f"a number from 0 to {_LARGEST_SEED}, or nothing to leave it to chance"
            raise MalformedInput(what, allowed=allowed)
        self._seed = text
        return self._chosen()

    def _begin(self, _: str) -> Iterable[str]:
        scenario = self._card().id
        game = NewGame(
            scenario,
            self._capital,
            int(self._seed) if self._seed else drawn_seed(),
            lenses=others_judging(self._capital, self._lens),
            is_lesson=is_lesson(scenario, self._capital),
        )
        return self._sat(self.library.start(game))

    # -------------------------------------------------------------- saves and runs

    def _load(self, text: str) -> Iterable[str]:
        saves = self.library.saves()
        if not text:
            return load_lines(saves, self.library.folder)
        if text.isascii() and text.isdecimal():
            if not 1 <= int(text[:6]) <= len(saves):
                what = f"there is no game {text}"
                allowed = f"1 to {len(saves)}" if saves else "none is saved yet"
                raise MalformedInput(what, allowed=allowed, todo="`load` lists them.")
            return self._opened(saves[int(text) - 1].path)
        named = {saved.path.name: saved.path for saved in saves}
        named |= {saved.path.stem: saved.path for saved in saves}
        return self._opened(named.get(text, Path(text).expanduser()))

    def _opened(self, path: Path) -> Iterable[str]:
        self._say(" Opening the game: it is played again and compared.\n")
        seat, notes = self.library.open(path)
        told = (f" Your note of turn {note.turn}: {note.text}" for note in notes)
        return [*told, *self._sat(seat)]

    def _read(self, _: str) -> Iterable[str]:
        return self._sat(self._runs.read())

    def _take(self, _: str) -> Iterable[str]:
        return self._sat(self._runs.take())

    def _sat(self, seat: Seat) -> Iterable[str]:
        """Keep the game that is played next."""
        self._seat = seat
        where = seat.save()
        return wrapped(f"The game is saved in {where}", 1) if where else ()


_SHORT = {
    "c": "continue",
    "f": "lesson",
    "n": "new",
    "l": "load",
    "b": "begin",
    "h": "help",
    "?": "help",
    "q": "quit",
    "exit": "quit",
    "resume": "load",
    "runs": "open",
}
