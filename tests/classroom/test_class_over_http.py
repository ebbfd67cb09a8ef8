"""A whole class over HTTP, as people without scripts in their browsers play it."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapprochement_sim.vocabulary import CAPITAL_KEYS
from tests.classroom.browser import Browser
from tests.classroom.served import Served, served


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "--seed", "3", "sandbox") as opened:
        yield opened


def turn_of(browser: Browser) -> str:
    found = re.search(r"Turn (\d+) of \d+[^:]*: (.{5})", browser.text)
    assert found, browser.text
    return f"{found[1]} {found[2]}"


def test_five_students_play_a_world_and_no_secret_crosses_it(at: Served) -> None:
    students = [Browser(at.link, f"S-{key}") for key in CAPITAL_KEYS]
    for student, key in zip(students, CAPITAL_KEYS, strict=True):
        student.join(at.code)
        student.sit(key)
        assert "talks" in student.text
    for student, key in zip(students, CAPITAL_KEYS, strict=True):
        other = CAPITAL_KEYS[(CAPITAL_KEYS.index(key) + 1) % 5]
        student.look("/seat/messages")
        marker = f"MARK-{key}-TO-{other} <i>&"
        assert student.send("/seat/say", to=other, text=marker).status_code == 200
        student.look("/seat/forecasts")
        bound = f"{70 + CAPITAL_KEYS.index(key)}.125"
        student.send("/seat/forecast", above=bound, percent="41.5")
        assert f"{bound} when turn 1 is over: 41.5%" in student.text
        student.done()
    for student in students:
        student.until("/seat", "secret orders")
    for student in students:
        student.choose(joint=False)
        assert "Decided" in student.text
    for student in students:
        student.done()
    for student in students:
        student.until("/seat", "Turn 2 of")
        student.look("/seat/forecasts")
        assert "was published" in student.text
        assert "Your Brier score so far" in student.text
        student.look("/seat/why")
        student.look("/seat/brief")
        student.look("/seat/messages")
    for reader, own in zip(students, CAPITAL_KEYS, strict=True):
        bytes_seen = bytes(reader.seen).decode()
        for number, key in enumerate(CAPITAL_KEYS):
            other = CAPITAL_KEYS[(number + 1) % 5]
            assert (f"{70 + number}.125" in bytes_seen) == (own == key)
            found = f"MARK-{key}-TO-{other} &lt;i&gt;&amp;" in bytes_seen
            assert found == (own in (key, other))
            assert f"MARK-{key}-TO-{other} <i>&" not in bytes_seen
    for student in students:
        student.close()


def test_a_form_that_is_sent_twice_counts_once(at: Served) -> None:
    student = Browser(at.link, "Twice")
    student.join(at.code)
    student.sit("tokyo")
    student.look("/seat/messages")
    form = student.form("/seat/say")
    for _ in range(3):
        assert student.post(form, to="all", text="only-once").status_code == 200
    assert student.text.count("only-once") == 1
    student.close()


def test_a_join_that_is_sent_twice_is_one_person(at: Served) -> None:
    student = Browser(at.link, "Doubled")
    student.look("/")
    form = student.form("/join")
    first = student.post(form, code=at.code, name="Doubled")
    student.client.cookies.clear()
    again = student.post(form, code=at.code, name="Doubled")
    assert first.status_code == again.status_code == 200
    assert "Take a seat, Doubled" in student.text
    student.close()


def test_one_comes_back_on_another_device(at: Served) -> None:
    student = Browser(at.link, "Traveller")
    student.join(at.code)
    word = re.search(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}", student.text)
    assert word
    student.sit("seoul")
    other = Browser(at.link, "Traveller")
    other.look("/")
    answer = other.send("/return", code=at.code, name="traveller", word=word[0].lower())
    assert answer.status_code == 200
    assert "Seoul" in other.text
    student.close()
    other.close()


def test_the_teacher_sees_all_and_can_pause_inject_and_go_back(at: Served) -> None:
    teacher = Browser(at.link, "teacher")
    teacher.teach(at.teacher)
    assert at.code in teacher.text
    teacher.send("/teacher/add-world")
    number = max(int(n) for n in re.findall(r"World (\d+)", teacher.text))
    student = Browser(at.link, "Lone")
    student.join(at.code)
    student.sit("washington", number)
    page = f"/teacher/world/{number}"
    teacher.look(f"{page}?event=shrine_offering")
    assert "Likely consequences" in teacher.text
    teacher.send("/teacher/inject", event="shrine_offering", headline="Wrong one")
    student.look("/seat")
    assert "Wrong one" in student.text
    for _ in range(2):
        teacher.look(page)
        teacher.send("/teacher/advance")
    student.look("/seat")
    assert turn_of(student).startswith("2")
    teacher.look(page)
    teacher.send("/teacher/rewind", turn="1", reason="a wrong inject")
    teacher.send("/teacher/withdraw-inject")
    student.look("/seat")
    assert turn_of(student).startswith("1")
    assert "Wrong one" not in student.text
    assert "taken back" in student.text
    own = "headline=Words+fly&figure1=trust_seoul_tokyo&change1=large+fall"
    teacher.look(f"{page}?{own}")
    assert "Likely consequences" in teacher.text
    teacher.send("/teacher/inject", is_figure1="trust_seoul_tokyo", world="0")
    assert "Words fly (trust_seoul_tokyo, large fall)" in teacher.look(page).text
    student.look("/seat")
    assert "Words fly" in student.text
    teacher.look(f"{page}?act=pyongyang%7Cicbm_test%7Cwashington")
    assert "Likely consequences" in teacher.text
    teacher.send("/teacher/inject", is_act="pyongyang|icbm_test|washington")
    assert "an act of Pyongyang: icbm_test" in teacher.text
    student.look("/seat")
    assert "Your teacher lets Pyongyang, which the model plays, do this." in student.text
    theirs = "washington%7Cfriendly_statement%7Ctokyo"
    assert theirs not in teacher.look(page).text
    assert teacher.look(f"{page}?prepared=radar").status_code == 400
    for wrong in ("figure1=trust_seoul_mars&change1=large+fall", "event=mars"):
        assert teacher.look(f"{page}?headline=x&{wrong}").status_code == 400
    teacher.look("/teacher")
    teacher.send("/teacher/pause", reason="The bell rang")
    student.look("/seat")
    assert "The bell rang" in student.text
    assert student.send("/seat/done", is_done="yes").status_code == 409
    teacher.look("/teacher")
    teacher.send("/teacher/resume")
    student.done()
    teacher.look("/teacher/room/1")
    assert at.code in teacher.text
    assert teacher.look("/teacher/qr.svg").content.startswith(b"<svg")
    assert teacher.look("/teacher/log").status_code == 200
    teacher.close()
    student.close()


def test_a_stream_stirs_when_a_page_has_changed(at: Served) -> None:
    student, other = Browser(at.link, "Listener"), Browser(at.link, "Speaker")
    for each, seat in ((student, "beijing"), (other, "pyongyang")):
        each.join(at.code)
        each.sit(seat)
    with student.client.stream("GET", "/live") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 2000"
        other.look("/seat/messages")
        other.send("/seat/say", to="beijing", text="hello")
        assert any(line == "event: changed" for line in lines)
    student.close()
    other.close()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.slow
def test_a_stopped_class_ends_and_goes_on_where_it_was(
    tmp_path: Path, stop: signal.Signals
) -> None:
    path = tmp_path / "c.class"
    with served(path, "sandbox") as first:
        student = Browser(first.link, "Ann")
        student.join(first.code)
        student.sit("seoul")
        student.done()
        student.until("/seat", "secret orders")
        student.choose(joint=False)
        with student.client.stream("GET", "/live") as stream:
            next(stream.iter_lines())
            first.process.send_signal(stop)
            first.process.communicate(timeout=20)
        assert first.process.returncode == (-9 if stop == signal.SIGKILL else 0)
    with served(path, port=first.port) as again:
        assert (again.link, again.code, again.teacher) == (
            first.link,
            first.code,
            first.teacher,
        )
        student.look("/seat")
        assert "secret orders" in student.text
        assert "Order:" in student.text
        student.close()
