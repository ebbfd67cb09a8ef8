"""A save as text: it comes back whole, and every kind of damage has its own words."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rapprochement_sim.errors import MalformedInput, RapprochementError, WrongVersion
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.journal import Header, Journal, Note, TurnEntry
from rapprochement_sim.game.journal_files import read_journal, remove_leftovers, write_journal
from rapprochement_sim.game.journal_text import journal_text, parse_journal
from rapprochement_sim.vocabulary import CAPITALS, Capital

DIGEST = "ab" * 32
HEADER = Header(
    scenario="rekindled_2023",
    content_hash="c",
    rules_hash="r",
    program="0.1.0",
    seed=7,
    run=0,
    seats=(Capital.TOKYO,),
    lenses={"tokyo": {"realist": 0.5, "liberal": 0.5}},
)
OFFER = Decision("offer", Capital.TOKYO, Capital.SEOUL, "summit", ("security_on_agenda",))
ANSWER = Decision("answer", Capital.SEOUL, Capital.TOKYO, accepts=True)
FIGURES = {"published_korea_favourable_of_japan": 30.5, "published_hurt_islands_seoul": 0.25}
JOURNAL = Journal(
    header=HEADER,
    start=TurnEntry(0, (), FIGURES, DIGEST),
    turns=(TurnEntry(1, (OFFER, ANSWER), FIGURES, DIGEST),),
    pending=(OFFER,),
    are_talks_closed=True,
    notes=(Note(2, Capital.TOKYO, "wait\nfor it"),),
)
TEXT = journal_text(JOURNAL)


def test_a_journal_comes_back_as_it_was() -> None:
    assert parse_journal(TEXT, "save") == JOURNAL


def test_line_ends_of_another_system_do_no_harm() -> None:
    assert parse_journal(TEXT.replace("\n", "\r\n"), "save") == JOURNAL


names = st.text(max_size=20)
decisions = st.builds(
    Decision,
    kind=st.sampled_from(["offer", "order"]),
    seat=st.sampled_from(CAPITALS),
    partner=st.sampled_from(CAPITALS),
    action=names,
    modifiers=st.lists(names, max_size=2).map(tuple),
)


@given(pending=st.lists(decisions, max_size=4), note=st.text(), seed=st.integers(0, 2**63 - 1))
def test_any_journal_comes_back(pending: list[Decision], note: str, seed: int) -> None:
    journal = replace(
        JOURNAL,
        header=replace(HEADER, seed=seed),
        pending=tuple(pending),
        notes=(Note(2, Capital.TOKYO, note),),
    )
    assert parse_journal(journal_text(journal), "save") == journal


def test_two_saves_differ_in_few_short_lines() -> None:
    one, other = TEXT.split("\n"), journal_text(replace(JOURNAL, pending=())).split("\n")
    differing = set(one) ^ set(other)
    assert len(differing) == 3
    assert max(map(len, differing)) < 200


# ------------------------------------------------------------------ damage


def sealed(lines: list[str]) -> str:
    """Close changed lines with a checksum that fits, as who tampers knowingly would."""
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return "\n".join([*lines, json.dumps({"lines": len(lines), "sha256": digest})]) + "\n"


def body() -> list[str]:
    """Return the lines of a save, its closing line left out."""
    return TEXT.rstrip("\n").split("\n")[:-1]


def with_header(**changes: object) -> str:
    """Change the first line."""
    header = {**json.loads(body()[0]), **changes}
    return sealed([json.dumps(header), *body()[1:]])


def with_line(number: int, line: object) -> str:
    """Replace a line."""
    lines = body()
    lines[number] = line if isinstance(line, str) else json.dumps(line)
    return sealed(lines)


DAMAGES: dict[str, tuple[Callable[[], str], type[RapprochementError], str]] = {
    "empty": (lambda: "", MalformedInput, "the file is empty"),
    "blank": (lambda: "\n\n", MalformedInput, "this is no saved game"),
    "other file": (lambda: "title: a scenario\n", MalformedInput, "this is no saved game"),
    "other json": (lambda: '{"a": 1}\n', MalformedInput, "this is no saved game"),
    "nested": (lambda: "[" * 100_000, MalformedInput, "this is no saved game"),
    "newer": (lambda: with_header(version=2), WrongVersion, "Update the program."),
    "older": (lambda: with_header(version=0), WrongVersion, "Open it with the program that wrote"),
    "odd version": (lambda: with_header(version="x"), WrongVersion, "format version 'x'"),
    "cut in a line": (lambda: TEXT[: len(TEXT) // 2], MalformedInput, "the save is cut short"),
    "cut at a line": (
        lambda: "\n".join(body()) + "\n",
        MalformedInput,
        "It holds 1 whole turns. Take a copy of it that is whole.",
    ),
    "lines lost": (
        lambda: TEXT.replace(body()[2] + "\n", ""),
        MalformedInput,
        "lines, its closing line says",
    ),
    "edited": (
        lambda: TEXT.replace('"accepts": true', '"accepts": false'),
        MalformedInput,
        "the save was changed after it was written: its checksum does not fit",
    ),
    "not json": (lambda: with_line(3, "{oops"), MalformedInput, "save:4: this line is no JSON"),
    "a list": (lambda: with_line(3, [1]), MalformedInput, "this line is no JSON object"),
    "unknown kind": (
        lambda: with_line(3, {"turn": 1, "mood": "good"}),
        MalformedInput,
        "this line is of no known kind. Allowed: a line with one of kind, published, digest",
    ),
    "unknown key": (lambda: with_header(colour="red"), MalformedInput, "'colour'"),
    "unknown seat": (lambda: with_header(seats=["paris"]), MalformedInput, "save:1: 'seats.0'"),
    "seed of text": (lambda: with_header(seed="7"), MalformedInput, "save:1: 'seed'"),
    "huge seed": (lambda: with_header(seed=2**64), MalformedInput, "save:1: 'seed'"),
    "negative run": (lambda: with_header(run=-1), MalformedInput, "save:1: 'run'"),
    "no scenario": (lambda: with_header(scenario=None), MalformedInput, "'scenario'"),
    "not a number": (
        lambda: with_line(1, '{"turn": 0, "published": {"x": NaN}}'),
        MalformedInput,
        "'published.x'",
    ),
    "short digest": (
        lambda: with_line(3, {"turn": 0, "digest": "abc"}),
        MalformedInput,
        "save:4: 'digest'",
    ),
    "turn twice": (
        lambda: sealed([*body()[:4], *body()[1:4], *body()[4:]]),
        MalformedInput,
        "turn 0 stands where turn 1 belongs",
    ),
    "turn missing": (
        lambda: sealed([line for line in body() if '"turn": 1' not in line]),
        MalformedInput,
        "turn 2 stands where turn 1 belongs",
    ),
    "no start": (lambda: sealed(body()[:1]), MalformedInput, "the save has no start"),
    "second header": (lambda: with_line(3, body()[0]), MalformedInput, "of no known kind"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_save_is_told_in_words_and_left_alone(tmp_path: Path, name: str) -> None:
    damage, kind, words = DAMAGES[name]
    path = tmp_path / "save"
    path.write_text(damage(), encoding="utf-8", newline="")
    before = path.read_bytes()
    with pytest.raises(RapprochementError) as raised:
        read_journal(path)
    told = str(raised.value).replace(str(path), "save")
    assert type(raised.value) is kind
    assert words in told
    assert len(told.splitlines()) == 1
    assert path.read_bytes() == before


def test_a_file_of_bytes_is_no_save(tmp_path: Path) -> None:
    path = tmp_path / "save"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MalformedInput, match="it is no UTF-8 text"):
        read_journal(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="there is no such save"):
        read_journal(tmp_path / "nowhere")
    with pytest.raises(MalformedInput, match="the save cannot be read"):
        read_journal(tmp_path)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_politely(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    with pytest.raises(RapprochementError):
        parse_journal(text, "save")


@given(st.integers(0, len(TEXT) - 1), st.characters())
@example(100, "\ud800")
def test_no_single_change_passes_for_the_save_that_was_written(place: int, letter: str) -> None:
    changed = TEXT[:place] + letter + TEXT[place + 1 :]
    try:
        assert parse_journal(changed, "save") == JOURNAL
    except RapprochementError:
        return


def test_a_save_is_replaced_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "save"
    write_journal(path, JOURNAL)
    write_journal(path, replace(JOURNAL, pending=()))
    assert read_journal(path).pending == ()
    assert [entry.name for entry in path.parent.iterdir()] == ["save"]


def test_leftovers_of_killed_writers_go_and_those_of_running_ones_stay(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    write_journal(tmp_path / "save", JOURNAL)
    for writer in (gone.pid, os.getpid(), "me"):
        (tmp_path / f".save.{writer}.abc.part").touch()
    (tmp_path / f".save2.{gone.pid}.abc.part").touch()
    remove_leftovers(tmp_path / "save")
    assert {path.name for path in tmp_path.iterdir()} == {
        "save",
        f".save.{os.getpid()}.abc.part",
        ".save.me.abc.part",
        f".save2.{gone.pid}.abc.part",
    }
