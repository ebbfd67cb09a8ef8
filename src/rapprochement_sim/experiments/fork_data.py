"""A fork for machines: JSON of its summary, a Parquet table of its futures."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.paired import difference_data
from rapprochement_sim.experiments.store import Column, write_table
from rapprochement_sim.experiments.whole_files import cannot_write, write_text_whole
from rapprochement_sim.naming import told
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.experiments.fork import AlternativeResult, Fork

SUMMARY_FILE, FUTURES_FILE = "fork.json", "futures.parquet"


def fork_data(fork: Fork) -> dict[str, Any]:
    """Return a fork's summary as plain data."""
    point, header = fork.point, fork.point.header
    return {
        "save": point.name,
        "scenario": header.scenario,
        "scenario_hash": header.content_hash,
        "rules_hash": header.rules_hash,
        "turn": point.turn,
        "seat": point.seat.key,
        "seed": fork.seed,
        "runs": fork.n_runs,
        "alternatives": [_alternative_data(result) for result in fork.results],
    }


def fork_json(fork: Fork) -> str:
    """Write a fork's summary as JSON text."""
    return json.dumps(told(fork_data(fork)), indent=1, ensure_ascii=False) + "\n"


def prepare_folder(folder: Path) -> None:
    """Make a new folder for a fork, before anything is computed.

    Raises
    ------
    OutputProblem
        If something stands there, or it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "something stands there already"
        raise OutputProblem(what, where=str(folder), todo="Name a new or empty folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def keep_fork(fork: Fork, folder: Path) -> None:
    """Write a fork into its folder: the summary, and a row for each future.

    Raises
    ------
    OutputProblem
        If it cannot be written.
    """
    about = {"save": fork.point.name, "turn": str(fork.point.turn), "seed": str(fork.seed)}
    write_table(folder / FUTURES_FILE, _columns(fork), about)
    write_text_whole(folder / SUMMARY_FILE, fork_json(fork))


def _columns(fork: Fork) -> dict[str, Column]:
    names = [result.alternative.name for result in fork.results]
    columns: dict[str, Column] = {
        "alternative": [name for name in names for _ in range(fork.n_runs)],
        "run": np.concatenate([each.runs for each in fork.futures]),
    }
    first = fork.futures[0]
    for capital in CAPITALS:
        columns[f"score_{capital.key}"] = np.concatenate(
            [each.score(capital) for each in fork.futures]
        )
    for name in first.outcome_names:
        columns[f"outcome_{name}"] = np.concatenate([each.outcome(name) for each in fork.futures])
    for name in first.indicators:
        columns[f"final_{name}"] = np.concatenate([each.final(name) for each in fork.futures])
    return columns


def _alternative_data(result: AlternativeResult) -> dict[str, Any]:
    alternative, against = result.alternative, result.against_first
    decisions = alternative.decisions
    return {
        "name": alternative.name,
        "decisions": None
        if decisions is None
        else [
            {
                "kind": decision.kind,
                "partner": decision.partner.key,
                "action": decision.action,
                "modifiers": list(decision.modifiers),
                "accepts": decision.accepts if decision.kind == "answer" else None,
            }
            for decision in decisions
        ],
        "scores": {key: asdict(score) for key, score in result.scores.items()},
        "outcomes": {name: asdict(share) for name, share in result.outcomes.items()},
        "score_against_first": None if against is None else difference_data(against),
        "outcomes_against_first": {
            name: difference_data(found) for name, found in result.outcomes_against_first.items()
        },
    }
