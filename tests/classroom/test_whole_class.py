"""Twenty-three students, one late, one gone, one cheating; a wrong event; a killed laptop."""

import re
import signal
from pathlib import Path

import pytest

from rapprochement_sim.vocabulary import CAPITAL_KEYS
from tests.classroom.browser import Browser, PageForm
from tests.classroom.served import Served, served

N_STUDENTS = 23
WORLDS = (1, 2)
GONE = 5
"""Who goes home: the one who speaks for Seoul in the second world."""


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
        teacher = Browser(at.link, "teacher")
        teacher.teach(at.teacher)
        students = [come_in(at, number) for number in range(N_STUDENTS - 1)]
        captains = students[:10]
        play_turn(captains, 1)
        students.append(come_in(at, N_STUDENTS - 1))
        cheat(students[1], students[0], teacher)
        undo_a_wrong_event(teacher, captains[:5])
        gone = captains.pop(GONE)
        gone.close()
        teacher.look("/teacher/world/2")
        teacher.send("/teacher/give-to-model", is_seat="seoul", reason="went home")
        for captain in captains:
            captain.done()
        students[0].until("/seat", "secret orders")
        students[0].choose(joint=False)
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
        back = come_back(again, gone)
        assert "The model plays your seat: went home" in back.text
        back.send("/seat/reclaim")
        back.choose(joint=False)
        assert "Turn 3 of" in back.text
        for browser in (*students, teacher, back):
            browser.close()


def come_back(at: Served, gone: Browser) -> Browser:
    """Let somebody who went away back, on another device, by the return word."""
    back = Browser(at.link, gone.name)
    back.look("/")
    word = re.search(rb"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}", gone.seen)
    assert word
    assert back.send("/return", code=at.code, name=gone.name, word=word[0].decode()).is_success
    return back


def undo_a_wrong_event(teacher: Browser, captains: list[Browser]) -> None:
    """Play the first world's turn with a wrong event, and go back to before it befell."""
    teacher.look("/teacher/world/1")
    teacher.send("/teacher/inject", event="leak_scandal", headline="By mistake")
    play_turn(captains, 2)
    captains[0].look("/seat/why")
    teacher.look("/teacher/world/1")
    teacher.send("/teacher/rewind", turn="2", reason="a wrong event")
    teacher.send("/teacher/withdraw-inject")
    for captain in captains:
        captain.until("/seat", "taken back to turn 2: a wrong event")
        assert "Turn 2 of" in captain.text
        assert "By mistake" not in captain.text


def cheat(cheater: Browser, victim: Browser, teacher: Browser) -> None:
    """Send forms that are another's, late, repeated or tampered with: nothing is changed by it."""
    victim.look("/seat")
    theirs, before = victim.form("/seat/done"), victim.text
    cheater.look("/seat")
    own = cheater.form("/seat/done")
    assert cheater.post(theirs).status_code == 409
    assert cheater.post(own, turn="1", phase="orders").status_code == 409
    assert "turn 1 are closed" in cheater.text
    assert cheater.post(own, turn="99").status_code == 409
    assert cheater.post(own, csrf="").status_code == 409
    tamper_with_ids(cheater, own)
    cheater.look("/seats")
    assert cheater.send("/seats/take", is_world="1", is_seat="seoul").status_code == 409
    cheater.look("/seats")
    seats = cheater.form("/seats/take")
    assert cheater.post(seats, world="77", seat="seoul").status_code in (400, 409)
    take_over(cheater, victim, teacher)
    victim.look("/seat")
    assert victim.text == before
    say_twice(cheater, victim)


def tamper_with_ids(cheater: Browser, own: PageForm) -> None:
    """Put other numbers and names into a form of one's own: each is refused as what it is."""
    for action, fields in (
        ("/seat/decide", {"kind": "order", "action": "hold", "target": "../../seoul"}),
        ("/seat/decide", {"kind": "order", "action": "no_such_act", "target": "tokyo"}),
        ("/seat/decide", {"kind": "answer", "partner": "tokyo", "answer": "accept"}),
        ("/seat/decide", {"kind": "win", "action": "hold", "target": "tokyo"}),
        ("/seat/draft/back", {"draft": "1"}),
        ("/seat/captain", {"person": "1"}),
        ("/seat/say", {"to": "nowhere", "text": "x"}),
    ):
        form = PageForm(action, [(name, own.value(name)) for name in ("csrf", "turn", "phase")])
        answer = cheater.post(form, **fields, key=f"tampered-{action}-{len(fields)}")
        assert answer.status_code in (400, 409), (action, fields, cheater.text)


def take_over(cheater: Browser, victim: Browser, teacher: Browser) -> None:
    """Try the teacher's page and forms with one's own cookie, and made-up cookies."""
    assert cheater.look("/teacher").status_code == 403
    teacher.look("/teacher")
    assert cheater.post(teacher.form("/teacher/advance")).status_code == 403
    stranger = Browser(str(cheater.client.base_url), "stranger")
    (token,) = victim.client.cookies.values()
    stranger.client.cookies.set("rapprochement", token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert stranger.look("/seat").status_code == 403
    stranger.close()


def say_twice(cheater: Browser, victim: Browser) -> None:
    """Send one message three times over: it is said once."""
    cheater.look("/seat/messages")
    form = cheater.form("/seat/say")
    for _ in range(3):
        assert cheater.post(form, to="all", text="only once").is_success
    victim.look("/seat/messages")
    assert victim.text.count("only once") == 1
