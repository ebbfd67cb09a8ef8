"""What pages show of a world, in words and shown figures. Data without markup or arrays.

A worker makes sheets (:mod:`~rapprochement_sim.classroom.world_worker`); the server, which
knows no model, only lays them out. Secrecy is settled before a sheet is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.classroom.facts import FigureChange, SeatDecision


@dataclass(frozen=True)
class FigureLine:
    """A figure as people read it, and how it moved; ``mark`` is ``+``, ``-`` or ``=``."""

    name: str
    title: str
    value: str
    margin: str
    change: str
    mark: str
    trend: tuple[float, ...]


@dataclass(frozen=True)
class EffectLine:
    """What an act may do to one figure within the turn; arrows, change, 5-95 per cent band."""

    arrows: str
    title: str
    change: str
    band: str
    doubt: str


@dataclass(frozen=True)
class ModifierLine:
    """A modifier with both of its edges."""

    id: str
    title: str
    summary: str
    cost: str
    is_chosen: bool
    effects: tuple[EffectLine, ...]


@dataclass(frozen=True)
class OrderSheet:
    """An order before it is given: price, odds, effects, voices, what speaks against it."""

    action: str
    target: str
    title: str
    summary: str
    price: str
    dissent: str
    is_joint: bool
    reason: str
    effects: tuple[EffectLine, ...]
    modifiers: tuple[ModifierLine, ...]
    voices: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PaperLine:
    """A staff paper: an order worth considering."""

    number: int
    action: str
    target: str
    modifiers: tuple[str, ...]
    title: str
    terms: tuple[str, ...]
    purpose: str
    voice: str
    price: str
    dissent: str
    reason: str
    is_joint: bool
    effects: tuple[EffectLine, ...]


@dataclass(frozen=True)
class OptionLine:
    """An order or offer of the full list."""

    action: str
    target: str
    title: str
    summary: str
    price: str
    is_joint: bool
    reason: str


@dataclass(frozen=True)
class OfferLine:
    """A joint act that another capital offers."""

    proposer: str
    title: str
    terms: tuple[str, ...]
    also_asked: tuple[str, ...]
    effects: tuple[EffectLine, ...]
    refusal: tuple[str, ...]
    reason: str
    answer: str


@dataclass(frozen=True)
class GoalLine:
    """A goal of the seat, and how far it is."""

    text: str
    is_secret: bool
    figure: str
    value: str
    counts: str
    percent: int


@dataclass(frozen=True)
class NewsLine:
    """Something that everyone learnt; ``kind`` as in the chronicle."""

    kind: str
    text: str
    is_own: bool


@dataclass(frozen=True)
class CauseLine:
    """One cause's share of a change, and the length of its bar, 1 to 10."""

    text: str
    change: str
    sign: str
    length: int


@dataclass(frozen=True)
class WhyLine:
    """A figure's change over a turn, split; the parts sum to it."""

    title: str
    told: str
    grain: str
    causes: tuple[CauseLine, ...]


@dataclass(frozen=True)
class DisputeRow:
    """One party to a dispute, by published surveys."""

    dispute: str
    capital: str
    role: str
    hurt: str
    salience: str
    settlement: str


@dataclass(frozen=True)
class RelationRow:
    """How one capital stands to the others: cells in the sequence of capitals."""

    capital: str
    is_own: bool
    trust: tuple[str, ...]
    threat: tuple[str, ...]


@dataclass(frozen=True)
class SeatSheet:
    """Everything one seat may see of its open turn."""

    seat: str
    scenario: str
    introduction: str
    turn: int
    n_turns: int
    months: str
    phase: str
    attention: str
    capital_left: str
    approval: str
    win: str
    goals: tuple[GoalLine, ...]
    news: tuple[NewsLine, ...]
    headlines: tuple[FigureLine, ...]
    polls: tuple[FigureLine, ...]
    deadlines: tuple[tuple[str, str], ...]
    disputes: tuple[DisputeRow, ...]
    relations: tuple[RelationRow, ...]
    ladders: tuple[tuple[str, str, str], ...]
    offers: tuple[OfferLine, ...]
    papers: tuple[PaperLine, ...]
    options: tuple[OptionLine, ...]
    desk: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    whys: tuple[WhyLine, ...]


@dataclass(frozen=True)
class LinkLine:
    """Two capitals on the map: their strongest agreement, and whether a clash has climbed."""

    a: str
    b: str
    rung: str
    title: str
    is_tense: bool


@dataclass(frozen=True)
class PublicSheet:
    """What anybody in the room may see of a world."""

    scenario: str
    turn: int
    n_turns: int
    months: str
    phase: str
    polls: tuple[FigureLine, ...]
    approvals: tuple[FigureLine, ...]
    news: tuple[NewsLine, ...]
    deadlines: tuple[tuple[str, str], ...]
    links: tuple[LinkLine, ...]


@dataclass(frozen=True)
class ScoreLine:
    """How a seat stands: score of 100, goals with points, what it did."""

    seat: str
    score: str
    won: str
    goals: tuple[tuple[str, bool, str], ...]
    deeds: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ForecastLine:
    """A forecast in words, and what was published; empty while its turn is open."""

    made_in: int
    told: str
    published: str


@dataclass(frozen=True)
class ForecastPage:
    """Somebody's forecasts and, once one can be judged, their mean Brier score."""

    lines: tuple[ForecastLine, ...]
    score: str


@dataclass(frozen=True)
class TeacherSheet:
    """A world at a glance, for the teacher alone."""

    turn: int
    months: str
    phase: str
    scores: tuple[ScoreLine, ...]
    figures: tuple[FigureLine, ...]
    decisions: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class InjectSheet:
    """What an event may do over some turns: title, mean change, band."""

    event: str
    turns: int
    n_worlds: int
    effects: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ActLine:
    """An act that a government could give now; ``told`` says it in words, with who acts."""

    seat: str
    action: str
    target: str
    title: str
    told: str


@dataclass(frozen=True)
class Judged:
    """A decision that the rules allow, or one taken back: what then stands on the table."""

    told: str
    result: tuple[SeatDecision, ...]
    reopened: tuple[str, ...]


@dataclass(frozen=True)
class Resolved:
    """A turn played out."""

    digest: str
    is_over: bool


@dataclass(frozen=True)
class PreparedLine:
    """An inject that stands prepared beside the scenario."""

    name: str
    title: str
    headline: str
    event: str
    changes: tuple[FigureChange, ...]
    orders: tuple[SeatDecision, ...] = ()


@dataclass(frozen=True)
class ScenarioSheet:
    """A scenario as a class needs it when it is opened."""

    name: str
    title: str
    summary: str
    content_hash: str
    rules_hash: str
    program: str
    n_turns: int
    seats: tuple[tuple[str, str], ...]
    titles: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str, str], ...]
    figures: tuple[tuple[str, str, str], ...]
    injects: tuple[PreparedLine, ...] = ()
    behind: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
