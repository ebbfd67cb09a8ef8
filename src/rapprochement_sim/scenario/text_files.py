"""Text that people wrote, read with care: whatever a path holds, the error says what it is."""

from __future__ import annotations

import stat
from pathlib import Path

from rapprochement_sim.errors import MalformedInput

_ALLOWED = "text saved as UTF-8"


def shown_path(path: Path) -> str:
    """Path as people know it: relative to where they stand when it lies beneath."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # RuntimeError: links in a circle
        return str(path)


def read_text(path: Path, *, kind: str, largest: int) -> str:
    """Read a whole text file.

    Parameters
    ----------
    path
        The file.
    kind
        What it should hold, such as ``YAML``; named in errors.
    largest
        Largest size in bytes.

    Raises
    ------
    MalformedInput
        If the file cannot be read, is a device or a pipe, is too large or not UTF-8 text.
    """
    where = shown_path(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            what = "this is a device or a pipe, not a file"
            raise MalformedInput(what, where=where, allowed=_ALLOWED)
        size = about.st_size
        raw = path.read_bytes() if size <= largest else b""
    except OSError as problem:
        what = f"the file cannot be read ({problem.strerror or problem})"
        raise MalformedInput(what, where=where, todo="Check the path and its rights.") from None
    if size > largest:
        what = f"the file is too large ({size:,} bytes)"
        raise MalformedInput(what, where=where, allowed=f"up to {largest:,} bytes")
    if b"\x00" in raw:
        what = f"this is a binary file (or UTF-16 text), not {kind} text"
        raise MalformedInput(what, where=where, allowed=_ALLOWED)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        what = f"the encoding is not UTF-8 (byte 0x{raw[problem.start]:02x})"
        todo = "Save the file as UTF-8 in your editor."
        raise MalformedInput(what, where=f"{where}:{line}", allowed=_ALLOWED, todo=todo) from None
