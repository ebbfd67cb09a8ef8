"""``rapprochement validate``: whether a file is in order, and if not, where."""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """\b
Examples:
  rapprochement validate my_scenario
  rapprochement validate my_action.yaml
  rapprochement validate record_2010
  rapprochement validate my_record
"""


@click.command("validate", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
def command(paths: tuple[str, ...]) -> None:
    """Check scenarios, rule files, folders of either, or records; a shipped name will do.

    Injects prepared for a class stand in injects.yaml beside their scenario. A record is a
    folder with a scenario, acts.csv, unmapped.csv and leader_changes.csv. Every
    fault is told with file, line and key, and ends the command with status 2.
    """
    from rapprochement_sim.errors import MalformedInput
    from rapprochement_sim.experiments.record_report import is_record, report_record
    from rapprochement_sim.scenario.injects import INJECTS_FILE, report_injects
    from rapprochement_sim.scenario.loading import validate_file

    errors = []
    for path in paths:
        try:
            if Path(path).name == INJECTS_FILE:
                click.echo(report_injects(Path(path)))
            else:
                click.echo(report_record(path) if is_record(path) else validate_file(path))
        except MalformedInput as error:
            errors.append(error)
    if errors:
        raise MalformedInput.gather(errors)
