"""Every kind of page on a phone, a laptop and a wall: fit by axe, large enough, in one piece."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.chromium import LAPTOP, PHONE, WALL, faultless, open_context
from tests.classroom.browser import Browser as Reader
from tests.classroom.served import Served, served

pytestmark = pytest.mark.slow

PICTURES = os.environ.get("RAPPROCHEMENT_PICTURES", "")
"""A folder for pictures of all pages, to be looked at; empty for none."""

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SMALLEST_TARGET = 44
"""Pixels that a thumb hits; WCAG 2.2 asks for 24."""

TOO_SMALL = """least => [...document.querySelectorAll(
  "button, select, textarea, summary, nav a, input:not([type=hidden]):not([type=checkbox])")]
  .filter(each => each.checkVisibility())
  .map(each => [each.getBoundingClientRect().height, each.outerHTML.slice(0, 90)])
  .filter(([height]) => height < least)"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Reader]]:
    """Serve a class in its second turn, one that is over and a rehearsal; name who looks on."""
    folder = tmp_path_factory.mktemp("pages")
    with (
        served(folder / "a.class", "--seed", "3", "--minutes", "30", "rekindled_2023") as playing,
        served(folder / "b.class", "--seed", "3", "sandbox") as over,
        served(folder / "c.class", "--seed", "3", "--rehearse", "sandbox") as rehearsed,
    ):
        looking = {**second_turn(playing), **the_end(over), "rehearsing": Reader(rehearsed.link)}
        looking["rehearsing"].teach(rehearsed.teacher)
        yield looking
        for person in looking.values():
            person.close()


def second_turn(at: Served) -> dict[str, Reader]:
    """Play a turn with an offer, messages and an event; return who plays."""
    seoul, tokyo, watcher, teacher = (
        Reader(at.link, name) for name in ("Ann Kim", "Ben Sato", "Cho", "teacher")
    )
    stranger, newcomer = Reader(at.link, "stranger"), Reader(at.link, "Dae")
    for student in (seoul, tokyo, watcher, newcomer):
        student.join(at.code)
    seoul.sit("seoul")
    tokyo.sit("tokyo")
    watcher.sit("")
    teacher.teach(at.teacher)
    for _ in range(2):
        teacher.look("/teacher/world/1")
        teacher.send("/teacher/advance", is_world="1")
    teacher.look("/teacher/world/1")
    teacher.send("/teacher/inject", event="shrine_offering", headline="An offering is reported")
    seoul.look("/seat/messages")
    seoul.send("/seat/say", to="tokyo", text="Shall we speak before the summer? " * 6)
    seoul.look("/seat/messages")
    seoul.send("/seat/say", to="all", text="Seoul looks forward to working with its partners.")
    seoul.look("/seat/forecasts")
    seoul.send("/seat/forecast", above="50", percent="40")
    tokyo.choose(joint=True)
    teacher.look("/teacher")
    teacher.send("/teacher/add-world")
    return {
        "seoul": seoul,
        "tokyo": tokyo,
        "watcher": watcher,
        "newcomer": newcomer,
        "teacher": teacher,
        "stranger": stranger,
    }


def the_end(at: Served) -> dict[str, Reader]:
    """Play a class to its end; return who plays."""
    seoul, teacher = Reader(at.link, "Ann"), Reader(at.link, "teacher")
    seoul.join(at.code)
    seoul.sit("seoul")
    teacher.teach(at.teacher)
    while "turn 8, over" not in teacher.text.lower():
        teacher.send("/teacher/advance", is_world="0")
        teacher.look("/teacher")
    teacher.send("/teacher/end", reason="The lesson is over")
    return {"seoul at the end": seoul, "teacher at the end": teacher}


REFUSED, NO_PAGE = "refused", "no-page"
FIRST_ORDER = "the first link of the list of orders"
KINDS = {
    "door": ("stranger", "/"),
    REFUSED: ("stranger", "/teacher"),
    NO_PAGE: ("seoul", "/nowhere"),
    "seats": ("newcomer", "/seats"),
    "now": ("seoul", "/seat"),
    "offering": ("tokyo", "/seat"),
    "brief": ("seoul", "/seat/brief"),
    "orders": ("seoul", "/seat/orders"),
    "programmes": ("seoul", "/seat/programmes"),
    "programme": ("tokyo", "/seat/programme?number=1"),
    "order": ("seoul", FIRST_ORDER),
    "messages": ("tokyo", "/seat/messages"),
    "why": ("seoul", "/seat/why"),
    "forecasts": ("seoul", "/seat/forecasts"),
    "watch": ("watcher", "/watch"),
    "teacher": ("teacher", "/teacher"),
    "world": ("teacher", "/teacher/world/1?event=shrine_offering"),
    "log": ("teacher", "/teacher/log"),
    "rehearsal": ("rehearsing", "/teacher/rehearse/1"),
    "check": ("stranger", "/check"),
    "projector": ("teacher", "/teacher/room/1"),
    "debrief": ("seoul at the end", "/seat"),
    "debrief-why": ("seoul at the end", "/seat/why"),
    "teacher-end": ("teacher at the end", "/teacher"),
    "world-end": ("teacher at the end", "/teacher/world/1"),
    "projector-end": ("teacher at the end", "/teacher/room/1"),
}
LOOKS = {
    "phone": (PHONE, "dark"),
    "laptop": (LAPTOP, "light"),
    "wall": (WALL, "light"),
}


def looks_of(kind: str) -> tuple[str, ...]:
    """Name the devices on which a kind of page is looked at."""
    return ("wall", "phone") if kind.startswith("projector") else ("phone", "laptop")


def open_as(page: Page, reader: Reader, path: str) -> None:
    """Open a page as somebody who has come in without a browser."""
    link = str(reader.client.base_url)
    kept = [{"name": k, "value": v, "url": link} for k, v in reader.client.cookies.items()]
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    page.goto("/seat/orders" if path == FIRST_ORDER else path)
    if path == FIRST_ORDER:
        page.locator("ul.orders a").first.click()
        page.get_by_role("button", name="Offer this").wait_for()


@pytest.mark.parametrize(
    ("kind", "look"), [(kind, look) for kind in KINDS for look in looks_of(kind)]
)
def test_a_page_is_fit_for_everybody(
    chromium: Browser, people: dict[str, Reader], kind: str, look: str
) -> None:
    who, path = KINDS[kind]
    size, colours = LOOKS[look]
    link = str(people[who].client.base_url)
    context = open_context(chromium, link, size, is_phone=look == "phone", colours=colours)
    page = context.new_page()
    with ExitStack() as stack:
        if kind not in (REFUSED, NO_PAGE):
            stack.enter_context(faultless(page, link))
        open_as(page, people[who], path)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{kind}-{look}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": list(RULES), "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if look == "phone":
        assert page.evaluate(TOO_SMALL, SMALLEST_TARGET) == []
    context.close()
