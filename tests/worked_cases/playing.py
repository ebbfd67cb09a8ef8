"""Playing worked cases side by side: many small worlds in the lanes of one model.

In a *quiet* world nothing happens but what a case says. In a *crowded* one every government
plays under its own chance, except that a capital that the case gives orders to does nothing
else; both worlds of a pair meet the same chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.beliefs import published_cells, secret_cells
from rapprochement_sim.model import RapprochementModel, compile_case, load_case
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms
from rapprochement_sim.scenario.switching_off import switched_off
from rapprochement_sim.vocabulary import CAPITAL_KEYS, LENSES, ORDERS_PER_TURN
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.forms import logit
from rapprochement_sim.world.state import Beliefs, WorldState
from tests.laws.worlds import NOTHING, hold_all, quiet
from tests.worked_cases.by_hand import worked_out
from tests.worked_cases.figures import parse_act, read_figure
from tests.worked_cases.worked_case import Expectation, Orders, Told, figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapprochement_sim.decision.case import Case

SEED = 1998
Z_95 = 1.96
ECLECTIC = "eclectic"
LANES_AT_ONCE = 160

Series = dict[str, list[Array]]
Ruled = tuple[str, tuple[tuple[str, float], ...], str]


@dataclass(frozen=True)
class Arm:
    """One of the two worlds of a case.

    ``ruled`` is scenario, own parameters and the mechanism that is switched off, if any;
    ``held`` the capitals that do nothing but these orders, ``told`` the events that befall
    when the case says so and never else.
    """

    ruled: Ruled
    turns: int
    start: dict[str, float]
    orders: Orders
    lenses: dict[str, str]
    befalls: Orders
    held: frozenset[int]
    told: frozenset[str]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A difference as it came out: mean and 95 per cent interval over runs."""

    mean: float
    low: float
    high: float

    @property
    def sign(self) -> str:
        if self.low > 0.0:
            return "+"
        return "-" if self.high < 0.0 else "0"


Result = list[tuple[Expectation, Found]]


def results(told: Sequence[Told], n_runs: int, *, crowded: bool) -> list[Result]:
    """Play cases, each with its twin, and return what came of their expectations.

    Parameters
    ----------
    told
        The cases.
    n_runs
        Pairs of worlds of each.
    crowded
        Whether the other governments play, under chance; expectations that hold in a quiet
        world only are then left out.
    """
    arms = [arm for each in told for arm in arms_of(each)]
    series = play(arms, n_runs, crowded=crowded)
    return [
        _compared(each, series[2 * number], series[2 * number + 1], crowded=crowded)
        for number, each in enumerate(told)
    ]


def arms_of(told: Told) -> tuple[Arm, Arm]:
    """Return a case and its twin."""
    case = told.case
    instead = (case.orders if case.without else {}) if case.instead is None else case.instead
    acts = [act for orders in (case.orders, instead) for given in orders.values() for act in given]
    parameters = tuple(case.parameters.items())
    first = Arm(
        ruled=(case.scenario, parameters, ""),
        turns=case.turns,
        start=case.start,
        orders=case.orders,
        lenses=case.lenses,
        befalls=case.befalls,
        told=frozenset(name for given in case.befalls.values() for name in given),
        held=frozenset(actor_of(act) for act in acts),
        figures=tuple(figures(case)),
    )
    second = replace(
        first,
        ruled=(case.scenario, parameters, told.mechanism if case.without else ""),
        start={**case.start, **case.instead_start},
        orders=instead,
        lenses=case.instead_lenses,
        befalls=case.befalls if case.without else {},
    )
    return first, second


def play(arms: Sequence[Arm], n_runs: int, *, crowded: bool) -> list[Series]:
    """Play arms to their last turn; return each figure at the start and after each turn."""
    played: list[Series | None] = [None] * len(arms)
    order = sorted(range(len(arms)), key=lambda n: (arms[n].ruled, arms[n].turns))
    most = max(1, LANES_AT_ONCE // n_runs)
    while order:
        first = arms[order[0]].ruled
        taken = [n for n in order[:most] if arms[n].ruled == first]
        together = [arms[n] for n in taken]
        lone = len(together) * n_runs == 1  # a model holds a single world as two lanes
        found = _play_together(together * 2 if lone else together, n_runs, crowded=crowded)
        for number, series in zip(taken, found[: len(taken)], strict=True):
            played[number] = series
        order = order[len(taken) :]
    return [series for series in played if series is not None]


@cache
def ruled_case(ruled: Ruled) -> Case:
    """Compile a scenario with parameters of its own, or without a mechanism."""
    name, parameters, mechanism = ruled
    if not parameters and not mechanism:
        return load_case(name)
    loaded = load_scenario(name)
    if mechanism:
        loaded = switched_off(loaded, shipped_mechanisms()[mechanism].without)
    known = {**loaded.rules.parameters, **loaded.schema.parameters}
    changed = {n: known[n].model_copy(update={"value": value}) for n, value in parameters}
    own = {**loaded.schema.parameters, **changed}
    return compile_case(
        replace(loaded, schema=loaded.schema.model_copy(update={"parameters": own}))
    )


def _play_together(arms: list[Arm], n_runs: int, *, crowded: bool) -> list[Series]:
    case = ruled_case(arms[0].ruled)
    world = case if crowded else quiet(case)
    places = [slice(n * n_runs, (n + 1) * n_runs) for n in range(len(arms))]
    model = RapprochementModel(
        world,
        root_seed=SEED,
        runs=[run for _ in arms for run in range(n_runs)],
        collect=False,
        chance=crowded,
        state=_with_starts(world, arms, places),
    )
    for arm, lanes in zip(arms, places, strict=True):
        for seat, lens in arm.lenses.items():
            chosen = [1.0 if lens in {each.value, ECLECTIC} else 0.0 for each in LENSES]
            chosen = [weight / sum(chosen) for weight in chosen]
            model.lens_weights = np.broadcast_to(
                model.lens_weights, (*model.lens_weights.shape[:2], model.n_lanes)
            ).copy()
            model.lens_weights[CAPITAL_KEYS.index(seat), :, lanes] = np.array(chosen)[:, np.newaxis]
    series: list[Series] = [{figure: [] for figure in arm.figures} for arm in arms]
    _note(model, places, series)
    for turn in range(1, max(arm.turns for arm in arms) + 1):
        if not crowded:
            hold_all(model)
        for arm, lanes in zip(arms, places, strict=True):
            _force(model, arm, turn, lanes)
        model.step()
        _note(model, places, series)
    model.release()
    return series


def _note(model: RapprochementModel, places: list[slice], series: list[Series]) -> None:
    for lanes, kept in zip(places, series, strict=True):
        for figure in kept:
            kept[figure].append(read_figure(model, figure)[lanes].copy())


def _compared(told: Told, played: Series, other: Series, *, crowded: bool) -> Result:
    found: Result = []
    for expected in told.case.expect:
        if crowded and (not expected.crowded or expected.against == "start"):
            continue
        here = played[expected.figure][expected.after]
        before = {
            "instead": other[expected.figure][expected.after],
            "start": played[expected.figure][0],
            "nothing": np.zeros_like(here),
        }[expected.against]
        found.append((expected, _interval(here - before, is_sampled=crowded)))
    return found


def _interval(difference: Array, *, is_sampled: bool) -> Found:
    mean = float(difference.mean())
    if not is_sampled:
        return Found(mean, mean, mean)
    half = Z_95 * float(difference.std(ddof=1)) / np.sqrt(difference.size)
    return Found(mean, mean - half, mean + half)


def _with_starts(case: Case, arms: list[Arm], places: list[slice]) -> WorldState:
    lanes = places[-1].stop
    state = start_state(case, lanes)
    values = {name: array.copy() for name, array in state.values.items()}
    for arm, place in zip(arms, places, strict=True):
        for figure, value in arm.start.items():
            name, cell = _cell_of(case, figure)
            held = logit(np.array(value)) if VARIABLES[name].link == "logit" else value
            values[name].reshape(-1, lanes)[cell, place] = held
    state = replace(state.with_values(**values), threat=appraise_threat(case.world, values))
    secret = np.broadcast_to(secret_cells(state), state.beliefs.secret.shape).copy()
    polls = state.beliefs.polls
    return replace(
        state, beliefs=Beliefs(secret, published_cells(state), polls, state.beliefs.poll_errors)
    )


def _cell_of(case: Case, figure: str) -> tuple[str, int]:
    for name in VARIABLES:
        for cell in range(case.world.axes.n_cells(name)):
            if "_".join((name, *case.world.axes.cell_names(name, cell))) == figure:
                return name, cell
    msg = f"no state variable is called {figure}"
    raise KeyError(msg)


def _force(model: RapprochementModel, arm: Arm, turn: int, lanes: slice) -> None:
    given: dict[int, int] = {}
    for seat in arm.held:
        model.proposal_override[seat, lanes] = NOTHING
        model.order_override[seat, :, lanes] = NOTHING
    for slot, index in enumerate(model.case.event_rows):
        name = model.case.row(index).name
        if name in arm.told:
            model.events.row[slot, lanes] = index if name in arm.befalls.get(turn, []) else -1
    for text in arm.orders.get(turn, []):
        row, bits, is_refused = parse_act(model.case, text)
        assert row.actor is not None
        seat = int(row.actor)
        if row.is_joint:
            model.proposal_override[seat, lanes] = row.index
            model.proposal_modifiers_override[seat, lanes] = bits
            for capital in row.consenting:
                model.consent_override[int(capital), seat, lanes] = not is_refused
            continue
        number = given.get(seat, 0)
        assert number < ORDERS_PER_TURN, f"{CAPITAL_KEYS[seat]} has too many orders: {text}"
        model.order_override[seat, number, lanes] = row.index
        model.order_modifiers_override[seat, number, lanes] = bits
        given[seat] = number + 1


def actor_of(text: str) -> int:
    """Return the seat that an act is an order of."""
    return CAPITAL_KEYS.index(text.partition(":")[2].partition(">")[0])


def checked(result: Iterable[tuple[Expectation, Found]], *, sums: bool = False) -> None:
    """Hold what came out against what was expected; also against its sum, in a quiet world."""
    for expected, found in result:
        said = f"{expected.figure}: {found.mean:+.4g} [{found.low:+.4g}, {found.high:+.4g}]"
        assert found.sign == expected.sign, said
        if sums and expected.hand:
            own = worked_out(expected.hand)
            assert abs(found.mean - own) <= expected.within * abs(own), (
                f"{said}, by hand {own:+.4g}"
            )
        if expected.between is not None:
            low, high = expected.between
            assert low <= found.mean <= high, said
