"""Hindcasts: the record is run freely, and surveys are predicted at their own dates.

Nothing in a run knows a survey's answer. Draws differ by effective parameters, by chance,
by a slow drift that no rule names, by sampling and by the error of a wave. A survey sees
the publics at the start of its month: acts of that month are not yet felt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.courses import course_quantiles, drift_by_month
from rapprochement_sim.experiments.effective import beliefs_of, read_observing
from rapprochement_sim.experiments.links import (
    REFERENCE_THRESHOLD,
    REFERENCE_WIDTH,
    Link,
    link_observations,
    told,
)
from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.experiments.record_runs import Ask, RecordRuns, ask_record
from rapprochement_sim.randomness import Process, study_generator
from rapprochement_sim.scenario.fitting import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rapprochement_sim.experiments.effective import Beliefs
    from rapprochement_sim.experiments.observations import Observation
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.scenario.schema import RuleBook
    from rapprochement_sim.world.axes import Array, Booleans, Integers

_LEVEL_SPREAD = 1.5
_JITTER = 1e-9


@dataclass(frozen=True)
class Hindcast:
    """What a record predicts for some observations.

    Attributes
    ----------
    observations
        Those that have a link, in the sequence in which they were given.
    places
        Their places among the observations that were given.
    latent
        Predicted shares without the error of sampling and wave (observation, draw), 0..100.
    predicted
        With it, same shape.
    error
        Standard deviation of that error in logits (observation,).
    unanchored
        Logits without that error, levels and scales still at their priors (observation,
        draw): what an update on earlier rows starts from.
    is_anchor
        Whether the observation set the level of its own series.
    links
        How each is linked (observation,).
    unlinked
        Place and reason of those that were given and have none.
    remarks
        What is to be said about series that no survey of the rules fits.
    parameters
        Effective parameters by name (draw,).
    courses
        Quantiles of what each linked series would have published in every month, by key
        (quantile, month), 0..100; empty unless asked for.
    """

    observations: tuple[Observation, ...]
    places: Integers
    latent: Array
    predicted: Array
    error: Array
    unanchored: Array
    is_anchor: Booleans
    links: tuple[Link, ...]
    unlinked: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]
    parameters: Mapping[str, Array]
    courses: Mapping[str, Array]

    @property
    def values(self) -> Array:
        """Published shares (observation,), 0..100."""
        return np.array([each.value for each in self.observations])


def hindcast_draws(
    record: Record,
    observations: Sequence[Observation],
    *,
    n_draws: int = 1000,
    seed: int = 1,
    beliefs: Beliefs | None = None,
    workers: int = 1,
    on_block: Callable[[], None] | None = None,
) -> Hindcast:
    """Run a record freely and predict every observation.

    Parameters
    ----------
    record
        What happens.
    observations
        What was published.
    n_draws
        Draws of parameters and chance; at least two.
    seed
        Root seed of all of them.
    beliefs
        About the effective parameters; the record's posterior by default, or its prior.
    workers
        Processes.
    on_block
        Called when a block of runs is done.
    """
    runs = plan_runs(record, n_draws=n_draws, seed=seed, beliefs=beliefs)
    return predict(record, observations, runs, workers=workers, on_block=on_block)


def plan_runs(
    record: Record, *, n_draws: int, seed: int = 1, beliefs: Beliefs | None = None
) -> RecordRuns:
    """Return the runs of a record as it was; variations replace what differs."""
    beliefs = beliefs or beliefs_of(record.folder)
    return RecordRuns(
        record=str(record.folder),
        acts=record.acts,
        leaders=record.leaders,
        parameters=beliefs.natural(beliefs.draw(n_draws, seed)),
        asks=(),
        seed=seed,
    )


def predict(
    record: Record,
    observations: Sequence[Observation],
    runs: RecordRuns,
    *,
    workers: int = 1,
    on_block: Callable[[], None] | None = None,
    with_courses: bool = False,
) -> Hindcast:
    """Run what is planned and predict every observation; asks of the plan are set here.

    ``with_courses`` predicts every month of every linked series as well.
    """
    rules, numbers = record.loaded.rules, read_observing(record.folder)
    links, unlinked = link_observations(rules, observations)
    n_months = record.months if with_courses else 0
    asks, ask_of, monthly = _asks(rules, observations, links, n_months)
    shares = ask_record(replace(runs, asks=asks), workers=workers, on_block=on_block)
    places = sorted(links)
    kept = tuple(observations[place] for place in places)
    kept_links = tuple(links[place] for place in places)
    generator = study_generator(runs.seed, Process.SURVEY_ERRORS)
    noise = generator.standard_normal((runs.n_draws, 4, len(observations))).transpose(1, 2, 0)
    centre = np.stack([to_logit(100.0 * shares[ask_of[place]]) for place in places])
    drift = np.zeros_like(centre)
    if runs.chance and runs.has_drift:
        root = np.linalg.cholesky(drift_covariance(kept, numbers))
        drift = np.einsum("ij,jk->ik", root, noise[0, places])
    centre += drift
    signs = np.array([[link.sign] for link in kept_links])
    warm = signs * centre
    error = np.array([_error(x, link, numbers) for x, link in zip(kept, kept_links, strict=True)])
    lines = _lines(kept, kept_links, places)
    latent, unanchored = warm.copy(), warm.copy()
    levels = {}
    for line in lines:
        own = noise[2:, line.rows[0] : line.rows[0] + 1]
        level, scale = _level_and_scale(line, warm[line.anchors], error, own[:, 0], numbers)
        levels[line.link.key] = level, scale
        latent[line.rows] = level + scale * warm[line.rows]
        spread = 1.0 + numbers["scale_spread"] * own[1] * line.link.has_scale
        unanchored[line.rows] = _LEVEL_SPREAD * own[0] + spread * warm[line.rows]
    anchors = {row for line in lines for row in line.anchors}
    return Hindcast(
        observations=kept,
        places=np.array(places, dtype=np.int64),
        latent=from_logit(latent),
        predicted=from_logit(latent + error[:, np.newaxis] * noise[1, places]),
        error=error,
        unanchored=unanchored,
        is_anchor=np.array([row in anchors for row in range(len(kept))]),
        links=kept_links,
        unlinked=tuple(unlinked.items()),
        remarks=told(links.values()),
        parameters=runs.parameters,
        courses=_courses(kept, kept_links, shares, monthly, drift, levels, error, runs, numbers),
    )


def _courses(
    observations: Sequence[Observation],
    links: Sequence[Link],
    shares: Array,
    monthly: Mapping[str, list[int]],
    drift: Array,
    levels: Mapping[str, tuple[Array, Array]],
    error: Array,
    runs: RecordRuns,
    numbers: Mapping[str, float],
) -> dict[str, Array]:
    """Predict every month of the series that were asked month by month."""
    generator = study_generator(runs.seed, Process.COURSES)
    as_they_are = np.zeros(runs.n_draws), np.ones(runs.n_draws)
    months = np.array([each.month for each in observations])
    found = {}
    for key, places in monthly.items():
        rows = [row for row, link in enumerate(links) if link.key == key]
        pair = _pair(observations[rows[0]])
        same = [row for row, each in enumerate(observations) if _pair(each) == pair]
        noise = generator.standard_normal((2, len(places), runs.n_draws))
        drifted = drift_by_month(months[same], drift[same], len(places), noise[0], numbers)
        level, scale = levels.get(key, as_they_are)
        found[key] = course_quantiles(
            shares[places],
            drifted * (runs.chance and runs.has_drift),
            sign=links[rows[0]].sign,
            level=level,
            scale=scale,
            error=error[rows].mean() * noise[1],
        )
    return found


def drift_covariance(observations: Sequence[Observation], numbers: Mapping[str, float]) -> Array:
    """Return the covariance of the slow drift at some observations, logits.

    The drift of a public towards a partner is stationary and forgets with a half-life; that
    of other pairs is independent.
    """
    years = np.array([each.month / 12.0 for each in observations])
    pairs = np.array([_pair(each) for each in observations])
    apart = np.abs(years[:, np.newaxis] - years)
    same = (pairs[:, np.newaxis] == pairs).all(axis=2)
    remembered = 2.0 ** (-apart / numbers["drift_half_life_years"])
    variance = numbers["drift_spread"] ** 2
    covariance: Array = variance * remembered * same + _JITTER * np.eye(years.size)
    return covariance


def _asks(
    rules: RuleBook,
    observations: Sequence[Observation],
    links: Mapping[int, Link],
    n_months: int,
) -> tuple[tuple[Ask, ...], dict[int, int], dict[str, list[int]]]:
    """Return the distinct questions, which one each observation asks, and those of each month."""
    asks: dict[Ask, int] = {}
    ask_of = {}
    monthly: dict[str, list[int]] = {}
    for place, link in links.items():
        each = observations[place]
        survey = rules.surveys.get(link.survey)
        threshold = REFERENCE_THRESHOLD if survey is None else survey.threshold.value
        width = REFERENCE_WIDTH if survey is None else survey.width.value
        shift = f"{THRESHOLD}{link.survey}" if link.survey else ""
        target = each.respondent if each.target is None else each.target
        ask = Ask(each.month, int(each.respondent), int(target), threshold, width, shift)
        ask_of[place] = asks.setdefault(ask, len(asks))
        if link.key not in monthly:
            every = (replace(ask, month=month) for month in range(n_months))
            monthly[link.key] = [asks.setdefault(one, len(asks)) for one in every]
    return tuple(asks), ask_of, monthly if n_months else {}


def _error(observation: Observation, link: Link, numbers: Mapping[str, float]) -> float:
    share = min(max(observation.value / 100.0, 0.02), 0.98)
    sampling = link.design_effect / (link.sample_size * share * (1.0 - share))
    return float(np.sqrt(sampling + numbers["wave_error"] ** 2))


@dataclass(frozen=True)
class _Line:
    """A series that is linked by its level: its rows and anchors among the rows kept."""

    link: Link
    rows: list[int]
    anchors: list[int]
    published: Array


def _lines(
    observations: Sequence[Observation], links: Sequence[Link], places: Sequence[int]
) -> list[_Line]:
    row_of = {place: row for row, place in enumerate(places)}
    found = []
    for link in dict.fromkeys(links):
        if link.is_level:
            rows = [row for row, each in enumerate(links) if each == link]
            anchors = [row_of[place] for place in link.anchors]
            published = np.array([[observations[row].value] for row in anchors])
            found.append(_Line(link, rows, anchors, to_logit(published)))
    return found


def _level_and_scale(
    line: _Line, warm: Array, error: Array, noise: Array, numbers: Mapping[str, float]
) -> tuple[Array, Array]:
    """Draw the level and scale of a series from its anchors (draw,).

    A regression for each draw, with a normal prior of the scale around 1 and a flat one of
    the level; without a scale it stays at 1.
    """
    weights = 1.0 / np.square(error[line.anchors])[:, np.newaxis]
    total = weights.sum()
    mean_warm = (weights * warm).sum(axis=0) / total
    mean_published = (weights * line.published).sum(axis=0) / total
    scale = np.ones(warm.shape[1])
    if line.link.has_scale:
        apart = warm - mean_warm
        known = 1.0 / numbers["scale_spread"] ** 2
        precision = (weights * apart * apart).sum(axis=0) + known
        pulled = (weights * apart * (line.published - mean_published)).sum(axis=0)
        scale = (pulled + known) / precision + noise[1] / np.sqrt(precision)
    level = mean_published - scale * mean_warm + noise[0] / np.sqrt(total)
    return level, scale


def _pair(observation: Observation) -> tuple[int, int]:
    target = observation.target
    return int(observation.respondent), -1 if target is None else int(target)
