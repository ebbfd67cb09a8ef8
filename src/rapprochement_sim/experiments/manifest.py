"""The manifest of a run folder: whose runs these are, and how to make them again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import OutputProblem, RapprochementError, WrongVersion
from rapprochement_sim.experiments.whole_files import write_text_whole

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST_FILE = "manifest.json"
FORMAT = 1

_ANOTHER_CODE = ("rules_hash", "code_version", "code_hash", "versions")
_NOT_COMPARED = ("command", "scenario_title")


@dataclass(frozen=True)
class Manifest:
    """What a run folder says about itself; equal for every way to run the same study.

    ``outcomes`` maps names to titles; ``command`` is what makes the same runs again.
    """

    format: int
    scenario: str
    scenario_title: str
    scenario_hash: str
    rules_hash: str
    code_version: str
    code_hash: str
    versions: dict[str, str]
    seed: int
    n_runs: int
    block_size: int
    turns: int
    start: str
    turn_months: int
    explained_runs: int
    lens_weights: dict[str, dict[str, float]]
    indicators: list[str]
    outcomes: dict[str, str]
    command: str

    def write(self, folder: Path) -> None:
        """Write it into a folder."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        write_text_whole(folder / MANIFEST_FILE, text + "\n")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it from a folder.

        Raises
        ------
        OutputProblem
            If there is none, or it is not one of ours.
        WrongVersion
            If a program of another format made it.
        """
        path = folder / MANIFEST_FILE
        if not folder.is_dir():
            what = "this is a file, no run folder" if folder.exists() else "there is no such folder"
            raise OutputProblem(what, where=str(folder), todo="Check the path.")
        try:
            data: Any = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            what = "this is no run folder: it has no manifest.json"
            raise OutputProblem(what, where=str(folder)) from None
        except (OSError, ValueError) as error:
            raise cls.spoilt(folder) from error
        if isinstance(data, dict) and type(data.get("format")) is int and data["format"] != FORMAT:
            what = f"the run folder has format {data['format']}, this program reads {FORMAT}"
            is_newer = data["format"] > FORMAT
            todo = "Update the program." if is_newer else "Open it with the program that made it."
            raise WrongVersion(what, where=str(path), todo=todo)
        if not isinstance(data, dict) or not cls._fits(data):
            raise cls.spoilt(folder)
        return cls(**data)

    @classmethod
    def _fits(cls, data: dict[str, Any]) -> bool:
        """Whether data has every field, each of its sort, and numbers that make a study."""
        kinds = {"int": int, "str": str, "dict": dict, "list": list}
        named = {field.name: kinds[str(field.type).partition("[")[0]] for field in fields(cls)}
        if set(data) != set(named) or any(type(data[n]) is not kind for n, kind in named.items()):
            return False
        positive = ("n_runs", "block_size", "turns", "turn_months")
        mixes = data["lens_weights"].values()
        return (
            all(data[name] >= 1 for name in positive)
            and all(data[name] >= 0 for name in ("seed", "explained_runs"))
            and all(data[name] < 2**63 for name in (*positive, "seed", "explained_runs"))
            and all(isinstance(name, str) for name in data["indicators"])
            and all(isinstance(each, str) for each in data["versions"].values())
            and all(isinstance(each, str) for each in data["outcomes"].values())
            and all(isinstance(mix, dict) for mix in mixes)
            and all(isinstance(weight, float) for mix in mixes for weight in mix.values())
        )

    @classmethod
    def spoilt(cls, folder: Path) -> OutputProblem:
        """Say that what stands in a folder is none of our manifests."""
        what = "this is no manifest of a run folder, or it is damaged"
        where = str(folder / MANIFEST_FILE)
        return OutputProblem(what, where=where, todo="Name another folder.")

    @property
    def n_blocks(self) -> int:
        """Number of blocks; the last one may be short."""
        return -(-self.n_runs // self.block_size)

    def require_same(self, wanted: Manifest, folder: Path) -> None:
        """Refuse to mix another study's runs, or another code's, into this folder.

        Raises
        ------
        OutputProblem
            If the folder holds another study.
        WrongVersion
            If it holds the same study, computed by another version.
        """
        here, there = asdict(wanted), asdict(self)
        differing = [
            name for name in here if name not in _NOT_COMPARED and here[name] != there[name]
        ]
        if not differing:
            return
        kind: type[RapprochementError] = OutputProblem
        what = "this folder holds another study"
        if set(differing) <= set(_ANOTHER_CODE):
            kind, what = WrongVersion, "this folder was made by another version"
        name = next((n for n in differing if n not in _ANOTHER_CODE), differing[0])
        found, asked = _shown(name, there[name]), _shown(name, here[name])
        label = name.replace("_", " ").replace("n runs", "number of runs")
        what = f"{what}: {label} {found} there, {asked} asked for"
        todo = f"Name another folder with --out. This one was made by: {self.command}"
        raise kind(what, where=str(folder), todo=todo)


def _shown(name: str, value: Any) -> str:
    if name.endswith("_hash"):
        return f"{value[:12]}..."
    if isinstance(value, list):
        return f"{len(value)} names"
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items()) or "none"
    return str(value)
