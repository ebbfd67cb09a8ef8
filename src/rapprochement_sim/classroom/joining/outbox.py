"""What has been decided and may not have arrived: sent again, under the same key, in sequence.

The class carries a key out once, so a form that did arrive before its answer was lost counts
once all the same.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.joining.wiring import ConnectionLost
from rapprochement_sim.errors import RapprochementError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.classroom.joining.wiring import Fields


@dataclass(frozen=True)
class Posting:
    """A form on its way: where it goes, what is in it, and what it is in words."""

    path: str
    form: Fields
    about: str


class Outbox:
    """Forms that wait for the connection."""

    def __init__(self) -> None:
        self._waiting: deque[Posting] = deque()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def put(self, posting: Posting) -> None:
        """Let a form wait."""
        self._waiting.append(posting)

    def sent(self, send: Callable[[Posting], str]) -> Iterator[str]:
        """Send all that waits; tell of each what came of it.

        Raises
        ------
        ConnectionLost
            If the connection goes again; what was not answered waits on.
        """
        while self._waiting:
            posting = self._waiting[0]
            try:
                told = f"Sent now: {send(posting)}"
            except ConnectionLost:
                raise
            except RapprochementError as error:
                told = f"Not taken, {posting.about}: {error}"
            self._waiting.popleft()
            yield told
