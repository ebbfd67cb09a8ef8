"""Journals on disk. A save is replaced whole or not at all."""

from __future__ import annotations

import glob
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, OutputProblem
from rapprochement_sim.game.journal_text import journal_text, parse_journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.game.journal import Journal

_LARGEST = 64 * 1024 * 1024
_TEMPORARY = ".part"


def read_journal(path: Path) -> Journal:
    """Read a save.

    Raises
    ------
    MalformedInput
        If there is no such file, or it is no whole save.
    WrongVersion
        If a program of another version wrote it.
    """
    where = str(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            what = "this is a device or a pipe, not a saved game"
            raise MalformedInput(what, where=where)
        if about.st_size > _LARGEST:
            what = "this file is too large for a saved game"
            raise MalformedInput(what, where=where)
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        what = "there is no such save"
        raise MalformedInput(what, where=where, todo="Check the path.") from None
    except UnicodeDecodeError:
        what = "this is no saved game: it is no UTF-8 text"
        raise MalformedInput(what, where=where) from None
    except OSError as error:
        what = f"the save cannot be read: {error.strerror}"
        raise MalformedInput(what, where=where) from None
    return parse_journal(text, where)


def write_journal(path: Path, journal: Journal) -> None:
    """Write a save, replacing the earlier one whole.

    Raises
    ------
    OutputProblem
        If it cannot be written; the old save then stands unchanged.
    """
    write_whole(path, journal_text(journal))


def write_whole(
    path: Path, text: str, *, before_it_stands: Callable[[int], None] = lambda _: None
) -> None:
    """Write a text to a temporary file beside its place, flush it to disk, rename it over.

    ``before_it_stands`` is called with the open file's descriptor before it is renamed.

    Raises
    ------
    OutputProblem
        If it cannot be written; what stood there stands unchanged.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{path.name}.{os.getpid()}."
        handle, temporary = tempfile.mkstemp(_TEMPORARY, prefix, path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
            before_it_stands(stream.fileno())
        Path(temporary).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        what = f"the game cannot be saved: {error.strerror}"
        todo = "Free some space or name another file with --save."
        raise OutputProblem(what, where=str(path), todo=todo) from None


def remove_leftovers(path: Path) -> None:
    """Remove what writers of a save left behind that were killed while they wrote."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{_TEMPORARY}"):
        writer = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        if writer.isdecimal() and not _is_running(int(writer)):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # a signal would end it; what is left behind stays hidden
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut, where folders can be flushed."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
