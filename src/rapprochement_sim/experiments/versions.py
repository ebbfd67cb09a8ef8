"""Which code computed something: versions of packages, and a hash of our own source."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CORE = (
    "vocabulary.py",
    "randomness.py",
    "scenario",
    "world",
    "effects",
    "dynamics",
    "decision",
    "agents",
    "model.py",
    "ensemble",
)
PACKAGES = ("numpy", "scipy", "mesa", "pyarrow")


def code_version() -> str:
    """Version of this package."""
    return version("rapprochement-sim")


@cache
def code_hash() -> str:
    """SHA-256 of the source that decides results, the same wherever it is installed."""
    digest = hashlib.sha256()
    for name in _CORE:
        place = _PACKAGE / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions on which the last bits of a result can depend."""
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "machine": platform.machine(),
    }
