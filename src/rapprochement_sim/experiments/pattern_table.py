"""What is asked of the model for each stylised fact, as data.

A fact of the shipped table has exactly one entry here: a change between two waves of a
survey, an effect of acts read by leaving them out, or the reason why the model cannot speak
about it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapprochement_sim.experiments.readings import Reading
from rapprochement_sim.vocabulary import Capital

SEOUL, TOKYO, WASHINGTON, PYONGYANG = (
    Capital.SEOUL,
    Capital.TOKYO,
    Capital.WASHINGTON,
    Capital.PYONGYANG,
)
GENRON, CABINET = "genron_eai", "jp_cabinet_office_diplomacy"
ONE_POLL = 3.0
"""Points: the margin of error of a poll of about 1,000 people."""


@dataclass(frozen=True)
class SurveyChange:
    """A change between two waves: the figure must lie in the predicted 90% interval."""

    series: str
    respondent: Capital
    target: Capital
    measure: str
    before: str
    after: str


@dataclass(frozen=True)
class ActEffect:
    """An effect of acts: the median of draws, read so many months after them.

    ``figure`` replaces that of the fact where the reading is another thing than was
    measured, ``tolerance`` is in points, and ``kind`` says what is taken: the ``change`` at
    the last month, its ``range`` over all months, or the ``rest`` of the first month's
    change that is left at the last (per cent).
    """

    event_lines: tuple[int, ...]
    reading: Reading
    months_after: tuple[int, ...]
    tolerance: float
    why: str
    kind: str = "change"
    figure: float | None = None


@dataclass(frozen=True)
class Silent:
    """A fact that a record with forced governments cannot speak about, and why."""

    reason: str


Check = SurveyChange | ActEffect | Silent

_NO_VIEW_OF_POLICY = "asked about a policy, and publics view countries; --sizes has a stand-in"
_NO_SALES = "the model carries trade as exposure and coercion, not as sales or travellers"
_NO_BUYERS = "sales and travellers are no part of the model; --sizes has a stand-in"
_APPROVAL = "margin of error of one poll"
_RALLY = ActEffect((119,), Reading("approval", TOKYO), (1,), ONE_POLL, _APPROVAL)

CHECKS: dict[str, Check] = {
    "F05": SurveyChange(CABINET, TOKYO, SEOUL, "affinity", "2011-10", "2012-10"),
    "F06": SurveyChange(CABINET, TOKYO, SEOUL, "relations_not_good", "2011-10", "2012-10"),
    "F09": SurveyChange(CABINET, TOKYO, SEOUL, "affinity", "2018-10", "2019-10"),
    "F10": SurveyChange(GENRON, SEOUL, TOKYO, "favourable", "2018-05", "2019-05"),
    "F11": SurveyChange(GENRON, TOKYO, SEOUL, "unfavourable", "2015-04", "2016-06"),
    "F12": SurveyChange(GENRON, SEOUL, TOKYO, "unfavourable", "2015-04", "2016-06"),
    "F39": SurveyChange(CABINET, TOKYO, WASHINGTON, "affinity", "2010-10", "2011-10"),
    "F13": ActEffect((59,), Reading("approval", SEOUL), (1,), ONE_POLL, _APPROVAL),
    "F14": Silent(_NO_VIEW_OF_POLICY),
    "F18": Silent(_NO_VIEW_OF_POLICY),
    "F19": ActEffect(
        (153,),
        Reading("approval", SEOUL),
        (0, 1, 2, 3, 6, 12),
        2.0 * ONE_POLL,
        "a range of three polls, two of other pollsters",
        kind="range",
    ),
    "F20": _RALLY,
    "F21": _RALLY,
    "F22": _RALLY,
    "F23": Silent(_NO_VIEW_OF_POLICY),
    "F24": ActEffect(
        (7,),
        Reading("approval", SEOUL),
        (1,),
        2.0 * ONE_POLL,
        "two polls of different pollsters",
    ),
    "F25": ActEffect(
        (154,),
        Reading("opinion", TOKYO, SEOUL),
        (1,),
        2.3,
        "of that sign, and at most twice the figure",
    ),
    "F26": ActEffect(
        (154,),
        Reading("glow", TOKYO, SEOUL),
        (1, 2),
        15.0,
        "20 days as a half-life leave 35% after a month; one leg of a month's length",
        kind="rest",
        figure=35.0,
    ),
    "F27": ActEffect(
        (30,),
        Reading("threat", SEOUL, PYONGYANG),
        (1,),
        8.0,
        "of that sign and at most twice the figure: felt threat stands for a worse security",
        figure=8.0,
    ),
    "F28": Silent(_NO_BUYERS),
    "F29": Silent(_NO_BUYERS),
    "F30": Silent(_NO_BUYERS),
    "F31": Silent(_NO_SALES),
    "F32": Silent("a matter of choice, and governments do not choose in a record"),
    "F34": Silent("a matter of choice, and governments do not choose in a record"),
}
