"""How good forecasts were, once what they speak of is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.forecasts import ForecasterScore, Share

_HOW = (
    "Brier: 0 is perfect, 0.25 is always saying one half. Climatology: always saying the share "
    "that in fact came true. Forecasts of one turn share their world, so intervals are on the "
    "narrow side."
)
_NONE = (
    "No forecast was made for a played seat. Advisers forecast whenever they are asked (a), and "
    "you can put down your own; each is scored here against what came of it."
)


def forecast_score_lines(debrief: Debrief, width: int) -> Iterator[Line]:
    """Lay out how good the forecasts made for each seat were."""
    if not debrief.forecasts:
        yield from paragraph(_NONE, width)
        return
    for scores in debrief.forecasts:
        yield (Span(f"Forecasts for {scores.seat.title}, scored", "title"),)
        yield from paragraph(_HOW, width, "dim")
        for score in scores.forecasters:
            yield BLANK
            yield from _forecaster(score, width)


def _forecaster(score: ForecasterScore, width: int) -> Iterator[Line]:
    told = f": {score.n_chances} probabilities, {score.n_bands} bands scored"
    yield (Span(score.by.upper(), "key"), Span(told))
    if score.n_chances:
        text = (
            f"Brier {score.brier:.3f}, climatology {score.climatology:.3f}, "
            f"skill {score.skill:+.2f}"
        )
        yield (Span(f"  {text}", "title"),)
    for row in score.calibration:
        said = f"  said {row.mean_probability:>4.0%}: came true {_share(row.came_true)}"
        yield from paragraph(said, width, indent=4, first="")
    for wanted, share in (("90%", score.within_90), ("50%", score.within_50)):
        if share.n:
            yield (Span(f"  {wanted} bands held {_share(share)}"),)
    for number, why in (
        (score.n_not_taken, "turns not counted: another course was taken"),
        (score.n_open, "forecasts whose figure is not known"),
    ):
        if number:
            yield (Span(f"  {number} {why}", "dim"),)


def _share(share: Share) -> str:
    return f"{share.hits} of {share.n} = {share.value:.0%} ({share.low:.0%} to {share.high:.0%})"
