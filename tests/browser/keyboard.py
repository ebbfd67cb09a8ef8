"""Somebody who has a keyboard and nothing else."""

from playwright.sync_api import BrowserContext, Page, expect

MOST_STOPS = 250
"""Presses of the Tab key after which something counts as out of reach."""

_LOADED = """() => document.readyState === "complete" ||
  new Promise(loaded => addEventListener("load", () => loaded(true)))"""

_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {name: "", fault: ""};
  const label = at.labels && at.labels.length ? at.labels[0].textContent : "";
  const name = (at.getAttribute("aria-label") || label || at.textContent || "").trim();
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const x = box.x + Math.min(box.width / 2, 60), y = box.y + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y);
  let fault = "";
  const outline = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  if (outline < 2) fault = "without outline";
  else if (y < 0 || y > innerHeight) fault = "out of sight";
  else if (top && !at.contains(top) && !top.contains(at)) fault = `under ${top.tagName}`;
  return {name: name.replace(/\\s+/g, " "), fault};
}"""


class Typist:
    """A page driven by keys alone; every stop must be visible, with an outline, uncovered."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()

    def tab_to(self, name: str) -> None:
        """Press Tab until something whose name begins so has the focus."""
        self.page.evaluate(_LOADED)
        seen = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(_FOCUSED)
            assert not found["fault"], f"{found['name']!r} at {self.page.url} is {found['fault']}"
            if found["name"].startswith(name):
                return
            seen.append(found["name"][:30])
        message = f"no key leads to {name!r} on {self.page.url}: {seen}"
        raise AssertionError(message)

    def press(self, name: str, key: str = "Enter") -> None:
        """Go to a link, a button or a box, and press it."""
        self.tab_to(name)
        self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Go to a field and write into it."""
        self.tab_to(name)
        self.page.keyboard.type(text)

    def sees(self, text: str) -> None:
        """Wait until the page shows a text."""
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()
