"""Draw the snapshots of all screens anew: ``python -m tests.tui.refresh``.

Run it when a screen, or what is told on it, was meant to change; look at the difference
(``git diff``, or the pictures in a browser) and land it with the change.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.tui.snapshots import FOLDER, path_of
from tests.tui.tour import SIZES, Tour


def main() -> None:
    """Write every snapshot that changed, and remove those of screens that are gone."""
    os.environ.pop("NO_COLOR", None)
    kept = set()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("saves").mkdir()
        tour = Tour(Path("saves"))
        for size in SIZES:
            for name, seen in tour.pictures(size).items():
                path = path_of(name, size)
                kept.add(path)
                if not path.exists() or path.read_text("utf-8") != seen.picture:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(seen.picture, "utf-8", newline="\n")
                    sys.stdout.write(f"{path.relative_to(FOLDER.parent)}\n")
    for path in set(FOLDER.rglob("*.svg")) - kept:
        path.unlink()
        sys.stdout.write(f"{path.relative_to(FOLDER.parent)} is gone\n")


if __name__ == "__main__":
    main()
