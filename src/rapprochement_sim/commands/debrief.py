"""``rapprochement debrief``: a saved game looked back on, with everything opened."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.commands.progress import terminated_as_interrupted
from rapprochement_sim.commands.sitting import named_capital
from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.naming import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

INTERRUPTED = 130
FEWEST_RUNS = 16

EPILOG = """\b
Examples:
  rapprochement debrief tokyo.jsonl
  rapprochement debrief tokyo.jsonl --runs 5000
  rapprochement debrief tokyo.jsonl --seat beijing --json
  rapprochement debrief tokyo.jsonl --html report.html
\b
What is computed follows from the save alone: the same save gives the same
numbers. It uses chance of its own, never that of the game. The HTML file
needs no network and no script, and prints.
"""


@click.command("debrief", epilog=EPILOG)
@click.argument("save", type=click.Path(path_type=Path))
@click.option(
    "--runs",
    type=click.IntRange(FEWEST_RUNS, 1_000_000),
    default=1000,
    show_default=True,
    help="Automated worlds beside the game; all else in proportion.",
)
@click.option("--seat", "seats", multiple=True, metavar="CAPITAL", help="Whose choices.")
@click.option("--ledger", is_flag=True, help="Also print goals, deeds and the exact ledger.")
@click.option("--unfinished", is_flag=True, help="Open a game that still goes on (for its leader).")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a whole report with charts, to read and to print.",
)
@click.option("--reveal", is_flag=True, help="With --masked: end by saying which history it was.")
@masked_option
def command(
    save: Path,
    runs: int,
    seats: tuple[str, ...],
    *,
    ledger: bool,
    unfinished: bool,
    as_json: bool,
    html: Path | None,
    reveal: bool,
) -> int:
    """Look back on SAVE: turning points, luck, who decided, and worlds beside it."""
    from rapprochement_sim.game.journal_files import read_journal
    from rapprochement_sim.game.replaying import replay_to_go_on
    from rapprochement_sim.scenario.wearing import wear_labels, which_history

    if html is not None:
        from dataclasses import replace

        from rapprochement_sim.game.account import account_of
        from rapprochement_sim.report.writing import check_place, write_report

        check_place(html)
    journal = read_journal(save)
    wear_labels(journal.header.scenario)
    chosen = tuple(named_capital(seat) for seat in seats) or None
    session = replay_to_go_on(journal, save)
    if not session.is_over and not unfinished:
        what = "the debrief opens when the last turn has been resolved"
        todo = "Play on; whoever leads the game may open it with --unfinished."
        raise NotAllowedNow(what, where=str(save), todo=todo)
    with terminated_as_interrupted():
        try:
            analysis = _analysed(session, chosen, runs, is_open=unfinished)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            return INTERRUPTED
    if html is not None:
        behind = which_history(journal.header.scenario) if reveal else []
        account = account_of(session, is_open=unfinished)
        write_report(html, replace(account, save=save.name, behind=tuple(behind)), analysis)
        click.echo(f"The report is in {html}")
        return 0
    if as_json:
        click.echo(json.dumps(told(_data(session, analysis)), indent=1))
        return 0
    from rapprochement_sim.plain.layout import page

    for line in _lines(session, analysis, with_ledger=ledger):
        click.echo(page([line]), nl=False)
    if reveal:
        click.echo("\n" + "\n".join(which_history(journal.header.scenario)))
    return 0


def _analysed(
    session: Session, seats: tuple[Capital, ...] | None, runs: int, *, is_open: bool
) -> Analysis:
    from tqdm import tqdm

    from rapprochement_sim.game.analysis import Effort, analyse

    with tqdm(total=100, unit="%", leave=False, disable=not sys.stderr.isatty()) as bar:
        looks = analyse(
            session,
            seats=seats,
            effort=Effort.of(runs),
            is_open=is_open,
            progress=lambda share: bar.update(int(100 * share) - bar.n),
        )
        *_, last = looks
    return last


def _lines(session: Session, analysis: Analysis, *, with_ledger: bool) -> Iterator[str]:
    from rapprochement_sim.game.debrief import debrief
    from rapprochement_sim.plain.analysis_page import analysis_lines
    from rapprochement_sim.plain.debrief_page import debrief_lines, summary_lines

    opened = debrief(session)
    yield from debrief_lines(opened) if with_ledger else summary_lines(opened)
    yield from analysis_lines(analysis)


def _data(session: Session, analysis: Analysis) -> dict[str, object]:
    from rapprochement_sim.game.analysis_data import plain_data
    from rapprochement_sim.game.debrief import debrief

    return {"debrief": plain_data(debrief(session)), "analysis": plain_data(analysis)}
