"""Tasks that worker processes can import, each with a fault of its own."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from rapprochement_sim.errors import OutputProblem


@dataclass(frozen=True)
class Notes:
    """Notes each call in a folder, then does what the fault says to some blocks."""

    folder: str
    faulty: tuple[int, ...] = ()
    fault: str = ""
    until_call: int = 1_000_000
    pause: float = 0.0

    def __call__(self, block: int) -> tuple[int, int]:
        call = self.count_call(block)
        if block in self.faulty and call < self.until_call:
            self.fail()
        time.sleep(self.pause)
        return block, os.getpid()

    def count_call(self, block: int) -> int:
        """Return how often this block was called before, over all processes."""
        call = self.calls(block)
        (Path(self.folder) / f"{block}-{call}-{os.getpid()}").touch()
        return call

    def calls(self, block: int) -> int:
        return len(list(Path(self.folder).glob(f"{block}-*")))

    def fail(self) -> None:
        if self.fault == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.fault == "hangs":
            time.sleep(600)
        elif self.fault == "raises":
            message = "a fault of this block alone"
            raise ValueError(message)
        elif self.fault == "refuses":
            what = "the disk is full"
            raise OutputProblem(what)
