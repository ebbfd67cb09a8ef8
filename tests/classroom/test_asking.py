"""Who waits for the worlds: decisions first, and nobody waits for ever."""

from concurrent.futures import CancelledError
from threading import Event

import pytest

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.asking import Asker
from rapprochement_sim.classroom.facts import SeatDecision
from tests.classroom.recipes import fresh

LOOKS = (
    requests.LookAsTeacher(1, fresh()),
    requests.LookAtSeat(1, fresh(), "seoul"),
    requests.LookAtSeat(1, fresh(), "tokyo"),
)
DECIDED = requests.Judge(1, fresh(), SeatDecision("order", "seoul", "seoul", "hold"))


class Slow:
    """Worlds that answer nothing before they may."""

    def __init__(self) -> None:
        self.asked: list[requests.Request] = []
        self.is_asked, self.may_answer = Event(), Event()

    def ask(self, request: requests.Request) -> str:
        self.asked.append(request)
        self.is_asked.set()
        assert self.may_answer.wait(20)
        if request == LOOKS[1]:
            message = "refused"
            raise ValueError(message)
        return type(request).__name__


def test_decisions_go_first_and_what_is_watched_last() -> None:
    slow = Slow()
    asker = Asker(slow.ask)
    first = asker.ask(LOOKS[2])
    assert slow.is_asked.wait(20)
    waiting = [asker.ask(request) for request in (*LOOKS, DECIDED)]
    slow.may_answer.set()
    assert waiting[0].result(20) == "LookAsTeacher"
    assert first.result(20) == "LookAtSeat"
    assert slow.asked == [LOOKS[2], DECIDED, LOOKS[1], LOOKS[2], LOOKS[0]]
    with pytest.raises(ValueError, match="refused"):
        waiting[1].result(20)
    asker.close()


def test_who_waits_is_told_when_the_class_is_closed() -> None:
    slow = Slow()
    asker = Asker(slow.ask)
    asker.ask(LOOKS[0])
    assert slow.is_asked.wait(20)
    waiting = asker.ask(LOOKS[2])
    asker.close()
    late = asker.ask(LOOKS[2])
    for each in (waiting, late):
        with pytest.raises(CancelledError):
            each.result(20)
    slow.may_answer.set()
