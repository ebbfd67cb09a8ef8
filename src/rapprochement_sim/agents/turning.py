"""Steps of a turn that belong to no single capital: events, publication, deals, elections."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rapprochement_sim.decision.beliefs import (
    N_SECRET,
    published_cells,
    secret_cells,
    shared_intelligence,
    update_published,
    update_secret,
)
from rapprochement_sim.decision.case import MARITIME_ENCOUNTER, ORDER_SLOTS, Case, Election
from rapprochement_sim.decision.legality import conditions_hold
from rapprochement_sim.dynamics.incidents import hazard_prob, incident_prob
from rapprochement_sim.dynamics.institutions import ratification_prob
from rapprochement_sim.dynamics.opinion import sampling_error
from rapprochement_sim.dynamics.politics import loses_office
from rapprochement_sim.effects.acting import Acts
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, Array, Booleans, Integers
from rapprochement_sim.world.forms import logistic, saturate
from rapprochement_sim.world.records import Parts
from rapprochement_sim.world.state import Beliefs, WorldState

_PAIR = (int(Capital.SEOUL), int(Capital.TOKYO))


@dataclass(frozen=True)
class Events:
    """Events of a turn: row in each event slot (-1 for none) and its month (slot, run).

    ``modifiers`` are bits of rows that are acts, same shape: a record hands over what was
    done in the place of what befalls.
    """

    row: Integers
    month: Integers
    modifiers: Integers | None = None


@dataclass(frozen=True)
class Deals:
    """What became of the turn's offers.

    Attributes
    ----------
    row
        Row that happens in each proposer's slot: the act, its refusal, or -1 (capital, run).
    accepted
        Whether the offer was accepted (capital, run).
    attention_left, capital_left
        What each capital has left for orders (capital, run).
    """

    row: Integers
    accepted: Booleans
    attention_left: Array
    capital_left: Array


def draw_events(case: Case, state: WorldState, chance: Chance) -> Events:
    """Let scheduled and chance events fall due; those averted do not."""
    lanes, n_events = state.n_lanes, len(case.event_rows)
    n_months = case.world.turn_months
    row = np.full((n_events, lanes), -1, dtype=np.int64)
    slot = {index: number for number, index in enumerate(case.event_rows)}
    averted = _averted(case, state)
    n_drawn = n_events - case.n_added_events
    uniforms = chance.uniforms(Process.EVENTS, state.turn, 2 * n_drawn)
    month = np.zeros((n_events, lanes), dtype=np.int64)
    month[:n_drawn] = np.minimum((uniforms[n_drawn:] * n_months).astype(np.int64), n_months - 1)
    places = [slot[int(index)] for index in case.hazards]
    chances = hazard_prob(case.hazard_rates, case.world.turn_years)[:, np.newaxis]
    falls = (uniforms[places] < chances) & ~averted[case.hazards]
    row[places] = np.where(falls, case.hazards[:, np.newaxis], -1)
    for entry in case.scheduled:
        if entry.turn == state.turn:
            place = slot[entry.row]
            row[place] = np.where(averted[entry.row], -1, entry.row)
            month[place] = entry.month
    return Events(row, month)


def _averted(case: Case, state: WorldState) -> Booleans:
    """Return which events are averted: they name conditions, and all of them hold (row, run)."""
    return conditions_hold(case.effects, state) & case.rows.has_conditions[:, np.newaxis]


def publish(case: Case, state: WorldState, chance: Chance) -> Beliefs:
    """Publish polls and surveys, and give each seat its intelligence."""
    turn, lanes = state.turn, state.n_lanes
    surveys, numbers = case.world.surveys, case.world.parameters
    error = sampling_error(
        state.shares, sample_size=surveys.sample_size, design_effect=surveys.design_effect
    )
    noise = chance.normals(Process.POLLS, turn, state.shares.shape[0])
    truth = published_cells(state)
    dispute_noise = chance.normals(Process.DISPUTE_POLLS, turn, truth.shape[0])
    intelligence = chance.normals(Process.INTELLIGENCE, turn, N_CAPITALS * N_SECRET)
    shared = shared_intelligence(case.world.axes.institutions, state.values["institution"], numbers)
    return Beliefs(
        secret=update_secret(
            state.beliefs.secret,
            secret_cells(state),
            intelligence.reshape(N_CAPITALS, N_SECRET, lanes),
            shared,
            numbers,
        ),
        published=update_published(truth, dispute_noise, numbers),
        polls=np.clip(state.shares + error * noise, 0.0, 1.0),
        poll_errors=error,
    )


def settle_deals(
    case: Case,
    state: WorldState,
    offers: tuple[Integers, Integers],
    keenness: Array,
    asked: Booleans,
    given: Booleans,
) -> Deals:
    """Turn answers into deals: all asked must agree; the same deal is struck only once.

    Parameters
    ----------
    case, state
        Rule book and state.
    offers
        Row that each capital offers, -1 for none, and its modifiers as bits (capital, run).
    keenness
        How much it wants it, same shape: of two that offer each other the same, the
        keener one hosts.
    asked, given
        Who is asked and who agrees (answering capital, proposer, run).
    """
    rows = case.rows
    offered, modifiers = offers
    is_offer = offered >= 0
    accepted = is_offer & ~(asked & ~given).any(axis=0)
    deal = np.where(accepted, rows.deal[offered], -1)
    for one in range(N_CAPITALS):
        for other in range(one + 1, N_CAPITALS):
            same = (deal[one] >= 0) & (deal[one] == deal[other])
            if same.any():
                yields = keenness[one] < keenness[other]
                for loser, lost in ((one, same & yields), (other, same & ~yields)):
                    accepted[loser] &= ~lost
                    is_offer[loser] &= ~lost
    happens = np.where(accepted, offered, np.where(is_offer, rows.refused[offered], -1))
    price = np.where(is_offer, rows.attention[offered], 0.0)
    kept = case.world.parameters["refusal_attention"]
    paid = np.where(accepted, price, kept * price)
    cost = np.where(accepted, rows.price(offered, modifiers), 0.0)
    return Deals(
        row=happens,
        accepted=accepted,
        attention_left=state.attention - paid,
        capital_left=state.values["political_capital"] - cost,
    )


def ratify(
    case: Case, state: WorldState, chance: Chance, happens: Integers, modifiers: Integers
) -> tuple[Integers, Integers]:
    """Let parliaments vote on deals that need them; a failed one has its own effects."""
    numbers = case.world.parameters
    row = happens.copy()
    due = [entry for entry in case.effects.ratifications if (happens == entry.row).any()]
    if not due:
        return row, modifiers
    uniforms = chance.uniforms(Process.RATIFICATION, state.turn, N_CAPITALS * N_CAPITALS)
    for entry in due:
        failed_row = case.row(entry.row).failed_row
        for proposer in range(N_CAPITALS):
            is_it = happens[proposer] == entry.row
            if not is_it.any():
                continue
            ease = np.zeros(state.n_lanes)
            for bit, amount in enumerate(entry.eases):
                ease += amount * ((modifiers[proposer] >> bit) & 1)
            for capital in entry.by:
                stake = (
                    state.values["salience"][entry.dispute, capital]
                    * state.values["hurt"][entry.dispute, capital]
                )
                prob = ratification_prob(
                    state.values["political_capital"][capital] + ease,
                    stake,
                    0.5 + 0.5 * state.values["stance"][capital],
                    openness_weight=numbers["ratification_openness"],
                    bar=entry.bar,
                    temperature=numbers["ratification_temperature"],
                )
                fails = is_it & (uniforms[proposer * N_CAPITALS + capital] >= prob)
                row[proposer] = np.where(fails, failed_row, row[proposer])
    return row, np.where(row == happens, modifiers, 0)


def assemble_acts(
    case: Case,
    state: WorldState,
    chance: Chance,
    deals: tuple[Integers, Integers],
    orders: tuple[Integers, Integers, Integers],
    events: Events,
) -> Acts:
    """Lay out what happens in the turn by slot: deals, orders, events, encounters at sea.

    ``deals`` are rows and modifiers (capital, run); ``orders`` rows, modifiers and months
    (capital, order, run).
    """
    lanes = state.n_lanes
    happens, deal_modifiers = deals
    order_row, order_modifiers, order_month = (a.reshape(ORDER_SLOTS, lanes) for a in orders)
    event_row, event_month = events.row.copy(), events.month
    uniform = chance.uniforms(Process.INCIDENTS, state.turn, 1)[0]
    for slot, index in enumerate(case.event_rows):
        if case.has_encounters and case.row(index).name == MARITIME_ENCOUNTER:
            event_row[slot] = np.where(uniform < _encounter_prob(case, state), index, -1)
    given = events.modifiers
    event_modifiers = np.zeros_like(event_row) if given is None else given
    return Acts(
        row=np.concatenate([happens, order_row, event_row]),
        modifiers=np.concatenate([deal_modifiers, order_modifiers, event_modifiers]),
        month=np.concatenate([np.zeros_like(happens), order_month, event_month]),
    )


def _encounter_prob(case: Case, state: WorldState) -> Array:
    a, b = Capital.SEOUL, Capital.TOKYO
    threat = logistic(state.threat)
    return incident_prob(
        threat[a, b],
        threat[b, a],
        state.values["channel"][DYAD_INDEX[a, b]],
        per_year=case.world.parameters["incident_per_year"],
        years=case.world.turn_years,
    )


def hold_elections(
    case: Case, state: WorldState, chance: Chance
) -> tuple[WorldState, Mapping[str, Parts]]:
    """Hold the elections of the turn: leaders fall, mandates swell or shrink.

    Returns
    -------
    tuple
        The state, and named parts of the changes by variable.
    """
    due = [entry for entry in case.elections if entry.turn == state.turn]
    if not due:
        return state, {}
    uniforms = chance.uniforms(Process.ELECTIONS, state.turn, N_CAPITALS)
    draws = chance.normals(Process.ELECTIONS, state.turn, N_CAPITALS, draw=1)
    changes = {
        name: np.zeros_like(state.values[name])
        for name in ("stance", "approval", "political_capital", "settlement")
    }
    years = state.years_in_office.copy()
    for entry in due:
        if entry.kind == "legislative_election":
            _swing(case, state, entry, changes)
        else:
            lost = _contest_office(case, state, entry, uniforms, draws, changes)
            years[entry.capital] = np.where(lost == 1.0, 0.0, years[entry.capital])
    values = {name: state.values[name] + change for name, change in changes.items()}
    parts = {name: {"elections": change} for name, change in changes.items()}
    return replace(state.with_values(**values), years_in_office=years), parts


def _swing(case: Case, state: WorldState, entry: Election, changes: dict[str, Array]) -> None:
    capital, numbers = entry.capital, case.world.parameters
    margin = 2.0 * logistic(state.values["approval"][capital]) - 1.0
    mandate = numbers["legislative_swing"] * margin
    changes["political_capital"][capital] += saturate(
        state.values["political_capital"][capital],
        numbers["legislative_swing_capital"] * mandate,
        0.0,
        1.0,
    )
    changes["approval"][capital] += mandate


def _contest_office(
    case: Case,
    state: WorldState,
    entry: Election,
    uniforms: Array,
    draws: Array,
    changes: dict[str, Array],
) -> Array:
    """Replace a leader who loses; return 1 where one did (run)."""
    capital, numbers = entry.capital, case.world.parameters
    approval = logistic(state.values["approval"][capital])
    is_settled_in = state.years_in_office[capital] >= numbers["leader_honeymoon_years"]
    lost: Array = is_settled_in * loses_office(
        approval,
        uniforms[capital],
        base_prob=numbers["leader_change_base_prob"],
        protection=numbers["leader_change_approval"],
    )
    drawn = numbers["new_leader_stance_spread"] * draws[capital]
    drawn = drawn + mandate_of_opinion(case, state, capital)
    stance = drawn / np.sqrt(1.0 + drawn * drawn)
    _change_leader(case, state, capital, lost, stance, changes)
    return lost


def mandate_of_opinion(case: Case, state: WorldState, capital: int) -> Array:
    """Return where opinion moves a newly elected leader's drawn stance (run).

    Only Seoul's and Tokyo's publics have a view on reconciliation: what disputes, warmth and
    stories have moved them by, towards each other, since the start.
    """
    if capital not in _PAIR:
        return np.zeros(state.n_lanes)
    other = _PAIR[1 - capital]
    moved = state.displacement[capital, other] - case.world.start_displacement[capital, other]
    mandate: Array = case.world.parameters["new_leader_opinion"] * moved
    return mandate


def install_leader(case: Case, state: WorldState, capital: int, stance: float) -> WorldState:
    """Put a new leader of a known stance into office in every lane."""
    changes = {
        name: np.zeros_like(state.values[name]) for name in ("stance", "approval", "settlement")
    }
    everywhere = np.ones(state.n_lanes)
    _change_leader(case, state, capital, everywhere, stance * everywhere, changes)
    years = state.years_in_office.copy()
    years[capital] = 0.0
    values = {name: state.values[name] + change for name, change in changes.items()}
    return replace(state.with_values(**values), years_in_office=years)


def _change_leader(
    case: Case,
    state: WorldState,
    capital: int,
    lost: Array,
    stance: Array,
    changes: dict[str, Array],
) -> None:
    numbers = case.world.parameters
    changes["stance"][capital] += lost * (stance - state.values["stance"][capital])
    fresh = numbers["new_leader_approval"]
    changes["approval"][capital] += lost * (fresh - state.values["approval"][capital])
    hostility = np.maximum(-stance, 0.0) * lost
    undone = -numbers["undo_settlement"] * hostility
    settlement = state.values["settlement"][:, capital]
    unsupported = 1.0 - settlement
    changes["settlement"][:, capital] += saturate(settlement, undone * unsupported, 0.0, 1.0)
