"""Twenty-three students, one late, one gone, one cheating; a wrong inject; a killed laptop."""

import signal
from pathlib import Path

import pytest

from rapprochement_sim.vocabulary import CAPITAL_KEYS
from tests.classroom.browser import Browser
from tests.classroom.served import Served, served

N_STUDENTS = 23
WORLDS = (1, 2)


def place_of(number: int) -> tuple[str, int]:
    """Return the seat and world of a student: seats of both worlds fill up in turn."""
    return CAPITAL_KEYS[number % 5], WORLDS[(number // 5) % 2]


def come_in(at: Served, number: int) -> Browser:
    student = Browser(at.link, f"Student {number}")
    student.join(at.code)
    student.sit(*place_of(number))
    return student


def play_turn(captains: list[Browser], turn: int) -> None:
    """Play a turn: those who speak for their seats end the talks, order, and wait."""
    for captain in captains:
        captain.done()
    for captain in captains:
        captain.until("/seat", "secret orders")
        captain.choose(joint=False)
    for captain in captains:
        captain.done()
    for captain in captains:
        captain.until("/seat", f"Turn {turn + 1} of")


@pytest.mark.slow
def test_a_class_of_twenty_three_survives_its_lesson(tmp_path: Path) -> None:
    path = tmp_path / "c.class"
    with served(path, "--seed", "3", "--worlds", "2", "sandbox") as at:
        students = [come_in(at, number) for number in range(N_STUDENTS - 1)]
        captains = students[:10]
        play_turn(captains, 1)
        students.append(come_in(at, N_STUDENTS - 1))
        gone = students[5]
        gone.look("/seat")
        gone.send("/seat/leave")
        captains[5] = students[15]  # the next of that seat speaks for it
        cheat(students[1], students[0])
        teacher = Browser(at.link, "teacher")
        teacher.teach(at.teacher)
        teacher.send("/teacher/inject", event="leak_scandal", headline="By mistake")
        teacher.look("/teacher/world/1")
        teacher.send("/teacher/withdraw-inject")
        students[0].look("/seat")
        assert "By mistake" not in students[0].text
        for captain in captains:
            captain.done()
        students[0].until("/seat", "secret orders")
        students[0].choose(joint=False)
        assert "Order:" in students[0].text
        at.process.send_signal(signal.SIGKILL)
        at.process.wait()
    with served(path, port=at.port) as again:
        assert again.code == at.code
        students[0].until("/seat", "Order:")
        assert "secret orders" in students[0].text
        for captain in captains:
            captain.done()
        for student in students:
            if student is not gone:
                student.until("/seat", "Turn 3 of")
        gone.sit(*place_of(5))
        assert "Turn 3 of" in gone.text
    for browser in (*students, teacher):
        browser.close()


def cheat(cheater: Browser, victim: Browser) -> None:
    """Send another's forms as one's own, and one's own as another: all of it is refused."""
    victim.look("/seat")
    theirs = victim.form("/seat/done")
    before = victim.text
    cheater.look("/seat")
    assert cheater.post(theirs).status_code == 409
    cheater.look("/seat")
    late = cheater.post(cheater.form("/seat/done"), turn="1", phase="orders")
    assert late.status_code == 409
    assert "turn 1 are closed" in cheater.text
    assert cheater.look("/teacher").status_code == 403
    cheater.look("/seats")
    assert cheater.send("/seats/take", is_world="1", is_seat="seoul").status_code == 409
    victim.look("/seat")
    assert victim.text == before
