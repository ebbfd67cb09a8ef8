"""The process that holds the worlds: it answers, refuses, dies and is replaced."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.worlds import Worlds
from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from tests.classroom.recipes import fresh


@pytest.fixture(scope="module")
def worlds() -> Iterator[Worlds]:
    opened = Worlds()
    yield opened
    opened.close()


@pytest.mark.slow
def test_a_killed_process_is_replaced_and_answers_the_same(worlds: Worlds) -> None:
    look = requests.LookAtRoom(1, fresh())
    before = worlds.ask(look)
    os.kill(worlds.pid, signal.SIGKILL)
    assert worlds.ask(look) == before
    with pytest.raises(MalformedInput, match="no event 'x'"):
        worlds.ask(requests.LookAtInject(1, fresh(), "x", 2))


def test_a_closed_one_says_so() -> None:
    closed = Worlds()
    closed.close()
    with pytest.raises(NotAllowedNow, match="being closed"):
        closed.ask(requests.LookAtRoom(1, fresh()))


def test_the_asking_process_never_loads_the_model() -> None:
    program = (
        "import sys, rapprochement_sim.classroom.worlds, rapprochement_sim.classroom.writer; "
        "print([name for name in ('numpy', 'mesa', 'scipy', 'pydantic') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "[]"
