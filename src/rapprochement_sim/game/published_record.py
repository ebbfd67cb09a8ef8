"""What the record says of a scenario's months: published polls and dated events, turn by turn.

It is public history and no part of the game: nothing here reads a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.naming import REAL, worn
from rapprochement_sim.scenario.record_rows import table_rows
from rapprochement_sim.vocabulary import COUNTRY_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.scenario.record_rows import Row

RECORD_HOW = "The record is public history, in the words of its sources. It is no part of the game."
_POLLS, _EVENTS = "polls.csv", "events.csv"
_MIDDLE_OF_THE_YEAR = 6
_FROM_MEMORY = "memory"
_PER_CENT = "pct"


@dataclass(frozen=True)
class RecordedPoll:
    """A published share of a survey that the game asks too, in percent.

    Attributes
    ----------
    survey, title
        The game's name of the survey, and what it asks.
    turn
        Turn of the scenario in whose months it was asked, from 1.
    date, value
        As published.
    source, note
        Where it was seen, and what makes it comparable or not.
    """

    survey: str
    title: str
    turn: int
    date: str
    value: float
    source: str
    note: str


@dataclass(frozen=True)
class RecordedEvent:
    """A dated event of a scenario's months, in the words of its source.

    ``is_seen`` is False for what the record holds from general knowledge alone.
    """

    turn: int
    date: str
    text: str
    source: str
    is_seen: bool


@dataclass(frozen=True)
class PublishedRecord:
    """The record of a scenario's months; turns after the record's end are empty."""

    polls: tuple[RecordedPoll, ...]
    events: tuple[RecordedEvent, ...]

    def of_turn(self, turn: int) -> PublishedRecord:
        """Return what falls in one turn, counted from 1."""
        return PublishedRecord(
            tuple(poll for poll in self.polls if poll.turn == turn),
            tuple(event for event in self.events if event.turn == turn),
        )

    def __bool__(self) -> bool:
        """Whether the record says anything."""
        return bool(self.polls or self.events)


def published_record(loaded: LoadedScenario) -> PublishedRecord:
    """Return what the record says of the months of a scenario; nothing under a mask.

    History would name what the mask hides.
    """
    if worn() is not REAL:
        return PublishedRecord((), ())
    polls = sorted(_polls(loaded), key=lambda poll: (poll.date, poll.survey))
    events = sorted(_events(loaded), key=lambda event: event.date)
    return PublishedRecord(tuple(polls), tuple(events))


def _polls(loaded: LoadedScenario) -> Iterator[RecordedPoll]:
    codes = {capital.key: code for code, capital in COUNTRY_CODES.items()}
    for name, survey in loaded.rules.surveys.items():
        asked = {source.split(":")[1] for source in survey.sources if source.startswith("polls:")}
        about = (codes[survey.respondent], codes[survey.target], survey.answer, _PER_CENT)
        for row in table_rows(_POLLS):
            if row["series"] not in asked:
                continue
            if (row["respondent"], row["target"], row["measure"], row["unit"]) != about:
                continue
            turn = _turn_of(loaded, row["date"])
            if turn:
                yield RecordedPoll(
                    survey=name,
                    title=survey.title,
                    turn=turn,
                    date=row["date"],
                    value=float(row["value"]),
                    source=row["source"],
                    note=row["comparability_note"],
                )


def _events(loaded: LoadedScenario) -> Iterator[RecordedEvent]:
    for row in table_rows(_EVENTS):
        turn = _turn_of(loaded, row["date"])
        if turn:
            yield RecordedEvent(
                turn=turn,
                date=row["date"],
                text=_told(row),
                source=row["source"],
                is_seen=row["verified"] != _FROM_MEMORY,
            )


def _told(row: Row) -> str:
    who = COUNTRY_CODES.get(row["initiator"])
    return row["description"] if who is None else f"{who.title}: {row['description']}"


def _turn_of(loaded: LoadedScenario, date: str) -> int:
    """Return the turn (from 1) of a date as written, 0 if it lies outside the scenario."""
    scenario = loaded.schema
    first, at = _month(scenario.start), _month(date)
    turn = (at - first) // scenario.turn_months + 1
    return turn if 1 <= turn <= scenario.turns else 0


def _month(date: str) -> int:
    year, _, rest = date.partition("-")
    return 12 * int(year) + (int(rest[:2]) if rest else _MIDDLE_OF_THE_YEAR)
