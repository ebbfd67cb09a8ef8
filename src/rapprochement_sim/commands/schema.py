"""``rapprochement schema``: the form of files, for editors that complete and check."""

from __future__ import annotations

import json
from pathlib import Path

import click

EPILOG = """\b
Examples:
  rapprochement schema scenario --out scenario.schema.json
  rapprochement schema rules --out rules.schema.json
Name the file in the first line of your YAML, and editors with the YAML
language server complete it:
  # yaml-language-server: $schema=./rules.schema.json
"""


@click.command("schema", epilog=EPILOG)
@click.argument("kind", type=click.Choice(["scenario", "rules"]), default="scenario")
@click.option("--out", type=click.Path(path_type=Path), help="File to write it to.")
def command(kind: str, out: Path | None) -> None:
    """Print the JSON Schema of scenario files or of rule files.

    It says what may stand where, with the names that the shipped rules know.
    """
    from rapprochement_sim.errors import OutputProblem
    from rapprochement_sim.scenario.json_schema import rules_json_schema, scenario_json_schema
    from rapprochement_sim.scenario.loading import load_rules

    make = scenario_json_schema if kind == "scenario" else rules_json_schema
    text = json.dumps(make(load_rules()), indent=1, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"the schema cannot be written: {error.strerror}"
        raise OutputProblem(what, where=str(out), todo="Name another file with --out.") from None
    click.echo(f"Written to {out}")
