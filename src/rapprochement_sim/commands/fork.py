"""``rapprochement fork``: the futures of one's own game, alternatives side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.commands.progress import Bar, terminated_as_interrupted
from rapprochement_sim.commands.sitting import named_capital
from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from rapprochement_sim.experiments.fork import Alternative, Fork, ForkPoint
    from rapprochement_sim.game.local_seat import LocalSeat

UNFINISHED, INTERRUPTED = 1, 130

EPILOG = """\b
Examples:
  rapprochement fork tokyo.jsonl --turn 6 --runs 2000
  rapprochement fork tokyo.jsonl --turn 6 --instead "summit seoul"
  rapprochement fork tokyo.jsonl --turn 6 --seat seoul --json
  rapprochement fork tokyo.jsonl --turn 6 --runs 500 --out futures

An alternative of several orders is written with semicolons; it may hold answers,
as in "accept seoul; reassure washington". Answers it does not name stay as they
were given. What another seat of the game's players decided in that turn stands.

A future starts from the true state of the game, which its players do not know:
what it tells is for afterwards, or for whoever runs the game.
"""


@click.command("fork", epilog=EPILOG)
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--turn", type=click.IntRange(1), required=True, help="Turn to start from.")
@click.option("--runs", default=2000, show_default=True, help="Futures of each alternative.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Of chance. [default: the game's]")
@click.option("--seat", metavar="CAPITAL", help="Whose alternatives. [default: who is played]")
@click.option("--instead", multiple=True, metavar="ORDER", help="One more alternative.")
@click.option("--workers", type=int, help="Processes. [default: one for each core]")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to keep every future in.")
@masked_option
def command(
    save: Path,
    turn: int,
    runs: int,
    seed: int | None,
    seat: str | None,
    instead: tuple[str, ...],
    workers: int | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Run the futures of SAVE from the start of a turn, alternatives side by side."""
    from rapprochement_sim.experiments.fork import fork, fork_point, usual_alternatives
    from rapprochement_sim.experiments.fork_data import prepare_folder
    from rapprochement_sim.game.journal_files import read_journal
    from rapprochement_sim.scenario.wearing import wear_labels

    wear_labels(read_journal(save).header.scenario)
    capital = None if seat is None else named_capital(seat)
    point = fork_point(save, turn, capital)
    alternatives = usual_alternatives(point)
    alternatives += [read_alternative(point, text) for text in instead]
    _require_few(alternatives)
    if out is not None:
        prepare_folder(out)
    with terminated_as_interrupted(), Bar() as bar:
        try:
            found = fork(
                point, alternatives, runs=runs, seed=seed, workers=workers, on_progress=bar.show
            )
        except KeyboardInterrupt:
            bar.stop()
            click.echo("Stopped. Nothing was kept.", err=True)
            return INTERRUPTED
    return _show(found, out, as_json=as_json)


def read_alternative(point: ForkPoint, text: str) -> Alternative:
    """Read an alternative, as a player would type it, and try whether the rules allow it.

    Raises
    ------
    MalformedInput
        If an order or capital in it is not known.
    NotAllowedNow
        If the rules refuse it in that turn.
    """
    from rapprochement_sim.experiments.fork import Alternative
    from rapprochement_sim.game.local_seat import LocalSeat

    session = point.session
    seat = LocalSeat(session, point.seat)
    told = [_decide(seat, part.strip()) for part in text.split(";") if part.strip()]
    made = session.decisions_of(point.seat)
    session.restore(point.others, (), closed=False)
    if not told:
        what = "an alternative names no order"
        raise MalformedInput(what, where="--instead", todo='For example: "summit seoul".')
    named = {decision.partner for decision in made if decision.kind == "answer"}
    kept = [d for d in point.decided or () if d.kind == "answer" and d.partner not in named]
    return Alternative(text.strip(), (*made, *kept))


def _decide(seat: LocalSeat, text: str) -> str:
    from rapprochement_sim.plain.choosing import find_capital, parse_order

    word, _, rest = text.partition(" ")
    if word.casefold() in ("accept", "refuse"):
        return seat.answer(find_capital(rest), accepts=word.casefold() == "accept")
    papers = seat.brief().papers if word.isdecimal() else ()
    return seat.submit(parse_order(text, seat.capital, seat.options(), papers))


def _require_few(alternatives: list[Alternative]) -> None:
    from rapprochement_sim.experiments.fork_text import MOST_ALTERNATIVES

    if len(alternatives) > MOST_ALTERNATIVES:
        what = f"there are {len(alternatives)} alternatives"
        allowed = f"{MOST_ALTERNATIVES}, the usual ones among them"
        raise MalformedInput(what, where="--instead", allowed=allowed)
    names = [alternative.name for alternative in alternatives]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        what = f"the alternative '{twice}' is named twice"
        raise MalformedInput(what, where="--instead")


def _show(found: Fork, out: Path | None, *, as_json: bool) -> int:
    from rapprochement_sim.experiments.fork_data import fork_json, keep_fork
    from rapprochement_sim.experiments.fork_text import fork_text

    if out is not None:
        keep_fork(found, out)
    click.echo(fork_json(found) if as_json else fork_text(found), nl=False)
    if out is not None and not as_json:
        click.echo(f"\nKept in {out}")
    for failure in found.failures[:5]:
        click.echo(f"Not finished, block {failure.block}: {failure.reason}", err=True)
    return UNFINISHED if found.failures else 0
