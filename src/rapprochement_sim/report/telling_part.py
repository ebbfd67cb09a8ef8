"""The game turn by turn, its forecasts, its exact ledger, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.debrief_pages import page_named
from rapprochement_sim.game.figure_text import shown_value, signed
from rapprochement_sim.game.forecast_page import SCORES_HOW
from rapprochement_sim.report.elements import (
    items,
    paragraph,
    section,
    shown,
    subtitle,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.account import Account, TurnAccount
    from rapprochement_sim.game.debrief import LedgerPage
    from rapprochement_sim.game.forecasts import ForecasterScore, ForecastScores, Share

_LEDGER_SHOWN = 20
_KINDS = {
    "act": "",
    "event": "Befell: ",
    "refused": "Refused: ",
    "failed": "Not ratified: ",
}


def turns_section(account: Account) -> str:
    """Tell every turn: what each seat decided, secret or not, and what happened."""
    parts = [part for turn in account.turns for part in _turn(turn)]
    if account.notes:
        parts.append(subtitle("Notes of the players"))
        parts.append(
            items(f"Turn {note.turn}, {note.seat.title}: {note.text}" for note in account.notes)
        )
    told = "What every seat decided, in secret or openly, and what came of it."
    return section("turns", "Turn by turn", [paragraph(told), *parts])


def _turn(turn: TurnAccount) -> Iterator[str]:
    decided = "".join(
        f"<li>{_who(each.seat.title, is_played=each.is_played)} {shown(each.text)}</li>"
        for each in turn.decisions
    )
    happened = [f"{_KINDS[each.kind]}{each.text}" for each in turn.happenings]
    yield '<div class="story">'
    yield subtitle(f"Turn {turn.turn}, {turn.months}")
    yield paragraph("Decided, by every seat:" if decided else "Nobody decided anything.", "faint")
    if decided:
        yield f"<ul>{decided}</ul>"
    yield "</div>"
    yield paragraph("What happened:" if happened else "A quiet season.", "faint")
    if happened:
        yield items(happened)


def _who(name: str, *, is_played: bool) -> str:
    return f"<strong>{shown(name)} (played)</strong>" if is_played else shown(name)


def forecasts_section(account: Account) -> str:
    """Tell how good the forecasts were; empty if none was made."""
    if not account.debrief.forecasts:
        return ""
    parts = [
        paragraph(SCORES_HOW),
    ]
    for scores in account.debrief.forecasts:
        parts += _forecasts(scores)
    return section("forecasts", "Forecasts, scored", parts)


def _forecasts(scores: ForecastScores) -> Iterator[str]:
    yield table(
        f"For {scores.seat.title}",
        (
            "Who",
            "Probabilities",
            "Brier",
            "Climatology",
            "Skill",
            "90% bands held",
            "50% bands held",
            "Not counted",
        ),
        [_forecaster(score) for score in scores.forecasters],
    )
    rows = [
        (
            score.by,
            f"{row.low:.0%} to {row.high:.0%}",
            f"{row.mean_probability:.0%}",
            _share(row.came_true),
        )
        for score in scores.forecasters
        for row in score.calibration
    ]
    if rows:
        head = ("Who", "Said between", "Said on average", "Came true")
        yield table("How often what was said came true", head, rows, n_texts=2)


def _forecaster(score: ForecasterScore) -> tuple[str, ...]:
    has_chances = bool(score.n_chances)
    return (
        score.by,
        str(score.n_chances),
        f"{score.brier:.3f}" if has_chances else "",
        f"{score.climatology:.3f}" if has_chances else "",
        signed(score.skill, 2) if has_chances else "",
        _share(score.within_90),
        _share(score.within_50),
        str(score.n_open + score.n_not_taken),
    )


def _share(share: Share) -> str:
    if not share.n:
        return ""
    return f"{share.hits} of {share.n} ({share.low:.0%} to {share.high:.0%})"


def ledger_section(account: Account) -> str:
    """Split each main figure's change over the game among its causes, exactly."""
    parts = [
        paragraph(page_named("causes").about),
    ]
    for page in account.debrief.ledger:
        parts += _ledger(page)
    return section("ledger", "The exact ledger", parts)


def _ledger(page: LedgerPage) -> Iterator[str]:
    start, end = (shown_value(page.figure, value, page.unit) for value in (page.start, page.end))
    unit = 1.0 if page.unit in ("percent", "points") else 100.0
    rest = page.lines[_LEDGER_SHOWN:]
    rows = [
        (line.text[:1].upper() + line.text[1:], signed(unit * line.amount, 2))
        for line in page.lines[:_LEDGER_SHOWN]
    ]
    if rest:
        amount = unit * sum(line.amount for line in rest)
        rows.append((f"{len(rest)} smaller causes", signed(amount, 2)))
    total = unit * sum(line.amount for line in page.lines)
    rows.append(("Sum of all causes, which is the change", signed(total, 2)))
    yield subtitle(f"{page.title}: {start} to {end}")
    scale = "in points" if unit == 1.0 else "in hundredths"
    yield table(f"Causes of the change, {scale}", ("Cause", "Amount"), rows, kind="full")
    yield paragraph(
        f"Up and down together {unit * page.gross:.2f} points: {100 * page.chance_share:.0f}% of "
        f"it chance, {100 * page.relaxation_share:.0f}% things fading or returning.",
        "faint",
    )


def sources_section(account: Account) -> str:
    """Say who says so."""
    return section(
        "sources",
        "Sources",
        [
            paragraph(
                "What the acts, events and surveys of this game rest on. The size of most effects "
                "is an assumption of the model; `rapprochement explain NAME` gives each number "
                "with its own source."
            ),
            table(
                "Bibliography of this game",
                ("Source", "Published", "How sure it is", "What rests on it"),
                [
                    (source.title, source.published, source.grade, "; ".join(source.rests))
                    for source in account.sources
                ],
                n_texts=4,
                kind="cards sources",
            ),
        ],
    )
