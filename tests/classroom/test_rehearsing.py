"""A rehearsal: one window acts for all five seats; a real class allows nobody to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.classroom.reducing import reduce_facts
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from tests.classroom.browser import Browser
from tests.classroom.made import SEATS, open_writer
from tests.classroom.served import Served, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WINDOW = "/teacher/rehearse/1"


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "--seed", "3", "--rehearse", "--by-hand", "sandbox") as opened:
        yield opened


def test_a_rehearsal_seats_somebody_everywhere_whom_nobody_can_be(tmp_path: Path) -> None:
    tokens = tuple(f"hash{n}" for n in range(10))
    writer = open_writer(tmp_path / "c.class", n_worlds=2, rehearsers=tokens)
    state = writer.state
    assert state.is_rehearsal
    assert {(p.world, p.seat) for p in state.persons.values()} == {
        (world, seat) for world in (1, 2) for seat in SEATS
    }
    assert all("rehearsal" in person.name for person in state.persons.values())
    assert all(not person.return_hash for person in state.persons.values())
    assert reduce_facts(writer.history) == state
    writer.close()
    writer = open_writer(tmp_path / "d.class")
    assert not writer.state.is_rehearsal
    assert not writer.state.persons
    writer.close()


def test_one_window_plays_a_turn_for_five_seats(at: Served) -> None:
    teacher = Browser(at.link, "teacher")
    teacher.teach(at.teacher)
    teacher.look(WINDOW)
    assert "This is a rehearsal" in teacher.text
    assert "Get the export controls lifted" in teacher.text
    sent = teacher.send(f"{WINDOW}/say", is_seat="tokyo", to="seoul", text="from Tokyo")
    assert sent.status_code == 200
    assert "Tokyo: Sent to Seoul." in teacher.text
    teacher.look(f"{WINDOW}?seat=seoul&order=joint_fund|tokyo")
    assert "Against it:" in teacher.text
    teacher.send(f"{WINDOW}/decide", is_seat="seoul", is_action="joint_fund")
    assert "Offer: A joint fund (Tokyo)" in teacher.text
    assert "Seoul offers: A joint fund" in teacher.text
    accepting = {"is_seat": "tokyo", "is_partner": "seoul"}
    teacher.send(f"{WINDOW}/decide", "answer=accept", **accepting)
    assert "Tokyo: Decided: accept Seoul's offer" in teacher.text
    for seat in CAPITAL_KEYS:
        assert teacher.send(f"{WINDOW}/done", is_seat=seat).status_code == 200
    teacher.send("/teacher/advance", is_world="1", is_phase="talks")
    teacher.send("/teacher/advance", is_world="1", is_phase="orders")
    assert "turn 2: talks" in teacher.text
    teacher.look("/teacher/log")
    assert "rehearsal: yes" in teacher.text
    assert "Seoul, world 1 (rehearsal)" in teacher.text
    teacher.close()


def test_a_world_that_is_added_has_somebody_to_act_for(at: Served) -> None:
    teacher = Browser(at.link, "teacher")
    teacher.teach(at.teacher)
    teacher.look("/teacher")
    teacher.send("/teacher/add-world")
    assert "World 2 is open." in teacher.text
    teacher.look("/teacher/rehearse/2")
    assert teacher.send("/teacher/rehearse/2/done", is_seat="tokyo").status_code == 200
    assert "Tokyo: Your seat is done." in teacher.text
    teacher.close()


def test_only_the_teacher_opens_the_window(at: Served) -> None:
    stranger = Browser(at.link, "Stranger")
    assert stranger.look(WINDOW).status_code == 403
    stranger.join(at.code)
    assert stranger.look(WINDOW).status_code == 403
    stranger.close()
    teacher = Browser(at.link, "teacher")
    teacher.teach(at.teacher)
    assert teacher.look("/teacher/rehearse/7").status_code == 400
    teacher.look(WINDOW)
    form = teacher.form(f"{WINDOW}/done", is_seat="beijing")
    form.action = f"{WINDOW}/leave"
    assert teacher.post(form).status_code == 400
    assert "othing of that name is done for a seat" in teacher.text
    teacher.close()


@pytest.mark.slow
def test_a_real_class_lets_nobody_act_for_its_students(tmp_path: Path) -> None:
    with served(tmp_path / "c.class", "sandbox") as real:
        teacher, student = Browser(real.link, "teacher"), Browser(real.link, "Ann")
        student.join(real.code)
        student.sit("seoul")
        teacher.teach(real.teacher)
        form = teacher.form("/teacher/pause")
        assert teacher.look(WINDOW).status_code == 409
        assert "no rehearsal" in teacher.text
        form.action = f"{WINDOW}/done"
        answer = teacher.post(form, seat="seoul", turn="1", phase="talks", done="yes")
        assert answer.status_code == 409
        assert "no rehearsal" in teacher.text
        teacher.look("/teacher/log")
        assert "SeatDone" not in teacher.text
        teacher.close()
        student.close()
