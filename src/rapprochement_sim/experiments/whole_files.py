"""Files that are there whole or not at all, whatever ends the process that writes them."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEMPORARY_SUFFIX = ".part"


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a temporary file beside ``path``, then put it in its place.

    The file is on the disk before it gets its name, and the name is before this returns.

    Raises
    ------
    OutputProblem
        If the place cannot be written to.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY_SUFFIX}")
    try:
        write(temporary)
        _sync(temporary)
        temporary.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_text_whole(path: Path, text: str) -> None:
    """Write a text file whole, in UTF-8 with bare line feeds."""
    write_whole(path, lambda temporary: _write_text(temporary, text))


def remove_temporaries(folder: Path) -> None:
    """Remove what killed writers left behind in a folder."""
    for left in folder.glob(f".*{TEMPORARY_SUFFIX}"):
        with suppress(OSError):
            left.unlink()


def cannot_write(path: Path, error: OSError) -> OutputProblem:
    """Say in plain words that a place cannot be written to."""
    what = f"this cannot be written ({error.strerror or error})"
    return OutputProblem(what, where=str(path), todo="Name another place, or make room there.")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
