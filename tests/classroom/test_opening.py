"""Opening a class again: its clocks go on from the last thing that was written down."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.opening import open_again
from rapprochement_sim.classroom.sheets import ScenarioSheet
from rapprochement_sim.classroom.writer import ClassWriter
from tests.classroom.made import opening

if TYPE_CHECKING:
    from rapprochement_sim.classroom.worlds import Worlds

SHEET = ScenarioSheet("s", "s", "", "c", "r", "p", 6, (), (), (), ())
DOWN_AT, SECONDS_LEFT = 1000.0, 90.0


class SoundWorlds:
    """Worlds that replay to what they were."""

    def ask(self, request: object) -> object:
        return SHEET if isinstance(request, requests.LookAtScenario) else 0


@pytest.mark.parametrize("is_paused", [False, True])
def test_a_clock_does_not_run_while_a_class_is_down(tmp_path: Path, is_paused: bool) -> None:
    path = tmp_path / "c.class"
    writer = ClassWriter(ClassLog(path), clock=lambda: DOWN_AT)
    for command in (opening(n_worlds=2), commands.SetClock(2, DOWN_AT + SECONDS_LEFT)):
        writer.submit(command, by=TEACHER).result()
    if is_paused:
        writer.submit(commands.Pause("a break"), by=TEACHER).result()
    writer.close()
    before = time.time()
    again, _ = open_again(path, cast("Worlds", SoundWorlds()))
    if is_paused:
        again.submit(commands.Resume(), by=TEACHER).result()
    closes_at = again.state.worlds[2].closes_at
    again.close()
    assert before <= closes_at - SECONDS_LEFT <= time.time()
    assert again.state.worlds[1].closes_at == 0.0
