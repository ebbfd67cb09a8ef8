"""The served class, killed while everyone sends: what was told to be done is done, once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import httpx
import pytest

from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.reducing import reduce_facts
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from tests.classroom.browser import Browser
from tests.classroom.served import served
from tests.disks import call_on_small_disk, can_mount

ROOT = Path(__file__).resolve().parents[2]
N_SENT = 4
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Killed:
    """A process that is killed as soon as so much has been acknowledged."""

    process: subprocess.Popen[str]
    after: int
    n_acknowledged: int = 0
    lock: Lock = field(default_factory=Lock)

    def count(self) -> None:
        """Count one more acknowledgement."""
        with self.lock:
            self.n_acknowledged += 1
            if self.n_acknowledged == self.after:
                self.process.send_signal(signal.SIGKILL)


def wishes(student: Browser, turn: int) -> list[tuple[str, dict[str, str]]]:
    """Return what a student sends in a round: messages and forecasts, each under its key."""
    found = []
    for n in range(N_SENT):
        text = f"{student.name} {turn} {n}"
        found.append(("/seat/say", {"key": f"say-{text}", "to": "all", "text": text}))
    above = f"{10 + turn}.5"
    forecast = {
        "figure": "korea_unfavourable_of_japan",
        "above": above,
        "turn": "1",
        "percent": "50",
    }
    found.append(("/seat/forecast", {"key": f"foretell-{student.name} {turn}", **forecast}))
    return found


def send(student: Browser, path: str, fields: dict[str, str]) -> bool:
    """Send a form as a page of ours would; return whether it was acknowledged."""
    body = httpx.QueryParams({**fields, "csrf": student.csrf})
    try:
        answer = student.client.post(path, content=str(body), headers=FORM)
    except httpx.TransportError:
        return False
    assert answer.status_code == 303, (fields, answer.text)
    return True


def storm(students: list[Browser], turn: int, killed: Killed | None) -> None:
    """Let everyone send at once; those acknowledged count towards the kill."""

    def sent(student: Browser) -> None:
        for path, fields in wishes(student, turn):
            if send(student, path, fields) and killed is not None:
                killed.count()

    with ThreadPoolExecutor(len(students)) as pool:
        list(pool.map(sent, students))


def check_kills(path: Path, moments: list[int]) -> None:
    """Kill a class again and again under load, and go on with it each time."""
    students: list[Browser] = []
    port, turn = 0, 0
    for turn, after in enumerate(moments):
        with served(path, *(() if students else ("--seed", "3", "sandbox")), port=port) as at:
            port = at.port
            if not students:
                students = [Browser(at.link, seat) for seat in CAPITAL_KEYS]
                for student in students:
                    student.join(at.code)
                    student.sit(student.name)
                    student.look("/seat/messages")
                    student.csrf = student.form("/seat/say").value("csrf")
                students[0].choose(joint=False)
            elif turn:
                # The same wishes once more: those of before the kill are not done again.
                storm(students, turn - 1, None)
            storm(students, turn, Killed(at.process, after))
            assert at.process.wait(30) == -signal.SIGKILL
    with served(path, port=port):
        storm(students, turn, None)
        for student in students:
            assert student.look("/seat").status_code == 200
            assert f"{student.name.capitalize()} (you)" in student.text
        students[0].look("/seat")
        assert "Order:" in students[0].text
    for student in students:
        student.close()
    log = ClassLog(path)
    state = reduce_facts(log.read())
    log.close()
    said = Counter(message.text for message in state.messages)
    wished = [w for n in range(len(moments)) for each in students for w in wishes(each, n)]
    assert said == Counter(fields["text"] for path, fields in wished if path == "/seat/say")
    foretold = Counter((forecast.seat, forecast.above) for forecast in state.forecasts)
    assert set(foretold.values()) == {1}
    assert len(foretold) == len(students) * len(moments)


@pytest.mark.slow
def test_a_class_killed_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    check_kills(tmp_path / "c.class", [1, 6, 11, 16, 22])


@pytest.mark.soak
@pytest.mark.parametrize("first", range(10))
def test_a_hundred_kills_under_load_lose_and_double_nothing(tmp_path: Path, first: int) -> None:
    check_kills(tmp_path / "c.class", [1 + (first + 7 * n) % 24 for n in range(10)])


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it finds processes in /proc")
def test_worlds_killed_in_a_turn_are_made_again_and_the_turn_is_played(tmp_path: Path) -> None:
    with served(tmp_path / "c.class", "--seed", "3", "sandbox") as at:
        student = Browser(at.link, "Ann")
        student.join(at.code)
        student.sit("seoul")
        student.done()
        student.until("/seat", "secret orders")
        first = at.worlds()
        os.kill(first, signal.SIGKILL)
        student.choose(joint=False)
        assert "Order:" in student.text
        second = at.worlds()
        assert second != first
        os.kill(second, signal.SIGKILL)
        student.done()
        student.until("/seat", "Turn 2 of")
        student.close()


@pytest.mark.slow
@pytest.mark.skipif(not can_mount(), reason="no disk of its own can be mounted here")
def test_a_full_disk_holds_the_class_and_room_lets_it_go_on(tmp_path: Path) -> None:
    script = tmp_path / "fill.py"
    script.write_text(FILLING, encoding="utf-8")
    ended = call_on_small_disk(
        str(script), folder=tmp_path, kilobytes=1500, program=(sys.executable,)
    )
    assert ended.code == 0, ended.err + ended.out
    n_sent = int(ended.out.splitlines()[-1])
    log = ClassLog(ended.kept / "c.class")
    said = [message.text.split()[0] for message in reduce_facts(log.read()).messages]
    log.close()
    assert said == [str(n) for n in range(n_sent)]


FILLING = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "src")!r}]
from tests.classroom.browser import Browser
from tests.classroom.served import served
disk = Path("disk")
(disk / "ballast").write_bytes(b"x" * 1_000_000)
with served(disk / "c.class", "--seed", "3", "sandbox") as at:
    teacher, student = Browser(at.link, "teacher"), Browser(at.link, "Ann")
    teacher.teach(at.teacher)
    student.join(at.code)
    student.sit("seoul")
    n, status = 0, 200
    while status == 200 and n < 2000:
        teacher.look("/teacher")
        status = teacher.send("/teacher/say", text=f"{{n}} " + "x" * 900).status_code
        n += status == 200
    assert status == 503, (n, status)
    assert "cannot write the class down" in teacher.text, teacher.text
    student.look("/seat")
    assert "The class is held" in student.text, student.text
    (disk / "ballast").unlink()
    teacher.look("/teacher")
    assert teacher.send("/teacher/say", text=f"{{n}} again").status_code == 200
    student.look("/seat")
    assert "The class is held" not in student.text
    print(n + 1)
"""
