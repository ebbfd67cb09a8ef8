"""``rapprochement explain``: what a name means, with its numbers and who says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.naming import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.scenario.programmes import Programme
    from rapprochement_sim.scenario.schema_mechanisms import Mechanism

EPILOG = """\b
Examples:
  rapprochement explain summit
  rapprochement explain trust_seoul_tokyo --scenario rekindled_2023
  rapprochement explain lenses:realist --json
  rapprochement explain my_action --scenario my_scenario
  rapprochement explain mechanisms lists what the articles describe, by number
  rapprochement explain programmes lists what they recommend, by number
  rapprochement explain            lists all names
"""


@click.command("explain", epilog=EPILOG)
@click.argument("name", required=False)
@click.option(
    "--scenario", metavar="SCENARIO", help="Take the rules and start values of this scenario."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@masked_option
def command(name: str | None, scenario: str | None, as_json: bool) -> None:
    """Explain NAME: an action, a dispute, a parameter, a mechanism, and so on."""
    from rapprochement_sim.naming import shown, shown_id
    from rapprochement_sim.scenario.explaining import Explainer
    from rapprochement_sim.scenario.explanation_text import explanation_text
    from rapprochement_sim.scenario.loading import (
        load_passages,
        load_rules,
        load_scenario,
        passages_for,
    )
    from rapprochement_sim.scenario.mechanisms import shipped_mechanisms
    from rapprochement_sim.scenario.programmes import shipped_programmes
    from rapprochement_sim.scenario.topics import explainable_names
    from rapprochement_sim.scenario.wearing import named_scenario, wear_labels

    rules, mechanisms, programmes = load_rules(), shipped_mechanisms(), shipped_programmes()
    described: dict[str, Mapping[str, Mechanism | Programme]] = {
        "mechanisms": mechanisms,
        "programmes": programmes,
    }
    explainer = Explainer(rules, load_passages(), None, mechanisms, programmes)
    if scenario is not None:
        loaded = load_scenario(named_scenario(scenario))
        wear_labels(loaded.path)
        rules = loaded.rules
        passages = passages_for(loaded.path)
        explainer = Explainer(rules, passages, loaded.schema, mechanisms, programmes)
    if name in described:
        found = described[name].items()
        rows = [
            shown(f"{n:2} {shown_id(key)}: {each.title}") for n, (key, each) in enumerate(found, 1)
        ]
        names = told([key for key, _ in found])
        click.echo(json.dumps(names, indent=1) if as_json else "\n".join(rows))
    elif name is None:
        names = [shown_id(each) for each in (*explainable_names(rules), *mechanisms, *programmes)]
        click.echo(json.dumps(names, indent=1) if as_json else "\n".join(names))
    elif as_json:
        click.echo(json.dumps(told(explainer.explain(name)), indent=1, ensure_ascii=False))
    else:
        click.echo(explanation_text(explainer.explain(name)), nl=False)
