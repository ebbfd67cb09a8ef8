"""What a world is made of: with it, and nothing else, any process plays the world again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.classroom.facts import SeatDecision
    from rapprochement_sim.classroom.state import ClassState, ClassWorld, Inject, PlayedTurn


@dataclass(frozen=True)
class Recipe:
    """A world as a class has played it so far.

    ``seats`` are played by people now; ``talk_seats`` were when the talks closed, None
    while they go on. Equal recipes are equal worlds, bit for bit.
    """

    scenario: str
    content_hash: str
    rules_hash: str
    seed: int
    turns: tuple[PlayedTurn, ...]
    injects: tuple[Inject, ...]
    seats: tuple[str, ...]
    talk_seats: tuple[str, ...] | None
    decisions: tuple[SeatDecision, ...]


def recipe_of(state: ClassState, world: ClassWorld) -> Recipe:
    """Return what a world of a class is made of."""
    return Recipe(
        scenario=state.scenario,
        content_hash=state.content_hash,
        rules_hash=state.rules_hash,
        seed=state.seed,
        turns=world.turns,
        injects=world.injects,
        seats=world.played_seats,
        talk_seats=world.talk_seats,
        decisions=world.decisions,
    )
