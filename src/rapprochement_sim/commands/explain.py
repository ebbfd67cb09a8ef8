"""``rapprochement explain``: what a name means, with its numbers and who says so."""

from __future__ import annotations

import json

import click

EPILOG = """\b
Examples:
  rapprochement explain summit
  rapprochement explain trust
  rapprochement explain lenses:realist --json
  rapprochement explain            lists all names
"""


@click.command("explain", epilog=EPILOG)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(name: str | None, as_json: bool) -> None:
    """Explain NAME: an action, a dispute, a parameter, an indicator, and so on."""
    from rapprochement_sim.scenario.explaining import explain, explain_json, explainable_names
    from rapprochement_sim.scenario.loading import load_rules

    rules = load_rules()
    if name is None:
        names = explainable_names(rules)
        click.echo(json.dumps(names, indent=1) if as_json else "\n".join(names))
    elif as_json:
        click.echo(json.dumps(explain_json(name, rules), indent=1, ensure_ascii=False))
    else:
        click.echo(explain(name, rules), nl=False)
