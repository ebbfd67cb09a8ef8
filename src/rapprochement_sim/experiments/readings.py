"""What is read of the state of a record's runs: publics, surveys, governments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.experiments.beside import line_beside
from rapprochement_sim.experiments.record_runs import Ask, answer_to
from rapprochement_sim.scenario.fitting import THRESHOLD
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import VARIABLES
from rapprochement_sim.world.forms import logistic, soft_step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.experiments.record_model import RecordModel
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

_WIDTH = 0.25


@dataclass(frozen=True)
class Reading:
    """Something of the state that is read: ``opinion`` is the share of a public above 0.

    A variable of governments has a partner, approval has none.
    """

    name: str
    capital: Capital
    partner: Capital | None = None

    def of(self, model: RecordModel) -> Array:
        """Return it in points of 0..100 (run)."""
        if self.name == "opinion":
            attitude = model.state.attitude[self.capital, :, self.partner]
            share: Array = soft_step(attitude / _WIDTH).mean(axis=0)
            return 100.0 * share
        values = self._variable(model)[self.capital]
        own: Array = values if self.partner is None else values[self.partner]
        return 100.0 * own

    def _variable(self, model: RecordModel) -> Array:
        values = model.state.values
        if self.name == "threat":
            return logistic(appraise_threat(model.case.world, values))
        is_logit = VARIABLES[self.name].link == "logit"
        return logistic(values[self.name]) if is_logit else values[self.name]


@dataclass(frozen=True)
class SurveyReading:
    """A survey of the rules, by name, asked at the start of a month."""

    survey: str

    def of(self, model: RecordModel, drawn: Mapping[str, Array]) -> Array:
        """Return the share in points of 0..100 (run), at the threshold that was drawn."""
        survey = model.case.loaded.rules.surveys[self.survey]
        ask = Ask(
            model.turn,
            CAPITAL_KEYS.index(survey.respondent),
            CAPITAL_KEYS.index(survey.target),
            survey.threshold.value,
            survey.width.value,
            f"{THRESHOLD}{self.survey}",
        )
        above = 100.0 * answer_to(ask, model.state.attitude, drawn)
        return above if survey.side == "above" else 100.0 - above


@dataclass(frozen=True)
class SettlementReading:
    """How far a dispute counts as settled in a capital."""

    dispute: str
    capital: Capital

    def of(self, model: RecordModel) -> Array:
        """Return it in points of 0..100 (run)."""
        row = list(model.case.loaded.rules.disputes).index(self.dispute)
        settled: Array = model.state.values["settlement"][row, self.capital]
        return 100.0 * settled


@dataclass(frozen=True)
class BesideReading:
    """A question that was asked beside a survey of the rules, which do not know it.

    Attributes
    ----------
    survey
        The survey beside it, of the same people.
    measure
        The question, by its name in the polls.
    left_out
        Dates of waves that may not set how the two go together: those it is to be tested by.
    """

    survey: str
    measure: str
    left_out: tuple[str, ...]

    def of(self, model: RecordModel, drawn: Mapping[str, Array]) -> Array:
        """Return the share in points of 0..100 (run), on the line through the other waves."""
        survey = model.case.loaded.rules.surveys[self.survey]
        line = line_beside(survey, self.measure, left_out=self.left_out)
        return line.share_beside(SurveyReading(self.survey).of(model, drawn))


Question = Reading | SurveyReading | SettlementReading | BesideReading


def read(question: Question, model: RecordModel, drawn: Mapping[str, Array]) -> Array:
    """Return what is read, in points of 0..100 (run), under the parameters that were drawn."""
    if isinstance(question, SurveyReading | BesideReading):
        return question.of(model, drawn)
    return question.of(model)
