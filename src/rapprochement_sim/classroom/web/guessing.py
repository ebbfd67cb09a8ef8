"""Guessing is slow: so many wrong codes or words a minute, then a pause."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

from rapprochement_sim.errors import NotAllowedNow

SECONDS = 60.0
MOST_WRONG_OF_ONE = 15
MOST_WRONG_OF_ALL = 120
_PLACES_KEPT = 4096
_ALL = "everyone"


class TooManyGuesses(NotAllowedNow):
    """Somebody tries one code after the other."""


class Guesses:
    """Wrong codes and words, by where they came from."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, place: str) -> None:
        """Refuse another try of somebody who has guessed too often.

        Raises
        ------
        TooManyGuesses
            If they have.
        """
        now = time.monotonic()
        for key, most in ((place, MOST_WRONG_OF_ONE), (_ALL, MOST_WRONG_OF_ALL)):
            tried = self._wrong.get(key, deque())
            while tried and now - tried[0] > SECONDS:
                tried.popleft()
            if len(tried) >= most:
                what = "there were too many wrong tries"
                raise TooManyGuesses(what, todo="Wait a minute, then try again.")

    def wrong(self, place: str) -> None:
        """Note a wrong try."""
        for key in (place, _ALL):
            self._wrong.setdefault(key, deque()).append(time.monotonic())
            self._wrong.move_to_end(key)
        while len(self._wrong) > _PLACES_KEPT:
            self._wrong.popitem(last=False)
