"""Looking back on the screens and in the plain game: worlds beside, past turns, branches."""

from __future__ import annotations

import multiprocessing
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, OutputProblem
from rapprochement_sim.game.analysis_process import looks_beside, looks_of
from rapprochement_sim.game.debrief_pages import DEBRIEF_PAGES, page_named
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.published_record import published_record
from rapprochement_sim.plain import timeline_page
from rapprochement_sim.plain.analysis_page import analysis_page
from rapprochement_sim.plain.debrief_page import opened_page
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.plain.layout import WIDTH
from rapprochement_sim.tui.boards import turns
from rapprochement_sim.tui.boards.hindsight import luck_lines, turning_lines, who_lines
from rapprochement_sim.tui.boards.intervals import interval_bar
from rapprochement_sim.tui.boards.worlds import worlds_lines
from rapprochement_sim.tui.screens import debrief as debrief_screen
from rapprochement_sim.vocabulary import Capital
from tests.game.games import play_busily
from tests.tui.playing import FEW_WORLDS, LESSON, Player, play, with_few_worlds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.tui.lines import Line

SEOUL = Capital.SEOUL
BOARDS = {"turning": turning_lines, "luck": luck_lines, "who": who_lines, "worlds": worlds_lines}
WORLDS = f"{FEW_WORLDS.worlds} automated worlds beside this one"
WIDE = 120


def ended(path: Path | None = None) -> Session:
    session = start_game(LESSON, seats=[SEOUL], seed=7, path=path)
    play_busily(session, session.case.world.n_turns)
    return session


@pytest.fixture(scope="module")
def over() -> LocalSeat:
    return with_few_worlds(LocalSeat(ended(), SEOUL))


@pytest.fixture(scope="module")
def analysis(over: LocalSeat) -> Analysis:
    *_, last = over.past.looks(lambda: True)
    assert last.is_done
    assert last.analysis is not None
    return last.analysis


@pytest.fixture
def saved(tmp_path: Path) -> LocalSeat:
    return with_few_worlds(LocalSeat(ended(tmp_path / "game.jsonl"), SEOUL))


def shown(lines: Iterable[Line]) -> str:
    return "\n".join("".join(span.text for span in line) for line in lines)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


# ------------------------------------------------------------------ twins


@pytest.mark.parametrize("word", sorted(BOARDS))
def test_the_plain_page_and_the_board_tell_the_same_numbers(word: str, analysis: Analysis) -> None:
    plain = "\n".join(analysis_page(word, analysis))
    board = shown(BOARDS[word](analysis, WIDE))
    assert numbers(plain) <= numbers(board)
    assert numbers(plain)


def test_every_page_of_the_debrief_is_on_both_faces(over: LocalSeat) -> None:
    opened = over.debrief()
    pages = {page.word for page in DEBRIEF_PAGES if not page.needs_worlds}
    assert set(debrief_screen._OPENED) == pages  # noqa: SLF001 - what the screen knows
    assert set(BOARDS) == {page.word for page in DEBRIEF_PAGES if page.needs_worlds}
    for word in pages:
        plain = "\n".join(opened_page(word, opened))
        board = shown(debrief_screen._OPENED[word](opened, WIDE))  # noqa: SLF001
        above = page_named(word).about
        assert numbers(plain) <= numbers(board + above) | {"2", "30"}, word


def test_no_line_is_longer_than_the_screen_is_wide(over: LocalSeat, analysis: Analysis) -> None:
    for width in (74, 102):
        boards = [board(analysis, width) for board in BOARDS.values()]
        boards += [board(over.debrief(), width) for board in debrief_screen._OPENED.values()]  # noqa: SLF001
        for lines in boards:
            assert max(len(line) for line in shown(lines).split("\n")) <= width


def test_past_turns_and_the_record_are_told_by_both_faces(over: LocalSeat) -> None:
    past = over.past.turn(2)
    board = shown(turns.desk_then_lines(past, WIDE))
    plain = "\n".join(timeline_page.desk_then_lines(2, past))
    assert past.decided
    for text in past.decided:
        assert text.split(",")[0] in board
        assert text.split(",")[0] in plain
    figures = over.figures()
    by_name = {reading.name: reading for reading in figures}
    for turn in range(1, over.turn + 1):
        told = shown(turns.record_lines(turn, past.record, by_name, WIDE))
        assert numbers("\n".join(timeline_page.record_lines(turn, past.record, figures))) <= (
            numbers(told) | {str(turn)}
        )
        for event in past.record.of_turn(turn).events:
            assert event.date in told


# ------------------------------------------------------------------ what may be known


def test_nothing_is_opened_before_the_end() -> None:
    session = start_game(LESSON, seats=[SEOUL], seed=7)
    play_busily(session, 2)
    past = LocalSeat(session, SEOUL).past
    for ask in (lambda: past.looks(lambda: True), past.account):
        with pytest.raises(NotAllowedNow, match=r"when (the|its) last turn"):
            ask()
    with pytest.raises(MalformedInput, match="turn 3 has not been resolved"):
        past.turn(3)
    with pytest.raises(NotAllowedNow, match="not saved"):
        past.branch(1)


def test_a_turn_opened_again_is_the_page_of_then(tmp_path: Path) -> None:
    session = start_game(LESSON, seats=[SEOUL], seed=7, path=tmp_path / "game.jsonl")
    pages = {}
    for turn in (1, 2, 3):
        pages[turn] = LocalSeat(session, SEOUL).brief()
        play_busily(session, 1)
    past = LocalSeat(session, SEOUL).past
    for turn, page in pages.items():
        assert past.turn(turn).briefing == page
        other = LocalSeat(session, Capital.BEIJING).past.turn(turn)
        assert other.decided == (), "nobody sat there"


def test_two_branches_agree_until_they_part(saved: LocalSeat, tmp_path: Path) -> None:
    place = saved.past.branch(3)
    assert read_journal(Path(place)).header.parent is not None
    (other,) = saved.past.others()
    assert (other.turns, other.shared, other.path) == (2, 2, place)
    sides = saved.past.beside(place)
    assert [turn.is_shared for turn in sides.turns] == [True, True] + [False] * (saved.turn - 2)
    assert sides.turns[3].news_there == ()
    for figure in sides.figures:
        assert figure.here[: len(figure.there)] == figure.there
        assert len(figure.here) == saved.turn + 1
    assert "composites" not in str(sides.figures)
    strange = start_game("spiral_2018", seats=[SEOUL], seed=7, path=tmp_path / "strange.jsonl")
    assert strange.path is not None
    assert [each.name for each in saved.past.others()] == [other.name]
    with pytest.raises(MalformedInput, match="of another scenario"):
        saved.past.beside(str(strange.path))


def test_seats_of_two_sides_are_compared_by_what_was_published(
    saved: LocalSeat, tmp_path: Path
) -> None:
    theirs = start_game(LESSON, seats=[Capital.TOKYO], seed=8, path=tmp_path / "tokyo.jsonl")
    play_busily(theirs, 1)
    sides = saved.past.beside(str(tmp_path / "tokyo.jsonl"))
    secret = set(saved.session.case.loaded.rules.composites)
    secret |= {"trust_seoul_tokyo", "trust_tokyo_seoul"}
    assert not secret & {figure.name for figure in sides.figures}
    assert sides.other.shared == 0


# ------------------------------------------------------------------ on the screens


def test_the_debrief_is_leafed_through_and_written_to_files(
    saved: LocalSeat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report, copy = tmp_path / "report.html", tmp_path / "copy.jsonl"

    async def doing(player: Player) -> None:
        assert "of 100" in player.read()
        assert "Nobody has to lose" in player.read()
        await player.press("2")
        await player.until_it_says("Turning points of Seoul")
        assert "what befell" in await player.press("3")
        assert "takes part" in await player.press("4")
        assert "No forecast was made" in await player.press("5")
        first = await player.press("6")
        assert "Score of Seoul: worlds by where they ended" in first
        await player.press("down", "enter")
        assert "Score of Tokyo: worlds by where they ended" in player.read()
        await player.press("f", "ctrl+u", *report.name, "enter")
        await player.until_it_says("The report is in")
        await player.press("ctrl+u", *copy.name, "enter")
        await player.until_it_says("The save is copied to")
        await player.press("enter")
        await player.until_it_says("there is a file of that name already")

    play(doing, tmp_path, seat=saved, size=(100, 40))
    assert WORLDS in report.read_text("utf-8")
    assert read_journal(copy) == saved.session.journal()
    with pytest.raises(OutputProblem):
        saved.past.copy(str(copy))


def test_worlds_can_be_stopped_and_played_again(saved: LocalSeat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("6")
        if "z stops" in player.read():
            await player.press("z")
        if "Stopped" in player.read():
            await player.press("z")
        await player.until_it_says(WORLDS)
        assert "z" not in player.read().splitlines()[-1].split()

    play(doing, tmp_path, seat=saved)


def test_a_branch_is_begun_from_the_timeline_and_set_beside_its_parent(
    saved: LocalSeat, tmp_path: Path
) -> None:
    async def doing(player: Player) -> None:
        await player.press("escape", "t")
        assert f"Turn {saved.turn} of {saved.turn}" in player.read()
        await player.press(*["left"] * (saved.turn - 3), "2")
        await player.until_it_says("What you decided")
        await player.press("3")
        await player.until_it_says("Published polls of these months")
        await player.press("b")
        assert "A branch from turn 3" in player.read()
        await player.press("enter")
        await player.until("RoomScreen")
        desk = player.app.desk
        assert desk.seat is not saved
        assert desk.seat.turn == 2
        await player.press("t", "4")
        await player.until_it_says("game.jsonl")
        await player.press("enter")
        await player.until_it_says("the first 2 turns")
        assert "Turn 2 is the same in both" in player.read()
        await player.press("end")
        assert "A - B" in player.read()

    play(doing, tmp_path, seat=saved)


# ------------------------------------------------------------------ in the plain game


def test_the_plain_game_looks_back_as_well(saved: LocalSeat, tmp_path: Path) -> None:
    said: list[str] = []
    game = PlainGame(saved, lambda _: None, said.append)

    def told(line: str) -> str:
        said.clear()
        game.obey(line)
        return "".join(said)

    assert WORLDS in told("debrief worlds")
    assert "Playing worlds" not in told("debrief luck"), "they are played once"
    assert "Score of Tokyo: worlds by where they ended" in told("debrief worlds tokyo")
    assert "judges as" in told("debrief seats")
    assert "did you mean 'luck'" in told("debrief luk")
    assert "What you decided in turn 2" in told("timeline 2 desk")
    assert f"The record of the months of turn {saved.turn}" in told("timeline record")
    assert f"Turn {saved.turn} of {saved.turn}" in told("timeline")
    assert "There is none in this folder" in told("beside")
    assert "play --resume" in told("branch 2")
    assert "game-turn2.jsonl: Seoul, 1 turns" in told("beside")
    assert "there" in told("beside game-turn2.jsonl")
    assert "The report is in" in told(f"export {tmp_path / 'report.html'}")
    assert "neither that it is a report" in told("export report.txt")
    assert "'soon' is no turn" in told("branch soon")
    for line in ("debrief worlds", "debrief who", "timeline 2 record", "beside game-turn2.jsonl"):
        assert max(map(len, told(line).splitlines())) <= WIDTH


# ------------------------------------------------------------------ worlds in a process


@pytest.mark.slow
def test_worlds_of_another_process_are_those_of_this_one() -> None:
    session = ended()
    *_, there = looks_beside(session, FEW_WORLDS, lambda: True)
    *_, here = looks_of(session, FEW_WORLDS, lambda: True)
    assert there.analysis == here.analysis
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_nothing_runs_on_when_nobody_waits() -> None:
    session = ended()
    looks = looks_beside(session, FEW_WORLDS, lambda: True)
    assert next(looks).analysis is None
    assert multiprocessing.active_children()
    looks.close()
    assert multiprocessing.active_children() == []
    assert list(looks_of(session, FEW_WORLDS, lambda: False)) == []


def test_an_interval_is_drawn_where_it_lies(analysis: Analysis) -> None:
    (seat,) = analysis.seats
    effect = seat.turning_points[0].effect
    drawn = interval_bar(effect, (effect.low - 1.0, effect.high + 1.0), 41)
    assert len(drawn) == 41
    assert drawn.count("o") == 1
    assert drawn.strip("|").strip().strip("-") in {"o", "|", "o|", "|o"} or "-" in drawn


def test_a_record_says_in_which_turns_polls_were_published() -> None:
    session = start_game("spiral_2018", seats=[SEOUL], seed=7)
    play_busily(session, 1)
    record = published_record(session.case.loaded)
    quiet = next(turn for turn in range(1, 13) if not record.of_turn(turn).polls)
    figures = LocalSeat(session, SEOUL).figures()
    told = "\n".join(timeline_page.record_lines(quiet, record, figures))
    assert "Those of turns" in told


def test_before_the_first_turn_is_over_the_timeline_has_nothing_to_open(tmp_path: Path) -> None:
    seat = LocalSeat(start_game(LESSON, seats=[SEOUL], seed=7), SEOUL)

    async def doing(player: Player) -> None:
        await player.press("enter", "t", "2", "right", "left", "3", "b")
        await player.app.workers.wait_for_complete()
        assert "No turn has been resolved yet" in player.read()

    play(doing, tmp_path, seat=seat)
