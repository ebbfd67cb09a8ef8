"""Tasks that worker processes can import, each with a fault of its own."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.block_files import BlockReceipt, BlockTask


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


class DeadlyTask(BlockTask):
    """A study's task, of which block 1 kills the process that it runs in."""

    def __call__(self, block: int) -> BlockReceipt:
        if block == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(block)


class HungTask(BlockTask):
    """A study's task, of which block 1 never ends."""

    def __call__(self, block: int) -> BlockReceipt:
        if block == 1:
            time.sleep(600)
        return super().__call__(block)
