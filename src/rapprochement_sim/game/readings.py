"""One honest sentence on each part of an analysis, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import signed

if TYPE_CHECKING:
    from rapprochement_sim.game.analysis import SeatAnalysis
    from rapprochement_sim.game.beside import WorldsBeside
    from rapprochement_sim.game.estimates import Estimate
    from rapprochement_sim.game.who_decided import Decided, WhoDecided

INTERVALS_OF = "the interval that holds the true value nineteen times in twenty"
INTERVALS = f"in brackets {INTERVALS_OF}"
LUCK_HOW = (
    "A choice is measured against what the seat's own government tends to do, the others' choices "
    "and chance against what they tend to be. The parts sum to the score."
)
BESIDE_HOW = (
    "5%, 50%, 95%: so many of the worlds ended lower than that. Below: how many of them ended "
    "lower than this game."
)
_NEGLIGIBLE = 0.05
_MIDDLE = (25.0, 75.0)


def read_luck(analysis: SeatAnalysis) -> str:
    """Say what the seat's choices and its luck did to its score."""
    luck = analysis.luck
    chose = _moved(luck.choice, "its choices")
    met = _moved(luck.luck, "luck, the others' choices and chance together,")
    return f"{analysis.seat.title}: {chose}; {met}."


def _moved(estimate: Estimate, who: str) -> str:
    half = (estimate.high - estimate.low) / 2.0
    margin = f"+-{half:.1f}"
    size = f"{abs(estimate.value):.1f} {margin} points"
    if not estimate.is_clear:
        if estimate.error == 0.0 and abs(estimate.value) < _NEGLIGIBLE:
            return f"{who} changed nothing"
        return f"{who} cannot be told from nothing ({signed(estimate.value, 1)} {margin} points)"
    return f"{who} {'gave' if estimate.value > 0.0 else 'cost'} {size}"


def read_turning_points(analysis: SeatAnalysis) -> str:
    """Say whether any decision stands out."""
    points = analysis.turning_points
    if not points:
        return "There was no decision to compare."
    first = points[0]
    clear = [point for point in points if point.effect.is_clear]
    if not first.effect.is_clear:
        return (
            "No decision can be told from its alternatives with certainty: what moved the "
            "score was many things together."
        )
    word = "gained" if first.effect.value > 0.0 else "lost"
    return (
        f"The decision that mattered most was in turn {first.turn} and {word} "
        f"{abs(first.effect.value):.1f} points against {first.alternatives[0].text}; "
        f"{len(clear)} of {len(points)} decisions differ clearly from an alternative."
    )


def read_who_decided(decided: Decided, who: WhoDecided) -> str:
    """Say which source takes part most, and how much only interactions explain."""
    totals = decided.shares.total
    most = max(range(len(totals)), key=lambda n: totals[n].value)
    title = who.sources[most].title
    text = (
        f"{title} take part most: {_percent(totals[most].value)} "
        f"({_percent(totals[most].low)} to {_percent(totals[most].high)})"
    )
    together = decided.shares.interactions
    if together.low > 0.0:
        share = _percent(min(together.value, 1.0))
        text += f"; {share} of the differences comes only from several acting together"
    return text + "."


def who_how(who: WhoDecided) -> str:
    """Say how the shares of those who decided are read."""
    return (
        "'Takes part': how much of the differences would remain if only this differed from world "
        "to world. 'Alone': how much this explains without the others; what is missing to 100% "
        f"comes from several acting together. Estimated from {who.n_worlds} pairs of worlds, each "
        "with its 95% interval; less than 0% or more than 100% is noise of so few."
    )


def read_beside(beside: WorldsBeside, analysis: SeatAnalysis) -> str:
    """Say where the seat's score stands among automated worlds."""
    standing = beside.scores[analysis.seat].standing
    low, high = _MIDDLE
    if standing.percentile >= high:
        word = "high"
    elif standing.percentile <= low:
        word = "low"
    else:
        word = "ordinary"
    return (
        f"{analysis.seat.title}'s {standing.value:.1f} points are {word} here: "
        f"{standing.percentile:.0f}% of {beside.n_worlds:,} automated worlds ended lower "
        f"(their mean is {standing.mean:.1f})."
    )


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f}%"
