"""Forecast scores against numbers worked by hand."""

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.forecasts import (
    BandForecast,
    ChanceForecast,
    ForecastSheet,
    Share,
    brier_scores,
    calibration_table,
    score_forecasts,
)
from rapprochement_sim.plain.forecast_page import parse_forecast, score_of_forecast_lines
from rapprochement_sim.vocabulary import Capital


def test_brier_scores_by_hand() -> None:
    # (0.8-1)^2 = 0.04, (0.6-0)^2 = 0.36, (0.1-0)^2 = 0.01, (0.7-1)^2 = 0.09; mean 0.125.
    # Half came true: 0.5 * 0.5.
    brier, climatology = brier_scores([0.8, 0.6, 0.1, 0.7], [True, False, False, True])
    assert brier == pytest.approx(0.125)
    assert climatology == pytest.approx(0.25)


def test_the_calibration_table_counts_every_forecast_once() -> None:
    said = [0.0, 0.1, 0.2, 0.55, 0.8, 1.0]
    rows = calibration_table(said, [False, False, True, True, True, True])
    assert [(row.low, row.came_true.hits, row.came_true.n) for row in rows] == [
        (0.0, 0, 2),
        (0.2, 1, 1),
        (0.4, 1, 1),
        (0.8, 2, 2),
    ]
    assert rows[0].mean_probability == pytest.approx(0.05)


def test_the_interval_of_a_share_is_the_exact_one() -> None:
    # 0 of 10: 1 - 0.025 ** (1 / 10); 10 of 10 mirrors it; 5 of 10 as in printed tables.
    assert Share(0, 10).high == pytest.approx(1.0 - 0.025**0.1)
    assert Share(0, 10).low == 0.0
    assert Share(10, 10).low == pytest.approx(0.025**0.1)
    assert (Share(5, 10).low, Share(5, 10).high) == pytest.approx((0.1871, 0.8129), abs=1e-4)


def sheet(by: str, given: tuple[str, ...] | None) -> ForecastSheet:
    """Put down one probability and two bands."""
    return ForecastSheet(
        turn=1,
        seat=Capital.SEOUL,
        by=by,
        given=given,
        chances=(ChanceForecast("poll", 50.0, 2, 0.9), ChanceForecast("hidden", 0.0, 2, 0.5)),
        bands=(
            BandForecast("poll", 2, (40.0, 48.0, 50.0, 54.0, 60.0)),
            BandForecast("poll", 3, (40.0, 48.0, 50.0, 52.0, 60.0)),
        ),
    )


def test_only_what_is_known_and_was_taken_counts() -> None:
    known = {("poll", 2): 53.0, ("poll", 3): 59.0}
    scores = score_forecasts(
        Capital.SEOUL,
        [sheet("realist", ("a",)), sheet("liberal", ("b",)), sheet("staff", None)],
        lambda figure, at: known.get((figure, at)),
        lambda made: made.given != ("b",),
    )
    realist, liberal, staff = scores.forecasters
    assert (realist.by, liberal.by, staff.by) == ("realist", "liberal", "staff")
    assert realist.n_chances == 1
    assert realist.brier == pytest.approx(0.01)
    assert realist.n_open == 1
    assert (realist.within_90.hits, realist.within_50.hits, realist.n_bands) == (2, 1, 2)
    assert (liberal.n_chances, liberal.n_bands, liberal.n_not_taken) == (0, 0, 1)
    told = "\n".join(score_of_forecast_lines(scores))
    assert "Brier 0.010" in told
    assert "90% bands held 2 of 2" in told


def test_a_forecast_is_read_as_it_is_typed() -> None:
    assert parse_forecast("korea unfavourable above 50% by turn 4: 70%") == (
        "korea unfavourable",
        50.0,
        4,
        0.7,
    )
    with pytest.raises(MalformedInput, match="no forecast"):
        parse_forecast("korea unfavourable goes up")
