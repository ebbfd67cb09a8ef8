"""A class's own work, alone: ``python -m benchmarks.class_alone FILE``; prints JSON.

Plays the turns of a class again from its log and lays out what every seat then sees, with
nothing else to do: the time that no server could save. One line a turn, CPU and wall.
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.answering import answer
from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.recipe import Recipe
from rapprochement_sim.classroom.reducing import reduce_facts
from rapprochement_sim.classroom.state import ClassState, ClassWorld
from rapprochement_sim.classroom.tables import Tables
from rapprochement_sim.vocabulary import CAPITAL_KEYS


def main() -> None:
    """Play the class of a file again, turn by turn."""
    log = ClassLog(Path(sys.argv[1]))
    state = reduce_facts(log.read())
    log.close()
    tables = Tables()
    for world in state.worlds.values():
        for seat in CAPITAL_KEYS:
            answer(tables, requests.LookAtSeat(world.number, _before(state, world, 0), seat))
    n_turns = max(len(world.turns) for world in state.worlds.values())
    times = [_turn(tables, state, turn) for turn in range(n_turns)]
    print(json.dumps({"cpu": [cpu for cpu, _ in times], "wall": [wall for _, wall in times]}))


def _turn(tables: Tables, state: ClassState, turn: int) -> tuple[float, float]:
    """Resolve a turn of every world, and lay out every seat's page after it."""
    worlds = list(state.worlds.values())
    for world in worlds:
        tables.lay(world.number, _ready(state, world, turn))
    begun, spent = perf_counter(), process_time()
    for world in worlds:
        tables.lay(world.number, _ready(state, world, turn)).play_turn()
    for world in worlds:
        after = _before(state, world, turn + 1)
        for seat in CAPITAL_KEYS:
            answer(tables, requests.LookAtSeat(world.number, after, seat))
    return process_time() - spent, perf_counter() - begun


def _before(state: ClassState, world: ClassWorld, n_turns: int) -> Recipe:
    """Return a world as it opened after so many turns."""
    return Recipe(
        scenario=state.scenario,
        content_hash=state.content_hash,
        rules_hash=state.rules_hash,
        seed=state.seed,
        turns=world.turns[:n_turns],
        injects=world.injects,
        seats=CAPITAL_KEYS,
        talk_seats=None,
        decisions=(),
    )


def _ready(state: ClassState, world: ClassWorld, turn: int) -> Recipe:
    """Return a world whose turn (from 0) is decided and waits to be resolved."""
    played = world.turns[turn]
    opened = vars(_before(state, world, turn))
    opened |= {"seats": played.order_seats, "talk_seats": played.talk_seats}
    return Recipe(**{**opened, "decisions": played.decisions})


if __name__ == "__main__":
    main()
