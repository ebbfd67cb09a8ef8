"""Open pages are made fresh around people: what they are doing stays as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import LAPTOP, faultless, open_context
from tests.browser.people import Student, Teacher
from tests.classroom.browser import Browser as Reader
from tests.classroom.served import Served, served

pytestmark = pytest.mark.slow


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "c.class", "--seed", "3", "--by-hand", "sandbox") as opened:
        yield opened


def newcomer(at: Served, name: str) -> Reader:
    """Let somebody more come in, without a browser."""
    reader = Reader(at.link, name)
    reader.join(at.code)
    return reader


def test_a_reason_half_written_stays_with_whom_it_is_about(chromium: Browser, at: Served) -> None:
    for name in ("Ann", "Ben", "Cho"):
        newcomer(at, name).close()
    teacher = Teacher(open_context(chromium, at.link, LAPTOP))
    with faultless(teacher.page, at.link):
        teacher.enter(at)
        ben = teacher.page.locator("ul.people > li").filter(has_text="Ben")
        ben.locator("summary").click()
        reason = ben.get_by_label("Remove, because")
        reason.fill("He asked m")
        other = Reader(at.link, "teacher")
        other.teach(at.teacher)
        other.send("/teacher/remove", is_person="1", reason="gone home")
        newcomer(at, "Dae").close()
        expect(teacher.page.locator("ul.people").get_by_text("Dae")).to_be_visible()
        expect(teacher.page.locator("ul.people").get_by_text("Ann")).to_have_count(0)
        expect(reason).to_have_value("He asked m")
        expect(reason).to_be_focused()
        reason.press("End")
        reason.press_sequentially("e to")
        reason.press("Enter")
        teacher.sees("Ben is removed")
    other.close()
    teacher.page.context.close()


def test_a_button_in_focus_stays_the_same_button(chromium: Browser, at: Served) -> None:
    student = Student(open_context(chromium, at.link, LAPTOP), "Ann", "Seoul", reloads=False)
    student.come_in(at.code)
    offers = student.page.get_by_role("article")
    tokyo = offers.filter(has_text="Tokyo offers").get_by_role("button", name="Accept")
    opened = student.page.get_by_role("article").filter(has_text="1. ").first.locator("details")
    opened.locator("summary").click()
    tokyo.focus()
    reader = newcomer(at, "Cho")
    reader.sit("beijing")
    student.sees("Beijing: not yet")
    expect(tokyo).to_be_focused()
    expect(opened).to_have_attribute("open", "")
    reader.close()
    student.page.context.close()
