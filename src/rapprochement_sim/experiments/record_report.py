"""What a record holds, in one line, once every row of it has been checked."""

from __future__ import annotations

from pathlib import Path

from rapprochement_sim.experiments.effective import POSTERIOR_FILE, read_posterior, read_prior
from rapprochement_sim.experiments.record import ACTS_FILE, DATA, TABLES, load_record
from rapprochement_sim.scenario.loading import SCENARIO_FILE
from rapprochement_sim.scenario.text_files import shown_path


def is_record(name_or_path: str) -> bool:
    """Whether this names a record: a shipped one, a folder with acts, or a table of one."""
    path = Path(name_or_path)
    if path.name in TABLES and path.suffix == ".csv":
        path = path.parent
    return (path / ACTS_FILE).is_file() or (
        not path.exists() and (DATA / name_or_path / SCENARIO_FILE).is_file()
    )


def report_record(name_or_path: str) -> str:
    """Check a record and report what it holds.

    Raises
    ------
    MalformedInput
        If anything is wrong with it, with file and line of every fault.
    """
    path = Path(name_or_path)
    folder = path.parent if path.is_file() else path
    record = load_record(folder if folder.exists() else name_or_path)
    names = read_prior(record.folder).names
    has_posterior = (record.folder / POSTERIOR_FILE).is_file()
    if has_posterior:
        read_posterior(record.folder / POSTERIOR_FILE)
    told = len({act.event_line for act in record.acts} - {0})
    launches = sum(act.event_line == 0 for act in record.acts)
    return (
        f"{shown_path(record.folder)}: record in order, '{record.loaded.schema.title}', "
        f"{record.months} months from {record.loaded.schema.start}, {told} events told in "
        f"{len(record.acts) - launches} acts, {launches} launches more, {len(record.unmapped)} "
        f"events unmapped, {len(record.leaders)} new leaders, {len(names)} effective parameters"
        f"{' and their posterior' if has_posterior else ''}"
    )
