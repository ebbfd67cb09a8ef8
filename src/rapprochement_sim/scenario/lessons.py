"""A lesson: what to do next, step by step, as a file says it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import CapitalKey, Schema

FIRST_LESSON = "first_lesson"
_FILE = Path(__file__).resolve().parents[1] / "data" / f"{FIRST_LESSON}.yaml"

Deed = Literal[
    "goals_seen",
    "figure_opened",
    "source_seen",
    "why_asked",
    "offer_answered",
    "talks_closed",
    "order_opened",
    "order_given",
    "modified_order_given",
    "advice_read",
    "forecast_made",
    "turn_resolved",
    "resolution_read",
    "timeline_opened",
    "codex_used",
    "last_turn_resolved",
]
"""What a player has done, in the words of a lesson."""
Need = Literal["offer", "talks", "open", "a_turn", "after"]
"""When a step can be done: while an offer waits, the talks are open, the game is not over;
after a resolved turn; after the lesson's last turn."""

# One line of 80 columns beside "Lesson 17 of 17", and one for how, beside "[x skips]".
_About = Annotated[str, Field(min_length=1, max_length=64)]
_OnScreens = Annotated[str, Field(min_length=1, max_length=65)]
_How = Annotated[str, Field(min_length=1, max_length=76)]


class LessonWords(Schema):
    """What a lesson says at one time: what or why, and how on each face."""

    about: _About
    screens: _OnScreens
    plain: _How


class LessonStep(LessonWords):
    """One thing to do, and the deed that puts it behind."""

    id: str
    until: Deed
    needs: Annotated[list[Need], Field(default_factory=list)]


class LessonText(Schema):
    """A lesson as its file says it.

    It takes the first ``turns`` of its game; ``closing`` says so while the game goes on,
    ``afterwards`` what is left to do once the game is over, too.
    """

    title: str
    scenario: str
    seat: CapitalKey
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    turns: Annotated[int, Field(ge=1)]
    steps: Annotated[list[LessonStep], Field(min_length=1)]
    closing: LessonWords
    afterwards: LessonWords

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [step.id for step in self.steps]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            msg = f"two steps are called '{twice[0]}'"
            raise ValueError(msg)
        return self


def read_lesson(path: Path) -> LessonText:
    """Read a lesson from its file.

    Raises
    ------
    MalformedInput
        If the file is malformed, or holds what no lesson has.
    """
    return validated(LessonText, read_document(path))


@cache
def first_lesson() -> LessonText:
    """Return the lesson that comes along."""
    return read_lesson(_FILE)
