"""The self-test: a device learns what works and what to do, the teacher's computer too."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from rapprochement_sim.classroom.checkup import (
    address_finding,
    disk_finding,
    encryption_finding,
    worlds_finding,
)
from tests.classroom.browser import Browser
from tests.classroom.served import Served, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "sandbox") as opened:
        yield opened


def test_a_device_that_keeps_cookies_and_sends_forms_is_told_so(at: Served) -> None:
    device = Browser(at.link, "device")
    device.look("/")
    assert "/check" in device.page.links
    device.look("/check")
    assert "Cookies Works : this device is known again." in device.text
    assert "Pages renew themselves Not needed" in device.text
    assert "Clock Not needed" in device.text
    assert "The computer that holds the class" not in device.text
    assert device.send("/check").status_code == 200
    assert "Forms Works : what you send arrives." in device.text
    assert device.look("/check/stream").text.count("event: checked") == 1
    device.close()


def test_a_device_without_cookies_is_told_what_to_do(at: Served) -> None:
    first = httpx.get(f"{at.link}check")
    assert first.status_code == 303
    assert "HttpOnly" in first.headers["set-cookie"]
    page = httpx.get(f"{at.link}check?again=1").text
    assert "this device is not known again." in page
    assert "Allow cookies for this address" in page


def test_the_teacher_is_told_of_the_computer_as_well(at: Served) -> None:
    teacher = Browser(at.link, "teacher")
    teacher.teach(at.teacher)
    assert "/check" in teacher.page.links
    teacher.look("/check")
    assert "Reached from the network To know : Only this computer reaches" in teacher.text
    assert "--bind 0.0.0.0" in teacher.text
    assert "The class is written down Works" in teacher.text
    assert "The worlds are played Works" in teacher.text or "busy" in teacher.text
    assert "Encrypted on its way To know" in teacher.text
    assert "Python 3." in teacher.text
    assert at.code not in teacher.text
    teacher.close()


def test_an_address_is_knocked_at() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.2", 0))
        door.listen()
        link = f"http://127.0.0.2:{door.getsockname()[1]}/"
        assert address_finding(link).is_well
    gone = address_finding(link)
    assert gone.is_well is False
    assert "does not answer" in gone.told
    assert gone.todo
    assert address_finding("http://localhost:1/").is_well is None


def test_a_disk_in_trouble_is_said_so(tmp_path: Path) -> None:
    held = disk_finding(tmp_path, "the disk is full")
    assert held.is_well is False
    assert "the disk is full" in held.told
    assert "free" in disk_finding(tmp_path, "").told
    assert disk_finding(tmp_path / "gone", "").is_well is False


def test_worlds_that_fail_or_take_long_are_said_so() -> None:
    assert worlds_finding(1, None).is_well is False
    assert worlds_finding(1, 60.0).is_well is None
    assert worlds_finding(1, 0.1).is_well
    assert encryption_finding("https://lab/").is_well
