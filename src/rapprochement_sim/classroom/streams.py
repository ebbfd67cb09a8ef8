"""Open streams: who has a page that wants to hear that it has changed. No news in them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.limits import check_room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOM = -2
"""Who looks at a page for the whole room."""
MOST_A_PERSON = 8
MOST_FOR_ROOM = 64
KEEPALIVE_SECONDS = 25.0
"""Below the thirty after which the most impatient proxies hang up."""
PAUSE_SECONDS = 0.2
"""Between two changes told to one stream: what many do at once is one fresh page, not many."""


class Streams:
    """The streams of a class, by person (the teacher is 0, the room :data:`ROOM`)."""

    def __init__(self) -> None:
        self._open: defaultdict[int, set[asyncio.Event]] = defaultdict(set)
        self.is_ending = False

    def people(self) -> list[int]:
        """List the students who have a stream."""
        return [person for person, streams in self._open.items() if person > 0 and streams]

    def n_of(self, person: int) -> int:
        """Count somebody's streams."""
        return len(self._open.get(person, ()))

    def stir(self, person: int) -> None:
        """Let somebody's streams say that their page may have changed."""
        for stirred in self._open.get(person, ()):
            stirred.set()

    def stir_all(self) -> None:
        """Let every stream say that its page may have changed."""
        for person in self._open:
            self.stir(person)

    def end(self) -> None:
        """End every stream."""
        self.is_ending = True
        self.stir_all()

    @contextmanager
    def opened(self, person: int) -> Iterator[asyncio.Event]:
        """Hold a stream of somebody's open.

        Raises
        ------
        NotAllowedNow
            If they have too many.
        """
        most = MOST_A_PERSON if person > 0 else MOST_FOR_ROOM
        check_room(self.n_of(person), most, "open pages of yours")
        stirred = asyncio.Event()
        self._open[person].add(stirred)
        try:
            yield stirred
        finally:
            self._open[person].discard(stirred)

    async def lines(self, stirred: asyncio.Event) -> AsyncIterator[str]:
        """Yield what goes down a stream; several changes at once are told once."""
        yield "retry: 2000\n\n"
        while not self.is_ending:
            with suppress(TimeoutError):
                await asyncio.wait_for(stirred.wait(), KEEPALIVE_SECONDS)
            is_changed = stirred.is_set()
            stirred.clear()
            yield "event: changed\ndata: -\n\n" if is_changed else ": here\n\n"
            if is_changed and not self.is_ending:
                await asyncio.sleep(PAUSE_SECONDS)
