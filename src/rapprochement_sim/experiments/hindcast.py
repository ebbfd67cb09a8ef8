"""Hindcasts: the record is run freely, and surveys are predicted at their own dates.

Nothing in a run knows a survey's answer. Draws differ by effective parameters, by chance,
by sampling and by the error of a wave. A survey sees the publics at the start of its month:
acts of that month are not yet felt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.effective import beliefs_of
from rapprochement_sim.experiments.lanes import THRESHOLD
from rapprochement_sim.experiments.links import (
    REFERENCE_THRESHOLD,
    REFERENCE_WIDTH,
    Link,
    link_observations,
    told,
)
from rapprochement_sim.experiments.record_runs import Ask, RecordRuns, ask_record
from rapprochement_sim.randomness import Process, study_generator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rapprochement_sim.experiments.effective import Beliefs
    from rapprochement_sim.experiments.observations import Observation
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.scenario.schema import RuleBook
    from rapprochement_sim.world.axes import Array, Booleans, Integers

WAVE_ERROR = 0.06
"""Standard deviation of what moves one wave of a survey beside sampling, in logits.

About 1.5 points of share: field dates, questions asked before, weights. An assumption.
"""
SCALE_SPREAD = 0.5
"""Prior spread of the scale of a series without a survey in the rules, around 1."""
_LEAST_SHARE = 1e-4


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
    """

    observations: tuple[Observation, ...]
    places: Integers
    latent: Array
    predicted: Array
    error: Array
    is_anchor: Booleans
    links: tuple[Link, ...]
    unlinked: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]
    parameters: Mapping[str, Array]

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
) -> Hindcast:
    """Run what is planned and predict every observation; asks of the plan are set here."""
    rules = record.loaded.rules
    links, unlinked = link_observations(rules, observations)
    asks, ask_of = _asks(rules, observations, links)
    shares = ask_record(replace(runs, asks=asks), workers=workers, on_block=on_block)
    places = sorted(links)
    kept = tuple(observations[place] for place in places)
    kept_links = tuple(links[place] for place in places)
    generator = study_generator(runs.seed, Process.SURVEY_ERRORS)
    centre = np.stack([_logit(shares[ask_of[place]]) for place in places])
    error = np.array([_error(each, link) for each, link in zip(kept, kept_links, strict=True)])
    drawn = generator.standard_normal((runs.n_draws, 2, len(observations)))
    noises = drawn.transpose(1, 2, 0)
    latent = _linked(kept, kept_links, places, centre, error, noises[0])
    predicted = latent + error[:, np.newaxis] * noises[1][places]
    anchors = {place for link in links.values() if link.is_level for place in link.anchors}
    return Hindcast(
        observations=kept,
        places=np.array(places, dtype=np.int64),
        latent=100.0 * _logistic(latent),
        predicted=100.0 * _logistic(predicted),
        error=error,
        is_anchor=np.array([place in anchors for place in places]),
        links=kept_links,
        unlinked=tuple(unlinked.items()),
        remarks=told(links.values()),
        parameters=runs.parameters,
    )


def _asks(
    rules: RuleBook, observations: Sequence[Observation], links: Mapping[int, Link]
) -> tuple[tuple[Ask, ...], dict[int, int]]:
    """Return the distinct questions, and which of them each observation asks."""
    asks: dict[Ask, int] = {}
    ask_of = {}
    for place, link in links.items():
        each = observations[place]
        survey = rules.surveys.get(link.survey)
        threshold = REFERENCE_THRESHOLD if survey is None else survey.threshold.value
        width = REFERENCE_WIDTH if survey is None else survey.width.value
        shift = f"{THRESHOLD}{link.survey}" if link.survey else ""
        target = each.respondent if each.target is None else each.target
        ask = Ask(each.month, int(each.respondent), int(target), threshold, width, shift)
        ask_of[place] = asks.setdefault(ask, len(asks))
    return tuple(asks), ask_of


def _error(observation: Observation, link: Link) -> float:
    share = min(max(observation.value / 100.0, 0.02), 0.98)
    sampling = link.design_effect / (link.sample_size * share * (1.0 - share))
    return float(np.sqrt(sampling + WAVE_ERROR * WAVE_ERROR))


def _linked(
    observations: Sequence[Observation],
    links: Sequence[Link],
    places: Sequence[int],
    centre: Array,
    error: Array,
    noise: Array,
) -> Array:
    """Turn logits of shares above thresholds into logits of answers (observation, draw)."""
    index = {place: row for row, place in enumerate(places)}
    latent = np.empty_like(centre)
    for link in dict.fromkeys(links):
        rows = [row for row, each in enumerate(links) if each == link]
        warm = link.sign * centre[rows]
        if not link.is_level:
            latent[rows] = warm
            continue
        anchors = [index[place] for place in link.anchors]
        published = _logit(np.array([observations[row].value for row in anchors]) / 100.0)
        own = noise[[places[row] for row in rows[:2]]]
        level, scale = _level_and_scale(
            published[:, np.newaxis], link.sign * centre[anchors], error[anchors], own, link
        )
        latent[rows] = level + scale * warm
    return latent


def _level_and_scale(
    published: Array, warm: Array, error: Array, noise: Array, link: Link
) -> tuple[Array, Array]:
    """Draw the level and scale of a series from its anchors (draw,).

    A regression for each draw, with a normal prior of the scale around 1 and a flat one of
    the level; without a scale it stays at 1.
    """
    weights = 1.0 / np.square(error)[:, np.newaxis]
    total = weights.sum()
    mean_warm = (weights * warm).sum(axis=0) / total
    mean_published = (weights * published).sum(axis=0) / total
    scale = np.ones(warm.shape[1])
    if link.has_scale:
        apart = warm - mean_warm
        precision = (weights * apart * apart).sum(axis=0) + 1.0 / SCALE_SPREAD**2
        pulled = (weights * apart * (published - mean_published)).sum(axis=0)
        scale = (pulled + 1.0 / SCALE_SPREAD**2) / precision + noise[-1] / np.sqrt(precision)
    level = mean_published - scale * mean_warm + noise[0] / np.sqrt(total)
    return level, scale


def _logit(share: Array) -> Array:
    inside = np.clip(share, _LEAST_SHARE, 1.0 - _LEAST_SHARE)
    logits: Array = np.log(inside) - np.log1p(-inside)
    return logits


def _logistic(logits: Array) -> Array:
    shares: Array = 1.0 / (1.0 + np.exp(-logits))
    return shares
