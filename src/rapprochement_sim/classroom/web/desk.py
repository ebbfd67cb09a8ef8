"""What every route works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.web.guessing import Guesses

if TYPE_CHECKING:
    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.web.pages import Pages


@dataclass(frozen=True)
class Desk:
    """The class, its pages, and who guesses.

    ``link`` is what students open; the QR code of the projector page holds it.
    """

    room: Classroom
    pages: Pages
    link: str
    guesses: Guesses = field(default_factory=Guesses)
