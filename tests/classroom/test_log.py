"""The log of a class: what was answered stands on disk, once, and can be read again."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.reducing import Recorded, reduce_facts
from rapprochement_sim.classroom.writer import ClassWriter
from rapprochement_sim.errors import (
    MalformedInput,
    NotAllowedNow,
    OutputProblem,
    RapprochementError,
    WrongVersion,
)
from tests.classroom.made import joining, open_writer, opening, seat_people


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "class.db"


@pytest.fixture
def writer(path: Path) -> Iterator[ClassWriter]:
    opened = open_writer(path)
    yield opened
    opened.close()


def test_a_class_stands_as_it_was_when_it_is_opened_again(path: Path) -> None:
    writer = open_writer(path, n_worlds=2)
    (ann,) = seat_people(writer, "Ann", seat="seoul", world=2)
    writer.submit(commands.Say("안녕 <b>", ("tokyo",)), by=ann).result()
    before = writer.state
    writer.close()
    again = open_writer(path)
    again.close()
    assert again.state == before
    assert again.state.messages[0].text == "안녕 <b>"
    assert again.state.worlds[2].seats["seoul"].members == (ann,)


def test_a_repeated_key_gets_the_first_answer_and_changes_nothing(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    first = writer.submit(commands.Say("once", ()), by=ann, key="k").result()
    state = writer.state
    other = writer.submit(commands.Say("something else", ("tokyo",)), by=ann, key="k").result()
    assert other == first
    assert writer.state == state


def test_a_repeated_key_is_known_after_a_restart(path: Path) -> None:
    writer = open_writer(path)
    first = writer.submit(joining("Ann"), by=0, key="k").result()
    writer.close()
    again = open_writer(path)
    assert again.submit(joining("Ann"), by=0, key="k").result() == first
    assert len(again.state.persons) == 1
    again.close()


def test_two_tabs_at_once_count_once(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    with ThreadPoolExecutor(8) as tabs:
        asked = [
            tabs.submit(lambda: writer.submit(commands.Say("x", ()), by=ann, key="k").result())
            for _ in range(24)
        ]
        assert {each.result() for each in asked} == {"Sent to everyone."}
    assert len(writer.state.messages) == 1


def test_who_stops_waiting_for_an_answer_stops_nobody_else(writer: ClassWriter) -> None:
    assert not writer.submit(joining("Ann"), by=0).cancel()
    writer.submit(joining("Ben"), by=0).result(timeout=60)
    assert [person.name for person in writer.state.persons.values()] == ["Ann", "Ben"]


def test_a_refused_command_leaves_no_trace_and_may_come_again(writer: ClassWriter) -> None:
    number = int(writer.submit(joining("Ann"), by=0).result())
    seq = writer.state.seq
    with pytest.raises(NotAllowedNow, match="you have no seat"):
        writer.submit(commands.Say("x", ()), by=number, key="k").result()
    assert writer.state.seq == seq
    writer.submit(commands.TakeSeat(1, "seoul"), by=number).result()
    assert writer.submit(commands.Say("x", ()), by=number, key="k").result() == "Sent to everyone."


class FailingLog(ClassLog):
    """A log whose disk is full while it is told so."""

    is_full = False

    def commit(self) -> None:
        if self.is_full:
            message = "database or disk is full"
            raise sqlite3.OperationalError(message)
        super().commit()


def test_a_full_disk_holds_the_class_and_room_lets_it_go_on(path: Path) -> None:
    log = FailingLog(path)
    writer = ClassWriter(log)
    writer.submit(opening(), by=TEACHER).result()
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    before = writer.state
    log.is_full = True
    heard: list[int] = []
    writer.listen_with(lambda _, records: heard.append(len(records)))
    for _ in range(2):
        with pytest.raises(OutputProblem, match="disk is full"):
            writer.submit(commands.Say("lost", ()), by=ann, key="k").result()
    assert heard == [0]  # that the class is held, once
    assert writer.state == before
    assert "disk is full" in writer.trouble
    log.is_full = False
    writer.submit(commands.Say("kept", ()), by=ann, key="k").result()
    assert not writer.trouble
    assert [message.text for message in writer.state.messages] == ["kept"]
    writer.close()
    again = ClassWriter(ClassLog(path))
    again.close()
    assert again.state == writer.state


def test_listeners_hear_of_facts_only_when_they_are_on_disk(path: Path) -> None:
    heard: list[Recorded] = []
    log = FailingLog(path)
    writer = ClassWriter(log, lambda _, records: heard.extend(records))
    writer.submit(opening(), by=TEACHER).result()
    log.is_full = True
    with pytest.raises(OutputProblem):
        writer.submit(joining("Ann"), by=0).result()
    log.is_full = False
    writer.submit(joining("Ben"), by=0).result()
    writer.close()
    assert heard == writer.history
    assert reduce_facts(heard) == writer.state


def test_one_class_is_never_written_by_two_programs(writer: ClassWriter, path: Path) -> None:
    with pytest.raises(OutputProblem, match="another program has this class open"):
        ClassLog(path)
    writer.submit(joining("Ann"), by=0).result()


def test_a_closed_class_takes_nothing_more(path: Path) -> None:
    writer = open_writer(path)
    writer.close()
    with pytest.raises(NotAllowedNow, match="is being closed"):
        writer.submit(joining("Ann"), by=0).result()


def test_facts_cannot_be_changed_in_the_file(path: Path) -> None:
    open_writer(path).close()
    for statement in ("UPDATE fact SET at = 0", "DELETE FROM fact"):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            _run(path, statement)


def _text_file(path: Path) -> None:
    path.write_text("no database at all, but long enough to look at" * 40, encoding="utf-8")


def _other_database(path: Path) -> None:
    _run(path, "CREATE TABLE t (x)")


def _cut_short(path: Path) -> None:
    open_writer(path).close()
    path.write_bytes(path.read_bytes()[:6000])


def _later_version(path: Path) -> None:
    open_writer(path).close()
    _run(path, "PRAGMA user_version = 9")


def _unknown_fact(path: Path) -> None:
    open_writer(path).close()
    _run(path, "INSERT INTO fact VALUES (3, 0.0, 0, 'MoonTaken', '{}')")


def _damaged_fact(path: Path) -> None:
    open_writer(path).close()
    _run(path, """INSERT INTO fact VALUES (3, 0.0, 0, 'WorldOpened', '{"world": "one"}')""")


def _missing_fact(path: Path) -> None:
    open_writer(path).close()
    _run(path, """INSERT INTO fact VALUES (9, 0.0, 0, 'WorldOpened', '{"world": 2}')""")


def _run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        (_text_file, MalformedInput, "no class, or a damaged one"),
        (_cut_short, MalformedInput, "copy of this one"),
        (_other_database, MalformedInput, "a database, but no class"),
        (_later_version, WrongVersion, "another version.*that wrote it"),
        (_unknown_fact, WrongVersion, "does not know: MoonTaken"),
        (_damaged_fact, MalformedInput, "damaged"),
        (_missing_fact, MalformedInput, "fact 3 of the class is missing"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_file_that_is_no_sound_class_is_refused(
    path: Path, spoil: Callable[[Path], None], kind: type[RapprochementError], words: str
) -> None:
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(kind, match=words):
        ClassWriter(ClassLog(path))
    assert path.read_bytes() == before


def test_who_goes_away_while_being_answered_leaves_the_writer_alive(writer: ClassWriter) -> None:
    sent: list[Future[str]] = []
    let_go: list[bool] = []
    is_sent = Event()

    def heard(*_: object) -> None:
        # A listener is told before the sender: the moment at which a sender may give up.
        assert is_sent.wait(20)
        let_go.append(sent[-1].cancel())

    writer.listen_with(heard)
    for text in ("one", "two"):
        is_sent.clear()
        sent.append(writer.submit(commands.Say(text, ()), by=TEACHER))
        is_sent.set()
        assert sent[-1].result(20)
    assert let_go == [False, False]
    assert [message.text for message in writer.state.messages] == ["one", "two"]
