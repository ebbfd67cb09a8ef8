"""A teacher and students at their browsers, who go by the names of buttons and fields."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.classroom.served import Served


class Visitor:
    """Somebody with a page open."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()

    def press(self, name: str) -> None:
        """Press the first button of that name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link of that name."""
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, text: str) -> None:
        """Wait until the page shows a text."""
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def never_saw(self, text: str) -> None:
        """Make sure that nothing of the open page holds a text."""
        assert text not in self.page.content()


class Student(Visitor):
    """A student; ``seat`` is the capital, ``reloads`` whether pages stay as they were opened."""

    def __init__(self, context: BrowserContext, name: str, seat: str, *, reloads: bool) -> None:
        super().__init__(context)
        self.name = name
        self.seat = seat
        self.reloads = reloads

    def come_in(self, code: str) -> None:
        """Come in by the code, and sit down."""
        self.page.goto("/")
        self.page.get_by_label("Code of the class").first.fill(code)
        self.page.get_by_label("Your name").first.fill(self.name)
        self.press("Come in")
        self.sees("Write down your return word")
        self.press(f"{self.seat} in world 1")
        self.sees("talks (offer and answer)")

    def now_sees(self, text: str) -> None:
        """Wait until the page of the turn shows a text; without scripts it is loaded again."""
        if self.reloads:
            self.page.goto("/seat")
        self.sees(text)

    def say(self, to: str, text: str) -> None:
        """Send a message."""
        self.follow("Messages")
        self.page.get_by_label(to).check()
        self.page.get_by_label("Message", exact=True).fill(text)
        self.press("Send")
        self.sees(text)

    def order_page(self, words: str, *, joint: bool) -> None:
        """Look closer at the first thing of the list that may be done."""
        self.follow("Orders")
        listed: Locator = self.page.locator("ul.orders li")
        kind = "Offer: attention" if joint else "Order: attention"
        listed.filter(has_text=kind).filter(has_text=words).first.get_by_role("link").click()

    def done(self, phase: str) -> None:
        """Say that one is done with the open phase."""
        self.follow("Now")
        name = "Done with the talks" if phase == "talks" else "Done: "
        self.page.get_by_role("button", name=name).first.click()


class Teacher(Visitor):
    """The teacher at the console."""

    def enter(self, at: Served) -> None:
        """Open the link of the terminal."""
        self.page.goto(at.teacher)

    def code(self) -> str:
        """Read the code of the class off the page."""
        return self.page.locator(".code").first.inner_text().strip()

    def end_phase(self) -> None:
        """End the open phase of the first world."""
        self.follow("All worlds")
        self.page.locator(".glance").get_by_role("button").first.click()
