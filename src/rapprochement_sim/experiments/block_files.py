"""What a worker does with a block: run it, write its files, return a receipt."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.ensemble.block import ActList, BlockResult, case_of, run_block
from rapprochement_sim.errors import WrongVersion
from rapprochement_sim.experiments.folder import RunFolder, is_explained
from rapprochement_sim.experiments.store import Column, write_table
from rapprochement_sim.experiments.versions import code_hash
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.ensemble.spec import EnsembleSpec


@dataclass(frozen=True)
class BlockReceipt:
    """That a block's files are in their place."""

    block: int
    n_runs: int
    seconds: float
    pid: int


@dataclass(frozen=True)
class BlockTask:
    """Run one block of a study and write its files; a block that is done is left alone.

    ``study`` stands in the footer of every file. ``code_hash`` is that of the code which
    the study began with: a worker that starts later may find another.
    """

    spec: EnsembleSpec
    folder: Path
    study: str
    code_hash: str

    def __call__(self, block: int) -> BlockReceipt:
        """Do the block.

        Raises
        ------
        WrongVersion
            If the scenario, the rules or the code changed since the study began.
        """
        began = time.monotonic()
        if code_hash() != self.code_hash:
            what = "the code was changed while the runs were under way"
            raise WrongVersion(what, todo="Start again in a new folder.")
        folder = RunFolder(self.folder)
        if not folder.is_done(block, is_explained=is_explained(self.spec, block)):
            tables = block_tables(self.spec, run_block(self.spec, block))
            about = {"study": self.study, "block": str(block)}
            for kind, columns in tables.items():
                write_table(folder.part(kind, block), columns, about)
        n_runs = len(self.spec.block_runs(block))
        return BlockReceipt(block, n_runs, time.monotonic() - began, os.getpid())


def block_tables(spec: EnsembleSpec, result: BlockResult) -> dict[str, dict[str, Column]]:
    """Lay a block out in tables, rows in the sequence of runs."""
    tables = {"series": _series(spec, result), "acts": _acts(spec, result.acts)}
    if result.explained.size:
        tables["causes"] = _causes(result)
    tables["summary"] = _summary(spec, result)
    return tables


def _series(spec: EnsembleSpec, result: BlockResult) -> dict[str, Column]:
    n_turns, _, n_runs = result.series.shape
    columns: dict[str, Column] = {
        "run": np.repeat(result.runs, n_turns),
        "turn": np.tile(np.arange(n_turns), n_runs),
    }
    for number, name in enumerate(spec.indicators):
        columns[name] = result.series[:, number].T.ravel()
    return columns


def _acts(spec: EnsembleSpec, acts: ActList) -> dict[str, Column]:
    rows = case_of(spec).effects.rows
    pairs = zip(acts.row.tolist(), acts.modifiers.tolist(), strict=True)
    modifiers = [
        "+".join(name for m, name in enumerate(rows[row].modifiers) if bits >> m & 1)
        for row, bits in pairs
    ]
    return {
        "run": acts.run,
        "turn": acts.turn,
        "slot": acts.slot,
        "act": [rows[row].key for row in acts.row.tolist()],
        "modifiers": modifiers,
    }


def _causes(result: BlockResult) -> dict[str, Column]:
    n_runs, causes = result.explained.size, result.causes
    amounts = np.array([each.amount for each in causes]).reshape(len(causes), n_runs)
    return {
        "run": np.repeat(result.explained, len(causes)),
        "indicator": [each.indicator for each in causes] * n_runs,
        "cause": [each.cause for each in causes] * n_runs,
        "amount": amounts.T.ravel(),
    }


def _summary(spec: EnsembleSpec, result: BlockResult) -> dict[str, Column]:
    columns: dict[str, Column] = {"run": result.runs}
    for capital in CAPITALS:
        columns[f"score_{capital.key}"] = result.scores[capital]
    for number, name in enumerate(case_of(spec).loaded.schema.outcomes):
        columns[f"outcome_{name}"] = result.outcomes[number]
    for number, name in enumerate(spec.indicators):
        columns[f"final_{name}"] = result.series[-1, number]
    columns["n_acts"] = np.bincount(result.acts.run - result.runs[0], minlength=result.runs.size)
    columns["digest"] = list(result.digests)
    return columns
