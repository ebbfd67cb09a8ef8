"""``rapprochement new``: files of one's own to start from."""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """\b
Examples:
  rapprochement new scenario my_scenario
  rapprochement new action fishing_talks --out my_scenario/rules/talks.yaml
"""


@click.group("new", epilog=EPILOG)
def command() -> None:
    """Start a scenario or an action of one's own.

    Nothing is overwritten. What is written passes `rapprochement validate` as it stands.
    """


@command.command("scenario", epilog="\b\nExample:\n  rapprochement new scenario my_scenario\n")
@click.argument("name")
@click.option("--from", "origin", default="rekindled_2023", show_default=True, metavar="SCENARIO")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where to make its folder. [default: here]",
)
def scenario(name: str, origin: str, folder: Path) -> None:
    """Start the scenario NAME from another one."""
    from rapprochement_sim.scenario.templates import new_scenario

    written = new_scenario(name, origin, folder)
    _tell(written)
    click.echo(f"Next: rapprochement validate {written[0].parent}")


@command.command(
    "action", epilog="\b\nExample:\n  rapprochement new action fishing_talks --out talks.yaml\n"
)
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write it to.")
def action(name: str, out: Path) -> None:
    """Start the action NAME, with a comment on every part."""
    from rapprochement_sim.scenario.templates import new_action

    _tell(new_action(name, out))
    click.echo(f"Next: rapprochement validate {out}")


def _tell(written: list[Path]) -> None:
    for path in written:
        click.echo(f"Written: {path}")
