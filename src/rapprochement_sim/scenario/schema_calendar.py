"""What a scenario fixes by its date: events announced ahead, and acts out of their time."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(frozen=True, strict=True, extra="forbid")
_Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]


class ScheduledEvent(BaseModel):
    """An event announced ahead as a deadline; ``unless`` of the event can avert it."""

    model_config = _STRICT

    event: str
    month: _Month
    announced_turns_ahead: Annotated[int, Field(ge=0, le=8)]
    source: str


class ClosedActs(BaseModel):
    """Acts that nobody can order before a month, or in the whole scenario if none is named.

    An act is closed where its time had not come: no pact can be restored that nobody had
    thought of. ``reason`` is what the player reads.
    """

    model_config = _STRICT

    actions: Annotated[list[str], Field(min_length=1)]
    until: _Month | None = None
    reason: str
    source: str
    why: str = ""
