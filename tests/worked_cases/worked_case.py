"""A worked case: a small world, what is done in it, and what a reader expects from it.

A case is played twice under the same chance, with its orders and with those of ``instead``
(nothing, by default). What it expects are differences between the two, run by run, or
``against: start`` changes since the start. In a ``quiet`` world nobody acts unless the case
says so and there is no chance: such numbers can be followed by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.beliefs import published_cells, secret_cells
from rapprochement_sim.model import RapprochementModel, compile_case, load_case
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.vocabulary import ORDERS_PER_TURN
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.forms import logit
from rapprochement_sim.world.state import Beliefs, WorldState
from tests.laws.worlds import hold_all, quiet

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row

FOLDER = Path(__file__).resolve().parent
SEED = 1998
Z_95 = 1.96
_ACT = re.compile(r"(?P<key>[\w]+:[\w>]+)(?P<modifiers>( \+\w+)*)(?P<refused> refused)?")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(Strict):
    """One difference: its sign, and where a source or a calculation gives it, its size."""

    figure: str
    after: int
    sign: Literal["+", "-", "0"]
    between: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    against: Literal["instead", "start"] = "instead"
    by_hand: str = ""


class WorkedCase(Strict):
    name: str
    scenario: str = "rekindled_2023"
    quiet: bool = True
    turns: int = 1
    start: dict[str, float] = {}
    parameters: dict[str, float] = {}
    orders: dict[int, list[str]] = {}
    instead: dict[int, list[str]] = {}
    instead_start: dict[str, float] = {}
    expect: Annotated[list[Expectation], Field(min_length=1)]


class Mechanism(Strict):
    """A row of the table of mechanisms: who says so, which rules carry it, and its cases."""

    number: Annotated[int, Field(ge=1, le=40)]
    title: str
    passages: Annotated[list[str], Field(min_length=1)]
    rules: Annotated[list[str], Field(min_length=1)]
    scenarios: Annotated[list[str], Field(min_length=1)]
    cases: Annotated[list[WorkedCase], Field(min_length=1)]


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


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """Read every mechanism, by number."""
    read = [Mechanism.model_validate(yaml.safe_load(p.read_text())) for p in FOLDER.glob("*.yaml")]
    return tuple(sorted(read, key=lambda each: each.number))


def results(case: WorkedCase, n_runs: int) -> list[tuple[Expectation, Found]]:
    """Play a case and its twin, and return what came of each expectation."""
    compiled = _case(case)
    played = _series(compiled, case, {**case.start}, case.orders, n_runs)
    other = _series(compiled, case, {**case.start, **case.instead_start}, case.instead, n_runs)
    found = []
    for expected in case.expect:
        index = compiled.indicators.by_name[expected.figure].index
        before = other[expected.after] if expected.against == "instead" else played[0]
        found.append((expected, _interval(played[expected.after][index] - before[index])))
    return found


def _interval(difference: Array) -> Found:
    mean = float(difference.mean())
    if difference.size == 1:
        return Found(mean, mean, mean)
    half = Z_95 * float(difference.std(ddof=1)) / np.sqrt(difference.size)
    return Found(mean, mean - half, mean + half)


def _case(case: WorkedCase) -> Case:
    if not case.parameters:
        return load_case(case.scenario)
    loaded = load_scenario(case.scenario)
    known = loaded.rules.parameters
    changed = {
        name: known[name].model_copy(update={"value": value})
        for name, value in case.parameters.items()
    }
    own = {**loaded.schema.parameters, **changed}
    return compile_case(
        replace(loaded, schema=loaded.schema.model_copy(update={"parameters": own}))
    )


def _series(
    case: Case, told: WorkedCase, start: dict[str, float], orders: dict[int, list[str]], n_runs: int
) -> list[Array]:
    n = 1 if told.quiet else n_runs
    lanes = max(n, 2)
    world = quiet(case) if told.quiet else case
    model = RapprochementModel(
        world,
        root_seed=SEED,
        runs=list(range(lanes)),
        collect=False,
        chance=not told.quiet,
        state=_with_start(world, lanes, start),
    )
    series = [model.indicators[:, :n]]
    for turn in range(1, told.turns + 1):
        if told.quiet:
            hold_all(model)
        _force(model, orders.get(turn, []))
        model.step()
        series.append(model.indicators[:, :n])
    return series


def _with_start(case: Case, lanes: int, start: dict[str, float]) -> WorldState:
    state = start_state(case, lanes)
    if not start:
        return state
    values = {name: array.copy() for name, array in state.values.items()}
    for figure, value in start.items():
        name, cell = _cell_of(case, figure)
        held = logit(np.array(value)) if VARIABLES[name].link == "logit" else value
        values[name].reshape(-1, lanes)[cell] = held
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


def _force(model: RapprochementModel, acts: list[str]) -> None:
    given = dict.fromkeys(model.capitals, 0)
    for text in acts:
        row, bits, is_refused = parse_act(model.case, text)
        assert row.actor is not None
        if row.is_joint:
            model.proposal_override[row.actor] = row.index
            model.proposal_modifiers_override[row.actor] = bits
            for capital in row.consenting:
                model.consent_override[capital, row.actor] = not is_refused
            continue
        agent = list(model.capitals)[row.actor]
        number = given[agent]
        assert number < ORDERS_PER_TURN, f"{row.actor.key} has too many orders: {text}"
        model.order_override[row.actor, number] = row.index
        model.order_modifiers_override[row.actor, number] = bits
        given[agent] += 1


def parse_act(case: Case, text: str) -> tuple[Row, int, bool]:
    """Read ``action:actor>target +modifier refused``."""
    match = _ACT.fullmatch(text)
    assert match, f"an act reads 'action:actor>target +modifier', found '{text}'"
    rows = {row.key: row for row in case.effects.rows}
    row = rows[match["key"]]
    bits = 0
    for name in match["modifiers"].split():
        bits |= 1 << row.modifiers.index(name.removeprefix("+"))
    return row, bits, bool(match["refused"])


def shown(entry: Any) -> str:
    """Name a case in a test's id."""
    return str(entry).lower().replace(" ", "-")[:60]
