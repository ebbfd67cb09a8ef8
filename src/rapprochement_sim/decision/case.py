"""A case: everything compiled from a scenario that no run changes."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.lenses import SeatLens, compile_seat_lens
from rapprochement_sim.decision.own_rows import OwnRows, lay_out_own_rows
from rapprochement_sim.decision.resting import resting_protest
from rapprochement_sim.effects.compiling import Effects, compile_effects
from rapprochement_sim.effects.rows import MAX_MODIFIERS, Row
from rapprochement_sim.scenario.loading import LoadedScenario
from rapprochement_sim.scenario.schema import Scenario
from rapprochement_sim.vocabulary import CAPITALS, LENSES, QUARTER_MONTHS
from rapprochement_sim.world.axes import N_CAPITALS, Array, Booleans, Integers
from rapprochement_sim.world.building import World, build_world
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.indicators import IndicatorTable
from rapprochement_sim.world.population import resting_attitude

MARITIME_ENCOUNTER = "maritime_encounter"
PROPOSAL_SLOTS = N_CAPITALS
ORDER_SLOTS = 2 * N_CAPITALS


@dataclass(frozen=True)
class ScheduledRow:
    """An event on the calendar: its row, turn, month within the turn and first notice."""

    row: int
    turn: int
    month: int
    announced: int


@dataclass(frozen=True)
class Election:
    """A dated change at home: capital, turn, kind and title."""

    capital: int
    turn: int
    kind: str
    title: str


@dataclass(frozen=True)
class RowArrays:
    """Columns of the rule book's rows that choices need.

    ``actor`` is -1 for events; ``closed_turns`` is the turn before which nobody can order it;
    ``deal`` numbers the same joint act whoever proposes it; ``consenting`` (row, capital)
    tells who must agree.
    """

    actor: Integers
    attention: Array
    cost: Array
    modifier_cost: Array
    readiness: Array
    pause: Integers
    closed_turns: Integers
    action: Integers
    deal: Integers
    consenting: Booleans
    is_joint: Booleans
    is_hold: Booleans
    is_order: Booleans
    refused: Integers
    has_conditions: Booleans

    def price(self, row: Integers, modifiers: Integers) -> Array:
        """Return the political capital that rows cost with modifiers, given as bits.

        ``row`` and ``modifiers`` have one shape, and so has the price.
        """
        chosen = (modifiers[..., np.newaxis] >> np.arange(MAX_MODIFIERS)) & 1
        price: Array = self.cost[row] + (self.modifier_cost[row] * chosen).sum(axis=-1)
        return price


@dataclass(frozen=True)
class Case:
    """A scenario, compiled: arrays, rows, lenses, calendar.

    ``hazards`` are the event rows that chance may bring and ``hazard_rates`` their rates a
    year; ``event_rows`` lists all event rows, one slot each. ``start_danger`` is the sharpest
    threat that each capital sees at the start (capital, 1); ``start_attitude`` (capital,
    citizen, partner, 1), ``start_participation`` and ``start_crowd`` (capital, citizen, 1) are
    the publics at rest; ``has_encounters`` tells whether encounters at sea may befall.
    ``n_added_events`` counts the last event rows, which nothing brings but a teacher's hand.
    """

    loaded: LoadedScenario
    world: World
    effects: Effects
    rows: RowArrays
    lenses: tuple[SeatLens, ...]
    lens_weights: Array
    indicators: IndicatorTable
    event_rows: tuple[int, ...]
    hazards: Integers
    hazard_rates: Array
    scheduled: tuple[ScheduledRow, ...]
    elections: tuple[Election, ...]
    has_encounters: bool
    start_danger: Array
    start_attitude: Array
    start_participation: Array
    start_crowd: Array
    n_added_events: int = 0

    @cached_property
    def own_rows(self) -> tuple[OwnRows, ...]:
        """What each seat may offer or order."""
        return tuple(lay_out_own_rows(lens, self.effects) for lens in self.lenses)

    @property
    def n_slots(self) -> int:
        """Slots of a turn: proposals, orders, events."""
        return PROPOSAL_SLOTS + ORDER_SLOTS + len(self.event_rows)

    def row(self, index: int) -> Row:
        """Return a row of the rule book by its number."""
        return self.effects.rows[index]


def months_between(first: str, later: str) -> int:
    """Return the months from one ``YYYY-MM`` to another."""
    a, b = (int(text[:4]) * 12 + int(text[5:7]) for text in (first, later))
    return b - a


def build_case(loaded: LoadedScenario) -> Case:
    """Compile a loaded scenario."""
    world = build_world(loaded)
    effects = _with_closed_acts(compile_effects(loaded.rules, world), loaded.schema)
    participation, crowd = resting_protest(world)
    event_rows = tuple(row.index for row in effects.rows if row.kind == "event")
    by_name = {effects.rows[index].name: index for index in event_rows}
    hazards = [n for n in loaded.schema.hazards if n != MARITIME_ENCOUNTER]
    return Case(
        loaded=loaded,
        world=world,
        effects=effects,
        rows=_row_arrays(effects, world.turn_months),
        lenses=tuple(
            compile_seat_lens(
                loaded.rules, effects, world.axes, seat, world.parameters["office_weight"]
            )
            for seat in CAPITALS
        ),
        lens_weights=own_lens_weights(loaded),
        indicators=IndicatorTable(world, loaded.rules.composites),
        event_rows=event_rows,
        hazards=np.array([by_name[name] for name in hazards], dtype=np.int64),
        hazard_rates=np.array([loaded.rules.events[name].per_year.value for name in hazards]),
        scheduled=_scheduled(loaded, by_name),
        elections=_elections(loaded),
        has_encounters=MARITIME_ENCOUNTER in loaded.schema.hazards,
        start_attitude=resting_attitude(
            world.population,
            world.start_displacement,
            world.parameters["social_rate_per_year"] / world.parameters["anchor_rate_per_year"],
        ),
        start_participation=participation,
        start_crowd=crowd,
        start_danger=logistic(appraise_threat(world, world.start)).max(axis=1),
    )


def _with_closed_acts(effects: Effects, scenario: Scenario) -> Effects:
    """Tell the rows of acts out of their time from which turn they can be ordered, and why."""
    closed: dict[str, tuple[int, str]] = {}
    for entry in scenario.closed:
        months = months_between(scenario.start, entry.until) if entry.until else None
        turns = scenario.turns + 1 if months is None else months // scenario.turn_months
        closed.update(dict.fromkeys(entry.actions, (turns, entry.reason)))
    rows = list(effects.rows)
    for row in effects.rows:
        turns, reason = closed.get(row.name, (0, ""))
        if row.kind == "act" and turns > 0:
            rows[row.index] = replace(row, closed_turns=turns, closed_reason=reason)
    return replace(effects, rows=tuple(rows))


def own_lens_weights(loaded: LoadedScenario) -> Array:
    """Return the weights that the scenario gives each lens in each seat (capital, lens)."""
    briefs = {str(key): brief.lens_weights for key, brief in loaded.schema.seats.items()}
    weights = [{str(lens): w for lens, w in briefs[seat.key].items()} for seat in CAPITALS]
    return np.array([[seat.get(lens.value, 0.0) for lens in LENSES] for seat in weights])


def _scheduled(loaded: LoadedScenario, by_name: dict[str, int]) -> tuple[ScheduledRow, ...]:
    entries = []
    for entry in loaded.schema.scheduled:
        turn, month = divmod(
            months_between(loaded.schema.start, entry.month), loaded.schema.turn_months
        )
        entries.append(
            ScheduledRow(by_name[entry.event], turn, month, turn - entry.announced_turns_ahead)
        )
    return tuple(entries)


def _elections(loaded: LoadedScenario) -> tuple[Election, ...]:
    keys = [capital.key for capital in CAPITALS]
    return tuple(
        Election(
            capital=keys.index(entry.capital),
            turn=months_between(loaded.schema.start, entry.month) // loaded.schema.turn_months,
            kind=entry.kind,
            title=entry.title,
        )
        for entry in loaded.schema.calendar
    )


def _row_arrays(effects: Effects, turn_months: int) -> RowArrays:
    rows = effects.rows
    names = {name: number for number, name in enumerate(dict.fromkeys(row.name for row in rows))}
    deals: dict[tuple[str, frozenset[int]], int] = {}
    consenting = np.zeros((len(rows), N_CAPITALS), dtype=bool)
    for row in rows:
        consenting[row.index, [int(c) for c in row.consenting]] = row.kind == "act"
    return RowArrays(
        actor=np.array([-1 if row.actor is None else int(row.actor) for row in rows]),
        attention=np.array([row.attention for row in rows]),
        cost=np.array([row.cost for row in rows]),
        modifier_cost=np.array(
            [
                [*row.modifier_costs, *[0.0] * (MAX_MODIFIERS - len(row.modifier_costs))]
                for row in rows
            ]
        ),
        readiness=np.array([row.readiness for row in rows]),
        pause=np.array([row.pause_turns * QUARTER_MONTHS // turn_months for row in rows]),
        closed_turns=np.array([row.closed_turns for row in rows], dtype=np.int64),
        action=np.array([names[row.name] for row in rows]),
        deal=np.array(
            [
                deals.setdefault((row.name, frozenset(int(p) for p in row.parties)), len(deals))
                for row in rows
            ]
        ),
        consenting=consenting,
        is_joint=np.array([row.is_joint and row.kind == "act" for row in rows]),
        is_hold=np.array([row.name == "hold" for row in rows]),
        is_order=np.array([row.kind == "act" for row in rows]),
        refused=np.array([row.refused_row for row in rows]),
        has_conditions=np.isin(np.arange(len(rows)), [c.row for c in effects.conditions]),
    )
