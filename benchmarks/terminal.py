"""A terminal without a screen: a program runs in it, what it writes is counted."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

PATIENCE_SECONDS = 120.0
_QUIET_SECONDS = 0.3
_MEMORY = "VmHWM:"


class Terminal:
    """Runs a program on 80 columns and 24 lines, or another size."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
    ) -> None:
        self.n_bytes = 0
        self._shown = b""
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**os.environ, **environment})
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", *reversed(size), 0, 0))

    def press(self, keys: str) -> None:
        """Type characters; what was shown before is forgotten."""
        self._shown = b""
        os.write(self._file, keys.encode())

    def until(self, words: str) -> None:
        """Read until some words, written in one piece, have come."""
        end = monotonic() + PATIENCE_SECONDS
        while words.encode() not in self._shown:
            if not self._read(end - monotonic()):
                message = f"'{words}' never came, but {self._shown[-400:]!r}"
                raise TimeoutError(message)

    def until_quiet(self) -> None:
        """Read until nothing comes for a while."""
        while self._read(_QUIET_SECONDS):
            pass

    def memory(self) -> int:
        """Return the most memory that the program held, in bytes; 0 where none tells."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        except OSError:
            return 0
        line = next(line for line in status.splitlines() if line.startswith(_MEMORY))
        return 1024 * int(line.split()[1])

    def end(self) -> float:
        """End the program at once; return the CPU seconds that it and its like took."""
        os.kill(self.pid, signal.SIGKILL)
        _, _, used = os.wait4(self.pid, 0)
        os.close(self._file)
        return used.ru_utime + used.ru_stime

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._file], [], [], max(seconds, 0.0))
        if not ready:
            return False
        try:
            read = os.read(self._file, 65536)
        except OSError:
            return False
        self.n_bytes += len(read)
        self._shown += read
        return bool(read)
