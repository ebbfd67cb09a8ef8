"""Which acts the record dates to each published figure, as data.

A figure is a change that was published, seen between two months. Its *own* acts are those
that its source names; acts *beside* them fall into the same months, belong to the same
quarrel or thaw, and are not named. A month is the one at whose start the model is read: acts
of that month are not yet felt.
"""

from __future__ import annotations

from rapprochement_sim.experiments.readings import (
    BesideReading,
    Reading,
    SettlementReading,
    SurveyReading,
)
from rapprochement_sim.experiments.size_kinds import Anchor, Figure, Lasting, NamedActs
from rapprochement_sim.vocabulary import Capital

SEOUL, TOKYO, PYONGYANG = Capital.SEOUL, Capital.TOKYO, Capital.PYONGYANG


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
_NOT_GOOD = "relations_not_good"
_FAVOURABLE = SurveyReading("korea_favourable_of_japan")
_FAVOURS = Reading("opinion", TOKYO, SEOUL)
_CABINET = Reading("approval", TOKYO)
_AGREED = SettlementReading("comfort_women", SEOUL)
_PLANNED = SettlementReading("forced_labour", SEOUL)
_PLAN = (_acts("the plan", 153),)
_BOYCOTT = (_acts("export controls and boycott of July", 116, 117),)
_LATER_ANSWERS = (_acts("lists, pact and complaint after it", 119, 120, 122, 123),)
_FOR_BY_OTHERS = (Anchor(_AGREED, "2016-01", 26.0), Anchor(_AGREED, "2016-05", 21.0))
_FOR = (*_FOR_BY_OTHERS, Anchor(_AGREED, "2016-06", 28.1), Anchor(_AGREED, "2017-06", 21.3))
_AGAINST = (Anchor(_AGREED, "2016-01", 54.0), Anchor(_AGREED, "2017-06", 55.5))
_AS_SETTLED = "as far as it counts as settled in Seoul, in log odds, from polls of 2016 and 2017"
_BUYERS = "Koreans favourable to Japan, for those who still travel and buy"

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
        question=BesideReading(_AFFINITY.survey, _NOT_GOOD, left_out=("2011-10", "2012-10")),
        before="2011-10",
        after="2012-10",
        own=_VISIT,
        published=(36.0, 78.8),
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
        fact="F09",
        part="relations",
        mechanism="ruling_and_controls",
        question=BesideReading(_AFFINITY.survey, _NOT_GOOD, left_out=("2018-10", "2019-10")),
        before="2018-10",
        after="2019-10",
        own=_RULINGS,
        published=(65.7, 87.9),
        seen=22.2,
    ),
    Figure(
        fact="F10",
        mechanism="ruling_and_controls",
        question=_FAVOURABLE,
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
        question=_AGREED,
        before="2016-06",
        after="2017-06",
        own=_AGREEMENT,
        published=(28.1, 21.3),
        anchors=_FOR_BY_OTHERS,
        stands_in=_AS_SETTLED,
    ),
    Figure(
        fact="F14",
        part="rejected",
        mechanism="apologies_received",
        question=_AGREED,
        before="2016-06",
        after="2017-06",
        own=_AGREEMENT,
        published=(37.6, 55.5),
        seen=17.9,
        anchors=_AGAINST[:1],
        falls=True,
        stands_in=_AS_SETTLED,
    ),
    Figure(
        fact="F18",
        part="opposed",
        mechanism="plan_of_2023",
        question=_PLANNED,
        before="2023-03",
        after="2023-04",
        own=_PLAN,
        anchors=_AGAINST,
        falls=True,
        is_level=True,
        stands_in=_AS_SETTLED,
    ),
    Figure(
        fact="F18",
        part="in favour",
        mechanism="plan_of_2023",
        question=_PLANNED,
        before="2023-03",
        after="2023-04",
        own=_PLAN,
        seen=35.0,
        anchors=_FOR,
        is_level=True,
        stands_in=_AS_SETTLED,
    ),
    Figure(
        fact="F19",
        mechanism="plan_of_2023",
        question=Reading("approval", SEOUL),
        before="2023-03",
        after="2023-04",
        own=_PLAN,
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
        fact="F23",
        mechanism="history_politicised",
        question=_FAVOURS,
        before="2019-08",
        after="2019-09",
        own=_WHITE_LIST,
        beside=_ANSWERS,
        published=(58.0, 67.0),
        anchors=(Anchor(_FAVOURS, "2019-08", 58.0),),
        falls=True,
        stands_in="as far as Japanese opinion of Seoul falls, in log odds",
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
        part="in Tokyo",
        mechanism="shuttle_and_settlements",
        question=_FAVOURS,
        before="2023-03",
        after="2023-04",
        own=(_acts("Seoul's visit to Tokyo", 154),),
        beside=(_acts("what was announced with it", 153, 155, 156, 157),),
    ),
    Figure(
        fact="F25",
        part="in Seoul",
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
        fact="F28",
        mechanism="ruling_and_controls",
        question=_FAVOURABLE,
        before="2019-07",
        after="2019-07",
        until="2020-09",
        own=_BOYCOTT,
        beside=_LATER_ANSWERS,
        is_relative=True,
        stands_in=_BUYERS,
    ),
    Figure(
        fact="F29",
        mechanism="ruling_and_controls",
        question=_FAVOURABLE,
        before="2019-07",
        after="2019-08",
        until="2020-01",
        own=_BOYCOTT,
        beside=_LATER_ANSWERS,
        is_relative=True,
        stands_in=_BUYERS,
    ),
    *(
        Figure(
            fact="F30",
            part=part,
            mechanism="ruling_and_controls",
            question=_FAVOURABLE,
            before="2019-07",
            after=after,
            until=until,
            own=_BOYCOTT,
            beside=_LATER_ANSWERS,
            seen=seen,
            is_relative=True,
            stands_in=_BUYERS,
        )
        for part, after, until, seen in (
            ("in July", "2019-07", "2019-08", -7.6),
            ("in August", "2019-08", "2019-09", -48.0),
            ("in September", "2019-09", "2019-10", -58.1),
            ("in November", "2019-11", "2019-12", -65.1),
            ("in December", "2019-12", "2020-01", -63.6),
        )
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
