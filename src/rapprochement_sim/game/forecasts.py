"""Forecasts: chances and bands put down before, and scored after what they speak of.

A forecast counts once its figure is known: as published where it is published, else when
the debrief opens the true figures. One that was made for a course counts only if that
course was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaincinv

if TYPE_CHECKING:
    from rapprochement_sim.vocabulary import Capital

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Shares of rollouts below the points of a band."""
PLAYER, STAFF = "player", "staff"
FORECASTERS = ("realist", "liberal", "constructivist", STAFF, PLAYER)
_BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_TAIL = 0.025


@dataclass(frozen=True)
class ChanceForecast:
    """The probability that a figure stands above a value once turn ``at`` is resolved."""

    figure: str
    above: float
    at: int
    probability: float


@dataclass(frozen=True)
class BandForecast:
    """Points below which a figure stands at turn ``at`` with the shares ``QUANTILES``.

    A player's band has two points, the first and the last of them.
    """

    figure: str
    at: int
    points: tuple[float, float, float, float, float] | tuple[float, float]


@dataclass(frozen=True)
class ForecastSheet:
    """What one forecaster put down in a turn.

    Attributes
    ----------
    turn
        The turn that was open, from 1.
    seat
        For which seat.
    by
        One of ``FORECASTERS``.
    given
        Keys of the orders and answers that the forecast assumes; None if it assumes none.
    chances, bands
        The forecasts.
    """

    turn: int
    seat: Capital
    by: str
    given: tuple[str, ...] | None
    chances: tuple[ChanceForecast, ...] = ()
    bands: tuple[BandForecast, ...] = ()


def in_place(kept: Sequence[ForecastSheet], sheets: Sequence[ForecastSheet]) -> list[ForecastSheet]:
    """Put sheets in place of those that their makers made in the same turn."""
    made = {(sheet.turn, sheet.seat, sheet.by) for sheet in sheets}
    return [*(s for s in kept if (s.turn, s.seat, s.by) not in made), *sheets]


@dataclass(frozen=True)
class Share:
    """So many of so many, and the exact 95 per cent interval [ClopperPearson1934]_."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """The share, 0 if there are none."""
        return self.hits / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return float(betaincinv(self.hits, self.n - self.hits + 1, _TAIL)) if self.hits else 0.0

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        if self.hits == self.n:
            return 1.0
        return float(betaincinv(self.hits + 1, self.n - self.hits, 1.0 - _TAIL))


@dataclass(frozen=True)
class CalibrationRow:
    """Forecasts of about the same probability: what they said, and how often it came true."""

    low: float
    high: float
    mean_probability: float
    came_true: Share


@dataclass(frozen=True)
class ForecasterScore:
    """How good one forecaster's forecasts were.

    Attributes
    ----------
    by
        Who.
    n_chances
        Probabilities that could be scored.
    brier
        Mean square of probability less result [Brier1950]_: 0 is perfect, 0.25 is always
        saying one half.
    climatology
        The same of always saying the share that in fact came true: no constant does better.
    calibration
        By probability.
    within_90, within_50
        How many figures fell between the 5 and 95, and the 25 and 75 per cent points.
    n_open, n_not_taken
        Forecasts whose figure is not known, and those of courses that were not taken.
    """

    by: str
    n_chances: int
    brier: float
    climatology: float
    calibration: tuple[CalibrationRow, ...]
    within_90: Share
    within_50: Share
    n_open: int
    n_not_taken: int

    @property
    def skill(self) -> float:
        """Share of the climatology's score that is saved; 1 is perfect, below 0 is worse."""
        return 1.0 - self.brier / self.climatology if self.climatology > 0.0 else 0.0

    @property
    def n_bands(self) -> int:
        """Bands that could be scored."""
        return self.within_90.n


@dataclass(frozen=True)
class ForecastScores:
    """How good all forecasts of a seat were, forecaster by forecaster."""

    seat: Capital
    forecasters: tuple[ForecasterScore, ...]


Result = Callable[[str, int], float | None]
"""What a figure came to at a turn; None if that is not known."""
Taken = Callable[[ForecastSheet], bool]
"""Whether the course that a sheet assumes was taken."""


def score_forecasts(
    seat: Capital, sheets: Iterable[ForecastSheet], result: Result, is_taken: Taken
) -> ForecastScores:
    """Score the forecasts made for a seat."""
    own = [sheet for sheet in sheets if sheet.seat == seat]
    scores = (
        _forecaster_score(by, [sheet for sheet in own if sheet.by == by], result, is_taken)
        for by in FORECASTERS
    )
    return ForecastScores(seat, tuple(score for score in scores if score is not None))


def _forecaster_score(
    by: str, sheets: Sequence[ForecastSheet], result: Result, is_taken: Taken
) -> ForecasterScore | None:
    if not sheets:
        return None
    taken = [sheet for sheet in sheets if is_taken(sheet)]
    said: list[float] = []
    came_true: list[bool] = []
    wide: list[bool] = []
    narrow: list[bool] = []
    n_open = 0
    for sheet in taken:
        for chance in sheet.chances:
            value = result(chance.figure, chance.at)
            if value is None:
                n_open += 1
            else:
                said.append(chance.probability)
                came_true.append(value > chance.above)
        for band in sheet.bands:
            value = result(band.figure, band.at)
            if value is None:
                n_open += 1
                continue
            wide.append(band.points[0] <= value <= band.points[-1])
            if len(band.points) == len(QUANTILES):
                narrow.append(band.points[1] <= value <= band.points[-2])
    brier, climatology = brier_scores(said, came_true)
    return ForecasterScore(
        by=by,
        n_chances=len(said),
        brier=brier,
        climatology=climatology,
        calibration=calibration_table(said, came_true),
        within_90=Share(sum(wide), len(wide)),
        within_50=Share(sum(narrow), len(narrow)),
        n_open=n_open,
        n_not_taken=len(sheets) - len(taken),
    )


def brier_scores(said: Sequence[float], came_true: Sequence[bool]) -> tuple[float, float]:
    """Return the mean Brier score of probabilities, and that of the share that came true."""
    if not said:
        return 0.0, 0.0
    results = np.asarray(came_true, dtype=np.float64)
    share = results.mean()
    brier = np.mean(np.square(np.asarray(said) - results))
    return float(brier), float(share * (1.0 - share))


def calibration_table(
    said: Sequence[float], came_true: Sequence[bool]
) -> tuple[CalibrationRow, ...]:
    """Group forecasts by probability; groups without any are left out."""
    pairs = list(zip(said, came_true, strict=True))
    rows = []
    for low, high in pairwise(_BINS):
        is_last = high == _BINS[-1]
        inside = [(p, r) for p, r in pairs if low <= p and (p < high or is_last)]
        if inside:
            mean = float(np.mean([p for p, _ in inside]))
            rows.append(
                CalibrationRow(low, high, mean, Share(sum(r for _, r in inside), len(inside)))
            )
    return tuple(rows)
