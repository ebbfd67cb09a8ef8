"""A whole turn by keyboard alone: every step can be reached, seen and pressed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import LAPTOP, open_context
from tests.browser.keyboard import Typist
from tests.classroom.browser import Browser as Reader
from tests.classroom.served import Served, served

pytestmark = pytest.mark.slow


@pytest.fixture
def second_turn(tmp_path: Path) -> Iterator[Served]:
    """Serve a class in its second turn."""
    with served(tmp_path / "c.class", "--seed", "3", "--by-hand", "sandbox") as at:
        teacher = Reader(at.link, "teacher")
        teacher.teach(at.teacher)
        for _ in range(2):
            teacher.look("/teacher/world/1")
            teacher.send("/teacher/advance", is_world="1")
        teacher.close()
        yield at


def test_a_turn_is_played_by_keyboard_alone(chromium: Browser, second_turn: Served) -> None:
    at = second_turn
    student = Typist(open_context(chromium, at.link, LAPTOP))
    teacher = Typist(open_context(chromium, at.link, LAPTOP))
    come_in(student, at.code)
    talk(student)
    teacher.page.goto(at.teacher)
    teacher.press("Close the talks")
    student.sees("secret orders")
    give_order(student)
    teacher.sees("Turn 2, orders")
    teacher.press("Resolve the turn")
    student.sees("Turn 3 of 8")
    student.press("Why figures moved")
    student.sees("The parts sum to the change.")
    for each in (student, teacher):
        each.page.context.close()


def come_in(student: Typist, code: str) -> None:
    """Come in by code and name; Enter sends the form."""
    student.page.goto("/")
    student.write("Code of the class", code)
    student.write("Your name", "Kit")
    student.page.keyboard.press("Enter")
    student.sees("Take a seat, Kit")
    student.press("Seoul")
    student.sees("Turn 2 of 8")


def talk(student: Typist) -> None:
    """Write a message, answer an offer, be done."""
    student.press("Messages")
    student.sees("Who may read it")
    student.press("To the page")
    student.press("Tokyo", " ")
    student.write("Message", "Shall we speak?")
    student.press("Send")
    student.sees("Seoul to Tokyo, turn 2")
    student.press("Now")
    student.sees("Offers to you")
    student.press("Accept")
    student.sees("You have accepted it.")
    student.press("Done with the talks")
    student.sees("waiting for the others")


def give_order(student: Typist) -> None:
    """Read a programme, find an order, read what it may do, give it, be done."""
    student.press("Orders")
    student.sees("You can do now")
    student.press("Programmes: what the articles recommend, step by step")
    student.sees("That ask you first")
    student.press("9. Lines that are answered")
    student.sees("Who says so")
    student.press("Orders")
    student.sees("You can do now")
    student.write("Find an order", "hold")
    student.page.keyboard.press("Enter")
    student.sees("Nothing is moved")
    student.press("Hold")
    student.sees("Against it:")
    student.press("Order this")
    student.sees("Order: Hold")
    student.press("Done: these are our orders")
    student.sees("waiting for the others")
