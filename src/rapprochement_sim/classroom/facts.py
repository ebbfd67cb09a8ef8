"""What has happened in a class: the facts of its log, in the past tense.

A fact holds names and numbers only, so that it is one line of JSON. Everything that is
known of a class follows from its facts in sequence
(:mod:`~rapprochement_sim.classroom.reducing`).
"""

from __future__ import annotations

from dataclasses import dataclass

TEACHER = 0
"""Who the teacher is among the numbers of persons; students count from 1."""
CLOCK = -1
"""Who acts when time runs out."""


@dataclass(frozen=True)
class SeatDecision:
    """An offer, an answer or an order as a log keeps it: names of the rule book.

    ``partner`` is the target of an offer or order, and the proposer for an answer.
    """

    kind: str
    seat: str
    partner: str
    action: str = ""
    modifiers: tuple[str, ...] = ()
    accepts: bool = False

    def __str__(self) -> str:
        """Return the decision in a few words, for the log."""
        return " ".join((self.seat, self.kind, self.action, self.partner, *self.modifiers))


@dataclass(frozen=True)
class FigureChange:
    """How an inject moves a figure: names of the rules, so that it can be played again."""

    figure: str
    change: str

    def __str__(self) -> str:
        """Return the change in a few words, for the log."""
        return f"{self.figure}, {self.change}"


class Fact:
    """Something that has happened; every kind of fact derives from it."""


@dataclass(frozen=True)
class ClassOpened(Fact):
    """A class was opened: what it plays, and how people get in."""

    scenario: str
    content_hash: str
    rules_hash: str
    program: str
    seed: int
    n_turns: int
    seats: tuple[str, ...]
    code: str
    signing_key: str
    teacher_hash: str
    submit_rule: str
    minutes: float
    is_automatic: bool
    roster: tuple[str, ...] = ()
    is_rehearsal: bool = False
    is_masked: bool = False


@dataclass(frozen=True)
class WorldOpened(Fact):
    """A parallel world began; worlds of a class differ in what people decide alone."""

    world: int


# ---------------------------------------------------------------- people


@dataclass(frozen=True)
class PersonJoined(Fact):
    """Somebody came in by the code; ``token`` and ``return_hash`` are hashes."""

    person: int
    name: str
    token: str
    return_hash: str


@dataclass(frozen=True)
class PersonReturned(Fact):
    """Somebody came back, on this device or another."""

    person: int
    token: str


@dataclass(frozen=True)
class ReturnWordIssued(Fact):
    """The teacher gave somebody a new word to come back with."""

    person: int
    return_hash: str


@dataclass(frozen=True)
class SeatTaken(Fact):
    """Somebody sat down; an empty ``seat`` is an observer's place."""

    person: int
    world: int
    seat: str


@dataclass(frozen=True)
class SeatLeft(Fact):
    """Somebody stood up."""

    person: int


@dataclass(frozen=True)
class CaptainNamed(Fact):
    """Somebody speaks for a seat from now on."""

    world: int
    seat: str
    person: int


@dataclass(frozen=True)
class PersonRemoved(Fact):
    """The teacher removed somebody from the class."""

    person: int
    reason: str


@dataclass(frozen=True)
class SeatGivenToModel(Fact):
    """A seat is played by the model until somebody of it takes it back."""

    world: int
    seat: str
    reason: str


@dataclass(frozen=True)
class SeatReclaimed(Fact):
    """People play a seat again."""

    world: int
    seat: str
    person: int


# ---------------------------------------------------------------- decisions


@dataclass(frozen=True)
class DraftMade(Fact):
    """Somebody of a seat put a decision forward."""

    world: int
    seat: str
    draft: int
    person: int
    decision: SeatDecision
    told: str


@dataclass(frozen=True)
class DraftBacked(Fact):
    """Somebody of a seat is for a draft."""

    world: int
    seat: str
    draft: int
    person: int


@dataclass(frozen=True)
class DraftDropped(Fact):
    """A draft was taken off the seat's table: by its author, or because it was decided."""

    world: int
    seat: str
    draft: int


@dataclass(frozen=True)
class DecisionsChanged(Fact):
    """A seat decided or took back; ``decisions`` are all that stand in the world's open turn.

    ``reopened`` are seats that have something new to answer.
    """

    world: int
    seat: str
    person: int
    decisions: tuple[SeatDecision, ...]
    reopened: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class SeatDone(Fact):
    """Somebody said that the seat is done with this phase; ``is_whole`` if that settles it."""

    world: int
    seat: str
    person: int
    is_whole: bool


@dataclass(frozen=True)
class SeatNotDone(Fact):
    """A seat wants to think again."""

    world: int
    seat: str
    person: int


@dataclass(frozen=True)
class TalksClosed(Fact):
    """The talks of a turn ended; ``seats`` were played by people in them."""

    world: int
    turn: int
    seats: tuple[str, ...]


@dataclass(frozen=True)
class TurnResolved(Fact):
    """A turn was played out; ``seats`` gave their orders themselves, ``digest`` is of the end."""

    world: int
    turn: int
    seats: tuple[str, ...]
    digest: str
    is_over: bool


# ---------------------------------------------------------------- words


@dataclass(frozen=True)
class MessageSent(Fact):
    """A seat, or the teacher (empty ``seat``), said something; to nobody named is to all."""

    message: int
    world: int
    seat: str
    person: int
    to: tuple[str, ...]
    text: str
    turn: int


@dataclass(frozen=True)
class MessageWithdrawn(Fact):
    """The teacher withdrew a message."""

    message: int
    reason: str


@dataclass(frozen=True)
class ForecastMade(Fact):
    """Somebody said how likely a figure is to pass a bound by a turn's end."""

    world: int
    seat: str
    person: int
    figure: str
    above: float
    turn: int
    probability: float
    told: str


# ---------------------------------------------------------------- the teacher's


@dataclass(frozen=True)
class InjectSet(Fact):
    """The teacher lets something befall: an event of the rules, changes of their own, or news.

    ``orders`` are acts of governments that the model plays, which it then gives at once.
    """

    world: int
    inject: int
    turn: int
    event: str
    headline: str
    changes: tuple[FigureChange, ...] = ()
    orders: tuple[SeatDecision, ...] = ()


@dataclass(frozen=True)
class InjectWithdrawn(Fact):
    """The teacher took an inject back."""

    world: int
    inject: int


@dataclass(frozen=True)
class WorldRewound(Fact):
    """A world goes on from an earlier turn; what had been played is kept as a branch."""

    world: int
    turns_kept: int
    reason: str


@dataclass(frozen=True)
class ClockSet(Fact):
    """A world's open phase ends at a time (seconds of the epoch); 0 is no end."""

    world: int
    closes_at: float


@dataclass(frozen=True)
class RulesOfTimeChanged(Fact):
    """Minutes of a phase (0: no clock), and whether phases end by themselves."""

    minutes: float
    is_automatic: bool


@dataclass(frozen=True)
class ClassPaused(Fact):
    """Nobody decides until the class goes on."""

    reason: str


@dataclass(frozen=True)
class ClassResumed(Fact):
    """The class goes on; clocks stood still meanwhile."""


@dataclass(frozen=True)
class ClassEnded(Fact):
    """The class is over."""

    reason: str


@dataclass(frozen=True)
class MaskLifted(Fact):
    """The teacher told everyone what was behind the mask."""
