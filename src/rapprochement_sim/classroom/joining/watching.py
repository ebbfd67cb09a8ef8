"""Looking on at a world of a class from a terminal: what anybody in the room may see, line by line.

A page when a turn or its phase begins, one line for whatever comes in between.
"""

from __future__ import annotations

import textwrap
import time
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.joining.standing import title_of
from rapprochement_sim.classroom.joining.wiring import ConnectionLost, stream_lines
from rapprochement_sim.classroom.wire import harmless
from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.classroom.joining.wiring import Wiring

_SILENCE_SECONDS = 40.0
_PAUSE_SECONDS = 2.0
_WIDTH = 80
_STIRRED = b"event: changed"


@dataclass(frozen=True)
class Watched:
    """A world as somebody sees it who looks on; ``sheet`` is what the room's page shows."""

    world: int
    sheet: dict[str, Any]
    is_over: bool
    ended: str
    paused: str
    trouble: str
    waits_for: list[str]
    with_model: list[str]
    just_in: list[str]
    gone_back: list[str]
    said: list[dict[str, Any]]
    scores: list[list[str]]

    @property
    def stands(self) -> tuple[int, str, int, bool]:
        """Where the world stands: another page is another of these."""
        return self.sheet["turn"], self.sheet["phase"], len(self.gone_back), self.is_over


def watch(wiring: Wiring, say: Callable[[str], object]) -> None:
    """Tell what happens until the world's game or the class is over.

    Raises
    ------
    NotAllowedNow
        If one does not look on there (any more).
    """
    before: Watched | None = None
    is_lost = False
    reader, listener = wiring.again(), wiring.again()
    try:
        while before is None or not before.is_over:
            try:
                with listener.opened("/live", _SILENCE_SECONDS) as stream:
                    before = _told(reader, before, say)
                    if is_lost:
                        say("The class can be reached again.")
                    is_lost = False
                    for line in stream_lines(stream):
                        if line.startswith(_STIRRED):
                            before = _told(reader, before, say)
                            if before.is_over:
                                return
            except ConnectionLost as error:
                if not is_lost:
                    say(f"! {error}")
                is_lost = True
            time.sleep(_PAUSE_SECONDS if is_lost else 0.0)
    finally:
        reader.close()
        listener.close()


def _told(reader: Wiring, before: Watched | None, say: Callable[[str], object]) -> Watched:
    now = read_watched(reader.look("/watched"))
    for line in page_lines(now) if before is None or before.stands != now.stands else ():
        say(line)
    for line in news_between(before, now) if before is not None else ():
        say(line)
    return now


def read_watched(found: Any) -> Watched:
    """Read what a class answered.

    Raises
    ------
    MalformedInput
        If it is not what this version asks for.
    """
    with suppress(KeyError, TypeError):
        return Watched(**{each.name: _clean(found[each.name]) for each in fields(Watched)})
    what = "the class answers in a way that is not understood here"
    raise MalformedInput(what, todo="Use the version of the program that the class is played with.")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _clean(each) for key, each in value.items()}
    return value


# ---------------------------------------------------------------- in words


def page_lines(now: Watched) -> Iterator[str]:
    """Lay out where the world stands."""
    sheet = now.sheet
    head = f"World {now.world}: turn {sheet['turn']} of {sheet['n_turns']}, {sheet['months']}"
    yield from ("", f"== {head}: {'the game is over' if now.is_over else sheet['phase']}")
    yield from _standing(now)
    for title, lines in (
        ("What happened last turn", [each["text"] for each in sheet["news"]]),
        ("Ahead", [f"{when}: {what}" for when, what in sheet["deadlines"]]),
        ("Approval of governments", [_figure(each) for each in sheet["approvals"]]),
        ("Published polls", [_figure(each) for each in sheet["polls"]]),
        ("Public statements", [_said(each) for each in now.said]),
        ("How the seats fared", [_score(each) for each in now.scores]),
    ):
        if lines:
            yield from ("", f"-- {title}")
            for line in lines:
                yield from _wrapped(line)


def news_between(before: Watched, now: Watched) -> Iterator[str]:
    """Tell what has come since, line by line."""
    if now.gone_back[len(before.gone_back) :]:
        yield f"> This world was taken back: {now.gone_back[-1]}"
    for headline in now.just_in[len(before.just_in) :]:
        yield f"> Just in: {headline}"
    for each in now.said[len(before.said) :]:
        yield f"> {_said(each)}"
    if _standing_of(before) != _standing_of(now) and before.stands == now.stands:
        yield from _standing(now)


def _standing_of(now: Watched) -> tuple[object, ...]:
    return now.ended, now.paused, now.trouble, now.waits_for, now.with_model


def _standing(now: Watched) -> Iterator[str]:
    if now.trouble:
        yield f"! The class is held: {now.trouble}."
    if now.ended:
        yield f"! The class has ended: {now.ended}"
    elif now.paused:
        yield f"! The class is paused: {now.paused}"
    if now.waits_for and not now.is_over:
        yield f"  Waits for {', '.join(title_of(key) for key in now.waits_for)}."
    if now.with_model:
        yield f"  Played by the model: {', '.join(title_of(key) for key in now.with_model)}."


def _figure(line: dict[str, Any]) -> str:
    margin = f" ({line['margin']})" if line["margin"] else ""
    change = f", {line['change']}" if line["change"] else ""
    return f"{line['title']}: {line['value']}{margin}{change}"


def _said(line: dict[str, Any]) -> str:
    who = title_of(line["seat"]) if line["seat"] else "The teacher"
    return f"{who} to everyone, turn {line['turn']}: {line['text']}"


def _score(line: list[str]) -> str:
    seat, score, won = line
    return f"{title_of(seat)}: {score} of 100{f', {won}' if won else ''}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
