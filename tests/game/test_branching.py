"""A branch shares its parent's past, leaves it alone, and with equal orders stays equal."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.errors import MalformedInput, WrongVersion
from rapprochement_sim.game.branching import branch_game
from rapprochement_sim.game.journal import Parent
from rapprochement_sim.game.journal_files import read_journal, write_journal
from rapprochement_sim.game.replaying import open_game, replay
from rapprochement_sim.game.session import Session
from rapprochement_sim.vocabulary import Capital
from tests.game.commands import Commands
from tests.game.games import new_game, play_busily, seated

TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL
TURNS = 6


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a save of a busy game of six turns, Tokyo and Pyongyang played."""
    path = tmp_path_factory.mktemp("parent") / "parent.jsonl"
    session = new_game(TOKYO, Capital.PYONGYANG, seed=11, path=path)
    play_busily(session, TURNS)
    session.note(TOKYO, "late")
    return path


def digests(session: Session) -> list[str]:
    return [turn.digest for turn in session.turns]


def decide_again(session: Session, parent: Session) -> None:
    """Give the orders of the parent's turn in which the game stands, one by one."""
    talked = parent.turns[session.turn].decisions
    for decision in (d for d in talked if d.seat in session.seats):
        if decision.kind == "offer":
            session.submit(decision.order)
        elif decision.kind == "answer":
            session.answer(decision.seat, decision.partner, accepts=decision.accepts)
    session.advance()
    for decision in (d for d in talked if d.seat in session.seats and d.kind == "order"):
        session.submit(decision.order)
    session.advance()


@settings(max_examples=3)
@given(turn=st.integers(1, TURNS + 1))
def test_a_branch_with_the_same_orders_equals_its_parent(save: Path, turn: int) -> None:
    parent = open_game(save)
    branch = branch_game(save, turn)
    assert digests(branch) == digests(parent)[: turn - 1]
    assert branch.seats == parent.seats
    while branch.turn < parent.turn:
        decide_again(branch, parent)
    assert digests(branch) == digests(parent)
    assert branch.journal().turns == parent.journal().turns


def test_a_branch_goes_its_own_way_and_the_parent_is_left_alone(save: Path) -> None:
    before = save.read_bytes()
    own = save.with_name("own.jsonl")
    branch = branch_game(save, 4, path=own)
    branch.note(TOKYO, "another way")
    branch.play_turn()
    assert save.read_bytes() == before
    parent = read_journal(save)
    kept = read_journal(own)
    assert kept.turns[:3] == parent.turns[:3]
    assert kept.turns[3].digest != parent.turns[3].digest
    assert kept.header == replace(
        parent.header, parent=Parent("parent.jsonl", 4, parent.turns[2].digest)
    )
    assert [note.text for note in kept.notes] == ["another way"]
    assert replay(kept, own).is_exact


def test_a_branch_of_another_seat_replays_with_who_sat_when(save: Path) -> None:
    own = save.with_name("seoul.jsonl")
    branch = branch_game(save, 3, seat=SEOUL, path=own)
    assert branch.seats == (SEOUL,)
    play_busily(branch, 2)
    kept = read_journal(own)
    assert kept.header.seats_in(2) == (TOKYO, Capital.PYONGYANG)
    assert kept.header.seats_in(3) == (SEOUL,)
    replayed = replay(kept, own)
    assert replayed.is_exact
    assert not replayed.difference
    again = branch_game(own, 2, path=save.with_name("again.jsonl"))
    assert again.seats == (TOKYO, Capital.PYONGYANG)
    assert again.header.earlier_seats == ()
    thrice = branch_game(own, 5, seat=TOKYO)
    assert [thrice.header.seats_in(turn) for turn in (2, 4, 5)] == [
        (TOKYO, Capital.PYONGYANG),
        (SEOUL,),
        (TOKYO,),
    ]


def test_a_game_nobody_played_needs_a_seat(tmp_path: Path) -> None:
    path = tmp_path / "automated.jsonl"
    session = new_game(seed=3, path=path)
    while session.turn < 3:
        session.play_turn()
    with pytest.raises(MalformedInput, match="every seat of this game decides by itself") as told:
        branch_game(path, 2)
    assert "--seat" in str(told.value)
    taken = branch_game(path, 2, seat=SEOUL)
    taken.play_turn()
    assert taken.turns[0].digest == session.turns[0].digest
    assert not [d for d in taken.turns[1].decisions if d.seat == SEOUL and d.kind != "answer"]


@pytest.mark.parametrize("turn", [0, TURNS + 2])
def test_a_turn_beyond_the_game_is_refused(save: Path, turn: int) -> None:
    with pytest.raises(MalformedInput, match=f"has no turn {turn} to go on from") as told:
        branch_game(save, turn)
    assert f"1 to {TURNS + 1}" in str(told.value)


def test_a_finished_game_has_no_turn_after_its_last(tmp_path: Path) -> None:
    path = tmp_path / "over.jsonl"
    session = new_game(TOKYO, path=path)
    while not session.is_over:
        session.play_turn()
    last = session.turn
    with pytest.raises(MalformedInput, match=f"has no turn {last + 1}") as told:
        branch_game(path, last + 1)
    assert f"1 to {last}." in str(told.value)
    assert branch_game(path, last).turn == last - 1


def test_a_save_of_other_rules_is_refused(save: Path) -> None:
    journal = read_journal(save)
    other = save.with_name("other.jsonl")
    write_journal(other, replace(journal, header=replace(journal.header, rules_hash="0" * 64)))
    with pytest.raises(WrongVersion, match="another version of the rules"):
        branch_game(other, 2)


def test_the_command_branches_and_plays_on(
    rapprochement: Commands, tmp_path: Path, save: Path
) -> None:
    parent = tmp_path / "game.jsonl"
    parent.write_bytes(save.read_bytes())
    words = ("play", "--branch", str(parent), "--turn", "4")
    done = rapprochement(*words, "--seat", "tokyo", typed="resolve\nquit\n")
    assert done.code == 0
    assert "shares the turns before turn 4 with game.jsonl" in done.out
    assert "Turn 5 of" in done.out
    own = tmp_path / "game-turn4.jsonl"
    assert len(read_journal(own).turns) == 4
    seen = rapprochement("replay", str(own))
    assert seen.code == 0
    assert "Goes on from turn 4 of game.jsonl" in seen.out
    again = rapprochement(*words, "--seat", "seoul")
    assert (tmp_path / "game-turn4-2.jsonl").is_file()
    assert "Seoul, turn 4" in again.out


OLDER = Path(__file__).resolve().parents[1] / "golden" / "older_rules" / "seoul_plays.jsonl"


@pytest.mark.parametrize(
    "words",
    [("play", "--branch", "SAVE"), ("fork", "SAVE"), ("compare", "SAVE", "SAVE")],
    ids=lambda words: words[0],
)
def test_saves_that_cannot_be_played_on_are_told_and_left_alone(
    rapprochement: Commands, tmp_path: Path, words: tuple[str, ...]
) -> None:
    older, cut = tmp_path / "older.jsonl", tmp_path / "cut.jsonl"
    older.write_bytes(OLDER.read_bytes())
    cut.write_bytes(OLDER.read_bytes()[:-200])
    for path, expected in ((older, "another version of the rules"), (cut, "the save is cut short")):
        before = path.read_bytes()
        named = (str(path) if word == "SAVE" else word for word in words)
        done = rapprochement(*named, "--turn", "2")
        assert done.code == 2
        assert expected in done.err
        assert done.out == ""
        assert path.read_bytes() == before
    assert sorted(tmp_path.glob("*.jsonl")) == [cut, older]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--branch", "no.jsonl"), "--branch SAVE and --turn N belong together"),
        (("--turn", "3"), "--branch SAVE and --turn N belong together"),
        (("--branch", "no.jsonl", "--turn", "3", "--seed", "1"), "leave the other options out"),
        (("--branch", "no.jsonl", "--turn", "3"), "there is no such save"),
        (("--branch", "no.jsonl", "--turn", "3", "--seat", "soul"), "did you mean 'seoul'?"),
    ],
)
def test_wrong_branches_are_told(
    rapprochement: Commands, words: tuple[str, ...], expected: str
) -> None:
    done = rapprochement("play", *words)
    assert done.code == 2
    assert expected in done.err


def test_a_seat_taken_late_sees_what_it_could_have_known(save: Path) -> None:
    branch = branch_game(save, 3, seat=SEOUL)
    briefing = seated(branch, SEOUL).brief()
    assert briefing.turn == 3
    assert briefing.papers
