"""Students at their browsers, as few instructions each as will do: a load beside the server."""

import asyncio
import html
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import quote, urlencode, urlsplit

_HIDDEN = re.compile(r'name="(csrf|key)" value="([^"]*)"')
_ORDERS = re.compile(r'href="(/seat/order\?[^"]*)"')
_DECIDE = re.compile(r'<form method="post" action="/seat/decide">(.*?)</form>', re.DOTALL)
_FIELD = re.compile(r'name="([a-z]+)" value="([^"]*)"')
_WHERE = re.compile(r"Turn (\d+) of \d+")
_LONGEST_SECONDS = 300.0


class Line:
    """A connection that is kept, one request at a time."""

    def __init__(self, link: str) -> None:
        at = urlsplit(link)
        self.host, self.port = at.hostname or "", at.port or 80
        self.cookies = ""
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def get(self, path: str) -> tuple[int, str]:
        """Open a page."""
        return await self._asked("GET", path, "")

    async def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form."""
        return await self._asked("POST", path, urlencode(fields))

    async def _asked(self, method: str, path: str, body: str) -> tuple[int, str]:
        async with self._turn:
            if self._ends is None or self._ends[0].at_eof():
                self._ends = await asyncio.open_connection(self.host, self.port)
            reader, writer = self._ends
            writer.write(self.head(method, path, body))
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status = int(head.split(" ", 2)[1])
            fields = dict(
                line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line
            )
            found = re.search(r"set-cookie: ([^;]*)", head, re.IGNORECASE)
            if found:
                self.cookies = found[1]
            text = await reader.readexactly(int(fields.get("content-length", "0")))
            if status == 303:
                return status, re.search(r"location: (\S*)", head, re.IGNORECASE)[1]  # type: ignore[index]
            return status, text.decode("utf-8")

    def head(self, method: str, path: str, body: str = "") -> bytes:
        """Write a request out."""
        lines = [f"{method} {quote(path, safe='/?&=%+')} HTTP/1.1"]
        lines += [f"host: {self.host}:{self.port}", f"cookie: {self.cookies}"]
        if method == "POST":
            lines += ["content-type: application/x-www-form-urlencoded"]
            lines += [f"content-length: {len(body)}"]
        return "\r\n".join([*lines, "", body]).encode("latin-1")


@dataclass
class Student:
    """Somebody with a seat, whose page is made fresh whenever its stream says so."""

    line: Line
    name: str
    seat: str
    world: int
    turn: int = 0
    phase: str = ""
    refused: list[str] = field(default_factory=list)
    page: str = ""
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    fresh: asyncio.Condition = field(default_factory=asyncio.Condition)
    shown_at: float = 0.0
    n_looks: int = 0
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def come_in(self, code: str) -> None:
        """Join and take the seat."""
        _, door = await self.line.get("/")
        await self.send("/join", door, code=code, name=self.name)
        _, seats = await self.line.get("/seats")
        await self.send("/seats/take", seats, world=str(self.world), seat=self.seat)

    async def send(self, path: str, page: str, **fields: str) -> float:
        """Send a form of a page; return how long the answer took (seconds), -1 if refused."""
        hidden = dict(_HIDDEN.findall(page))
        begun = perf_counter()
        status, text = await self.line.post(path, **(hidden | fields))
        took = perf_counter() - begun
        if status != 303:
            said = re.search(r'class="alarm"[^>]*>([^<]*)', text)
            self.refused.append(f"{path} {status} {html.unescape(said[1]) if said else ''}")
        return took if status == 303 else -1.0

    async def look(self) -> None:
        """Open the page of the seat."""
        _, self.page = await self.line.get("/seat")
        self.n_looks += 1
        found = _WHERE.search(self.page)
        turn = int(found[1]) if found else self.turn
        over = "the game is over" in self.page
        phase = "over" if over else "orders" if "secret orders" in self.page else "talks"
        if (turn, phase) != (self.turn, self.phase):
            self.turn, self.phase, self.shown_at = turn, phase, perf_counter()
        async with self.fresh:
            self.fresh.notify_all()

    async def until(self, holds: Callable[["Student"], bool]) -> None:
        """Wait until the page shows something."""
        async with asyncio.timeout(_LONGEST_SECONDS), self.fresh:
            await self.fresh.wait_for(lambda: holds(self))

    async def order(self, first: int) -> float:
        """Read a staff paper and give its order; return how long the answer took, -1 for none."""
        links = _ORDERS.findall(self.page)
        first %= max(len(links), 1)
        for link in (*links[first:], *links[:first]):
            _, page = await self.line.get(html.unescape(link))
            form = _DECIDE.search(page)
            if form and 'value="order"' in form[1]:
                fields = dict(_FIELD.findall(form[1]))
                return await self.send("/seat/decide", form[1], **fields)
        return -1.0

    async def done(self) -> float:
        """Say that one is done with the phase."""
        fields = {"turn": str(self.turn), "phase": self.phase, "done": "yes"}
        return await self.send("/seat/done", self.page, **fields)

    async def heard_nothing(self) -> None:
        """Open a stream and leave it alone."""
        ends = await asyncio.open_connection(self.line.host, self.line.port)
        self.idle.append(ends)
        ends[1].write(self.line.head("GET", "/live"))
        await ends[0].readuntil(b"retry: 2000")

    async def hear(self) -> None:
        """Hold a stream open; look again whenever it says that the page has changed."""
        reader, writer = await asyncio.open_connection(self.line.host, self.line.port)
        writer.write(self.line.head("GET", "/live"))
        looking = asyncio.create_task(self._freshen())
        try:
            while line := await reader.readline():
                if line == b"event: changed\n":
                    self.stirred.set()
        finally:
            looking.cancel()
            writer.close()
            with suppress(asyncio.CancelledError):
                await looking

    async def _freshen(self) -> None:
        while True:
            await self.stirred.wait()
            self.stirred.clear()
            await self.look()
