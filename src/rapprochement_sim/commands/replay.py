"""``rapprochement replay``: play a save again, compare every turn, and tell the story."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rapprochement_sim import naming
from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.errors import MalformedInput, WrongVersion

if TYPE_CHECKING:
    from rapprochement_sim.game.journal import Journal
    from rapprochement_sim.game.replaying import Replayed

EPILOG = """\b
Examples:
  rapprochement replay tokyo.jsonl
  rapprochement replay tokyo.jsonl --turn 3
  rapprochement replay tokyo.jsonl --json
\b
A save that other rules have played is shown as it was recorded, and says so.
"""
UNFINISHED = 1


@click.command("replay", epilog=EPILOG)
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--turn", type=click.IntRange(1), help="Only this turn.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@masked_option
def command(save: Path, turn: int | None, as_json: bool) -> int:
    """Replay SAVE, compare it turn by turn, and tell what happened.

    Ends with 1 if a turn does not come out as it was saved, naming the first difference.
    """
    from rapprochement_sim.game.journal_files import read_journal
    from rapprochement_sim.game.replaying import replay
    from rapprochement_sim.scenario.wearing import wear_labels

    journal = read_journal(save)
    wear_labels(journal.header.scenario)
    if turn is not None and turn > len(journal.turns):
        what = f"the save has no turn {turn}"
        raise MalformedInput(what, where=str(save), allowed=f"1 to {len(journal.turns)}")
    try:
        replayed = replay(journal, save)
    except WrongVersion as error:
        _show_recorded(journal, turn, str(error), as_json=as_json)
        return 0
    if as_json:
        verdict = {"difference": replayed.difference, "is_exact": replayed.is_exact}
        click.echo(json.dumps(naming.told({**_recorded(journal, turn), **verdict}), indent=1))
    else:
        _tell(replayed, journal, turn)
    return UNFINISHED if replayed.difference else 0


def _tell(replayed: Replayed, journal: Journal, turn: int | None) -> None:
    from rapprochement_sim.plain.layout import page
    from rapprochement_sim.plain.story import retold_lines

    for line in retold_lines(replayed.session, turn):
        click.echo(page([line]), nl=False)
    n_turns = len(journal.turns)
    click.echo()
    if replayed.difference:
        click.echo(f"DIFFERENT: the first difference is in {replayed.difference}.")
    elif replayed.is_exact:
        click.echo(f"Replayed {n_turns} turns: every digest agrees, bit for bit.")
    else:
        click.echo(
            f"Replayed {n_turns} turns: all decisions and figures agree to 6 digits; the last\n"
            "bits do not, as between processors or versions of numpy."
        )


def _show_recorded(journal: Journal, turn: int | None, why: str, *, as_json: bool) -> None:
    from rapprochement_sim.plain.layout import page
    from rapprochement_sim.plain.story import recorded_lines

    if as_json:
        told = {**_recorded(journal, turn), "read_only": why}
        click.echo(json.dumps(naming.told(told), indent=1))
        return
    for line in recorded_lines(journal, turn, why):
        click.echo(page([line]), nl=False)


def _recorded(journal: Journal, turn: int | None) -> dict[str, Any]:
    entries = [e for e in journal.turns if turn is None or e.turn == turn]
    header = journal.header
    return {
        "scenario": header.scenario,
        "seed": header.seed,
        "run": header.run,
        "seats": [seat.key for seat in header.seats],
        "parent": None if header.parent is None else asdict(header.parent),
        "turns": [
            {
                "turn": entry.turn,
                "decisions": [
                    {
                        "kind": decision.kind,
                        "seat": decision.seat.key,
                        "partner": decision.partner.key,
                        "action": decision.action,
                        "modifiers": list(decision.modifiers),
                        "accepts": decision.accepts if decision.kind == "answer" else None,
                    }
                    for decision in entry.decisions
                ],
                "published": dict(entry.published),
                "digest": entry.digest,
            }
            for entry in entries
        ],
        "notes": [{"turn": n.turn, "seat": n.seat.key, "text": n.text} for n in journal.notes],
    }
