"""One month of the public world: acts fall, stocks move, time relaxes them.

A quarter is three such months, so a monthly and a quarterly game that carry out the same
dated acts agree at every quarter's end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rapprochement_sim.decision.case import Case
from rapprochement_sim.dynamics.disputes import (
    mean_glow,
    update_hurt,
    update_relief,
    update_salience,
)
from rapprochement_sim.dynamics.economy import coercion_burden, update_exposure
from rapprochement_sim.dynamics.institutions import institutional_floor
from rapprochement_sim.dynamics.opinion import pull_of_disputes, update_displacement
from rapprochement_sim.dynamics.politics import (
    protest_cost,
    update_abandonment,
    update_approval,
    update_bandwidth,
    update_political_capital,
    wear_of_office,
)
from rapprochement_sim.dynamics.stocks import update_stock
from rapprochement_sim.dynamics.threat import threat_logit
from rapprochement_sim.dynamics.trust import update_trust
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, VARIABLES, Array
from rapprochement_sim.world.building import MONTH_YEARS, World
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.records import Impulses, MonthRecord, Parts
from rapprochement_sim.world.state import WorldState

_PLAIN_STOCKS = (
    "gesture",
    "provocation",
    "glow",
    "settlement",
    "institution",
    "interoperability",
    "channel",
    "escalation",
    "coercion",
    "programme",
    "posture",
)
_ALLIES = (Capital.SEOUL, Capital.TOKYO)


@dataclass(frozen=True)
class Shocks:
    """Chance of one month: approval (capital, run) and bandwidth (run), standard normal."""

    approval: Array
    bandwidth: Array


def add_parts(old: Array, parts: Parts) -> Array:
    """Return the new value: the old one plus its parts, in sequence."""
    new = old
    for part in parts.values():
        new = new + part
    return new


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
    world = case.world
    old = state.values
    pushes = _by_variable(case, impulses, state.n_lanes)
    parts, felt = _dispute_parts(world, state, pushes)
    for name in _PLAIN_STOCKS:
        parts[name] = _stock_parts(world, name, old[name], pushes[name])
    parts |= _relation_parts(world, state, pushes)
    parts |= _home_parts(world, state, pushes, shocks)
    parts["stance"] = {"acts": pushes["stance"]}
    new = {name: add_parts(old[name], parts[name]) for name in VARIABLES}
    warm = old["glow"] + parts["glow"]["acts"]
    numbers = world.parameters
    pull = pull_of_disputes(
        new["hurt"],
        mean_glow(warm, half_life_years=numbers["glow_half_life_years"], years=MONTH_YEARS),
        world.dispute_weights,
        hurt_weight=numbers["hurt_to_attitude"],
        glow_weight=numbers["glow_to_attitude"],
    )
    step = update_displacement(
        state.displacement,
        pull,
        rate_per_year=numbers["anchor_rate_per_year"],
        years=MONTH_YEARS,
    )
    record = MonthRecord(impulses, old, parts, felt, pull, state.displacement)
    moved = state.with_values(**new)
    threat = appraise_threat(world, new)
    return replace(moved, displacement=state.displacement + step, threat=threat), record


def _by_variable(case: Case, impulses: Impulses | None, n_lanes: int) -> dict[str, Array]:
    axes, offsets = case.world.axes, case.effects.offsets
    if impulses is None:
        return {name: np.zeros((*axes.shape(name), n_lanes)) for name in VARIABLES}
    return {
        name: impulses.total[offsets[name] : offsets[name] + axes.n_cells(name)].reshape(
            *axes.shape(name), n_lanes
        )
        for name in VARIABLES
    }


def _stock_parts(world: World, name: str, old: Array, push: Array) -> Parts:
    variable = VARIABLES[name]
    return update_stock(
        old,
        impulse=push,
        rest=world.rest[name],
        kept=world.kept[name],
        low=variable.low,
        high=variable.high,
    )


def _dispute_parts(
    world: World, state: WorldState, pushes: dict[str, Array]
) -> tuple[dict[str, Parts], Array]:
    old, numbers = state.values, world.parameters
    relief, felt = update_relief(
        old["relief"],
        impulse=pushes["relief"],
        lag_years=numbers["relief_lag_years"],
        years=MONTH_YEARS,
    )
    hurt = update_hurt(
        old["hurt"],
        impulse=pushes["hurt"],
        felt=felt,
        settlement=old["settlement"],
        rest=world.rest["hurt"],
        ceiling=numbers["hurt_ceiling"],
        relief_effect=numbers["relief_effect"],
        kept=np.asarray(world.kept["hurt"]),
    )
    stakes = old["salience"] * old["hurt"] * world.grievance_weights
    share = stakes / np.maximum(stakes.sum(axis=0), 1e-12)
    salience = update_salience(
        old["salience"],
        impulse=pushes["salience"],
        protest_impulse=numbers["protest_salience"] * MONTH_YEARS * state.protest * share,
        rest=world.rest["salience"],
        half_life_years=numbers["salience_half_life_years"],
        years=MONTH_YEARS,
    )
    return {"relief": relief, "hurt": hurt, "salience": salience}, felt


def _relation_parts(world: World, state: WorldState, pushes: dict[str, Array]) -> dict[str, Parts]:
    old, numbers = state.values, world.parameters
    gained = old["institution"] - world.start["institution"]
    exposed = old["exposure"] - world.start["exposure"]
    return {
        "trust": update_trust(
            old["trust"],
            impulse=pushes["trust"],
            rest_logit=world.rest["trust"],
            institutional_floor=institutional_floor(gained, world.trust_floor),
            interdependence_floor=numbers["trust_interdependence"] * exposed,
            kept=float(world.kept["trust"]),
        ),
        "exposure": update_exposure(
            old["exposure"],
            impulse=pushes["exposure"],
            coercion=old["coercion"],
            rest=world.rest["exposure"],
            diversification_per_year=numbers["diversification_per_year"],
            kept=float(world.kept["exposure"]),
            years=MONTH_YEARS,
        ),
    }


def _home_parts(
    world: World, state: WorldState, pushes: dict[str, Array], shocks: Shocks
) -> dict[str, Parts]:
    old, numbers = state.values, world.parameters
    noise = float(np.sqrt(MONTH_YEARS))
    approval = update_approval(
        old["approval"],
        impulse=pushes["approval"],
        rest_logit=world.rest["approval"],
        office_wear=wear_of_office(state.years_in_office, numbers["approval_fatigue"]) * world.democracy,
        burden=numbers["coercion_approval"]
        * MONTH_YEARS
        * coercion_burden(old["coercion"], old["exposure"]),
        protest=protest_cost(state.protest, numbers["protest_approval"], MONTH_YEARS) * world.democracy,
        shock=numbers["approval_noise"] * noise * shocks.approval,
        kept=float(world.kept["approval"]),
    )
    capital = update_political_capital(
        old["political_capital"],
        impulse=pushes["political_capital"],
        approval_logit=old["approval"],
        support=numbers["capital_from_approval"],
        kept=float(world.kept["political_capital"]),
    )
    bandwidth = update_bandwidth(
        old["bandwidth"],
        impulse=pushes["bandwidth"],
        rest=world.rest["bandwidth"],
        shock=numbers["bandwidth_noise"] * noise * shocks.bandwidth,
        kept=float(world.kept["bandwidth"]),
    )
    return {
        "approval": approval,
        "political_capital": capital,
        "bandwidth": bandwidth,
        "abandonment": _abandonment_parts(world, state, pushes["abandonment"]),
    }


def _abandonment_parts(world: World, state: WorldState, push: Array) -> Parts:
    old, numbers = state.values, world.parameters
    lanes = state.n_lanes
    is_ally = np.zeros((N_CAPITALS, 1))
    is_ally[list(_ALLIES)] = 1.0
    absent = world.start["bandwidth"] - old["bandwidth"]
    guarantee = np.zeros((N_CAPITALS, lanes))
    ncg = world.axes.institutions.index("ncg")
    for ally in _ALLIES:
        dyad = DYAD_INDEX[ally, Capital.WASHINGTON]
        guarantee[ally] = old["institution"][ncg, dyad] - world.start["institution"][ncg, dyad]
    start_threat = logistic(appraise_threat(world, world.start)).max(axis=1)
    danger = logistic(state.threat).max(axis=1) - start_threat
    return update_abandonment(
        old["abandonment"],
        impulse=push,
        rest=world.rest["abandonment"] + np.zeros(lanes),
        absence=numbers["abandonment_bandwidth"] * absent * is_ally,
        guarantee=numbers["abandonment_guarantee"] * guarantee,
        danger=numbers["abandonment_threat"] * danger * is_ally,
        kept=float(world.kept["abandonment"]),
    )


def appraise_threat(world: World, values: Mapping[str, Array]) -> Array:
    """Return every capital's appraisal of every other (capital, partner, run), logits."""
    numbers = world.parameters
    lanes = values["bandwidth"].shape[-1]
    ring = world.encirclement @ values["institution"].reshape(-1, lanes)
    return threat_logit(
        constant=world.threat_constant,
        posture=values["posture"],
        programme=values["programme"],
        provocation=values["provocation"],
        trust=logistic(values["trust"]),
        encirclement=ring.reshape(N_CAPITALS, N_CAPITALS, lanes),
        weights=(
            numbers["threat_posture"],
            numbers["threat_programme"],
            numbers["threat_provocation"],
            numbers["threat_trust"],
        ),
    )
