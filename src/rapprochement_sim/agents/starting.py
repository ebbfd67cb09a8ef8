"""Where a run starts, and what is read off a state at both ends of a turn."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from rapprochement_sim.agents.following import Followed
from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.beliefs import N_SECRET, published_cells, secret_cells
from rapprochement_sim.decision.case import Case
from rapprochement_sim.dynamics.opinion import poll_share
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.vocabulary import ATTENTION_PER_TURN, CauseKind
from rapprochement_sim.world.axes import N_CAPITALS, Array
from rapprochement_sim.world.building import Surveys
from rapprochement_sim.world.ledger import Ledger, RowLabel
from rapprochement_sim.world.records import Snapshot
from rapprochement_sim.world.state import Beliefs, WorldState


def open_ledger(case: Case, state: WorldState) -> Ledger:
    """Return an empty ledger of a case, from the state it starts in."""
    kinds = {"act": CauseKind.ORDER, "refused": CauseKind.CONSENT, "failed": CauseKind.CONSENT}
    labels = [
        RowLabel(row.key, CauseKind.EVENT if row.kind == "event" else kinds[row.kind])
        for row in case.effects.rows
    ]
    return Ledger(case.world, case.indicators, state, labels)


def drawn_start(case: Case, chance: Chance) -> WorldState:
    """Return the state that each run starts from.

    Where the scenario asks for it (``start_spread``), first values are drawn from their
    ranges, a run at a time, and publics start moved by what they start with. What a seat
    has heard of others' secrets is what the scenario states.
    """
    world, lanes = case.world, chance.runs.size
    stated = start_state(case, lanes)
    if world.start_ranges is None:
        return stated
    uniforms = chance.uniforms(Process.STARTS, 0, world.cells.n)
    values = world.start_ranges.drawn(world.start, uniforms)
    values = {
        name: np.ascontiguousarray(np.broadcast_to(array, (*array.shape[:-1], lanes)))
        for name, array in values.items()
    }
    numbers = world.parameters
    shift = numbers["narrative_to_attitude"] * (values["narrative"] - world.start["narrative"])
    shift -= numbers["hurt_to_attitude"] * np.einsum(
        "dij,dir->ijr", world.dispute_weights, values["hurt"] - world.start["hurt"]
    )
    attitude = stated.attitude + world.population.receptivity * shift[:, np.newaxis]
    shares = poll_shares(world.surveys, attitude)
    state = replace(
        stated,
        values=MappingProxyType(values),
        displacement=stated.displacement + shift,
        attitude=attitude,
        shares=shares,
        threat=appraise_threat(world, values),
    )
    beliefs = replace(state.beliefs, published=published_cells(state), polls=shares)
    return replace(state, beliefs=beliefs)


def start_state(case: Case, n_lanes: int) -> WorldState:
    """Return the state that a scenario states as its start, the same in every lane."""
    world = case.world

    def spread(array: Array) -> Array:
        return np.ascontiguousarray(np.broadcast_to(array, (*array.shape[:-1], n_lanes)))

    values = {name: spread(array) for name, array in world.start.items()}
    attitude = spread(case.start_attitude)
    participation, crowd = spread(case.start_participation), spread(case.start_crowd)
    n_surveys = len(world.surveys.names)
    nothing = np.zeros((n_surveys, n_lanes))
    state = WorldState(
        turn=0,
        values=MappingProxyType(values),
        attitude=attitude,
        displacement=spread(world.start_displacement),
        participation=participation,
        crowd=crowd,
        protest=participation.mean(axis=1),
        threat=appraise_threat(world, values),
        shares=nothing,
        years_in_office=np.zeros((N_CAPITALS, n_lanes)),
        attention=np.full((N_CAPITALS, n_lanes), ATTENTION_PER_TURN),
        pauses=np.repeat(case.rows.closed_turns[:, np.newaxis], n_lanes, axis=1),
        beliefs=Beliefs(np.zeros((N_CAPITALS, N_SECRET, n_lanes)), nothing, nothing, nothing),
    )
    secret = np.broadcast_to(secret_cells(state), (N_CAPITALS, N_SECRET, n_lanes)).copy()
    published = published_cells(state)
    shares = poll_shares(world.surveys, state.attitude)
    return replace(state, shares=shares, beliefs=Beliefs(secret, published, shares, nothing))


def snapshot(state: WorldState) -> Snapshot:
    """Return what the ledger compares across a turn."""
    return Snapshot(
        values=state.values,
        displacement=state.displacement,
        threat=state.threat,
        shares=state.shares,
        polls=state.beliefs.polls,
    )


def poll_shares(surveys: Surveys, attitude: Array, followed: Followed | None = None) -> Array:
    """Return the share of a public that would give each survey's answer (survey, run).

    With what is ``followed`` the attitudes are those of a narrow state, and shares of other
    surveys are not a number.
    """
    shares = np.full((len(surveys.names), attitude.shape[-1]), np.nan)
    for s in range(len(surveys.names)) if followed is None else followed.surveys:
        respondent, target = surveys.respondents[s], surveys.targets[s]
        column = target if followed is None else followed.column(respondent, target)
        shares[s] = poll_share(
            attitude[respondent, :, column],
            threshold=float(surveys.threshold[s, 0]),
            width=float(surveys.width[s, 0]),
            sign=float(surveys.sign[s, 0]),
        )
    return shares
