"""The process that holds the worlds: it answers, refuses, dies and is replaced."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.world_worker import LoadedWhenUsed
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


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the Mesa of newer Pythons uses it")
def test_a_class_never_loads_what_only_tables_of_data_need() -> None:
    asked = requests.LookAtSeat(1, fresh(), "seoul")
    program = (
        "import multiprocessing, pickle, sys\n"
        "from rapprochement_sim.classroom import world_worker\n"
        "ours, theirs = multiprocessing.Pipe()\n"
        "ours.send(pickle.load(sys.stdin.buffer))\n"
        "world_worker.Answered = lambda found: print(type(found).__name__)\n"
        "ours.close()\n"
        "world_worker.serve(theirs)\n"
        "print([n for n in ('mesa', 'pandas.core', 'pyarrow') if n in sys.modules])\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(asked), capture_output=True, check=True
    )
    assert found.stdout.decode().split() == ["SeatSheet", "['mesa']"], found.stderr.decode()


def test_what_is_loaded_when_used_is_then_the_thing_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "colorsys", LoadedWhenUsed("colorsys"))
    stand_in = sys.modules["colorsys"]
    assert stand_in.rgb_to_hls(0.0, 0.0, 0.0) == (0.0, 0.0, 0.0)
    assert sys.modules["colorsys"] is not stand_in
    assert stand_in.rgb_to_hls is sys.modules["colorsys"].rgb_to_hls
    with pytest.raises(AttributeError):
        _ = stand_in.no_such_thing
