"""The line of a joined seat: listens to its class, keeps its pages, sends what is decided.

One thread listens to the seat's stream and reads the pages again when they may have changed.
What a face asks for is answered from the pages kept here, so that a lost connection never
empties a screen.
"""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.joining.outbox import Outbox, Posting
from rapprochement_sim.classroom.joining.standing import changes, read_standing, title_of
from rapprochement_sim.classroom.joining.wiring import (
    PATIENCE_SECONDS,
    ConnectionLost,
    NotKnownThere,
    no_connection,
    stream_lines,
)
from rapprochement_sim.classroom.wire import harmless, unpacked
from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.line import Heard, Letter

if TYPE_CHECKING:
    import http.client

    from rapprochement_sim.classroom.joining.standing import Standing
    from rapprochement_sim.classroom.joining.wiring import Fields, Wiring
    from rapprochement_sim.classroom.wire import SeatPages
    from rapprochement_sim.game.line import Draft
    from rapprochement_sim.vocabulary import Capital

_SILENCE_SECONDS = 40.0
"""A stream gives a sign of life every 25 seconds."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 4.0
_LOST = (
    "No connection to the class. It is tried again by itself; what was confirmed is safe, "
    "and you need not join again."
)
_STATIC = frozenset({"codex", "sections"})
_STIRRED = b"event: changed"


class ClassLine:
    """The line between a seat on this computer and its class.

    Parameters
    ----------
    wiring
        The connection of who has come in and sits at the seat.
    csrf
        What goes with every form.
    capital
        Who sits here.
    """

    def __init__(self, wiring: Wiring, csrf: str, capital: Capital) -> None:
        self._front, self._back = wiring, wiring.again()
        self._csrf = csrf
        self._capital = capital
        self._outbox = Outbox()
        self._notices: list[str] = []
        self._letters: tuple[Letter, ...] = ()
        self._kept: dict[object, Any] = {}
        self._version, self._trouble, self._clock_read = 0, "", 0.0
        self._asking, self._reading = threading.Lock(), threading.Lock()
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._raw = b""
        self._stream: http.client.HTTPResponse | None = None
        self.pages: SeatPages
        self.standing: Standing
        self._read(self._front)
        self._front.patience = PATIENCE_SECONDS
        self._listener = threading.Thread(target=self._listen, name="class line", daemon=True)
        self._listener.start()

    def close(self) -> None:
        """Hang up; the seat stays held."""
        self._closing.set()
        self._back.interrupt()
        self._listener.join(_LONGEST_PAUSE)
        self._front.close()

    # ---------------------------------------------------------------- for a face

    def heard(self) -> Heard:
        """Return what has come, without waiting."""
        with self._changed:
            notices, self._notices = tuple(self._notices), []
            standing = self.standing
            left = standing.seconds
            if left is not None:
                left -= time.monotonic() - self._clock_read
            trouble = self._trouble or standing.held
            if self._outbox:
                trouble = f"{trouble} Not sent yet: {len(self._outbox)}.".strip()
            return Heard(self._version, notices, trouble, standing.told(left))

    def wait(self, version: int, seconds: float) -> bool:
        """Wait until pages are newer than a version; return whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: self._version > version, seconds)

    def letters(self) -> tuple[Letter, ...]:
        """Return what was said to this seat and by it, the latest last."""
        return self._letters

    def say(self, text: str, to: tuple[Capital, ...]) -> str:
        """Say something to some seats, or to everyone; return what came of it."""
        names = [capital.key for capital in to] or ["all"]
        return self.send("/say", (("text", text), *(("to", name) for name in names)), "a message")

    def reclaim(self) -> str:
        """Play the seat again instead of the model; return what came of it."""
        return self.send("/reclaim", (), "taking the seat back")

    def drafts(self) -> tuple[Draft, ...]:
        """Return what is put forward within this seat."""
        return self.standing.drafts

    def who_decides(self) -> str:
        """Say who decides for this seat, empty if one person alone sits here."""
        return self.standing.decides

    def back(self, draft: int) -> str:
        """Be for a draft of this seat; return what came of it."""
        fields = (("draft", str(draft)), ("turn", str(self.pages.turn + 1)))
        return self.send("/back", (*fields, ("phase", self.pages.phase)), "being for a draft")

    def drop(self, draft: int) -> str:
        """Take a draft off the table; return what came of it."""
        return self.send("/drop", (("draft", str(draft)),), "taking a draft off the table")

    def way_back(self) -> tuple[str, ...]:
        """Say that the seat is held, and how one comes back to it."""
        lines = [f"{self._capital.title} stays yours in world {self.standing.world} of the class."]
        if self._outbox:
            lines.append(f"The class was not reached: {len(self._outbox)} of yours not sent.")
        return *lines, f"Come back with: rapprochement join {self._front.address.link}"

    # ---------------------------------------------------------------- for the seat

    def ask(self, what: str, *query: tuple[str, str]) -> Any:
        """Return a page that is not read again and again; kept until pages change.

        Raises
        ------
        ConnectionLost
            If the class cannot be reached.
        """
        at = (what, query)
        if at not in self._kept:
            if self._trouble:
                raise no_connection()
            with self._asking:
                self._kept[at] = unpacked(self._front.get(f"/ask/{what}", query))
        return self._kept[at]

    def send(self, path: str, fields: Fields, about: str) -> str:
        """Send a decision; return what came of it, or that it waits for the connection."""
        key = secrets.token_urlsafe(12)
        posting = Posting(path, (("csrf", self._csrf), ("key", key), *fields), about)
        if not self._trouble and not self._outbox:
            try:
                with self._asking:
                    told = self._sent(self._front, posting)
                self._read_quietly()
            except ConnectionLost:
                self._lost()
            else:
                return told
        self._outbox.put(posting)
        return f"No connection: this goes to the class as soon as it is back ({about})."

    # ---------------------------------------------------------------- within

    def _sent(self, wiring: Wiring, posting: Posting) -> str:
        return harmless(str(wiring.post(posting.path, posting.form).get("told", "")))

    def _read_quietly(self) -> None:
        with suppress(ConnectionLost), self._asking:
            self._read(self._front)

    def _read(self, wiring: Wiring) -> None:
        """Read where the class stands, and the pages."""
        with self._reading:
            standing = read_standing(wiring.look("/standing"))
            raw = wiring.get("/ask/pages")
            is_new = raw != self._raw
            pages = unpacked(raw) if is_new else self.pages
            if (standing.turn, standing.phase) != (pages.turn + 1, pages.phase):
                standing = read_standing(wiring.look("/standing"))
            letters = self._letters
            if standing.n_letters != len(letters) or not self._raw:
                letters = tuple(_letter(each, self._capital) for each in wiring.look("/letters"))
            self._take_in(standing, pages, letters, raw)

    def _take_in(
        self, standing: Standing, pages: SeatPages, letters: tuple[Letter, ...], raw: bytes
    ) -> None:
        with self._changed:
            if self._raw:
                self._notices += changes(self.standing, standing)
                known = {letter.number for letter in self._letters}
                new = (each for each in letters if each.number not in known and not each.is_own)
                self._notices += [f"{each.sender} to {each.to}: {each.text}" for each in new]
            if raw != self._raw:
                self._kept = {at: page for at, page in self._kept.items() if at[0] in _STATIC}  # type: ignore[index]
            self._raw, self.pages, self.standing, self._letters = raw, pages, standing, letters
            self._clock_read = time.monotonic()
            self._version += 1
            self._changed.notify_all()

    def _listen(self) -> None:
        """Listen until the line is closed; after each loss try again, ever less often."""
        pause = _FIRST_PAUSE
        while not self._closing.is_set():
            try:
                self._follow()
                pause = _FIRST_PAUSE
            except NotKnownThere as error:
                self._hold(f"{error} Leave, then join again.")
                return
            except RapprochementError:
                self._lost()
            self._closing.wait(pause)
            pause = min(2.0 * pause, _LONGEST_PAUSE)
        self._back.close()

    def _follow(self) -> None:
        """Open the stream, catch up, then read whenever it stirs; return when it ends."""
        reader = self._back.again()
        try:
            with self._back.opened("/live", _SILENCE_SECONDS) as stream:
                self._catch_up(reader)
                for line in stream_lines(stream):
                    if self._closing.is_set():
                        return
                    if line.startswith(_STIRRED):
                        self._read(reader)
        finally:
            reader.close()
            self._back.close()
        self._lost()

    def _catch_up(self, reader: Wiring) -> None:
        for told in self._outbox.sent(lambda posting: self._sent(reader, posting)):
            self._tell(told)
        self._read(reader)
        if self._trouble:
            self._hold("")
            self._tell("The class can be reached again.")

    def _lost(self) -> None:
        if not self._closing.is_set():
            self._hold(_LOST)

    def _hold(self, trouble: str) -> None:
        with self._changed:
            self._version += trouble != self._trouble
            self._trouble = trouble
            self._changed.notify_all()

    def _tell(self, notice: str) -> None:
        with self._changed:
            self._notices.append(notice)


def _letter(found: Any, capital: Capital) -> Letter:
    sender = title_of(found["seat"]) if found["seat"] else "Your teacher"
    to = ", ".join(title_of(key) for key in found["to"]) or "everyone"
    text = found["text"]
    if found["withdrawn"]:
        text = f"(withdrawn by the teacher: {found['withdrawn']})"
    is_own = found["seat"] == capital.key
    return Letter(
        found["number"], harmless(sender), harmless(to), found["turn"], harmless(text), is_own
    )
