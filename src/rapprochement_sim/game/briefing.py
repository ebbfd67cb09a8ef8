"""The page that one seat finds on its desk when a turn opens. Data without markup.

It is made from a :class:`~rapprochement_sim.game.knowledge.Knowledge` and from what was
published and done in earlier turns, never from the state itself: secrecy is enforced
here, not where the page is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.game.wording import rung_of, turn_title
from rapprochement_sim.vocabulary import CAPITALS, DYADS, Capital
from rapprochement_sim.world.axes import DYAD_INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.knowledge import KnownFigures
    from rapprochement_sim.game.preview import ExpectedEffect, Preview
    from rapprochement_sim.game.winning import WinRule
    from rapprochement_sim.scenario.schema import Goal

_UNCHANGED = 0.005
_ERRORS_OF_A_CHANGE = 2.0**0.5
_SHOWN_LEVEL = 0.05


@dataclass(frozen=True)
class Reading:
    """A known figure with its title, its margin and how it moved.

    ``trend`` lists its values at the start of each turn so far, the latest last; ``mark``
    is ``+``, ``-`` or ``=``: whether it moved by more than its error. ``sort`` says how it
    is known, as in :class:`~rapprochement_sim.game.knowledge.Figure`.
    """

    name: str
    title: str
    value: float
    margin: float
    unit: str
    trend: tuple[float, ...]
    mark: str
    sort: str = ""

    @property
    def change(self) -> float:
        """Change since the turn before; 0 in the first."""
        return self.trend[-1] - self.trend[-2] if len(self.trend) > 1 else 0.0


@dataclass(frozen=True)
class Relation:
    """How one capital stands to another, as the seat knows or believes."""

    observer: Capital
    partner: Capital
    trust: Reading
    threat: Reading
    is_own: bool


@dataclass(frozen=True)
class DyadLine:
    """Two capitals and a word for how they stand.

    ``word`` reads the trust between governments, the mean of both directions; ``tense``
    replaces it where a clash between the two has climbed the ladder of escalation.
    ``mark`` is ``+`` or ``-`` if trust moved one way in either direction, else ``=``.
    """

    between: tuple[Capital, Capital]
    word: str
    mark: str
    trust: tuple[Reading, Reading]
    escalation: Reading


@dataclass(frozen=True)
class DisputeSide:
    """One party to a dispute: how it is bound to it, and what surveys say."""

    capital: Capital
    role: str
    hurt: Reading
    salience: Reading
    settlement: Reading


@dataclass(frozen=True)
class DisputeLine:
    """A dispute with its parties."""

    id: str
    title: str
    sides: tuple[DisputeSide, ...]


@dataclass(frozen=True)
class Ladder:
    """An institution between two capitals and the rung it stands on."""

    id: str
    title: str
    between: tuple[Capital, Capital]
    rung: str
    level: Reading


@dataclass(frozen=True)
class Deadline:
    """Something announced ahead: ``turns_ahead`` 0 means in the turn that is open.

    ``name`` is what the codex knows it by.
    """

    title: str
    turns_ahead: int
    averted_if: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class NewsItem:
    """Something that everyone learnt of the last turn; ``kind`` as in the chronicle.

    ``name`` is what the codex knows the act or event by.
    """

    kind: str
    text: str
    details: tuple[str, ...]
    is_own: bool
    name: str = ""


@dataclass(frozen=True)
class Offer:
    """A joint act that another capital offers.

    ``answer`` is True or False once given, None before; silence counts as a refusal.
    ``also_asked`` are others whose consent is needed; ``if_refused`` is what a refusal
    itself may do. ``reason`` is what the proposer says for it, empty if it gives none.
    """

    proposer: Capital
    preview: Preview
    modifiers: tuple[str, ...]
    also_asked: tuple[Capital, ...]
    if_refused: tuple[ExpectedEffect, ...]
    answer: bool | None
    reason: str = ""


@dataclass(frozen=True)
class StaffPaper:
    """An order worth considering, why, and who speaks for it.

    Papers keep their numbers through a turn; ``reason`` tells why one cannot be ordered
    any more (empty while it can).
    """

    number: int
    action: str
    target: Capital
    modifiers: tuple[str, ...]
    purpose: str
    voice: str
    is_dissent: bool
    preview: Preview
    reason: str


@dataclass(frozen=True)
class GoalLine:
    """A goal with its progress as far as the seat can tell, 0 to 1."""

    text: str
    is_secret: bool
    reading: Reading
    from_value: float
    to_value: float
    weight: float
    progress: float


@dataclass(frozen=True)
class DeskItem:
    """Something the seat has decided in the open turn, in words."""

    kind: str
    text: str


@dataclass(frozen=True)
class Briefing:
    """What one seat may see when it decides."""

    seat: Capital
    scenario: str
    introduction: str
    turn: int
    n_turns: int
    calendar: tuple[str, ...]
    """The months of each turn."""
    phase: str
    attention: float
    capital_left: float
    capital: Reading
    approval: Reading
    headlines: tuple[Reading, ...]
    polls: tuple[Reading, ...]
    dyads: tuple[DyadLine, ...]
    relations: tuple[Relation, ...]
    disputes: tuple[DisputeLine, ...]
    ladders: tuple[Ladder, ...]
    deadlines: tuple[Deadline, ...]
    news: tuple[NewsItem, ...]
    offers: tuple[Offer, ...]
    papers: tuple[StaffPaper, ...]
    goals: tuple[GoalLine, ...]
    desk: tuple[DeskItem, ...]
    answers: tuple[str, ...]
    win: WinRule | None = None
    """What it takes to win; told before the first turn."""

    @property
    def months(self) -> str:
        """The months of the open turn; of the last one when the game is over."""
        return self.calendar[self.turn - 1]


@dataclass(frozen=True)
class Book:
    """The figures that a seat has known so far, turn by turn, and what they are called."""

    case: Case
    seat: Capital
    history: Sequence[KnownFigures]
    titles: dict[str, str]

    def reading(self, name: str) -> Reading:
        """Read one figure with its trend."""
        figure = self.history[-1][name]
        trend = tuple(figures.value_of(name) for figures in self.history)
        change = trend[-1] - trend[-2] if len(trend) > 1 else 0.0
        entry = self.case.indicators.by_name[name]
        bar = max(_ERRORS_OF_A_CHANGE * figure.error, _UNCHANGED * (entry.high - entry.low))
        mark = "=" if abs(change) < bar else "+" if change > 0.0 else "-"
        return Reading(
            name=name,
            title=self.titles[name],
            value=figure.value,
            margin=figure.margin,
            unit=entry.unit,
            trend=trend,
            mark=mark,
            sort=figure.sort,
        )


def headline_readings(book: Book) -> tuple[Reading, ...]:
    """Read the composites that the seat can put together."""
    known = book.case.loaded.rules.composites
    names = [name for name, each in known.items() if each.headline]
    return tuple(book.reading(name) for name in names if name in book.history[-1])


def poll_readings(book: Book) -> tuple[Reading, ...]:
    """Read the polls: those between Seoul and Tokyo and of the own public first."""
    surveys = book.case.loaded.rules.surveys
    pair = {Capital.SEOUL.key, Capital.TOKYO.key}

    def rank(name: str) -> int:
        survey = surveys[name]
        if {survey.respondent, survey.target} == pair:
            return 0
        return 1 if book.seat.key in (survey.respondent, survey.target) else 2

    return tuple(book.reading(name) for name in sorted(surveys, key=rank))


def relation_lines(book: Book) -> tuple[Relation, ...]:
    """Read who trusts and fears whom; own rows are exact, others are estimates."""
    return tuple(
        Relation(
            observer=i,
            partner=j,
            trust=book.reading(f"trust_{i.key}_{j.key}"),
            threat=book.reading(f"threat_{i.key}_{j.key}"),
            is_own=i == book.seat,
        )
        for i in CAPITALS
        for j in CAPITALS
        if i != j
    )


def dispute_lines(book: Book) -> tuple[DisputeLine, ...]:
    """Read what surveys say on each dispute, those that hurt most first."""
    lines = []
    for name, dispute in book.case.loaded.rules.disputes.items():
        sides = tuple(
            DisputeSide(
                capital=capital,
                role=dispute.parties[capital.key].role.replace("_", " "),
                hurt=book.reading(f"hurt_{name}_{capital.key}"),
                salience=book.reading(f"salience_{name}_{capital.key}"),
                settlement=book.reading(f"settlement_{name}_{capital.key}"),
            )
            for capital in CAPITALS
            if capital.key in dispute.parties
        )
        lines.append(DisputeLine(name, dispute.title, sides))
    return tuple(sorted(lines, key=lambda line: -_weight(line)))


def _weight(line: DisputeLine) -> float:
    return max(side.hurt.value * side.salience.value for side in line.sides)


def ladder_lines(book: Book) -> tuple[Ladder, ...]:
    """Read the institutions of Seoul and Tokyo, and those of the seat that exist."""
    lines = []
    for name, institution in book.case.loaded.rules.institutions.items():
        for a, b in DYADS:
            figure = f"institution_{name}_{a.key}_{b.key}"
            level = book.history[-1].value_of(figure)
            is_pair = (a, b) == (Capital.SEOUL, Capital.TOKYO)
            if is_pair or (book.seat in (a, b) and level >= _SHOWN_LEVEL):
                reading = book.reading(figure)
                rung = rung_of(reading.value)
                lines.append(Ladder(name, institution.title, (a, b), rung, reading))
    # Seoul and Tokyo have the first number.
    return tuple(sorted(lines, key=lambda line: DYAD_INDEX[line.between]))


def deadline_lines(case: Case, turn: int) -> tuple[Deadline, ...]:
    """List what is announced or on the calendar, the nearest first."""
    rules = case.loaded.rules
    found = []
    for entry in case.scheduled:
        if entry.announced <= turn <= entry.turn:
            event = rules.events[case.row(entry.row).name]
            averted = tuple(condition.reason for condition in event.unless)
            name = f"events:{case.row(entry.row).name}"
            found.append(Deadline(event.title, entry.turn - turn, averted, name))
    for election in case.elections:
        if election.turn >= turn:
            capital = Capital(election.capital)
            title = f"{election.title} ({capital.title})"
            name = f"capitals:{capital.key}"
            found.append(Deadline(title, election.turn - turn, (), name))
    return tuple(sorted(found, key=lambda deadline: deadline.turns_ahead))


def goal_lines(book: Book) -> Iterator[GoalLine]:
    """Read the seat's own goals, public ones first."""
    brief = book.case.loaded.schema.seats[book.seat.key]  # type: ignore[index]
    for is_secret, goals in ((False, brief.public_goals), (True, brief.secret_goals)):
        for goal in goals:
            if goal.indicator in book.history[-1]:
                yield _goal_line(book, goal, is_secret=is_secret)


def _goal_line(book: Book, goal: Goal, *, is_secret: bool) -> GoalLine:
    reading = book.reading(goal.indicator)
    way = (reading.value - goal.from_value) / (goal.to_value - goal.from_value)
    return GoalLine(
        text=goal.text,
        is_secret=is_secret,
        reading=reading,
        from_value=goal.from_value,
        to_value=goal.to_value,
        weight=goal.weight,
        progress=min(max(way, 0.0), 1.0),
    )


def calendar_of(case: Case) -> tuple[str, ...]:
    """Name the months of every turn."""
    scenario = case.loaded.schema
    return tuple(turn_title(scenario, turn) for turn in range(scenario.turns))


def months_of(case: Case, turn: int) -> str:
    """Name the months of the open turn; of the last one when the game is over."""
    scenario = case.loaded.schema
    return turn_title(scenario, min(turn, scenario.turns - 1))
