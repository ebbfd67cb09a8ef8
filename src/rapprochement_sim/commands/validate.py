"""``rapprochement validate``: whether a file is in order, and if not, where."""

from __future__ import annotations

import click

EPILOG = """\b
Examples:
  rapprochement validate my_scenario
  rapprochement validate my_action.yaml
"""


@click.command("validate", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
def command(paths: tuple[str, ...]) -> None:
    """Check scenarios, rule files or folders of either; a shipped scenario's name will do.

    Every fault is told with file, line and key, and ends the command with status 2.
    """
    from rapprochement_sim.errors import MalformedInput
    from rapprochement_sim.scenario.loading import validate_file

    errors = []
    for path in paths:
        try:
            click.echo(validate_file(path))
        except MalformedInput as error:
            errors.append(error)
    if errors:
        raise MalformedInput.gather(errors)
