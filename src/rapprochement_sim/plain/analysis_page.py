"""The analysis of a game as text: turning points, luck, who decided, worlds beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.debrief_pages import page_named
from rapprochement_sim.game.figure_text import share_text, shown_value, signed, signed_range
from rapprochement_sim.game.readings import (
    BESIDE_HOW,
    INTERVALS,
    LUCK_HOW,
    read_beside,
    read_luck,
    read_turning_points,
    read_who_decided,
    who_how,
)
from rapprochement_sim.plain.layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.analysis import Analysis, SeatAnalysis
    from rapprochement_sim.game.beside import Standing, WorldsBeside
    from rapprochement_sim.game.estimates import Estimate
    from rapprochement_sim.game.who_decided import Decided, WhoDecided

_POINTS_SHOWN = 8
_TEXT_WIDTH = 52
_BAR_WIDTH = 36


def analysis_lines(analysis: Analysis) -> Iterator[str]:
    """Lay out the whole analysis."""
    for seat in analysis.seats:
        yield from turning_point_lines(seat)
        yield from luck_lines(seat, is_over=analysis.is_over)
    yield from _nobody(analysis)
    if analysis.who_decided is not None:
        yield from who_lines(analysis.who_decided, analysis)
    yield from beside_lines(analysis.beside, analysis)


def analysis_page(word: str, analysis: Analysis, about: str = "") -> Iterator[str]:
    """Lay out one page of an analysis, by its word in ``game.debrief_pages``.

    ``about`` is part of the title of a number whose worlds are drawn as well.
    """
    yield from wrapped(page_named(word).about, 1)
    if word == "worlds":
        yield from beside_lines(analysis.beside, analysis)
        if about:
            yield from _drawn_lines(analysis.beside, about)
        return
    if word == "who":
        if analysis.who_decided is not None:
            yield from who_lines(analysis.who_decided, analysis)
        return
    yield from _nobody(analysis)
    for seat in analysis.seats:
        if word == "turning":
            yield from turning_point_lines(seat)
        else:
            yield from luck_lines(seat, is_over=analysis.is_over)


def _nobody(analysis: Analysis) -> Iterator[str]:
    if not analysis.seats:
        yield from wrapped(
            "Nobody played a seat. With --seat CAPITAL the decisions of an automated one are "
            "looked at as if they had been somebody's.",
            1,
        )


def turning_point_lines(seat: SeatAnalysis) -> Iterator[str]:
    """Lay out the decisions that moved a seat's score most."""
    yield from heading(f"Turning points of {seat.seat.title}")
    yield from wrapped(read_turning_points(seat), 1)
    shown = seat.turning_points[:_POINTS_SHOWN]
    if shown:
        yield from wrapped(f"Points that a decision was worth, {INTERVALS}:", 1)
    for place, point in enumerate(shown, start=1):
        yield from wrapped(f"turn {point.turn}, {point.text}", 5, first=f" {place:>2}. ")
        for instead in point.alternatives:
            yield from _measured(f"against {instead.text}", instead.effect, 7)


def luck_lines(seat: SeatAnalysis, *, is_over: bool) -> Iterator[str]:
    """Lay out luck against choice, in sum and turn by turn."""
    luck = seat.luck
    yield from heading(f"Luck against choice: {seat.seat.title}")
    yield from wrapped(read_luck(seat), 1)
    yield from _measured("expected at the start, everybody automated", luck.start, 3)
    yield from _measured("what it decided", luck.choice, 3)
    yield from _measured("what the others decided", luck.others, 3)
    yield from _measured("what befell", luck.chance, 3)
    yield from _measured("final score" if is_over else "expected from here", luck.final, 3)
    yield f"   {'turn':<6}{'choice':>14}{'others':>14}{'chance':>14}   (+- margin of 95%)"
    for turn in luck.turns:
        cells = "".join(_cell(part) for part in (turn.choice, turn.others, turn.chance))
        yield f"   {turn.turn:<6}{cells}"
    yield from wrapped(f"Points, {INTERVALS}. {LUCK_HOW}", 1)


def who_lines(who: WhoDecided, analysis: Analysis) -> Iterator[str]:
    """Lay out who decided: scores of the seats looked at, then every outcome."""
    yield from heading("Who decided this")
    yield from wrapped(who_how(who), 1)
    seats = {seat.seat for seat in analysis.seats}
    for decided in who.numbers:
        if decided.seat is None:
            yield from _outcome_lines(decided, who)
        elif decided.seat in seats or not seats:
            yield from _decided_lines(decided, who)


def _decided_lines(decided: Decided, who: WhoDecided) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{decided.title}: {read_who_decided(decided, who)}", 3, first=" ")
    yield f"   {'':<42}{'takes part':>17}{'alone':>17}"
    rows = zip(who.sources, decided.shares.total, decided.shares.first, strict=True)
    for source, total, alone in rows:
        played = " (played here)" if source.is_played else ""
        cells = "".join(
            f"{100 * s.value:>6.0f}%{f'{100 * s.low:.0f}..{100 * s.high:.0f}':>10}"
            for s in (total, alone)
        )
        yield f"   {source.title + played:<42}{cells}"
    together = decided.shares.interactions
    inside = f"{100 * together.low:.0f}..{100 * together.high:.0f}"
    yield f"   {'interactions':<42}{'':>17}{100 * together.value:>6.0f}%{inside:>10}"


def _outcome_lines(decided: Decided, who: WhoDecided) -> Iterator[str]:
    yield from wrapped(f"{decided.title}: {read_who_decided(decided, who)}", 3, first=" * ")


def beside_lines(beside: WorldsBeside, analysis: Analysis) -> Iterator[str]:
    """Lay out where the game stands among automated worlds."""
    yield from heading(f"{beside.n_worlds:,} automated worlds beside this one")
    for seat in analysis.seats:
        yield from wrapped(read_beside(beside, seat), 1)
    for line in beside.scores:
        if line.seat in {seat.seat for seat in analysis.seats}:
            yield f" Score of {line.seat.title}: worlds by where they ended"
            yield from _histogram(line.standing)
    yield f"   {'':<38}{'here':>8}{'5%':>8}{'50%':>8}{'95%':>8}{'below':>7}"
    for line in beside.scores:
        name = f"Score of {line.seat.title}"
        standing = line.standing
        numbers = (standing.value, *(standing.quantiles[n] for n in (0, 2, 4)))
        yield _beside_row(name, [f"{n:.1f}" for n in numbers], standing.percentile)
    for figure in beside.figures:
        standing = figure.standing
        numbers = (standing.value, *(standing.quantiles[n] for n in (0, 2, 4)))
        shown = [shown_value(figure.name, n, figure.unit) for n in numbers]
        yield _beside_row(figure.title, shown, standing.percentile)
    yield from wrapped(BESIDE_HOW, 1)
    for outcome in beside.outcomes:
        mark = "x" if outcome.is_met else " "
        yield f"   [{mark}] {outcome.title}: in {100 * outcome.share:.0f}% of the worlds"


def _drawn_lines(beside: WorldsBeside, about: str) -> Iterator[str]:
    standings = {f"Score of {line.seat.title}": line.standing for line in beside.scores}
    standings |= {figure.title: figure.standing for figure in beside.figures}
    found = [title for title in standings if about.casefold() in title.casefold()]
    for title in found:
        yield f" {title}: worlds by where they ended"
        yield from _histogram(standings[title])
    if not found:
        yield f" Nothing with '{about}' in its name was counted."


def _histogram(standing: Standing) -> Iterator[str]:
    step = (standing.high - standing.low) / len(standing.counts)
    most, total = max(standing.counts), sum(standing.counts)
    here = min(int((standing.value - standing.low) / step), len(standing.counts) - 1)
    for number, count in enumerate(standing.counts):
        low = standing.low + number * step
        drawn = "#" * (max(1, round(_BAR_WIDTH * count / most)) if count else 0)
        mark = f" < this game, {standing.value:.1f}" if number == here else ""
        yield f"   {f'{low:g} to {low + step:g}':>12} {drawn}{share_text(count, total):>5}{mark}"


def _beside_row(name: str, shown: list[str], percentile: float) -> str:
    cells = "".join(f"{text:>8}" for text in shown)
    return f"   {name:<38}{cells}{percentile:>6.0f}%"


def _measured(text: str, estimate: Estimate, indent: int) -> Iterator[str]:
    *before, last = wrapped(text, indent)
    yield from before
    if len(last) > _TEXT_WIDTH:
        yield last
        last = ""
    told = f"{last:<{_TEXT_WIDTH}}{signed(estimate.value, 1):>7}"
    if estimate.error:
        told += f"  ({signed_range(estimate.low, estimate.high, 1)})"
    yield told


def _cell(estimate: Estimate) -> str:
    half = (estimate.high - estimate.low) / 2.0
    return f"{f'{signed(estimate.value, 1)} +-{half:.1f}':>14}"
