"""Programmes as one seat can play them, in words: what pages of a class show of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.game.programmes import ProgrammePage, ProgrammeStep
    from rapprochement_sim.game.seat import Seat


@dataclass(frozen=True)
class StepLine:
    """A step: who does it, where it stands, and the order by which this seat gives it.

    ``action`` is empty for a step that is up to others; ``is_instead`` says that it stands in
    place of the step before it.
    """

    number: int
    title: str
    told: str
    is_instead: bool
    is_open: bool
    action: str
    target: str
    modifiers: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeSheet:
    """A programme: what it is, whom it asks first, how far it has come, who says so.

    ``asks`` is empty where it asks this seat first.
    """

    number: int
    title: str
    about: str
    asks: str
    standing: str
    steps: tuple[StepLine, ...]
    look_at: str
    source: str
    passage: str


def programme_sheets(seat: Seat) -> tuple[ProgrammeSheet, ...]:
    """Lay out every programme for a seat."""
    return tuple(_sheet(page) for page in seat.programmes())


def _sheet(page: ProgrammePage) -> ProgrammeSheet:
    return ProgrammeSheet(
        number=page.number,
        title=page.title,
        about=page.about,
        asks="" if page.is_own else page.seat.title,
        standing=page.standing,
        steps=tuple(_step(step) for step in page.steps),
        look_at=page.look_at,
        source=page.source,
        passage=page.passage,
    )


def _step(step: ProgrammeStep) -> StepLine:
    order = step.order
    return StepLine(
        number=step.number,
        title=f"{step.actor.title}: {step.title}",
        told=_sentence(f"{step.told} ({step.tried})" if step.tried else step.told),
        is_instead=step.is_instead,
        is_open=step.standing == "open",
        action=order.action if order is not None else "",
        target=order.target.key if order is not None else "",
        modifiers=order.modifiers if order is not None else (),
    )


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "!", "?")) else f"{text}."
    return ended[:1].upper() + ended[1:]
