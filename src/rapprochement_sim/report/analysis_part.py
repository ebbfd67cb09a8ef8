"""What many worlds say of the game: turning points, luck, who decided, worlds beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.debrief_pages import page_named
from rapprochement_sim.game.figure_text import shown_value, signed, signed_range
from rapprochement_sim.game.readings import (
    BESIDE_HOW,
    INTERVALS_OF,
    LUCK_HOW,
    read_beside,
    read_luck,
    read_turning_points,
    read_who_decided,
    who_how,
)
from rapprochement_sim.report.charts import Interval, histogram, interval_chart
from rapprochement_sim.report.elements import (
    figures,
    items,
    paragraph,
    section,
    subtitle,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.analysis import Analysis, SeatAnalysis
    from rapprochement_sim.game.beside import Standing, WorldsBeside
    from rapprochement_sim.game.estimates import Estimate
    from rapprochement_sim.game.turning_points import TurningPoint
    from rapprochement_sim.game.who_decided import Decided, WhoDecided

_POINTS_SHOWN = 8


def analysis_sections(analysis: Analysis) -> Iterator[str]:
    """Write the sections of an analysis."""
    if not analysis.is_final:
        yield paragraph("What follows is a first look: the worlds were not played to the end.")
    for seat in analysis.seats:
        many = len(analysis.seats) > 1
        name = f" of {seat.seat.title}" if many else ""
        key = f"-{seat.seat.key}" if many else ""
        yield section(f"turning-points{key}", f"Turning points{name}", _turning(seat))
        luck = _luck(seat, is_over=analysis.is_over)
        yield section(f"luck{key}", f"Luck against choice{name}", luck)
    if analysis.who_decided is not None:
        who = _who(analysis.who_decided, analysis)
        yield section("who-decided", "Who decided this", who)
    title = f"{analysis.beside.n_worlds:,} automated worlds beside this one"
    yield section("worlds", title, _beside(analysis.beside, analysis))


# ------------------------------------------------------------------ turning points


def _turning(seat: SeatAnalysis) -> Iterator[str]:
    yield paragraph(page_named("turning").about)
    yield paragraph(read_turning_points(seat), "lead")
    shown = seat.turning_points[:_POINTS_SHOWN]
    if not shown:
        return
    yield paragraph(f"Points that a decision was worth, with {INTERVALS_OF}.")
    chart = interval_chart(
        "The decisions that mattered most",
        [_interval(point) for point in shown],
        "Points gained (circle) or lost (square) against the alternative of the largest effect.",
    )
    yield figures([chart])
    yield table(
        "Every alternative of these decisions",
        ("Decision", "Against", "Points", "95% interval"),
        [
            (
                f"Turn {point.turn}, {point.text}" if not number else "",
                instead.text,
                _signed(instead.effect),
                _range(instead.effect),
            )
            for point in shown
            for number, instead in enumerate(point.alternatives)
        ],
        n_texts=2,
        kind="cards",
    )


def _interval(point: TurningPoint) -> Interval:
    effect = point.effect
    name = _cut(f"Turn {point.turn}, {point.text}", 74)
    return Interval(name, effect.value, effect.low, effect.high)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2]}.."


# ------------------------------------------------------------------ luck


def _luck(seat: SeatAnalysis, *, is_over: bool) -> Iterator[str]:
    luck = seat.luck
    yield paragraph(page_named("luck").about)
    yield paragraph(read_luck(seat), "lead")
    rows = (
        ("Expected at the start, everybody automated", luck.start),
        ("What it decided", luck.choice),
        ("What the others decided", luck.others),
        ("What befell", luck.chance),
        ("Final score" if is_over else "Expected from here", luck.final),
    )
    yield table(
        "The score, split; the parts sum to it",
        ("Part", "Points", "95% interval"),
        [(name, _signed(part), _range(part)) for name, part in rows],
    )
    yield paragraph(LUCK_HOW, "faint")
    charts = [
        interval_chart(
            title,
            [_turn_interval(turn.turn, getattr(turn, name)) for turn in luck.turns],
        )
        for title, name in (
            ("Its own choices, turn by turn", "choice"),
            ("What the others decided", "others"),
            ("What befell", "chance"),
        )
    ]
    yield figures(charts)


def _turn_interval(turn: int, estimate: Estimate) -> Interval:
    return Interval(f"turn {turn}", estimate.value, estimate.low, estimate.high)


# ------------------------------------------------------------------ who decided


def _who(who: WhoDecided, analysis: Analysis) -> Iterator[str]:
    yield paragraph(page_named("who").about)
    yield paragraph(who_how(who), "faint")
    seats = {seat.seat for seat in analysis.seats}
    for decided in who.numbers:
        if decided.seat is not None and (decided.seat in seats or not seats):
            yield from _shares(decided, who)
    outcomes = [decided for decided in who.numbers if decided.seat is None]
    if outcomes:
        yield subtitle("Outcomes")
        yield items(f"{each.title}: {read_who_decided(each, who)}" for each in outcomes)


def _shares(decided: Decided, who: WhoDecided) -> Iterator[str]:
    yield subtitle(decided.title)
    yield paragraph(read_who_decided(decided, who))
    shares = zip(who.sources, decided.shares.total, decided.shares.first, strict=True)
    rows = [
        (
            f"{source.title}{' (played here)' if source.is_played else ''}",
            *(
                cell
                for share in (total, alone)
                for cell in (
                    f"{100 * share.value:.0f}%",
                    f"{100 * share.low:.0f} to {100 * share.high:.0f}",
                )
            ),
        )
        for source, total, alone in shares
    ]
    together = decided.shares.interactions
    inside = f"{100 * together.low:.0f} to {100 * together.high:.0f}"
    rows.append(("Interactions", "", "", f"{100 * together.value:.0f}%", inside))
    head = ("Whose draw", "Takes part", "95% interval", "Alone", "95% interval")
    yield table("Shares of the variance", head, rows)


# ------------------------------------------------------------------ worlds beside


def _beside(beside: WorldsBeside, analysis: Analysis) -> Iterator[str]:
    yield paragraph(page_named("worlds").about)
    for seat in analysis.seats:
        yield paragraph(read_beside(beside, seat), "lead")
    yield paragraph("Each bar is a share of the worlds; the upright line is this game.", "faint")
    own = {seat.seat for seat in analysis.seats}
    scores = [line for line in beside.scores if line.seat in own or not own]
    charts = [_histogram(f"Score of {line.seat.title}", line.standing) for line in scores]
    charts += [_histogram(figure.title, figure.standing) for figure in beside.figures]
    yield figures(charts)
    rows = [
        (
            f"Score of {line.seat.title}",
            *(f"{n:.1f}" for n in _numbers(line.standing)),
            f"{line.standing.percentile:.0f}%",
        )
        for line in beside.scores
    ]
    rows += [
        (
            figure.title,
            *(shown_value(figure.name, n, figure.unit) for n in _numbers(figure.standing)),
            f"{figure.standing.percentile:.0f}%",
        )
        for figure in beside.figures
    ]
    head = ("Figure at the end", "Here", "5%", "50%", "95%", "Worlds below")
    yield table("This game among the worlds", head, rows)
    yield paragraph(BESIDE_HOW, "faint")
    yield table(
        "Outcomes",
        ("Outcome", "Here", "Share of the worlds"),
        [
            (outcome.title, "yes" if outcome.is_met else "no", f"{100 * outcome.share:.0f}%")
            for outcome in beside.outcomes
        ],
        n_texts=2,
    )


def _histogram(title: str, standing: Standing) -> str:
    return histogram(title, standing.counts, standing.low, standing.high, standing.value)


def _numbers(standing: Standing) -> tuple[float, ...]:
    return (standing.value, *(standing.quantiles[n] for n in (0, 2, 4)))


def _signed(estimate: Estimate) -> str:
    return signed(estimate.value, 1)


def _range(estimate: Estimate) -> str:
    return signed_range(estimate.low, estimate.high, 1) if estimate.error else "exact"
