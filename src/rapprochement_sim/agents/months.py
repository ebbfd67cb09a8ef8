"""One month of the public world: acts fall, stocks move, time relaxes them.

A quarter is three such months, so a monthly and a quarterly game that carry out the same
dated acts agree at every quarter's end.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.case import Case
from rapprochement_sim.dynamics.disputes import (
    feel_relief,
    mean_glow,
    open_wounds,
    protest_on_mind,
    update_hurt,
)
from rapprochement_sim.dynamics.economy import coercion_burden, diversify
from rapprochement_sim.dynamics.institutions import institutional_floor
from rapprochement_sim.dynamics.opinion import pull_of_disputes, update_displacement
from rapprochement_sim.dynamics.politics import (
    appraise_abandonment,
    protest_cost,
    regain_capital,
    wear_approval,
    wear_of_office,
)
from rapprochement_sim.dynamics.stocks import fading, moved_by_acts
from rapprochement_sim.dynamics.trust import hold_up_trust, lose_gains_to_wounds
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, VARIABLES, Array
from rapprochement_sim.world.building import MONTH_YEARS, World
from rapprochement_sim.world.forms import logistic, saturate
from rapprochement_sim.world.records import Impulses, MonthRecord, Parts
from rapprochement_sim.world.state import WorldState

_ALLIES = (int(Capital.SEOUL), int(Capital.TOKYO))
_WASHINGTON = int(Capital.WASHINGTON)
_IS_ALLY = np.array([[1.0], [1.0], [0.0], [0.0], [0.0]])


@dataclass(frozen=True)
class Shocks:
    """Chance of one month: approval (capital, run) and bandwidth (run), standard normal."""

    approval: Array
    bandwidth: Array


def advance_month(
    case: Case,
    state: WorldState,
    impulses: Impulses | None,
    shocks: Shocks,
) -> tuple[WorldState, MonthRecord]:
    """Advance all public-level variables by a month.

    Returns
    -------
    tuple
        The state after the month (citizens untouched) and the record for the ledger.
    """
    world, cells = case.world, case.world.cells
    moved = np.concatenate([state.values[name].reshape(-1, state.n_lanes) for name in VARIABLES])
    if impulses is not None:
        touched = np.flatnonzero(np.bincount(impulses.entries.cell, minlength=cells.n))
        moved[touched] += moved_by_acts(
            moved[touched],
            impulses.total[touched],
            low=cells.low[touched],
            high=cells.high[touched],
            saturates=cells.saturates[touched],
        )
    new = fading(moved, cells.rest, cells.moved)
    new += moved
    after = cells.split(moved)
    own = _own_parts(case, state, after, shocks)
    values = cells.split(new)
    for name, parts in own.items():
        for part in parts.values():
            values[name] += part
    displacement = _displace(world, state, after["glow"], values)
    entries = None if impulses is None else impulses.entries
    record = MonthRecord(entries, state.values, values, own)
    return (
        replace(
            state,
            values=MappingProxyType(values),
            displacement=displacement,
            years_in_office=state.years_in_office + MONTH_YEARS,
            threat=appraise_threat(world, values),
        ),
        record,
    )


def _own_parts(
    case: Case, state: WorldState, after: dict[str, Array], shocks: Shocks
) -> dict[str, Parts]:
    """Return what processes add beside acts and fading.

    ``after`` holds the variables as this month's acts left them.
    """
    world, old = case.world, state.values
    numbers = world.parameters
    felt = feel_relief(after["relief"], lag_years=numbers["relief_lag_years"], years=MONTH_YEARS)
    gained = old["institution"] - world.start["institution"]
    exposed = old["exposure"] - world.start["exposure"]
    return {
        "relief": {"felt": -felt},
        "hurt": update_hurt(
            after["hurt"],
            felt=felt,
            settlement=old["settlement"],
            rest=world.rest["hurt"],
            relief_effect=numbers["relief_effect"],
            kept=np.asarray(world.kept["hurt"]),
        ),
        "salience": {"protest": _protest_on_mind(world, state, after["salience"])},
        "trust": {
            **hold_up_trust(
                institutional_floor(gained, world.trust_floor),
                numbers["trust_interdependence"] * exposed,
                kept=float(world.kept["trust"]),
            ),
            "fading": lose_gains_to_wounds(
                after["trust"] - world.rest["trust"],
                open_wounds(old["hurt"], old["settlement"], world.dispute_weights),
                weight=numbers["trust_open_wounds"],
                moved=1.0 - float(world.kept["trust"]),
            ),
        },
        "exposure": {
            "diversification": diversify(
                after["exposure"],
                old["coercion"],
                per_year=numbers["diversification_per_year"],
                years=MONTH_YEARS,
            )
        },
        "abandonment": _abandonment_parts(case, state),
        **_home_parts(world, state, after, shocks),
    }


def _displace(world: World, state: WorldState, warm: Array, values: dict[str, Array]) -> Array:
    """Return each public's displacement after the month."""
    numbers = world.parameters
    pull = pull_of_disputes(
        values["hurt"],
        mean_glow(warm, half_life_years=numbers["glow_half_life_years"], years=MONTH_YEARS),
        values["narrative"],
        world.dispute_weights,
        hurt_weight=numbers["hurt_to_attitude"],
        glow_weight=numbers["glow_to_attitude"],
        narrative_weight=numbers["narrative_to_attitude"],
    )
    step = update_displacement(
        state.displacement,
        pull,
        rate_per_year=numbers["reaction_rate_per_year"],
        years=MONTH_YEARS,
    )
    return state.displacement + step


def _protest_on_mind(world: World, state: WorldState, salience: Array) -> Array:
    old = state.values
    stakes = old["salience"] * old["hurt"] * world.grievance_weights
    share = stakes / np.maximum(stakes.sum(axis=0), 1e-12)
    push = world.parameters["protest_salience"] * MONTH_YEARS * state.protest * share
    return protest_on_mind(salience, push)


def _home_parts(
    world: World, state: WorldState, after: dict[str, Array], shocks: Shocks
) -> dict[str, Parts]:
    old, numbers = state.values, world.parameters
    noise = float(np.sqrt(MONTH_YEARS))
    wear = wear_of_office(
        state.years_in_office,
        numbers["approval_fatigue"],
        bend_years=numbers["approval_fatigue_bend_years"],
    )
    burden = coercion_burden(old["coercion"], old["exposure"])
    shock = numbers["bandwidth_noise"] * noise * shocks.bandwidth
    return {
        "approval": wear_approval(
            wear * world.democracy,
            numbers["coercion_approval"] * MONTH_YEARS * burden,
            protest_cost(state.protest, numbers["protest_approval"], MONTH_YEARS) * world.democracy,
            numbers["approval_noise"] * noise * shocks.approval,
            kept=float(world.kept["approval"]),
        ),
        "political_capital": {
            "support": regain_capital(
                after["political_capital"],
                old["approval"],
                support=numbers["capital_from_approval"],
                kept=float(world.kept["political_capital"]),
            )
        },
        "bandwidth": {"chance": saturate(after["bandwidth"], shock, 0.0, 1.0)},
    }


def _abandonment_parts(case: Case, state: WorldState) -> Parts:
    world, old = case.world, state.values
    numbers = world.parameters
    lanes = state.n_lanes
    absent = world.start["bandwidth"] - old["bandwidth"]
    guarantee = np.zeros((N_CAPITALS, lanes))
    ncg = world.axes.institutions.index("ncg")
    for ally in _ALLIES:
        dyad = DYAD_INDEX[ally, _WASHINGTON]
        guarantee[ally] = old["institution"][ncg, dyad] - world.start["institution"][ncg, dyad]
    danger = logistic(state.threat).max(axis=1) - case.start_danger
    return appraise_abandonment(
        world.rest["abandonment"] + np.zeros(lanes),
        numbers["abandonment_bandwidth"] * absent * _IS_ALLY,
        numbers["abandonment_guarantee"] * guarantee,
        numbers["abandonment_threat"] * danger * _IS_ALLY,
        kept=float(world.kept["abandonment"]),
    )
