"""A time limit held by this process itself."""

import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from rapprochement_sim.ensemble.deadline import TooLate, deadline

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such alarm")

LONG = 600.0
SOON = 0.05


@pytest.fixture(autouse=True)
def no_alarm_is_left() -> Iterator[None]:
    heard_before = signal.getsignal(signal.SIGALRM)
    yield
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == heard_before


def for_ever() -> None:
    while True:
        try:
            time.sleep(LONG)
        except Exception:  # noqa: BLE001, S112 - work that swallows whatever goes wrong
            continue


def test_what_never_ends_is_ended() -> None:
    with pytest.raises(TooLate), deadline(SOON):
        for_ever()


def test_what_ends_in_time_is_left_alone() -> None:
    with deadline(LONG):
        done = sum(range(1000))
    assert done == 499_500


def test_an_error_passes_through() -> None:
    with pytest.raises(ZeroDivisionError), deadline(LONG):
        _ = 1 / 0


def test_an_alarm_set_before_still_rings() -> None:
    rung = threading.Event()
    before = signal.signal(signal.SIGALRM, lambda *_: rung.set())
    signal.setitimer(signal.ITIMER_REAL, SOON)
    try:
        with pytest.raises(TooLate), deadline(SOON / 5.0):
            for_ever()
        assert rung.wait(LONG)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_another_thread_has_no_limit() -> None:
    ended: list[str] = []

    def work() -> None:
        with deadline(SOON / 5.0):
            time.sleep(SOON)
        ended.append("whole")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == ["whole"]
