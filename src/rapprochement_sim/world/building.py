"""Scenario to arrays: start, rest, population, constants. Nothing here changes in a run."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from rapprochement_sim.randomness import population_generator
from rapprochement_sim.scenario.loading import LoadedScenario
from rapprochement_sim.scenario.schema import RuleBook, Scenario, StartValue
from rapprochement_sim.vocabulary import CAPITAL_KEYS, DEMOCRACIES, Capital
from rapprochement_sim.world.axes import N_CAPITALS, N_DYADS, VARIABLES, Array, Axes, Booleans
from rapprochement_sim.world.forms import kept_share, logit
from rapprochement_sim.world.population import Population, build_population, calibrate_anchors
from rapprochement_sim.world.start_ranges import StartRanges, build_start_ranges

MONTH_YEARS = 1.0 / 12.0
_RELAXED_BY_PROCESS = ("hurt", "relief", "political_capital", "stance")
_SECURITY_KINDS = ("gsomia", "acsa", "drills", "trilateral_dialogue", "ncg", "secretariat")


@dataclass(frozen=True)
class Surveys:
    """Arrays of the polls: who is asked about whom, where thresholds lie (survey,)."""

    names: tuple[str, ...]
    respondents: Any
    targets: Any
    threshold: Array
    width: Array
    sign: Array
    sample_size: Array
    design_effect: Array


@dataclass(frozen=True)
class Cells:
    """All cells of all variables as one vector (cell, 1).

    Attributes
    ----------
    offsets
        Variable to its first cell; ``n`` cells in all.
    low, high, saturates
        Bounds, and whether a cell is a bounded stock.
    rest, moved
        Where a cell relaxes to, and the share of the distance covered in a month; 0 where
        its own process relaxes it.
    places
        Variable, its cells and its shape without the run axis.
    """

    n: int
    offsets: dict[str, int]
    low: Array
    high: Array
    saturates: Booleans
    rest: Array
    moved: Array
    places: tuple[tuple[str, slice, tuple[int, ...]], ...]

    def split(self, cells: Array) -> dict[str, Array]:
        """Return views of a vector of cells (cell, run) by variable, in their shapes."""
        return {
            name: cells[place].reshape(*shape, cells.shape[-1])
            for name, place, shape in self.places
        }


@dataclass(frozen=True)
class World:
    """Constants of a scenario as arrays.

    Attributes
    ----------
    start, rest
        Variable name to its first and its resting value (axes, 1), logit where linked so.
    kept
        Variable name to the share kept over a month (scalar, or one per institution).
    cells
        The same constants laid out cell by cell.
    threat_constant
        (capital, partner, 1), logits.
    dispute_weights
        How dispute d's hurt of capital i weighs on its attitude to j (dispute, capital, partner).
    grievance_weights
        How a dispute feeds protest in capital i (dispute, capital, 1).
    democracy
        1 for democracies, else the muting of publics in autocracies (capital, 1).
    encirclement
        Sparse matrix (capital x partner, institution x dyad).
    start_ranges
        How far first values differ from run to run; None where every run starts alike.
    """

    id: str
    axes: Axes
    parameters: dict[str, float]
    turn_months: int
    n_turns: int
    start: dict[str, Array]
    rest: dict[str, Array]
    kept: dict[str, Array | float]
    cells: Cells
    threat_constant: Array
    dispute_weights: Array
    grievance_weights: Array
    trust_floor: Array
    democracy: Array
    encirclement: Any
    surveys: Surveys
    population: Population
    start_displacement: Array
    start_ranges: StartRanges | None

    @property
    def turn_years(self) -> float:
        """Length of a turn in years."""
        return self.turn_months * MONTH_YEARS


def build_world(loaded: LoadedScenario) -> World:
    """Build the arrays of a scenario.

    Raises
    ------
    MalformedInput
        If a cell is named that does not exist; the loader finds most such faults first.
    """
    rules, scenario = loaded.rules, loaded.schema
    axes = Axes(
        disputes=tuple(rules.disputes),
        institutions=tuple(rules.institutions),
        surveys=tuple(rules.surveys),
        n_citizens=scenario.citizens,
    )
    quantities = {**rules.parameters, **scenario.parameters}
    parameters = {name: quantity.value for name, quantity in quantities.items()}
    start: dict[str, Array] = {}
    rest: dict[str, Array] = {}
    for name in VARIABLES:
        start[name], rest[name] = _start_and_rest(name, scenario.initial.get(name, []), axes)
    rest["hurt"] = _chronic_hurt(rest["hurt"], start["settlement"])
    weights = _dispute_weights(rules, axes)
    displacement = parameters["narrative_to_attitude"] * start["narrative"] - parameters[
        "hurt_to_attitude"
    ] * np.einsum("dij,dir->ijr", weights, start["hurt"])
    surveys = _build_surveys(rules)
    population = build_population(
        population_generator(scenario.population_seed), scenario.citizens, parameters
    )
    population = calibrate_anchors(
        population,
        targets=_attitude_targets(scenario, axes),
        polls=_poll_targets(scenario, axes, surveys),
        displacement=displacement,
        social_pull=parameters["social_rate_per_year"] / parameters["anchor_rate_per_year"],
    )
    kept = _kept_shares(rules, parameters)
    return World(
        id=loaded.id,
        axes=axes,
        parameters=parameters,
        turn_months=scenario.turn_months,
        n_turns=scenario.turns,
        start=start,
        rest=rest,
        kept=kept,
        cells=_lay_out_cells(axes, rest, kept),
        threat_constant=_constant(scenario.initial.get("threat_constant", []), axes),
        dispute_weights=weights,
        grievance_weights=weights.sum(axis=2)[:, :, np.newaxis],
        trust_floor=np.array([i.trust_floor.value for i in rules.institutions.values()]),
        democracy=_democracy(parameters["autocracy_muting"]),
        encirclement=_encirclement(axes, parameters["threat_encirclement"]),
        surveys=surveys,
        population=population,
        start_displacement=displacement,
        start_ranges=build_start_ranges(scenario.initial, axes, parameters["start_spread"]),
    )


def _start_and_rest(name: str, entries: list[StartValue], axes: Axes) -> tuple[Array, Array]:
    variable = VARIABLES[name]
    first = np.full(axes.n_cells(name), 0.5 if variable.link == "logit" else 0.0)
    rest = first.copy()
    for entry in entries:
        for cell in axes.matching_cells(name, entry.at):
            first[cell] = entry.value
            rest[cell] = entry.value if entry.rest is None else entry.rest
    shape = (*axes.shape(name), 1)
    if variable.link == "logit":
        first, rest = logit(first), logit(rest)
    return first.reshape(shape), rest.reshape(shape)


def _democracy(muting: float) -> Array:
    return np.array([[1.0 if capital in DEMOCRACIES else muting] for capital in Capital])


def _chronic_hurt(resting: Array, settlement: Array) -> Array:
    """Return the hurt that memory would keep alive if nothing were settled."""
    return resting / np.maximum(1.0 - settlement, 0.05)


def _constant(entries: list[StartValue], axes: Axes) -> Array:
    values = np.zeros(N_CAPITALS * N_CAPITALS)
    for entry in entries:
        for cell in axes.matching_cells("trust", entry.at):
            values[cell] = entry.value
    return values.reshape(N_CAPITALS, N_CAPITALS, 1)


def _dispute_weights(rules: RuleBook, axes: Axes) -> Array:
    weights = np.zeros((len(axes.disputes), N_CAPITALS, N_CAPITALS))
    for d, dispute in enumerate(rules.disputes.values()):
        for capital, party in dispute.parties.items():
            i, j = CAPITAL_KEYS.index(capital), CAPITAL_KEYS.index(party.about)
            weights[d, i, j] = party.weight.value
    return weights


def _build_surveys(rules: RuleBook) -> Surveys:
    entries = list(rules.surveys.values())

    def column(values: list[float]) -> Array:
        return np.array(values, dtype=np.float64)[:, np.newaxis]

    return Surveys(
        names=tuple(rules.surveys),
        respondents=np.array([CAPITAL_KEYS.index(s.respondent) for s in entries]),
        targets=np.array([CAPITAL_KEYS.index(s.target) for s in entries]),
        threshold=column([s.threshold.value for s in entries]),
        width=column([s.width.value for s in entries]),
        sign=column([1.0 if s.side == "above" else -1.0 for s in entries]),
        sample_size=column([s.sample_size.value for s in entries]),
        design_effect=column([s.design_effect.value for s in entries]),
    )


def _attitude_targets(scenario: Scenario, axes: Axes) -> Array:
    return _constant(scenario.initial.get("attitude", []), axes)[..., 0]


def _poll_targets(
    scenario: Scenario, axes: Axes, surveys: Surveys
) -> dict[tuple[int, int], tuple[float, float, float, float]]:
    """Return, per surveyed pair, threshold, width, sign and share of its first poll."""
    targets: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    for poll in scenario.polls:
        s = axes.surveys.index(poll.survey)
        pair = (int(surveys.respondents[s]), int(surveys.targets[s]))
        if pair not in targets:
            targets[pair] = (
                float(surveys.threshold[s, 0]),
                float(surveys.width[s, 0]),
                float(surveys.sign[s, 0]),
                poll.percent / 100.0,
            )
    return targets


def _kept_shares(rules: RuleBook, parameters: dict[str, float]) -> dict[str, Array | float]:
    kept: dict[str, Array | float] = {
        name.removesuffix("_half_life_years"): kept_share(value, MONTH_YEARS)
        for name, value in parameters.items()
        if name.endswith("_half_life_years")
    }
    kept["political_capital"] = kept.pop("capital")
    kept["hurt"] = np.array(
        [kept_share(d.half_life_years.value, MONTH_YEARS) for d in rules.disputes.values()]
    )[:, np.newaxis, np.newaxis]
    kept["institution"] = np.array(
        [kept_share(i.half_life_years.value, MONTH_YEARS) for i in rules.institutions.values()]
    )[:, np.newaxis, np.newaxis]
    return kept


def _lay_out_cells(axes: Axes, rest: dict[str, Array], kept: dict[str, Array | float]) -> Cells:
    offsets: dict[str, int] = {}
    columns: dict[str, list[Array]] = {"low": [], "high": [], "saturates": [], "moved": []}
    n = 0
    for name, variable in VARIABLES.items():
        offsets[name] = n
        size = axes.n_cells(name)
        n += size
        share = 0.0 if name in _RELAXED_BY_PROCESS else 1.0 - np.asarray(kept[name])
        moved = np.broadcast_to(share, (*axes.shape(name), 1)).reshape(size)
        columns["low"].append(np.full(size, variable.low, dtype=np.float64))
        columns["high"].append(np.full(size, variable.high, dtype=np.float64))
        columns["saturates"].append(np.full(size, float(variable.link == "stock")))
        columns["moved"].append(moved)
    laid = {name: np.concatenate(parts)[:, np.newaxis] for name, parts in columns.items()}
    return Cells(
        n=n,
        offsets=offsets,
        low=laid["low"],
        high=laid["high"],
        saturates=laid["saturates"] == 1.0,
        rest=np.concatenate([rest[name].reshape(-1, 1) for name in VARIABLES]),
        moved=laid["moved"],
        places=tuple(
            (name, slice(first, first + axes.n_cells(name)), axes.shape(name))
            for name, first in offsets.items()
        ),
    )


def _encirclement(axes: Axes, weight: float) -> Any:
    """Weigh joint security institutions of opponents into a rival's fear of each of them."""
    allies = (Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON)
    kinds = [k for k, name in enumerate(axes.institutions) if name in _SECURITY_KINDS]
    matrix = np.zeros((N_CAPITALS * N_CAPITALS, len(axes.institutions) * N_DYADS))
    for rival in (Capital.BEIJING, Capital.PYONGYANG):
        for seen in allies:
            for ally in allies:
                if ally == seen:
                    continue
                for k in kinds:
                    cell = axes.cell("institution", (axes.institutions[k], seen.key, ally.key))
                    matrix[rival * N_CAPITALS + seen, cell] = weight / (
                        (len(allies) - 1) * len(kinds)
                    )
    return sparse.csr_array(matrix)
