"""A run folder: one study's blocks, kept whole, and never mixed with another study's."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.manifest import MANIFEST_FILE, Manifest
from rapprochement_sim.experiments.store import read_about
from rapprochement_sim.experiments.whole_files import (
    cannot_write,
    remove_temporaries,
    write_text_whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rapprochement_sim.ensemble.spec import EnsembleSpec
    from rapprochement_sim.ensemble.supervisor import Failure


KINDS = ("series", "acts", "causes", "summary")
FAILURES_FILE = "failures.jsonl"


@dataclass(frozen=True)
class RunFolder:
    """Where a study's files stand.

    Parameters
    ----------
    path
        The folder.
    """

    path: Path

    def part(self, kind: str, block: int) -> Path:
        """File of one block: its series, acts, causes or summary."""
        return self.path / kind / f"block-{block:06d}.parquet"

    def is_done(self, block: int, *, is_explained: bool) -> bool:
        """Whether all files of a block are there; each is whole if it is there at all."""
        kinds = [kind for kind in KINDS if is_explained or kind != "causes"]
        return all(self.part(kind, block).is_file() for kind in kinds)

    def count_done(self) -> int:
        """Count the blocks that stand here whole, whatever was reported of them."""
        numbers = [path.stem.rpartition("-")[2] for path in self.path.glob("summary/block-*")]
        found = [int(number) for number in numbers if number.isdecimal()]
        return sum(self.is_done(block, is_explained=False) for block in found)

    def done_blocks(self, spec: EnsembleSpec, study: str) -> list[int]:
        """Blocks whose files are all there, in sequence; one that cannot be read is removed.

        Parameters
        ----------
        spec
            What was asked for.
        study
            Hash of the study, which stands in the footer of each of its files.

        Raises
        ------
        OutputProblem
            If a file comes from another study's folder.
        """
        return [
            block
            for block in range(spec.n_blocks)
            if self.is_done(block, is_explained=is_explained(spec, block))
            and self._is_of(study, block, is_explained=is_explained(spec, block))
        ]

    def _is_of(self, study: str, block: int, *, is_explained: bool) -> bool:
        for kind in KINDS:
            path = self.part(kind, block)
            if kind == "causes" and not is_explained:
                continue
            try:
                about = read_about(path)
            except OutputProblem:
                path.unlink()
                return False
            if about.get("study") != study or about.get("block") != str(block):
                what = "this file belongs to another study, or to another block"
                todo = "Delete it and repeat the run: its block is done again."
                raise OutputProblem(what, where=str(path), todo=todo)
        return True

    def prepare(self, manifest: Manifest) -> None:
        """Make the folder ready for a study, or find that it holds this study already.

        Raises
        ------
        OutputProblem
            If the place is a file, cannot be written to, or holds something else.
        WrongVersion
            If it holds this study, computed by another version.
        """
        if self.path.exists() and not self.path.is_dir():
            what = "this is a file"
            raise OutputProblem(what, where=str(self.path), todo="Name a folder.")
        if (self.path / MANIFEST_FILE).exists():
            Manifest.read(self.path).require_same(manifest, self.path)
        elif self.path.is_dir() and any(not _is_hidden(each) for each in self.path.iterdir()):
            what = "this folder holds other files and no manifest.json"
            todo = "Name a new or empty folder with --out."
            raise OutputProblem(what, where=str(self.path), todo=todo)
        try:
            for kind in KINDS:
                (self.path / kind).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        if not (self.path / MANIFEST_FILE).exists():
            manifest.write(self.path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for one writer, and clear away what killed writers left.

        Raises
        ------
        OutputProblem
            If another process is writing there.
        """
        handle = self._locked()
        try:
            self._clear()
            yield
        finally:
            self._clear()
            if handle is not None:
                os.close(handle)

    def _clear(self) -> None:
        for folder in (self.path, *(self.path / kind for kind in KINDS)):
            remove_temporaries(folder)

    def _locked(self) -> int | None:
        """Lock the folder until the handle is closed; None where nothing can be locked."""
        if sys.platform == "win32":
            return None  # two processes in one folder merely do the same work twice
        import fcntl  # noqa: PLC0415 - Windows has none

        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            what = "another process is running this study now"
            todo = "Wait for it, or stop it first."
            raise OutputProblem(what, where=str(self.path), todo=todo) from None
        except OSError:
            os.close(handle)
            return None  # a file system without locks
        return handle

    def has_failures(self) -> bool:
        """Whether blocks were given up the last time."""
        return (self.path / FAILURES_FILE).exists()

    def write_failures(self, failures: Sequence[Failure], spec: EnsembleSpec) -> None:
        """Keep which blocks were given up and why; remove the file if none was."""
        path = self.path / FAILURES_FILE
        if not failures:
            with suppress(FileNotFoundError):
                path.unlink()
            return
        lines = [
            json.dumps(
                {
                    "block": failure.block,
                    "first_run": spec.block_runs(failure.block).start,
                    "n_runs": len(spec.block_runs(failure.block)),
                    "reason": failure.reason,
                }
            )
            for failure in sorted(failures, key=lambda failure: failure.block)
        ]
        write_text_whole(path, "\n".join(lines) + "\n")


def is_explained(spec: EnsembleSpec, block: int) -> bool:
    """Whether causes are kept for any run of a block."""
    return spec.block_runs(block).start < spec.explained_runs


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")
