"""What is known of a published figure: what was asked, when, and of which acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.experiments.pattern_runs import Lines
    from rapprochement_sim.experiments.readings import Question


@dataclass(frozen=True)
class NamedActs:
    """Acts that belong together: what they are, and lines of the event list."""

    says: str
    event_lines: Lines


@dataclass(frozen=True)
class Anchor:
    """A published share of a like question that sets a level: what was read then, and when.

    ``share`` is in per cent; ``month`` is the one at whose start it is read, ``YYYY-MM``.
    """

    question: Question
    month: str
    share: float


@dataclass(frozen=True)
class Figure:
    """A published figure, and what the record has for it.

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
    part
        Which of several figures of the fact it is; empty if there is one.
    until
        Last month of a mean of readings that begins at ``after``; empty for that one alone.
    published
        Shares before and after, if they were published, per cent.
    seen
        The figure, where that of the table of facts is another, or of another sign or unit.
    anchors
        Published shares of a question that the rules do not know. Their mean sets its level;
        from there it moves with what is read, as far in log odds. None of them is the figure,
        except that one of ``before`` leaves the change to be tested.
    falls
        Whether the anchored question moves against what is read.
    is_relative
        Whether the figure is a change in per cent of what stood before, not in points.
    is_level
        Whether the figure is the share at ``after``, and not a change.
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
    part: str = ""
    until: str = ""
    published: tuple[float, float] | None = None
    seen: float | None = None
    anchors: tuple[Anchor, ...] = ()
    falls: bool = False
    is_relative: bool = False
    is_level: bool = False
    stands_in: str = ""

    @property
    def name(self) -> str:
        """The fact, and which of its figures it is."""
        return f"{self.fact} {self.part}".rstrip()

    @property
    def own_lines(self) -> Lines:
        """All acts that the source names."""
        return frozenset().union(*(each.event_lines for each in self.own))


@dataclass(frozen=True)
class Lasting:
    """How long an effect lasts: what is read after which acts."""

    fact: str
    mechanism: str
    question: Question
    act: NamedActs
    seen: str
