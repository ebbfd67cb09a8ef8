"""How good forecasts were, once what they speak of is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import counted, signed
from rapprochement_sim.game.forecast_page import NO_FORECAST, SCORES_HOW
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.forecasts import ForecasterScore, Share


def forecast_score_lines(debrief: Debrief, width: int) -> Iterator[Line]:
    """Lay out how good the forecasts made for each seat were."""
    if not debrief.forecasts:
        yield from paragraph(NO_FORECAST, width)
        return
    for scores in debrief.forecasts:
        yield (Span(f"Forecasts for {scores.seat.title}, scored", "title"),)
        yield from paragraph(SCORES_HOW, width, "dim")
        for score in scores.forecasters:
            yield BLANK
            yield from _forecaster(score, width)


def _forecaster(score: ForecasterScore, width: int) -> Iterator[Line]:
    told = f": {counted(score.n_chances, 'probability', 'probabilities')}, "
    told += f"{counted(score.n_bands, 'band', 'bands')} scored"
    yield (Span(score.by.upper(), "key"), Span(told))
    if score.n_chances:
        text = (
            f"Brier {score.brier:.3f}, climatology {score.climatology:.3f}, "
            f"skill {signed(score.skill, 2)}"
        )
        yield (Span(f"  {text}", "title"),)
    for row in score.calibration:
        said = f"  said {row.mean_probability:>4.0%}: came true {_share(row.came_true)}"
        yield from paragraph(said, width, indent=4, first="")
    for wanted, share in (("90%", score.within_90), ("50%", score.within_50)):
        if share.n:
            yield (Span(f"  {wanted} bands held {_share(share)}"),)
    for number, why in (
        (counted(score.n_not_taken, "turn", "turns"), "not counted: another course was taken"),
        (counted(score.n_open, "forecast", "forecasts"), "not scored: the figure is not known"),
    ):
        if not number.startswith("0 "):
            yield (Span(f"  {number} {why}", "dim"),)


def _share(share: Share) -> str:
    return f"{share.hits} of {share.n} = {share.value:.0%} ({share.low:.0%} to {share.high:.0%})"
