"""Whether this computer can hold a class: findings in plain words, each with what to do."""

from __future__ import annotations

import os
import platform
import shutil
import socket
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENOUGH_MEGABYTES = 100
SLOW_SECONDS = 3.0
_MEGABYTE = 1_000_000
_KNOCK_SECONDS = 1.0
_USUAL = {"http": 80, "https": 443}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PARTS = ("starlette", "uvicorn", "jinja2", "mesa", "numpy")


@dataclass(frozen=True)
class Finding:
    """Something that was looked at.

    ``is_well`` is None for what is neither good nor bad; ``todo`` says what to do, if
    something is to be done.
    """

    id: str
    title: str
    is_well: bool | None
    told: str
    todo: str = ""


def address_finding(link: str) -> Finding:
    """Say whether others can reach the class, by knocking at its own link."""
    parts = urlsplit(link)
    host, port = parts.hostname or "", parts.port or _USUAL.get(parts.scheme, 80)
    title = "Reached from the network"
    if host in _LOOPBACK:
        told = f"Only this computer reaches {link}"
        todo = "To let others in, end the class and start it again with --bind 0.0.0.0."
        return Finding("address", title, None, told, todo)
    try:
        with socket.create_connection((host, port), timeout=_KNOCK_SECONDS):
            told = f"{link} answers this computer."
            todo = "Open it on a phone as well: a firewall or a guest network may stand between."
            return Finding("address", title, is_well=True, told=told, todo=todo)
    except OSError as error:
        told = f"{link} does not answer ({error.strerror or error})."
        todo = "See whether the computer is still in the same network; else start the class again."
        return Finding("address", title, is_well=False, told=told, todo=todo)


def disk_finding(folder: Path, trouble: str) -> Finding:
    """Say whether what is decided can be written down."""
    title = "The class is written down"
    if trouble:
        todo = "Make room, or see to the folder; the class goes on by itself."
        return Finding("disk", title, is_well=False, told=f"Not now: {trouble}.", todo=todo)
    if not os.access(folder, os.W_OK):
        told = f"{folder} cannot be written to."
        todo = "Start the class with --class and a file in a folder of yours."
        return Finding("disk", title, is_well=False, told=told, todo=todo)
    free = shutil.disk_usage(folder).free // _MEGABYTE
    told = f"{folder} can be written to and has {free:,} MB free."
    is_well = free >= ENOUGH_MEGABYTES
    return Finding("disk", title, is_well, told, "" if is_well else "Make some room before class.")


def worlds_finding(pid: int, seconds: float | None) -> Finding:
    """Say whether the process that plays the worlds answers, and how fast."""
    title = "The worlds are played"
    if seconds is None:
        todo = "Load this page again in a moment; if that does not help, start the class again."
        told = "The process that plays them does not answer."
        return Finding("worlds", title, is_well=False, told=told, todo=todo)
    told = f"Their process ({pid}) answers in {seconds:.1f} s."
    if seconds > SLOW_SECONDS:
        return Finding("worlds", title, None, told, "Close other programs: the computer is busy.")
    return Finding("worlds", title, is_well=True, told=told)


def encryption_finding(link: str) -> Finding:
    """Say whether others in the network could read along."""
    title = "Encrypted on its way"
    if link.startswith("https"):
        return Finding("encryption", title, is_well=True, told="Yes.")
    told = "No: who controls the network could read along."
    todo = "In a school's own network that is usual; --certificate and --key encrypt."
    return Finding("encryption", title, None, told, todo)


def versions_finding(program: str) -> Finding:
    """Name what runs here, for whoever is asked for help."""
    parts = [f"rapprochement {program}", f"Python {platform.python_version()}"]
    parts += [f"{name} {found}" for name, found in _versions()]
    parts.append(f"{platform.system()} {platform.release()}")
    return Finding("versions", "Versions", None, ", ".join(parts) + ".")


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PARTS:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
