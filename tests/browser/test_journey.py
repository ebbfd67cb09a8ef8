"""A class in real browsers, from the first page to the last, and a student without scripts."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import LAPTOP, PHONE, WALL, faultless, open_context
from tests.browser.people import Student, Teacher, Visitor
from tests.classroom.served import Served, served

pytestmark = pytest.mark.slow

PRIVATE = "Between us: a hotline for the export controls."
PUBLIC = "Seoul looks forward to working with its partners."


class Class:
    """The people of a journey: three students, their teacher, the projector."""

    def __init__(self, chromium: Browser, at: Served) -> None:
        self.at = at
        desk = open_context(chromium, at.link, LAPTOP)
        phone = open_context(chromium, at.link, PHONE, is_phone=True)
        laptop = open_context(chromium, at.link, LAPTOP)
        plain = open_context(chromium, at.link, LAPTOP, has_scripts=False)
        self.wall = open_context(chromium, at.link, WALL)
        self.teacher = Teacher(desk)
        self.ann = Student(phone, "Ann", "Seoul", reloads=False)
        self.ben = Student(laptop, "Ben", "Tokyo", reloads=False)
        self.cho = Student(plain, "Cho", "Washington", reloads=True)
        self.students = (self.ann, self.ben, self.cho)
        self.projector = Visitor(self.wall)

    def close(self) -> None:
        """Close all browsers."""
        for each in (self.teacher, *self.students, self.projector):
            each.page.context.close()


@pytest.fixture
def people(chromium: Browser, tmp_path: Path) -> Iterator[Class]:
    with served(tmp_path / "c.class", "--seed", "3", "--by-hand", "sandbox") as at:
        come = Class(chromium, at)
        yield come
        come.close()


def test_a_class_plays_from_its_first_page_to_its_last(people: Class) -> None:
    watched = (people.teacher, people.ann, people.ben, people.projector)
    with ExitStack() as stack:
        for each in watched:
            stack.enter_context(faultless(each.page, people.at.link))
        come_in(people)
        talk(people)
        give_orders(people)
        see_causes(people)
        go_back(people)
        end(people)


def come_in(people: Class) -> None:
    """Open the class; let three students in by the code on the wall."""
    people.teacher.enter(people.at)
    people.wall.add_cookies(people.teacher.page.context.cookies())  # type: ignore[arg-type]
    people.projector.page.goto("/teacher/room/1")
    code = people.projector.page.locator(".code").inner_text()
    assert code == people.teacher.code() == people.at.code
    for student in people.students:
        student.come_in(code)
    people.teacher.sees("3 have come in")
    people.projector.sees("Beijing: played by the model (nobody sits here)")
    for student in people.students:
        student.follow("Brief")
        student.sees("Your goals")
        student.sees("secret")
        student.follow("Now")


def talk(people: Class) -> None:
    """Send messages, an offer and its answer to whom they are for, and nobody else."""
    ann, ben, cho = people.students
    ann.say("Tokyo", PRIVATE)
    ann.say("Everyone", PUBLIC)
    people.projector.sees(PUBLIC)
    people.projector.never_saw(PRIVATE)
    for student in (ben, cho):
        student.follow("Messages")
        student.sees(PUBLIC)
    ben.sees(PRIVATE)
    cho.never_saw(PRIVATE)
    ben.follow("Now")
    ann.order_page("(Tokyo)", joint=True)
    ann.sees("What it may do within the turn")
    ann.press("Offer this")
    ann.sees("Offer:")
    ben.sees("Seoul offers")
    offered = ben.page.get_by_role("article").filter(has_text="Seoul offers")
    offered.get_by_role("button", name="Accept").click()
    ben.sees("You have accepted it.")
    for student in people.students:
        student.done("talks")
    people.teacher.sees("nobody")
    people.teacher.end_phase()
    for student in people.students:
        student.now_sees("secret orders")
    ann.sees("How the talks ended")


def give_orders(people: Class) -> None:
    """Look at an order's price and effects before it is given, and take one back."""
    for student in people.students:
        student.order_page("", joint=False)
        student.sees("Against it:")
        student.page.get_by_role("button", name="Order this").click()
        student.sees("Order:")
    cho = people.cho
    cho.press("Take the last one back")
    cho.sees("Nothing yet.")
    cho.order_page("", joint=False)
    cho.page.get_by_role("checkbox").first.check()
    cho.press("Show it with these")
    cho.page.get_by_role("button", name="Order this, with").click()
    for student in people.students:
        student.done("orders")
        student.sees("waiting for the others")
    people.teacher.end_phase()


def see_causes(people: Class) -> None:
    """See what happened in the turn that was played out, and why."""
    for student in people.students:
        student.now_sees("Turn 2 of 8")
        student.follow("Why figures moved")
        student.sees("The parts sum to the change.")
        student.follow("Now")
    people.projector.sees("turn 2 of 8")
    people.projector.never_saw(PRIVATE)


def go_back(people: Class) -> None:
    """Undo a wrong event: the world goes back to its first turn."""
    teacher = people.teacher
    teacher.follow("World 1")
    event = teacher.page.locator("form[action='/teacher/inject']")
    event.get_by_label("Headline").fill("A wrong headline")
    event.get_by_role("button").click()
    people.ann.sees("A wrong headline")
    back = teacher.page.locator("form[action='/teacher/rewind']")
    back.get_by_label("To the opening of turn").fill("1")
    back.get_by_label("because").fill("the wrong event")
    back.get_by_role("button").click()
    for student in people.students:
        student.now_sees("This world was taken back to turn 1: the wrong event")
        student.sees("Turn 1 of 8")
        student.never_saw("A wrong headline")


def end(people: Class) -> None:
    """Play all turns; then everything is open, and the class ends."""
    for turn in range(1, 9):
        for phase in ("talks", "orders"):
            people.teacher.follow("All worlds")
            people.teacher.sees(f"Turn {turn}, {phase}")
            people.teacher.end_phase()
    people.teacher.sees("Turn 8, over")
    for student in people.students:
        student.now_sees("How it ended")
        student.sees("of 100 points")
    teacher = people.teacher
    teacher.page.get_by_text("End the class", exact=True).click()
    teacher.press("End it for good")
    for student in people.students:
        student.now_sees("The class has ended: The lesson is over")


def test_open_pages_go_on_when_the_computer_was_killed(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "c.class"
    with served(path, "--seed", "3", "sandbox") as first:
        people = Class(chromium, first)
        people.teacher.enter(first)
        for student in people.students:
            student.come_in(first.code)
        people.ann.order_page("", joint=True)
        people.ann.page.get_by_role("button", name="Offer this").click()
        people.ann.sees("Offer:")
        half_written = people.ben.page
        people.ben.follow("Messages")
        half_written.get_by_label("Message", exact=True).fill("Half a sen")
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    with served(path, port=first.port) as again:
        assert (again.link, again.code) == (first.link, first.code)
        people.teacher.page.goto("/teacher")
        people.teacher.press("Pause")
        for student in (people.ann, people.ben):
            student.sees("The class is paused: Please listen for a moment")
        expect(half_written.get_by_label("Message", exact=True)).to_have_value("Half a sen")
        people.cho.now_sees("The class is paused")
        people.ann.sees("Offer:")
        people.close()


def test_a_page_that_was_cut_off_before_its_stream_opened_is_made_fresh(
    chromium: Browser, tmp_path: Path
) -> None:
    with served(tmp_path / "c.class", "--seed", "3", "sandbox") as serving:
        people = Class(chromium, serving)
        people.teacher.enter(serving)
        for student in people.students:
            student.come_in(serving.code)
        people.ben.page.route("**/live", lambda stream: stream.abort())
        with people.ben.page.expect_event("requestfailed"):
            people.ben.follow("Messages")
        people.teacher.page.goto("/teacher")
        people.teacher.press("Pause")
        people.teacher.sees("Go on")
        people.ben.page.unroute("**/live")
        people.ben.sees("The class is paused: Please listen for a moment")
        people.close()
