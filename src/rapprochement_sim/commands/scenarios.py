"""``rapprochement scenarios``: what there is to play and to run."""

from __future__ import annotations

import json
import textwrap

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.naming import shown_id, told, worn

WIDTH = 78


@click.command("scenarios", epilog="\b\nExample:\n  rapprochement scenarios --json\n")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@masked_option
def command(as_json: bool) -> None:
    """List the scenarios that come along."""
    from rapprochement_sim.scenario.loading import list_scenarios, load_scenario

    loaded = [load_scenario(name) for name in list_scenarios()]
    if as_json:
        entries = [
            {
                "id": each.id,
                "title": each.schema.title,
                "summary": each.schema.summary,
                "era": each.schema.era,
                "difficulty": each.schema.difficulty,
                "teaches": each.schema.teaches,
                "start": "" if worn().hides_history else each.schema.start,
                "turns": each.schema.turns,
                "turn_months": each.schema.turn_months,
                "outcomes": {name: out.title for name, out in each.schema.outcomes.items()},
                "content_hash": each.content_hash,
            }
            for each in loaded
        ]
        click.echo(json.dumps(told(entries), indent=1, ensure_ascii=False))
        return
    for number, each in enumerate(loaded):
        scenario = each.schema
        kind = "quarters" if scenario.turn_months == 3 else "months"
        click.echo(("\n" if number else "") + f"{shown_id(each.id)}: {scenario.title}")
        click.echo(f"  {scenario.era}; {scenario.turns} {kind}; {scenario.difficulty}")
        for text in (scenario.summary, f"Teaches: {scenario.teaches}"):
            click.echo(textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  "))
