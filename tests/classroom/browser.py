"""Somebody at a browser without scripts: reads pages, fills in and sends the forms in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx

MOST_KEPT_ALIVE = 4
"""Signs of life of a stream, 25 seconds apart, after which nothing more is waited for."""


@dataclass
class PageForm:
    """A form as a page holds it, filled in as the page has it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return what a field holds, empty if it is not there."""
        return next((value for key, value in self.fields if key == name), "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.is_inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(at.get("action", "")))
            self.is_inside = True
        elif tag == "input" and self.is_inside and at.get("type") != "checkbox":
            self.forms[-1].fields.append((at["name"], at.get("value", "")))
        elif tag == "select" and self.is_inside:
            self.select = at["name"]
        elif tag == "option" and self.select:
            self.forms[-1].fields.append((self.select, at.get("value", "")))
            self.select = ""
        elif tag == "a":
            self.links.append(at.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False

    def handle_data(self, data: str) -> None:
        self.words.append(data)


class Browser:
    """Somebody at a browser; ``seen`` holds every byte that ever reached them."""

    def __init__(self, link: str, name: str = "") -> None:
        self.client = httpx.Client(base_url=link, timeout=60.0)
        self.name = name
        self.csrf = ""
        self.seen = bytearray()
        self.page = _Reader()
        self.text = ""

    def close(self) -> None:
        """Close the browser."""
        self.client.close()

    def look(self, path: str) -> httpx.Response:
        """Open a page."""
        return self._shown(self.client.get(path, follow_redirects=True))

    def send(self, action: str, button: str = "", **fields: str) -> httpx.Response:
        """Fill in the first form of that action on the open page and send it.

        ``button`` is ``name=value`` of the button, fields that the form has are matched first.
        """
        form = self.form(action, **{k: v for k, v in fields.items() if k.startswith("is_")})
        return self.post(form, button, **{k: v for k, v in fields.items() if k[:3] != "is_"})

    def form(self, action: str, **wanted: str) -> PageForm:
        """Return the first form of an action whose hidden fields are as wanted (``is_NAME``)."""
        for form in self.page.forms:
            if form.action == action and all(
                form.value(name.removeprefix("is_")) == value for name, value in wanted.items()
            ):
                return form
        message = f"{self.name} finds no form for {action} {wanted} on the page: {self.text[:3000]}"
        raise AssertionError(message)

    def post(self, form: PageForm, button: str = "", **fields: str) -> httpx.Response:
        """Send a form as it is with some fields filled in; pages that follow are read too."""
        sent = [(name, value) for name, value in form.fields if name not in fields]
        sent += list(fields.items())
        if button:
            name, _, value = button.partition("=")
            sent.append((name, value))
        body = urlencode(sent)
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = self.client.post(form.action, content=body, headers=headers, follow_redirects=True)
        return self._shown(answer)

    def _shown(self, answer: httpx.Response) -> httpx.Response:
        for each in (*answer.history, answer):
            head = "".join(f"{name}: {value}\n" for name, value in each.headers.items())
            self.seen += head.encode() + each.content
        self.page = _Reader()
        self.page.feed(answer.text)
        self.text = " ".join(" ".join(self.page.words).split())
        return answer

    def until(self, path: str, words: str) -> None:
        """Look at a page again whenever its stream stirs, until it says something."""
        with self.client.stream("GET", "/live") as stream:
            lines = stream.iter_lines()
            assert next(lines) == "retry: 2000"
            self.look(path)
            n_kept_alive = 0
            while words not in self.text and n_kept_alive < MOST_KEPT_ALIVE:
                line = next(lines)
                n_kept_alive += line == ": here"
                if line == "event: changed":
                    self.look(path)
        assert words in self.text, f"{self.name} waits for '{words}' in vain: {self.text}"

    # ---------------------------------------------------------------- a student

    def join(self, code: str) -> None:
        """Come in under one's name."""
        self.look("/")
        answer = self.send("/join", code=code, name=self.name)
        assert answer.status_code == 200, self.text

    def sit(self, seat: str, world: int = 1) -> None:
        """Take a seat."""
        self.look("/seats")
        answer = self.send("/seats/take", is_world=str(world), is_seat=seat)
        assert answer.status_code == 200, self.text

    def choose(self, *, joint: bool, path: str = "/seat/orders") -> str:
        """Order or offer the first thing of the list that is allowed; return its title."""
        self.look(path)
        for link in [each for each in self.page.links if each.startswith("/seat/order?")]:
            self.look(link)
            forms = [form for form in self.page.forms if form.action == "/seat/decide"]
            if forms and forms[0].value("kind") == ("offer" if joint else "order"):
                answer = self.post(forms[0])
                assert answer.status_code == 200, self.text
                return link
        message = f"{self.name} finds nothing to do"
        raise AssertionError(message)

    def done(self) -> None:
        """Say that one is done with the phase."""
        self.look("/seat")
        answer = self.send("/seat/done", is_done="yes")
        assert answer.status_code == 200, self.text

    # ---------------------------------------------------------------- a teacher

    def teach(self, link: str) -> None:
        """Open the teacher's link."""
        assert self.look(link).status_code == 200, self.text
