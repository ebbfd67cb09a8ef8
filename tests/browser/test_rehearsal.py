"""A teacher before the lesson: five seats in one window, and the self-test of the device."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rapprochement_sim.vocabulary import CAPITAL_KEYS
from tests.browser.chromium import LAPTOP, PHONE, faultless, open_context
from tests.browser.test_pages import RULES
from tests.classroom.served import Served, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("rehearsal") / "c.class"
    with served(path, "--seed", "3", "--rehearse", "--by-hand", "sandbox") as opened:
        yield opened


def check_fit(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": list(RULES), "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_one_window_acts_for_every_seat(
    chromium: Browser, at: Served, *, has_scripts: bool
) -> None:
    context = open_context(chromium, at.link, LAPTOP, has_scripts=has_scripts)
    page = context.new_page()
    with faultless(page, at.link):
        page.goto(at.teacher)
        page.get_by_role("link", name="Rehearsal").click()
        expect(page.get_by_text("This is a rehearsal")).to_be_visible()
        if has_scripts:
            check_fit(page)
        seat = page.locator("#tokyo")
        seat.get_by_label("Order or offer").select_option(index=1)
        seat.get_by_role("button", name="Look closer").click()
        expect(seat.get_by_text("Against it:")).to_be_visible()
        before = page.get_by_role("heading", level=1).inner_text()
        for key in CAPITAL_KEYS:
            page.locator(f"#{key}").get_by_role("button", name="Done").click()
            expect(page.locator(f"#{key}-h")).to_contain_text(" done")
            expect(
                page.locator(f"#{key}").get_by_role("button", name="Think again")
            ).to_be_visible()
        page.get_by_role("button", name="Close the talks for all").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("orders")
        page.get_by_role("button", name="Resolve the turn").click()
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("orders")
        assert page.get_by_role("heading", level=1).inner_text() != before
    context.close()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_phone_is_told_what_works(chromium: Browser, at: Served, *, has_scripts: bool) -> None:
    context = open_context(chromium, at.link, PHONE, is_phone=True, has_scripts=has_scripts)
    page = context.new_page()
    with faultless(page, at.link):
        page.goto("/")
        page.get_by_role("link", name="self-test").click()
        expect(page.locator("#check-cookies")).to_contain_text("Works")
        word = "Works" if has_scripts else "Not needed"
        expect(page.locator("#check-live")).to_contain_text(word)
        expect(page.locator("#check-clock")).to_contain_text(word)
        expect(page.get_by_text("this is a narrow screen")).to_be_visible()
        if has_scripts:
            check_fit(page)
        page.get_by_role("button", name="Send a form").click()
        expect(page.locator("#check-forms")).to_contain_text("Works")
    context.close()
