"""How a series of surveys is read off latent attitudes: by a known survey, or by its level.

A survey of the rules that has been fitted is read by its own threshold. A series that the
rules do not know, whose threshold no row could fit, or whose mode of asking has changed, is
linked by a level: on the logit scale it moves with a reference share of the same public, from
where its anchors stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.experiments.observation_modes import modes_in_time
from rapprochement_sim.experiments.observation_rows import MEASURES
from rapprochement_sim.experiments.observations import shipped_fitted
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapprochement_sim.experiments.observations import Observation
    from rapprochement_sim.scenario.schema import RuleBook, Survey

REFERENCE_THRESHOLD, REFERENCE_WIDTH = 0.0, 0.25
COMMON_SAMPLE, COMMON_DESIGN_EFFECT = 1000.0, 1.7
LEAST_ANCHORS_FOR_A_SCALE = 4
NEW_MODE = "mode break"
_RECORD_BEGINS = 2010 * 12 + 1


@dataclass(frozen=True)
class Link:
    """How the rows of one series are predicted.

    Attributes
    ----------
    key
        Series, pair and measure, in one text; with the break where there is one.
    survey
        Survey of the rules whose threshold the share is read at, or that lends it as a
        reference; empty if none is about the pair.
    sign
        +1 if the answer lies above the threshold, -1 below.
    is_level
        Whether level (and scale) are taken from anchors.
    anchors
        Places of the rows that set the level.
    has_scale
        Whether the anchors set a scale as well.
    sample_size, design_effect
        Of the survey.
    told
        What is to be said about it, or empty for a plain survey.
    """

    key: str
    survey: str
    sign: float
    is_level: bool
    anchors: tuple[int, ...]
    has_scale: bool
    sample_size: float
    design_effect: float
    told: str


def link_observations(
    rules: RuleBook, observations: Sequence[Observation]
) -> tuple[dict[int, Link], dict[int, str]]:
    """Return the link of each observation by its place, and reasons for those without one."""
    links: dict[int, Link] = {}
    unlinked: dict[int, str] = {}
    for segment, places in _segments(rules, observations).items():
        first = observations[places[0]]
        if first.target is None:
            unlinked |= dict.fromkeys(places, "asked about a policy, and the model knows attitudes")
            continue
        if MEASURES.get(first.measure, 0) == 0:
            unlinked |= dict.fromkeys(places, f"'{first.measure}' is neither warm nor cold")
            continue
        link = _link(rules, segment, [(place, observations[place]) for place in places])
        links |= dict.fromkeys(places, link)
    return links, unlinked


@dataclass(frozen=True)
class _Segment:
    """Rows that may be compared: a series, pair and measure, and the mode of asking.

    ``mode`` is empty for the mode in which the series began.
    """

    series: str
    mode: str

    @property
    def key(self) -> str:
        return f"{self.series}:{self.mode}" if self.mode else self.series


def _segments(rules: RuleBook, observations: Sequence[Observation]) -> dict[_Segment, list[int]]:
    breaks = _mode_breaks(rules)
    found: dict[_Segment, list[int]] = {}
    for place, each in enumerate(observations):
        target = "policy" if each.target is None else each.target.key
        series = f"{each.series}:{each.respondent.key}>{target}:{each.measure}"
        is_new = each.series in breaks and each.month >= breaks[each.series]
        found.setdefault(_Segment(series, NEW_MODE if is_new else ""), []).append(place)
    parted: dict[_Segment, list[int]] = {}
    for segment, places in found.items():
        in_time = sorted(places, key=lambda place: observations[place].month)
        modes = modes_in_time([observations[place].mode for place in in_time])
        for place, mode in zip(in_time, modes, strict=True):
            named = _Segment(segment.series, mode or segment.mode)
            parted.setdefault(named, []).append(place)
    return parted


def _mode_breaks(rules: RuleBook) -> dict[str, int]:
    breaks = {}
    for survey in rules.surveys.values():
        if survey.mode_break is None:
            continue
        year, month = survey.mode_break.split("-")
        own = next(iter(_series_of(survey)), "")
        breaks[own] = int(year) * 12 + int(month) - _RECORD_BEGINS
    return breaks


def _series_of(survey: Survey) -> tuple[str, ...]:
    """Return the series that a survey of the rules stands for, its own one first."""
    return tuple(parts[1] for ref in survey.sources if (parts := ref.split(":"))[0] == "polls")


def _link(rules: RuleBook, segment: _Segment, rows: list[tuple[int, Observation]]) -> Link:
    place, first = rows[0]
    name = _survey_for(rules, first)
    is_fitted = first.key in shipped_fitted() or any(row.is_fitted for _, row in rows)
    if name and not segment.mode and is_fitted:
        survey = rules.surveys[name]
        return Link(
            segment.key,
            name,
            1.0 if survey.side == "above" else -1.0,
            is_level=False,
            anchors=(),
            has_scale=False,
            sample_size=survey.sample_size.value,
            design_effect=survey.design_effect.value,
            told="",
        )
    lender = name or _any_survey_of_pair(rules, first)
    anchors = tuple(place for place, row in rows if row.is_anchor)
    has_scale = len(anchors) >= LEAST_ANCHORS_FOR_A_SCALE
    why = "its threshold was never fitted" if name else "no survey of the rules"
    if segment.mode:
        why = f"asked in another mode ({segment.mode}) from {first.date}"
    by = _by(len(anchors), first)
    what = "level and scale" if has_scale else "level"
    return Link(
        segment.key,
        lender,
        float(MEASURES[first.measure]),
        is_level=True,
        anchors=anchors or (place,),
        has_scale=has_scale,
        sample_size=rules.surveys[name].sample_size.value if name else COMMON_SAMPLE,
        design_effect=rules.surveys[name].design_effect.value if name else COMMON_DESIGN_EFFECT,
        told=f"{segment.series}: {why}; linked by its {what}, from {by}",
    )


def _by(n_anchors: int, first: Observation) -> str:
    if n_anchors:
        return f"{n_anchors} anchor {'row' if n_anchors == 1 else 'rows'}"
    return f"its first row ({first.date}), which is then not scored"


def _survey_for(rules: RuleBook, row: Observation) -> str:
    for name, survey in rules.surveys.items():
        is_it = row.series in _series_of(survey) and survey.answer == row.measure
        if is_it and _is_of_pair(survey, row):
            return name
    return ""


def _any_survey_of_pair(rules: RuleBook, row: Observation) -> str:
    return next((n for n, survey in rules.surveys.items() if _is_of_pair(survey, row)), "")


def _is_of_pair(survey: Survey, row: Observation) -> bool:
    target = "" if row.target is None else CAPITAL_KEYS[row.target]
    return (survey.respondent, survey.target) == (CAPITAL_KEYS[row.respondent], target)


def told(links: Iterable[Link]) -> tuple[str, ...]:
    """Return what is to be said about series that no survey of the rules fits, once each."""
    return tuple(dict.fromkeys(link.told for link in links if link.told))
