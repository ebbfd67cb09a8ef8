"""Which acts the record dates to each published figure, as data.

A figure is a change that was published, seen between two months. Its *own* acts are those
that its source names; acts *beside* them fall into the same months, belong to the same
quarrel or thaw, and are not named. A month is the one at whose start the model is read: acts
of that month are not yet felt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.experiments.readings import (
    Question,
    Reading,
    SettlementReading,
    SurveyReading,
)
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from rapprochement_sim.experiments.pattern_runs import Lines

SEOUL, TOKYO, PYONGYANG = Capital.SEOUL, Capital.TOKYO, Capital.PYONGYANG


@dataclass(frozen=True)
class NamedActs:
    """Acts that belong together: what they are, and lines of the event list."""

    says: str
    event_lines: Lines


@dataclass(frozen=True)
class Figure:
    """A published change, and what the record has for it.

    Attributes
    ----------
    fact
        Id of the stylised fact.
    mechanism
        Row of the mechanisms that it is about.
    question
        What is read.
    before, after
        Months at whose start it is read, ``YYYY-MM``.
    own
        Acts that the source names; parted where it names several.
    beside
        Other acts of these months, of the same quarrel or thaw.
    published
        Shares before and after, if they were published, per cent.
    seen
        The change, where that of the table of facts has another sign or unit.
    asked_from
        Published share before of a question that the rules do not know: in log odds it is
        then taken to move against what is read, as far.
    stands_in
        What is read instead, if it is not what was asked.
    """

    fact: str
    mechanism: str
    question: Question
    before: str
    after: str
    own: tuple[NamedActs, ...]
    beside: tuple[NamedActs, ...] = ()
    published: tuple[float, float] | None = None
    seen: float | None = None
    asked_from: float | None = None
    stands_in: str = ""

    @property
    def own_lines(self) -> Lines:
        """All acts that the source names."""
        return frozenset().union(*(each.event_lines for each in self.own))


def _acts(says: str, *event_lines: int) -> NamedActs:
    return NamedActs(says, frozenset(event_lines))


_VISIT = (_acts("the visit to the islands", 20), _acts("the remark on the emperor", 21))
_BEFORE_THE_VISIT = _acts("statue, ruling and failed pact before it", 13, 17, 19)
_RULINGS = (
    _acts("the two rulings", 108, 110),
    _acts("the end of the fund", 109),
    _acts("the encounter at sea", 111),
)
_CONTROLS = _acts("controls, boycott and the pact in 2019", 116, 117, 119, 120, 122, 123)
_AGREEMENT = (_acts("the agreement", 59),)
_THAW = _acts("anniversary, statement and summits of 2015", 52, 53, 55, 57, 58)
_WHITE_LIST = (_acts("the white list", 119),)
_ANSWERS = (_acts("Seoul's answers in August", 120, 122),)
_AFFINITY = SurveyReading("japan_affinity_for_korea")
_CABINET = Reading("approval", TOKYO)

FIGURES = (
    Figure(
        fact="F05",
        mechanism="arc_of_relations",
        question=_AFFINITY,
        before="2011-10",
        after="2012-10",
        own=_VISIT,
        beside=(_BEFORE_THE_VISIT,),
        published=(62.2, 39.2),
    ),
    Figure(
        fact="F06",
        mechanism="arc_of_relations",
        question=_AFFINITY,
        before="2011-10",
        after="2012-10",
        own=_VISIT,
        published=(36.0, 78.8),
        asked_from=36.0,
        stands_in="taken to move as far as affinity, in log odds",
    ),
    Figure(
        fact="F09",
        mechanism="ruling_and_controls",
        question=_AFFINITY,
        before="2018-10",
        after="2019-10",
        own=_RULINGS,
        beside=(_CONTROLS,),
        published=(39.4, 26.7),
    ),
    Figure(
        fact="F10",
        mechanism="ruling_and_controls",
        question=SurveyReading("korea_favourable_of_japan"),
        before="2018-05",
        after="2019-05",
        own=_RULINGS,
        published=(28.3, 31.7),
    ),
    Figure(
        fact="F11",
        mechanism="apologies_received",
        question=SurveyReading("japan_unfavourable_of_korea"),
        before="2015-04",
        after="2016-06",
        own=_AGREEMENT,
        beside=(_THAW,),
        published=(52.4, 44.6),
    ),
    Figure(
        fact="F12",
        mechanism="apologies_received",
        question=SurveyReading("korea_unfavourable_of_japan"),
        before="2015-04",
        after="2016-06",
        own=_AGREEMENT,
        beside=(_THAW,),
        published=(72.5, 61.0),
    ),
    Figure(
        fact="F13",
        mechanism="apologies_received",
        question=Reading("approval", SEOUL),
        before="2015-12",
        after="2016-01",
        own=_AGREEMENT,
        published=(43.0, 40.0),
    ),
    Figure(
        fact="F14",
        mechanism="apologies_received",
        question=SettlementReading("comfort_women", SEOUL),
        before="2016-06",
        after="2017-06",
        own=_AGREEMENT,
        published=(28.1, 21.3),
        stands_in="how far the dispute counts as settled in Seoul; no survey",
    ),
    Figure(
        fact="F19",
        mechanism="plan_of_2023",
        question=Reading("approval", SEOUL),
        before="2023-03",
        after="2023-04",
        own=(_acts("the plan", 153),),
        beside=(_acts("the visit to Tokyo", 154),),
        published=(35.0, 27.0),
        seen=-8.0,
    ),
    *(
        Figure(
            fact=fact,
            mechanism="history_politicised",
            question=_CABINET,
            before="2019-08",
            after="2019-09",
            own=_WHITE_LIST,
            beside=_ANSWERS,
            published=published,
        )
        for fact, published in (("F20", (52.0, 58.0)), ("F21", (43.1, 47.0)), ("F22", (48.6, 50.3)))
    ),
    Figure(
        fact="F24",
        mechanism="history_politicised",
        question=Reading("approval", SEOUL),
        before="2010-11",
        after="2010-12",
        own=(_acts("the shelling of the island", 7),),
        published=(44.2, 50.1),
    ),
    Figure(
        fact="F25",
        mechanism="shuttle_and_settlements",
        question=Reading("opinion", TOKYO, SEOUL),
        before="2023-03",
        after="2023-04",
        own=(_acts("Seoul's visit to Tokyo", 154),),
        beside=(_acts("what was announced with it", 153, 155, 156, 157),),
    ),
    Figure(
        fact="F25",
        mechanism="shuttle_and_settlements",
        question=Reading("opinion", SEOUL, TOKYO),
        before="2023-05",
        after="2023-06",
        own=(_acts("Tokyo's visit to Seoul", 162),),
        beside=(_acts("the two leaders in Hiroshima", 163),),
    ),
    Figure(
        fact="F27",
        mechanism="missile_campaigns",
        question=Reading("threat", SEOUL, PYONGYANG),
        before="2013-02",
        after="2013-03",
        own=(_acts("the nuclear test", 30),),
        seen=8.0,
        stands_in="felt threat, for a worse view of security",
    ),
    Figure(
        fact="F39",
        mechanism="exchange_reduces_stereotypes",
        question=SurveyReading("japan_affinity_for_us"),
        before="2010-10",
        after="2011-10",
        own=(_acts("the disaster and the helpers", 9),),
        published=(79.9, 82.0),
    ),
)


@dataclass(frozen=True)
class Lasting:
    """How long an effect lasts: what is read after which acts."""

    fact: str
    mechanism: str
    question: Question
    act: NamedActs
    seen: str


LASTING = (
    Lasting(
        "F26",
        "shuttle_and_settlements",
        Reading("glow", TOKYO, SEOUL),
        _acts("warmth after Seoul's visit to Tokyo", 154),
        "20 days",
    ),
    Lasting(
        "F26",
        "shuttle_and_settlements",
        Reading("opinion", TOKYO, SEOUL),
        _acts("opinion after the same visit", 154),
        "20 days",
    ),
    Lasting(
        "F27",
        "missile_campaigns",
        Reading("threat", SEOUL, PYONGYANG),
        _acts("felt threat after the test of 2013", 30),
        "short-lived",
    ),
)
MONTHS_FOLLOWED = 24
