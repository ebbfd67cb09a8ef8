"""What a rule file or a scenario file may contain.

Every model is frozen, strict and forbids unknown keys, so that a misspelt key is an
error and never a silently ignored wish. Every number carries its range and source.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rapprochement_sim.scenario.schema_calendar import ClosedActs, ScheduledEvent
from rapprochement_sim.scenario.schema_conflicts import Conflict

CapitalKey = Literal["seoul", "tokyo", "washington", "beijing", "pyongyang"]
Coordinates = list[str]
Number = Annotated[float, Field(allow_inf_nan=False)]
Range = Annotated[list[float], Field(min_length=2, max_length=2)]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Schema(BaseModel):
    """Base of every file model: frozen, strict, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Quantity(Schema):
    """A number that says what it is, how far it may plausibly range and who says so."""

    value: Number
    range: Range
    unit: str = "1"
    source: str
    about: str = ""
    contested: str = ""

    @model_validator(mode="after")
    def _value_lies_in_range(self) -> Self:
        low, high = self.range
        if low > high:
            msg = f"range [{low}, {high}] is upside down"
            raise ValueError(msg)
        if not low <= self.value <= high:
            msg = f"value {self.value} lies outside its own range [{low}, {high}]"
            raise ValueError(msg)
        return self


class Effect(Schema):
    """One declared consequence of an act, on the latent scale of one state variable.

    ``on`` names the variable, ``at`` the cell: disputes, institutions, capitals, or the
    placeholders ``actor``, ``target``, ``third``, ``party`` (each capital taking part)
    and, after ``party``, ``partner`` (each other capital taking part). ``size`` is the
    latent increment at full scale; ``scaled_by`` names a scaler such as
    ``salience(forced_labour, target)`` that multiplies it.
    """

    on: str
    at: Coordinates
    size: Number
    range: Range
    scaled_by: str = "one"
    source: str
    why: str
    contested: str = ""

    @model_validator(mode="after")
    def _size_lies_in_range(self) -> Self:
        low, high = self.range
        if not low <= self.size <= high:
            msg = f"size {self.size} lies outside its own range [{low}, {high}]"
            raise ValueError(msg)
        return self


class Condition(Schema):
    """A cell of the state compared with a bound. All stated bounds must hold."""

    on: str
    at: Coordinates
    above: Number | None = None
    below: Number | None = None
    reason: str

    @model_validator(mode="after")
    def _some_bound(self) -> Self:
        if self.above is None and self.below is None:
            msg = "a condition needs 'above' or 'below'"
            raise ValueError(msg)
        return self


class Seat(Schema):
    """Who may give the order: actor, target, an optional third party, who must consent."""

    actor: CapitalKey
    target: CapitalKey
    third: CapitalKey | None = None
    consent: list[CapitalKey] = []


class Modifier(Schema):
    """A toggle on an order that pulls two ways: it must help one thing and hurt another."""

    title: str
    summary: str
    capital_cost: Number = 0.0
    ratification_ease: Number = 0.0
    effects: Annotated[list[Effect], Field(min_length=2)]


class Ratification(Schema):
    """Consent of parliament: who needs it and what a failure does."""

    by: list[CapitalKey]
    dispute: str
    bar: Quantity
    failure: list[Effect]


class Action(Schema):
    """One entry of the rule book."""

    title: str
    summary: str
    narration: str
    refusal_narration: str = ""
    cameo: str
    goldstein: Quantity
    seats: Annotated[list[Seat], Field(min_length=1)]
    attention: Annotated[float, Field(ge=0.0, le=2.0)]
    capital_cost: Quantity
    readiness: Quantity
    requires: list[Condition] = []
    pause_turns: Annotated[int, Field(ge=0, le=8)] = 0
    modifiers: Annotated[dict[str, Modifier], Field(max_length=6)] = {}
    effects: list[Effect] = []
    refusal: list[Effect] = []
    ratification: Ratification | None = None
    dissent: str
    sources: Annotated[list[str], Field(min_length=1)]

    @property
    def is_joint(self) -> bool:
        """Whether another capital must consent before the act happens."""
        return any(seat.consent for seat in self.seats)


class Event(Schema):
    """Something that befalls: a court ruling, a war elsewhere, a textbook screening."""

    title: str
    summary: str
    narration: str
    per_year: Quantity
    parties: list[CapitalKey]
    unless: list[Condition] = []
    effects: list[Effect]
    sources: Annotated[list[str], Field(min_length=1)]


class DisputeParty(Schema):
    """How one public is bound to a dispute: injured, or claiming that it is closed."""

    role: Literal["injured", "claims_closure", "bystander"]
    about: CapitalKey
    weight: Quantity


class Dispute(Schema):
    """A quarrel that publics carry, with the parties' two names where they differ."""

    title: str
    summary: str
    parties: dict[CapitalKey, DisputeParty]
    half_life_years: Quantity
    sources: Annotated[list[str], Field(min_length=1)]


class Institution(Schema):
    """A ladder of cooperation: none, ad hoc, regular, treaty."""

    title: str
    summary: str
    half_life_years: Quantity
    trust_floor: Quantity
    sources: Annotated[list[str], Field(min_length=1)]


class Survey(Schema):
    """A poll: whose view of whom, where the thresholds lie on the latent attitude.

    The share answering is the mean over citizens of a smooth step at ``threshold``
    with width ``width`` (both latent), above it or below it as ``side`` says. From
    ``mode_break`` on it is asked in another way, so that levels compare only up to an offset.
    """

    title: str
    respondent: CapitalKey
    target: CapitalKey
    answer: str
    side: Literal["above", "below"]
    threshold: Quantity
    width: Quantity
    sample_size: Quantity
    design_effect: Quantity
    mode_break: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None = None
    sources: Annotated[list[str], Field(min_length=1)]


class Valuation(Schema):
    """What a lens values: a weight on one cell of the state, for some or all seats.

    ``self`` in ``at`` stands for the seat that judges. ``seats`` empty means all.
    """

    on: str
    at: Coordinates
    weight: Number
    range: Range | None = None
    scaled_by: str = "one"
    seats: list[CapitalKey] = []
    source: str
    why: str
    contested: str = ""


class LensRules(Schema):
    """A school of thought: what it looks at when it scores an order."""

    title: str
    summary: str
    values: Annotated[list[Valuation], Field(min_length=1)]
    sources: Annotated[list[str], Field(min_length=1)]


class CompositeTerm(Schema):
    """One ingredient of a composite indicator: an indicator's name and its weight."""

    of: str
    weight: Number


class Composite(Schema):
    """A weighted sum of indicators, 0 to 100; ``headline``: if briefings begin with it."""

    title: str
    summary: str
    headline: bool = True
    offset: Number
    terms: Annotated[list[CompositeTerm], Field(min_length=1)]
    source: str


class Source(Schema):
    """An entry of the bibliography.

    A record may name its ``file`` among the shipped data: its keys are looked up there.
    """

    kind: Literal["article", "record", "study", "fit", "assumption"]
    title: str
    reference: str
    grade: str = ""
    file: str = ""


class RuleBook(Schema):
    """All rules together, as merged by the loader from the files of ``rules/``."""

    actions: dict[str, Action]
    disputes: dict[str, Dispute]
    institutions: dict[str, Institution]
    events: dict[str, Event]
    surveys: dict[str, Survey]
    lenses: dict[str, LensRules]
    composites: dict[str, Composite]
    parameters: dict[str, Quantity]
    sources: dict[str, Source]
    conflicts: dict[str, Conflict] = {}


class StartValue(Schema):
    """Where a cell of the state starts (and, unless ``rest`` says otherwise, rests).

    ``any`` in ``at`` is a wildcard; later entries overwrite earlier ones.
    """

    at: Coordinates
    value: Number
    rest: Number | None = None
    range: Range
    source: str
    why: str = ""


class PollStart(Schema):
    """The published share a survey starts from."""

    survey: str
    percent: Annotated[float, Field(ge=0.0, le=100.0)]
    range: Range | None = None
    source: str
    why: str = ""


class CalendarEntry(Schema):
    """A dated change at home: an election or the end of a leader's term."""

    title: str
    capital: CapitalKey
    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    kind: Literal["general_election", "legislative_election", "leadership_contest"]
    source: str


class Goal(Schema):
    """An objective: an indicator, where it starts to count and where it is fully met."""

    indicator: str
    from_value: Number
    to_value: Number
    weight: Annotated[float, Field(gt=0.0)]
    text: str
    source: str


class SeatBrief(Schema):
    """What one capital wants, publicly and in secret, how it judges, and the mark of a win."""

    introduction: str
    lens_weights: dict[Literal["realist", "liberal", "constructivist"], Share]
    lens_source: str
    public_goals: list[Goal]
    secret_goals: list[Goal]
    win_score: Quantity | None = None

    @model_validator(mode="after")
    def _weights_on_the_simplex(self) -> Self:
        total = sum(self.lens_weights.values())
        if abs(total - 1.0) > 1e-9:
            msg = f"lens weights sum to {total:g}, they must sum to 1"
            raise ValueError(msg)
        return self


class Outcome(Schema):
    """A yes-or-no result of a run, read off one indicator."""

    title: str
    indicator: str
    when: Literal["at_end", "ever"]
    above: Number | None = None
    below: Number | None = None

    @model_validator(mode="after")
    def _some_bound(self) -> Self:
        if (self.above is None) == (self.below is None):
            msg = "an outcome needs exactly one of 'above' and 'below'"
            raise ValueError(msg)
        return self


class Scenario(Schema):
    """A scenario file: when, how long, where everything starts, who wants what.

    ``closed`` lists acts that are out of their time. ``reasons`` says once for a whole part
    (``initial.trust``, ``polls``, ``calendar``, ``scheduled``, ``closed``, ``seats``) why its
    assumptions are what they are. ``fit`` names a record whose posterior moves sizes and speeds
    of the rules. A file that is based on another one may leave out what is the same there.
    """

    based_on: str = ""
    title: str
    summary: str
    era: str
    difficulty: Literal["gentle", "normal", "hard"]
    teaches: str
    start: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    turn_months: Literal[1, 3]
    turns: Annotated[int, Field(ge=1, le=240)]
    citizens: Annotated[int, Field(ge=10, le=2000)]
    population_seed: Annotated[int, Field(ge=0)]
    initial: dict[str, list[StartValue]]
    polls: list[PollStart]
    calendar: list[CalendarEntry]
    scheduled: list[ScheduledEvent]
    closed: list[ClosedActs] = []
    hazards: list[str]
    seats: dict[CapitalKey, SeatBrief]
    outcomes: dict[str, Outcome]
    parameters: dict[str, Quantity] = {}
    fit: str = ""
    reasons: dict[str, str] = {}
    sources: Annotated[list[str], Field(min_length=1)]
