"""What long commands share: a progress bar, and ending cleanly when asked to."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.experiments.runs import Progress


@contextmanager
def terminated_as_interrupted() -> Iterator[None]:
    """Let a batch system's request to end be obeyed as Ctrl-C is: nothing is left behind."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Bar:
    """A progress bar with rate and time left, on a terminal only."""

    def __init__(self) -> None:
        self.last: Progress | None = None
        self._bar: object = None

    def __enter__(self) -> Bar:
        """Show nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar off the screen."""
        self.close()

    def show(self, progress: Progress) -> None:
        """Show how far it has come."""
        before, self.last = self.last, progress
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                total=progress.runs_asked,
                initial=progress.runs_done,
                unit="run",
                file=sys.stderr,
                leave=False,
                dynamic_ncols=True,
            )
        elif before is not None:
            self._bar.update(progress.runs_done - before.runs_done)  # type: ignore[attr-defined]

    def stop(self) -> None:
        """Close, and heed no further Ctrl-C: all that is left is to say that it stopped."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.close()

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.close()  # type: ignore[attr-defined]
            self._bar = None
