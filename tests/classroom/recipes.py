"""Recipes of small worlds for tests."""

from dataclasses import replace

from rapprochement_sim.classroom.facts import SeatDecision
from rapprochement_sim.classroom.recipe import Recipe
from rapprochement_sim.classroom.state import PlayedTurn
from rapprochement_sim.classroom.tables import Tables
from rapprochement_sim.model import load_case

SCENARIO = "rekindled_2023"


def fresh(*, seats: tuple[str, ...] = (), seed: int = 3) -> Recipe:
    """Return a world that nobody has played yet."""
    loaded = load_case(SCENARIO).loaded
    return Recipe(SCENARIO, loaded.content_hash, loaded.rules_hash, seed, (), (), seats, None, ())


def with_talks_closed(recipe: Recipe) -> Recipe:
    """Return a world whose talks are closed as they stand."""
    return replace(recipe, talk_seats=recipe.seats)


def with_turn(tables: Tables, recipe: Recipe) -> Recipe:
    """Play a turn as it stands; return the world after it."""
    closed = recipe if recipe.talk_seats is not None else with_talks_closed(recipe)
    digest = tables.lay(1, closed).play_turn()
    at = (len(closed.turns) + 1, closed.talk_seats or (), closed.seats)
    played = PlayedTurn(*at, closed.decisions, digest)
    return replace(closed, turns=(*closed.turns, played), talk_seats=None, decisions=())


def ordered(seat: str, partner: str, action: str) -> SeatDecision:
    """Return an order."""
    return SeatDecision("order", seat, partner, action)
