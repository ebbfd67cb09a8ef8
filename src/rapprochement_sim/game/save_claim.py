"""One process plays a save at a time: another one that opens it is told so, and nothing is lost.

The file itself is locked, so nothing is left lying about, and the operating system lets go
when the process ends, however it ends. A save is replaced whole each time it is written:
what will stand in its place is locked before it does.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.journal_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_MOST_LOOKS = 100


class SaveClaim:
    """A claim of this process to a save, held for as long as somebody here refers to it.

    Parameters
    ----------
    path
        The save; it need not be there yet. Whether another process plays it is found out
        at once, as :func:`claim_save` says.
    """

    _handle: int | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = _claimed(path)

    def __del__(self) -> None:
        """Let go of the save."""
        self.release()

    def write(self, text: str) -> None:
        """Replace the save whole, and hold what stands there then.

        Raises
        ------
        OutputProblem
            If it cannot be written; the old save then stands unchanged, and held.
        """
        coming: list[int] = []
        try:
            write_whole(self.path, text, before_it_stands=lambda at: coming.append(_held_too(at)))
        except BaseException:
            for handle in coming:
                os.close(handle)
            raise
        self.release()
        self._handle = coming[0]

    def release(self) -> None:
        """Let go of the save."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _claimed(path: Path) -> int | None:
    """Lock what stands at a path, and return its handle; None where there is nothing to lock."""
    for _ in range(_MOST_LOOKS):
        handle = _opened(path)
        if handle is None or not _is_lockable(handle, path):
            return None
        if _stands_at(handle, path):
            return handle
        os.close(handle)  # replaced since it was opened: look again
    return None


_claims: WeakValueDictionary[str, SaveClaim] = WeakValueDictionary()
_one_at_a_time = Lock()


def claim_save(path: Path) -> SaveClaim:
    """Return this process's claim to a save.

    Raises
    ------
    NotAllowedNow
        If another process plays it.
    """
    key = os.path.realpath(path)
    with _one_at_a_time:
        claim = _claims.get(key)
        if claim is None:
            claim = _claims[key] = SaveClaim(path)
        return claim


def _opened(path: Path) -> int | None:
    """Open a save to lock it; None where there is none, or nothing that could be locked."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    return None


def _is_lockable(handle: int, path: Path) -> bool:
    """Lock a file for as long as it is open; if that cannot be, close it."""
    try:
        _lock(handle)
    except BlockingIOError:
        os.close(handle)
        what = "another process is playing this game now"
        todo = "Go on there, or end it first; `rapprochement play --branch` starts another from it."
        raise NotAllowedNow(what, where=str(path), todo=todo) from None
    except OSError:
        os.close(handle)
        return False  # a file system without locks
    return True


def _held_too(handle: int) -> int:
    """Lock a file, and keep it open beside its writer."""
    kept = os.dup(handle)
    with suppress(OSError):
        _lock(kept)
    return kept


def _lock(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _stands_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
