"""Where a class stands, and what one tells of it: in a few words, and once when it changes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.state import ORDERS, TALKS
from rapprochement_sim.classroom.wire import harmless
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.line import Draft
from rapprochement_sim.naming import capital_title
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUTE = 60


@dataclass(frozen=True)
class Standing:
    """Where one's world stands, as the class tells it to everyone of the seat."""

    world: int
    turn: int
    phase: str
    is_ended: bool
    ended: str
    paused: str
    trouble: str
    with_model: str
    is_done: bool
    is_noted: bool
    waits_for: tuple[str, ...]
    seconds: float | None
    just_in: tuple[str, ...]
    gone_back: tuple[str, ...]
    n_letters: int
    drafts: tuple[Draft, ...]
    decides: str
    behind: tuple[str, ...]

    @property
    def held(self) -> str:
        """What holds the game up for this seat, empty if nothing does."""
        if self.trouble:
            return f"The class is held: {self.trouble}. What was confirmed is safe."
        if self.is_ended:
            return f"The class has ended: {self.ended}"
        if self.paused:
            return f"The class is paused: {self.paused}"
        if self.with_model:
            return f"The model plays your seat: {self.with_model}. You can take it back."
        return ""

    def told(self, seconds: float | None) -> str:
        """Say in a line where the world stands, with so much time left."""
        waits = ", ".join(title_of(key) for key in self.waits_for)
        parts = [f"World {self.world}"]
        if self.waits_for:
            parts.append(f"waits for {waits}")
        if self.is_done:
            parts.append("your seat is done")
        elif self.is_noted:
            parts.append("you are done, your seat is not yet")
        if seconds is not None:
            minutes, rest = divmod(max(int(seconds), 0), _MINUTE)
            parts.append(f"{minutes} min {rest} s left")
        if self.drafts:
            put_forward = "; ".join(draft.told for draft in self.drafts)
            parts.append(f"put forward in your seat: {put_forward}")
        return ", ".join(parts)


def title_of(key: str) -> str:
    """Name a seat as it is shown."""
    return capital_title(key) if key in CAPITAL_KEYS else key


def read_standing(found: Any) -> Standing:
    """Read what a class answered.

    Raises
    ------
    MalformedInput
        If it is not what this version asks for.
    """
    try:
        plain = {each.name: _clean(found[each.name]) for each in fields(Standing)}
        drafts = tuple(_draft(each) for each in found["drafts"])
        return Standing(**{**plain, "drafts": drafts})
    except (KeyError, TypeError) as error:
        what = "the class answers in a way that is not understood here"
        todo = "Use the version of the program that the class is played with."
        raise MalformedInput(what, where=str(error), todo=todo) from None


def _draft(found: Any) -> Draft:
    return Draft(**{each.name: _clean(found[each.name]) for each in fields(Draft)})


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(harmless(str(each)) for each in value)
    return harmless(value) if isinstance(value, str) else value


def changes(before: Standing, after: Standing) -> Iterator[str]:
    """Tell what has happened between two looks, in sentences."""
    if len(after.gone_back) > len(before.gone_back):
        yield f"This world was taken back to turn {after.turn}: {after.gone_back[-1]}"
    elif after.turn > before.turn:
        yield f"Turn {after.turn - 1} is over."
    elif after.turn == before.turn and (before.phase, after.phase) == (TALKS, ORDERS):
        yield f"The talks of turn {after.turn} are closed."
    if after.turn == before.turn:
        for headline in after.just_in[len(before.just_in) :]:
            yield f"Just in: {headline}"
    known = {draft.number for draft in before.drafts}
    for draft in after.drafts:
        if draft.number not in known and not draft.is_backed:
            yield f"{draft.author} puts forward for your seat, {draft.told}"
    if after.is_ended and not before.is_ended:
        yield f"The class has ended: {after.ended}"
    if len(after.behind) > len(before.behind):
        yield from ("What was behind the mask:", *after.behind)
