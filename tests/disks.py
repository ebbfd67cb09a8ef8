"""A disk that is too small: a real one, of a few kilobytes, that only one command sees."""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.ensemble.commands import COMMAND

_ON_A_DISK = """
set -e
disk=$1 size=$2 kept=$3
shift 3
mount -t tmpfs -o "size=${size}k" tmpfs "$disk"
status=0
"$@" || status=$?
cp -R "$disk/." "$kept/"
exit "$status"
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended, what it printed, and a copy of what stood on the disk."""

    code: int
    out: str
    err: str
    kept: Path


@cache
def can_mount() -> bool:
    """Whether this user may mount a disk in a namespace of its own."""
    words = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def call_on_small_disk(
    *words: str, folder: Path, kilobytes: int, typed: str = "", program: tuple[str, ...] = COMMAND
) -> Ended:
    """Run a command in a folder whose subfolder ``disk`` has only so much room.

    Where nothing may be mounted, no file may become larger than half of that instead.
    """
    disk, kept = folder / "disk", folder / "kept"
    disk.mkdir()
    command = [*program, *words]
    prepare: Callable[[], None] | None = None
    if can_mount():
        kept.mkdir()
        script = ["unshare", "-rm", "sh", "-c", _ON_A_DISK, "sh"]
        command = [*script, str(disk), str(kilobytes), str(kept), *command]
    else:
        kept, prepare = disk, _limited(kilobytes * 512)
    result = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(disk)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
        timeout=120,
    )
    return Ended(result.returncode, result.stdout, result.stderr, kept)


def _limited(most_bytes: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return limit
