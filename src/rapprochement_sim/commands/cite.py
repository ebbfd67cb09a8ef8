"""``rapprochement cite``: what a scenario and its rules rest on, and how much is assumed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rapprochement_sim.scenario.auditing import Audit, FileAudit
    from rapprochement_sim.scenario.loading import LoadedScenario

EPILOG = """\b
Examples:
  rapprochement cite rekindled_2023
  rapprochement cite summit
  rapprochement cite --audit
  rapprochement cite my_scenario --audit --json
"""
_NAME_WIDTH = 40


@click.command("cite", epilog=EPILOG)
@click.argument("name", required=False)
@click.option("--audit", "is_audit", is_flag=True, help="Count what each file rests on.")
@click.option("--scenario", metavar="SCENARIO", help="Look NAME up in the rules of this scenario.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(name: str | None, is_audit: bool, scenario: str | None, as_json: bool) -> None:
    """Print the references of NAME: a scenario, or anything in the rules.

    Without NAME all shipped scenarios are meant. A number that nothing stands behind ends
    the command with status 2.
    """
    from rapprochement_sim.scenario.auditing import audit

    if is_audit:
        found = audit(_scenarios(name))
        click.echo(_audit_json(found) if as_json else _audit_text(found), nl=False)
        if found.faults:
            from rapprochement_sim.errors import MalformedInput

            raise MalformedInput.gather(found.faults)
        return
    references = _references(name, scenario)
    if as_json:
        click.echo(json.dumps(references, indent=1, ensure_ascii=False))
    else:
        from rapprochement_sim.scenario.referencing import references_text

        click.echo(references_text(references), nl=False)


def _scenarios(name: str | None) -> list[LoadedScenario]:
    from rapprochement_sim.scenario.loading import list_scenarios, load_scenario

    return [load_scenario(each) for each in ([name] if name else list_scenarios())]


def _references(name: str | None, scenario: str | None) -> dict[str, Any]:
    from pathlib import Path

    from rapprochement_sim.scenario.explaining import Explainer
    from rapprochement_sim.scenario.loading import list_scenarios, load_rules, passages_for
    from rapprochement_sim.scenario.referencing import (
        references_json,
        references_of,
        references_told,
    )

    if name is None or name in list_scenarios() or Path(name).exists():
        loaded = _scenarios(name)
        titles = " and ".join(f"{each.schema.title} ({each.id})" for each in loaded)
        book = loaded[0].rules
        uses = references_of([book, *(each.schema for each in loaded)])
        passages = passages_for(loaded[0].path)
        return references_json(f"{titles} and the rules", uses, book, passages)
    context = _scenarios(scenario)[0] if scenario else None
    rules = context.rules if context else load_rules()
    known = passages_for(context.path) if context else passages_for(Path())
    uses = references_told(Explainer(rules, known).explain(name))
    return references_json(name, uses, rules, known)


def _audit_json(found: Audit) -> str:
    from rapprochement_sim.scenario.auditing import KINDS

    def told(each: FileAudit) -> dict[str, Any]:
        shares = {kind: round(each.share(kind), 4) for kind in KINDS}
        return {"file": each.file, "numbers": each.n_sourced, **each.counts, "shares": shares}

    data = {
        "files": [told(each) for each in found.files],
        "total": told(found.total),
        "faults": [str(fault) for fault in found.faults],
    }
    return json.dumps(data, indent=1) + "\n"


def _audit_text(found: Audit) -> str:
    from rapprochement_sim.scenario.auditing import KINDS

    heads = ("article", "record", "study", "fit", "assumed")
    lines = [
        "Numbers, the share of them that rests on each kind of source, and numbers that",
        "only define the game (design) and claim nothing of the world.",
        "",
        f"{'File':<{_NAME_WIDTH}}{'numbers':>8}"
        + "".join(f"{head:>8}" for head in heads)
        + f"{'design':>8}",
    ]
    for each in (*found.files, found.total):
        shares = "".join(f"{100 * each.share(kind):>7.0f}%" for kind in KINDS)
        file = each.file if len(each.file) < _NAME_WIDTH else f"..{each.file[2 - _NAME_WIDTH :]}"
        lines.append(f"{file:<{_NAME_WIDTH}}{each.n_sourced:>8}{shares}{each.counts['design']:>8}")
    n = len(found.faults)
    verdict = "Every source resolves, every assumption has its range and reason."
    lines += ["", f"{n} {'fault' if n == 1 else 'faults'}:" if n else verdict]
    return "\n".join(lines) + "\n"
