"""A study's summary as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rapprochement_sim.naming import told

if TYPE_CHECKING:
    from rapprochement_sim.experiments.summary import StudySummary


def summary_data(summary: StudySummary) -> dict[str, Any]:
    """Return a summary as plain data that JSON can hold."""
    data = asdict(summary)
    data["missing_runs"] = summary.manifest.n_runs - summary.n_runs
    return data


def summary_json(summary: StudySummary) -> str:
    """Write a summary as JSON text."""
    return json.dumps(told(summary_data(summary)), indent=1, ensure_ascii=False) + "\n"
