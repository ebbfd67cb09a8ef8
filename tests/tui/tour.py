"""The way to every screen, and the words that must stand there.

``STOPS`` is complete: a screen in ``routes.py`` without a stop fails a test. Every stop
begins on a fresh situation room (or start screen), so that stops do not lean on each other.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from textual.widgets import Input

from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.settings import THEME_NAMES
from rapprochement_sim.tui.routes import screen_for
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, order_of, play_busily
from tests.tui import hand
from tests.tui.playing import LESSON, play, with_few_worlds
from tests.tui.snapshots import picture

if TYPE_CHECKING:
    from pathlib import Path

    from textual.strip import Strip

    from rapprochement_sim.game.advice import AdviceState
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.game.session import Session
    from tests.tui.playing import Player

Game = Literal["none", "first", "midgame", "orders", "over"]
SEOUL = Capital.SEOUL
DARK, LIGHT = THEME_NAMES[:2]
GIVEN = "given"
"""Stands for the number of the staff paper that has been given."""
CLICK, OPEN = "@", "!"
"""Begin words that are clicked, and the name of a screen that opens by itself in play."""
_SAVED_AT = 1_700_000_000
"""When the save on the lists was written; the day shown depends on the zone."""


@dataclass(frozen=True)
class Stop:
    """A screen with something on it.

    Attributes
    ----------
    name
        Name of its snapshot.
    place
        Its name in ``routes.py``.
    game
        Which game is open.
    keys
        How it is reached from the situation room; from the start screen without a game.
    words
        What must stand there at every size.
    wait
        Words that a worker brings; the screen is ready when they stand there.
    """

    name: str
    place: str
    game: Game
    keys: tuple[str, ...]
    words: tuple[str, ...]
    wait: str = ""


STOPS = (
    Stop("start", "start", "none", (), ("Continue", "First lesson", "New game"), "Continue   "),
    Stop("new-game", "new_game", "none", ("n",), ("Scenario", "Rekindled"), "[ Begin ]"),
    Stop("load", "load", "none", ("l",), ("Load a game", "Seoul", "turn 2 of 8"), "turn 2 of"),
    Stop("open-run", "open_run", "none", ("@Open a run",), ("Run folders here",), "working folder"),
    Stop("settings", "settings", "none", ("@Settings",), ("Colours", "dark", "NO_COLOR")),
    Stop("instructions", "instructions", "first", ("b",), ("A turn, 8 in all", "Your goals")),
    Stop("room-first-turn", "room", "first", (), ("Your instructions (b)", "turn 1 of 8")),
    Stop("room", "room", "midgame", (), ("How things stand", "Ahead", "Last turn")),
    Stop("room-government", "room", "midgame", ("2",), ("Your government and goals", "counts ")),
    Stop("room-publics", "room", "midgame", ("3",), ("Korea unfavourable of Japan", "turn 12")),
    Stop("room-relations", "room", "midgame", ("4",), ("TRUST of row in column", "THREAT")),
    Stop("room-disputes", "room", "midgame", ("5",), ("hurt", "on the mind", "settled")),
    Stop("room-institutions", "room", "midgame", ("6",), ("regular", "treaty")),
    Stop("room-region", "room", "midgame", ("7",), ("BEIJING", "PYONGYANG", "WASHINGTON")),
    Stop("orders", "orders", "orders", ("o",), ("Staff papers", "Decided in this turn")),
    Stop("orders-search", "orders", "orders", ("o", "/", *"summit"), ("ummit",)),
    Stop("order", "order", "midgame", ("o", "2"), ("political capital", "Modifiers")),
    Stop("order-refused", "order", "orders", ("o", GIVEN), ("Not now:",)),
    Stop("offers", "offers", "midgame", ("p", "o"), ("Decided in this turn",)),
    Stop("proposals", "proposals", "midgame", ("p",), ("Offered to you",)),
    Stop("offer", "offer", "midgame", ("p", "enter"), ("[ Accept ]", "[ Refuse ]")),
    Stop("answers", "proposals", "orders", ("p",), ("How the talks of this turn ended",)),
    Stop("closing-talks", "closing", "midgame", ("e",), ("Close the talks of this turn",)),
    Stop("closing-turn", "closing", "orders", ("e",), ("End the turn", "is final")),
    Stop("advisers", "advisers", "midgame", ("a",), ("REALIST", "rollouts")),
    Stop("figure", "figure", "midgame", ("down", "enter"), ("A figure", "start ", " now")),
    Stop("resolution", "resolution", "midgame", ("!resolution",), ("Turn 3 is over",)),
    Stop(
        "resolution-changes",
        "resolution",
        "midgame",
        ("!resolution", "escape"),
        ("What moved, and why",),
    ),
    Stop("why", "why", "midgame", ("down", "?"), ("Why it changed", "In turn 3")),
    Stop("source", "source", "midgame", ("down", "s"), ("Source: what stands behind it",)),
    Stop("timeline", "timeline", "midgame", ("t",), ("Turn 3 of 12",)),
    Stop("programmes", "programmes", "midgame", ("r",), ("That ask you first", "done")),
    Stop("programme", "programme", "midgame", ("r", "enter"), ("Steps", "* done")),
    Stop("codex", "codex", "midgame", ("c",), ("Codex: Enter explains a name",)),
    Stop("forecasts", "forecasts", "midgame", ("f",), ("Your forecasts", "95%", "when turn 4")),
    Stop("note", "note", "midgame", ("w",), ("A note to yourself",)),
    Stop("keys", "keys", "midgame", ("h",), ("Keys and marks",)),
    Stop("room-over", "room", "over", (), ("The game is over. d opens the debrief",)),
    Stop("debrief", "debrief", "over", ("d",), ("Debrief", "of 100")),
    Stop("debrief-turning", "debrief", "over", ("d", "2"), ("Turning points of",), "mattered"),
    Stop("debrief-luck", "debrief", "over", ("d", "3"), ("what befell",), "Turn by turn"),
    Stop("debrief-who", "debrief", "over", ("d", "4"), ("takes part",), "Decisions of Seoul"),
    Stop("debrief-forecasts", "debrief", "over", ("d", "5"), ("No forecast was made",)),
    Stop("debrief-worlds", "debrief", "over", ("d", "6"), ("< this game",), "worlds beside this"),
    Stop("debrief-seats", "debrief", "over", ("d", "7"), ("judges as",)),
    Stop("debrief-causes", "debrief", "over", ("d", "8"), ("Sum of all causes = the change",)),
    Stop("export", "export", "over", ("d", "f", "ctrl+u", *"x.html"), (".html", ".jsonl")),
    Stop("timeline-desk", "timeline", "midgame", ("t", "2"), ("What you decided",), "decided"),
    Stop("timeline-record", "timeline", "midgame", ("t", "3"), ("Published polls",), "happened in"),
    Stop("timeline-sides", "timeline", "midgame", ("t", "4"), ("There is none",), "none in this"),
    Stop("branch", "branch", "midgame", ("t", "b"), ("[ Begin in turn 3 ]",)),
)
SIZES = ((80, 24), (120, 40), (160, 50))
BY_HAND = {
    "too_small": "it comes when the window shrinks",
    "letters": "only a seat of a class has messages",
    "behind": "only a masked game has one: tests/scenarios/test_unmasking.py",
    "drafts": "only a seat of a class has drafts",
}
"""Screens that no key opens: tests of their own."""


@dataclass(frozen=True)
class Seen:
    """What a screen says, and its picture in both themes."""

    text: str
    picture: str
    cut: tuple[str, ...]
    """Lines that their boards are too narrow for."""


class Tour:
    """Takes a player to every stop.

    Parameters
    ----------
    folder
        Where the games are saved that stand on the lists. A relative one, so that no path
        of this machine stands on a screen.
    """

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        _keep_a_game(self.library)
        seed = next(seed for seed in range(7, 99) if _has_an_offer(_middle(seed)))
        self._given, ordering = _ordering(_middle(seed))
        self._seats: dict[Game, Seat] = {
            "first": LocalSeat(start_game(LESSON, seats=[SEOUL], seed=7), SEOUL),
            "midgame": AdvisedSeat(_middle(seed), SEOUL),
            "orders": ordering,
            "over": with_few_worlds(LocalSeat(_ended(), SEOUL)),
        }
        *_, self._looked_back = self._seats["over"].past.looks(lambda: True)

    def pictures(self, size: tuple[int, int]) -> dict[str, Seen]:
        """Visit every stop in the dark and in the light theme; return what is seen, by name."""
        seen: dict[str, Seen] = {}

        async def doing(player: Player) -> None:
            for stop in STOPS:
                seen[stop.name] = await self._see(player, stop)

        play(doing, self.library.folder, size=size)
        return seen

    async def _see(self, player: Player, stop: Stop) -> Seen:
        drawn: dict[str, list[Strip]] = {}
        text = await self.go(player, stop)
        for line in player.app.screen.query(Input):
            line.cursor_blink = False  # when a picture is taken must not show in it
        await player.app.workers.wait_for_complete()
        await hand.settle(player.app)
        drawn[player.app.theme] = player.look()
        # The next stop begins in this theme: changing it takes as long as a stop.
        player.app.theme = LIGHT if player.app.theme == DARK else DARK
        await hand.settle(player.app)
        drawn[player.app.theme] = player.look()
        cut = [line for board in player.app.screen.query(Board) for line in board.cut_lines]
        return Seen(text, picture(drawn[DARK], drawn[LIGHT]), tuple(cut))

    async def go(self, player: Player, stop: Stop) -> str:
        """Take a player to a stop from anywhere; return what the screen says there."""
        player.app.stand_up()
        await hand.settle(player.app)
        if stop.game != "none":
            player.app.play(self._seats[stop.game])
            if stop.game == "over":
                # The worlds are there from the start: how soon they come is no one's picture.
                player.app.desk.look_back = self._looked_back
            await hand.settle(player.app)
            if player.where in ("InstructionsScreen", "DebriefScreen"):
                await player.press("escape")
        elif stop.name == "start":
            # Opened anew, its cursor stands where a newcomer finds it.
            await player.app.switch_screen(screen_for("start", ()))
            await hand.settle(player.app)
        for key in stop.keys:
            if key.startswith(OPEN):
                player.app.go(key.removeprefix(OPEN))
                await hand.settle(player.app)
            elif key.startswith(CLICK):
                await player.click(key.removeprefix(CLICK), times=2)
            else:
                await player.press(self._given if key == GIVEN else key)
        return await player.until_it_says(stop.wait)


class AdvisedSeat(LocalSeat):
    """A seat whose advisers answer once, at once, and as on every machine."""

    def advice(self, *, wait: bool = False) -> AdviceState:
        """Return the first advice that there is."""
        state = super().advice(wait=wait)
        while state.advice is None:
            state = super().advice(wait=wait)
        self.cancel_advice()
        return replace(state, status="done", wanted=state.advice.n_rollouts)


def _keep_a_game(library: Library) -> None:
    """Keep a game in its second turn, written at a fixed time."""
    game = NewGame(LESSON, SEOUL, 7)
    path = library.free_path(game)
    seat = library.start(game)
    for _ in ("talks", "orders"):
        seat.commit()
    os.utime(path, (_SAVED_AT, _SAVED_AT))


def _middle(seed: int) -> Session:
    session = new_game(SEOUL, seed=seed)
    play_busily(session, 3)
    return session


def _has_an_offer(session: Session) -> bool:
    return bool(session.offers_to(SEOUL))


def _ordering(session: Session) -> tuple[str, Seat]:
    """Close the talks and give a staff paper; return its number and the seat."""
    seat = LocalSeat(session, SEOUL)
    seat.commit()
    paper = next(paper for paper in seat.brief().papers if not paper.reason)
    seat.submit(order_of(SEOUL, paper.action, paper.target, paper.modifiers))
    return str(paper.number), seat


def _ended() -> Session:
    session = start_game(LESSON, seats=[SEOUL], seed=7)
    play_busily(session, session.case.world.n_turns)
    return session
