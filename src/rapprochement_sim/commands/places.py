"""Where new files of a person's games go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.naming import shown_id

if TYPE_CHECKING:
    from rapprochement_sim.vocabulary import Capital


def free_place(path: Path) -> Path:
    """Return a place for a new file.

    Raises
    ------
    OutputProblem
        If a file stands there.
    """
    if path.exists():
        what = "there is a file of that name already"
        todo = "Go on with it by --resume, or name another file."
        raise OutputProblem(what, where=str(path), todo=todo)
    return path


def default_save(scenario: str, capital: Capital, seed: int) -> Path:
    """Name a new file in a folder of the user's, or here if there is none to write to."""
    return numbered_place(
        saves_folder(), f"{shown_id(Path(scenario).stem)}-{shown_id(capital.key)}-{seed}"
    )


def numbered_place(folder: Path, stem: str) -> Path:
    """Name a new file, with a number if there is one of that name."""
    number, path = 1, folder / f"{stem}.jsonl"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.jsonl"
    return path


def saves_folder() -> Path:
    """Return where games are saved: a folder of the user's, or one here."""
    here = Path("rapprochement-saves")
    try:
        from platformdirs import user_data_path

        folder = user_data_path("rapprochement-sim", appauthor=False) / "saves"
        folder.mkdir(parents=True, exist_ok=True)
    except (ImportError, OSError):
        return here
    return folder
