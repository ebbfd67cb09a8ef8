"""A fork's alternatives side by side as plain text, at most 80 columns wide."""

from __future__ import annotations

import textwrap
from string import ascii_uppercase
from typing import TYPE_CHECKING

from rapprochement_sim.experiments.paired import shown_probability
from rapprochement_sim.game.debrief import deed_text
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.figure_text import signed, signed_range
from rapprochement_sim.game.rows import target_of
from rapprochement_sim.game.table import LANE
from rapprochement_sim.game.wording import turn_title
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.experiments.fork import Alternative, AlternativeResult, Fork, ForkPoint

WIDTH = 80
_CELL = 7
_TWO_DIGITS = 10.0
MOST_ALTERNATIVES = 8


def fork_text(fork: Fork) -> str:
    """Lay a fork out for reading."""
    blocks = [_head(fork), _score_table(fork), _others(fork), _outcomes(fork)]
    return "\n\n".join("\n".join(map(str.rstrip, lines)) for lines in blocks) + "\n"


def told_alternative(point: ForkPoint, alternative: Alternative) -> str:
    """Name an alternative and say what is decided in it."""
    if not alternative.decisions:
        return alternative.name
    of_turn = (*point.others, *alternative.decisions, *_offers_of_agents(point))
    case = point.session.case
    deeds = [deed_text(case, decision, of_turn) for decision in alternative.decisions]
    return f"{alternative.name}: {'; '.join(deeds)}"


def _offers_of_agents(point: ForkPoint) -> Iterator[Decision]:
    """Yield the offers on the desk that automated seats made."""
    model = point.session.model
    for proposer, row_index in enumerate(model.proposal_row[:, LANE]):
        if row_index >= 0:
            row = model.case.row(int(row_index))
            yield Decision("offer", Capital(proposer), target_of(row), row.name)


def _head(fork: Fork) -> list[str]:
    point = fork.point
    scenario = point.session.case.loaded.schema
    months = turn_title(scenario, point.turn - 1)
    lines = [f"Futures of {point.name} from turn {point.turn} of {scenario.turns}, {months}"]
    lines.append(
        f"{fork.n_runs:,} futures of each alternative, seed {fork.seed}; the same chance for all"
    )
    lines.append("")
    for letter, result in zip(ascii_uppercase, fork.results, strict=False):
        told = told_alternative(point, result.alternative)
        lines += textwrap.wrap(told, WIDTH, initial_indent=f" {letter}  ", subsequent_indent="    ")
    return lines


def _score_table(fork: Fork) -> list[str]:
    seat = fork.point.seat
    name = f"{seat.title}'s score"
    head = f"{name:<20}{'mean':>6}{'5%':>7}{'50%':>7}{'95%':>7}"
    lines = [f"{head}{'less A':>9}{'95% interval':>15}{'above A':>9}"]
    for letter, result in zip(ascii_uppercase, fork.results, strict=False):
        lines.append(f" {letter:<19}{_row(result, seat.key)}")
    legend = "above A: the share of futures in which it ends above A under the same chance; "
    legend += f"probability that its mean is above that of A: {_probabilities(fork)}"
    return lines + textwrap.wrap(legend, WIDTH)


def _row(result: AlternativeResult, key: str) -> str:
    score = result.scores[key]
    levels = "".join(f"{x:>7.1f}" for x in (score.band.low, score.band.middle, score.band.high))
    cells = f"{score.mean:>6.1f}{levels}"
    against = result.against_first
    if against is None:
        return cells
    digits = 2 if max(abs(against.low), abs(against.high)) < _TWO_DIGITS else 1
    interval = signed_range(against.low, against.high, digits)
    return (
        f"{cells}{signed(against.difference, 2):>9}{interval:>15}{100 * against.share_above:>8.0f}%"
    )


def _probabilities(fork: Fork) -> str:
    told = [
        f"{letter} {shown_probability(result.against_first.prob_above)}"
        for letter, result in zip(ascii_uppercase, fork.results, strict=False)
        if result.against_first is not None
    ]
    return ", ".join(told) or "nothing to compare"


def _others(fork: Fork) -> list[str]:
    width = WIDTH - _CELL * len(fork.results)
    lines = [f"{'Mean scores of all seats':<{width}}{_letters(fork)}"]
    for capital in CAPITALS:
        cells = "".join(f"{each.scores[capital.key].mean:>{_CELL}.1f}" for each in fork.results)
        lines.append(f" {capital.title:<{width - 1}}{cells}")
    return lines


def _outcomes(fork: Fork) -> list[str]:
    width = WIDTH - _CELL * len(fork.results)
    lines = list(_line("Share of futures in which it comes true", _letters(fork), width))
    titles = fork.point.session.case.loaded.schema.outcomes
    for name, outcome in titles.items():
        cells = "".join(_share(result, name) for result in fork.results)
        lines += _line(f" {outcome.title}", cells, width)
    lines.append("* the interval of 95% of its difference from A leaves out 0")
    return lines


def _line(title: str, cells: str, width: int) -> Iterator[str]:
    """Lay out a title and its cells; a title that is too long stands above them."""
    if len(title) > width:
        yield title[:WIDTH]
        title = ""
    yield f"{title:<{width}}{cells}"


def _share(result: AlternativeResult, name: str) -> str:
    against = result.outcomes_against_first.get(name)
    is_apart = against is not None and not against.low <= 0.0 <= against.high
    share = 100 * result.outcomes[name].estimate
    return f"{share:>{_CELL - 2}.0f}%{'*' if is_apart else ' '}"


def _letters(fork: Fork) -> str:
    return "".join(f"{letter:>{_CELL - 1}} " for letter in ascii_uppercase[: len(fork.results)])
