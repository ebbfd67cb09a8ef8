from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.agents.turning import (
    Events,
    assemble_acts,
    draw_events,
    hold_elections,
    publish,
    ratify,
    settle_deals,
)
from rapprochement_sim.decision.case import ORDER_SLOTS, Case, Election, ScheduledRow
from rapprochement_sim.randomness import Chance
from rapprochement_sim.scenario.schema import Ratification
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Booleans, Integers
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.state import WorldState
from tests.tiny import action, condition, effect, event, modifier, quantity, seat, tiny_case

MANY = 4096
SEOUL, TOKYO, WASHINGTON = Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON
PACT = action(
    [
        seat("seoul>tokyo", consent=["tokyo"]),
        seat("tokyo>seoul", consent=["seoul"]),
        seat("washington>seoul", third="tokyo", consent=["seoul", "tokyo"]),
    ],
    effect("channel", "actor target", 0.3),
    modifiers={"narrow": modifier(effect("channel", "actor target", -0.1), ease=0.3)},
    ratification=Ratification(
        by=["seoul"],
        dispute="forced_labour",
        bar=quantity(0.2),
        failure=[effect("approval", "seoul", -0.1)],
    ),
    refusal=[effect("trust", "actor target", -0.1)],
    attention=1.5,
    cost=0.1,
)
EVENTS = {
    "storm": event(effect("posture", "party", 0.1), per_year=1.2),
    "ruling": event(
        effect("hurt", "islands party", 0.1),
        per_year=0.5,
        unless=[condition("settlement", "islands seoul", above=0.5)],
    ),
    "maritime_encounter": event(effect("provocation", "seoul tokyo", 0.1), per_year=0.5),
}
CASE: Case = tiny_case(actions={"pact": PACT}, events=EVENTS, hazards=["storm", "ruling"])
ROWS = CASE.effects.row_by_key
STORM, RULING = (CASE.event_rows.index(ROWS[f"event:{n}"]) for n in ("storm", "ruling"))
ENCOUNTER = CASE.event_rows.index(ROWS["event:maritime_encounter"])


def chance(lanes: int = MANY, *, is_on: bool = True) -> Chance:
    return Chance(11, np.arange(lanes), is_on=is_on)


def state_with(lanes: int = MANY, **cells: Any) -> WorldState:
    """Return a start with some variables set: name to (index, values over lanes)."""
    state = start_state(CASE, lanes)
    for name, (index, value) in cells.items():
        changed = state.values[name].copy()
        changed[index] = value
        state = state.with_values(**{name: changed})
    return state


def is_frequency(hits: Booleans, prob: float) -> bool:
    error = np.sqrt(prob * (1.0 - prob) / hits.size)
    return bool(abs(hits.mean() - prob) < 5.0 * error)


# ---------------------------------------------------------------- events


def test_chance_events_befall_at_their_rates() -> None:
    events = draw_events(CASE, state_with(), chance())
    years = CASE.world.turn_years
    assert is_frequency(events.row[STORM] >= 0, 1.0 - np.exp(-1.2 * years))
    assert is_frequency(events.row[RULING] >= 0, 1.0 - np.exp(-0.5 * years))
    assert set(np.unique(events.row[STORM])) == {-1, ROWS["event:storm"]}


def test_events_fall_in_any_month_of_the_turn() -> None:
    events = draw_events(CASE, state_with(), chance())
    n_months = CASE.world.turn_months
    for month in range(n_months):
        assert is_frequency(events.month[STORM] == month, 1.0 / n_months)
    both = (events.row[STORM] >= 0) & (events.row[RULING] >= 0)
    assert np.unique(events.month[:, both] @ np.ones(both.sum())).size > 1


def test_events_do_not_depend_on_each_other() -> None:
    events = draw_events(CASE, state_with(), chance())
    hits = events.row >= 0
    joint = (hits[STORM] & hits[RULING]).mean()
    expected = hits[STORM].mean() * hits[RULING].mean()
    assert abs(joint - expected) < 5.0 * np.sqrt(expected / MANY)


def test_an_event_is_averted_where_its_conditions_hold() -> None:
    islands = CASE.world.axes.disputes.index("islands")
    settled = np.where(np.arange(MANY) % 2 == 0, 0.6, 0.4)
    open_state = state_with(settlement=((islands, SEOUL), 0.4))
    mixed_state = state_with(settlement=((islands, SEOUL), settled))
    open_row = draw_events(CASE, open_state, chance()).row
    mixed_row = draw_events(CASE, mixed_state, chance()).row
    assert (mixed_row[RULING, ::2] == -1).all()
    assert np.array_equal(mixed_row[RULING, 1::2], open_row[RULING, 1::2])
    assert np.array_equal(mixed_row[STORM], open_row[STORM])


def test_scheduled_events_fall_due_in_every_world() -> None:
    due = ScheduledRow(row=ROWS["event:ruling"], turn=1, month=2, announced=0)
    case = replace(CASE, scheduled=(due,), hazards=CASE.hazards[:0], hazard_rates=np.zeros(0))
    quiet = draw_events(case, start_state(case, 4), chance(4))
    assert (quiet.row == -1).all()
    later = draw_events(case, replace(start_state(case, 4), turn=1), chance(4))
    assert (later.row[RULING] == ROWS["event:ruling"]).all()
    assert (later.month[RULING] == 2).all()


# ---------------------------------------------------------------- publication


def test_polls_scatter_around_the_truth_by_their_standard_error() -> None:
    state = state_with()
    beliefs = publish(CASE, state, chance())
    inside = (state.shares > 0.05) & (state.shares < 0.95)
    z = ((beliefs.polls - state.shares) / beliefs.poll_errors)[inside]
    assert abs(z.mean()) < 5.0 / np.sqrt(z.size)
    assert abs(z.std() - 1.0) < 5.0 / np.sqrt(2 * z.size)


def test_without_chance_everything_published_is_true() -> None:
    state = state_with(4)
    beliefs = publish(CASE, state, chance(4, is_on=False))
    assert np.array_equal(beliefs.polls, state.shares)
    assert np.array_equal(beliefs.published[-5:], logistic(state.values["approval"]))
    assert beliefs.secret == pytest.approx(state.beliefs.secret, abs=1e-15)


def test_polls_of_two_turns_have_errors_of_their_own() -> None:
    state = state_with()
    first = publish(CASE, state, chance()).polls[0]
    second = publish(CASE, replace(state, turn=1), chance()).polls[0]
    assert abs(np.corrcoef(first, second)[0, 1]) < 5.0 / np.sqrt(MANY)


# ---------------------------------------------------------------- deals


def offers(*lanes: dict[Capital, str]) -> Integers:
    table = np.full((5, len(lanes)), -1)
    for lane, offered in enumerate(lanes):
        for proposer, target in offered.items():
            table[proposer, lane] = ROWS[f"pact:{proposer.key}>{target}"]
    return table


def answers(offered: Integers, *refusing: tuple[Capital, ...]) -> tuple[Booleans, Booleans]:
    """Return who is asked by whom and who says yes; ``refusing`` by lane says no to all."""
    asked = ((offered >= 0) & CASE.rows.consenting[offered].transpose(2, 0, 1)).astype(bool)
    given = asked.copy()
    for lane, capitals in enumerate(refusing):
        given[list(capitals), :, lane] = False
    return asked, given


def test_an_offer_happens_if_all_who_are_asked_agree() -> None:
    everyone = {WASHINGTON: "seoul"}
    offered = offers(everyone, everyone, everyone, {})
    asked, given = answers(offered, (), (TOKYO,), (SEOUL, TOKYO), ())
    assert asked[:, WASHINGTON, 0].tolist() == [True, True, False, False, False]
    deals = settle_deals(
        CASE, state_with(4), (offered, np.zeros_like(offered)), np.zeros((5, 4)), asked, given
    )
    refused = ROWS["pact:washington>seoul:refused"]
    assert deals.row[WASHINGTON].tolist() == [offered[WASHINGTON, 0], refused, refused, -1]
    assert deals.accepted[WASHINGTON].tolist() == [True, False, False, False]
    assert (deals.row[[SEOUL, TOKYO]] == -1).all()


def test_a_refused_offer_returns_half_its_attention_and_all_its_capital() -> None:
    offered = offers({SEOUL: "tokyo"}, {SEOUL: "tokyo"}, {})
    state = state_with(3)
    asked, given = answers(offered, (), (TOKYO,), ())
    deals = settle_deals(
        CASE, state, (offered, np.zeros_like(offered)), np.zeros((5, 3)), asked, given
    )
    assert deals.attention_left[SEOUL].tolist() == [0.5, 1.25, 2.0]
    spent = (state.values["political_capital"] - deals.capital_left)[SEOUL]
    assert spent == pytest.approx([0.1, 0.0, 0.0])


def test_the_same_deal_is_struck_once_and_the_keener_one_hosts_and_pays() -> None:
    both = {SEOUL: "tokyo", TOKYO: "seoul"}
    offered = offers(both, both, both)
    keenness = np.zeros((5, 3))
    keenness[SEOUL], keenness[TOKYO] = [0.5, 0.3, 0.4], [0.2, 0.6, 0.4]
    asked, given = answers(offered, (), (), ())
    deals = settle_deals(
        CASE, state_with(3), (offered, np.zeros_like(offered)), keenness, asked, given
    )
    hosts = [SEOUL, TOKYO, SEOUL]
    for lane, host in enumerate(hosts):
        guest = TOKYO if host == SEOUL else SEOUL
        assert deals.row[host, lane] == offered[host, lane]
        assert deals.row[guest, lane] == -1
        assert deals.attention_left[host, lane] == 0.5
        assert deals.attention_left[guest, lane] == 2.0


def test_an_offer_refused_does_not_stand_in_the_way_of_the_same_offer_accepted() -> None:
    offered = offers({SEOUL: "tokyo", TOKYO: "seoul"})
    keenness = np.ones((5, 1))
    asked, given = answers(offered, (TOKYO,))
    deals = settle_deals(
        CASE, state_with(1), (offered, np.zeros_like(offered)), keenness, asked, given
    )
    assert deals.row[SEOUL, 0] == ROWS["pact:seoul>tokyo:refused"]
    assert deals.row[TOKYO, 0] == offered[TOKYO, 0]


# ---------------------------------------------------------------- parliaments


def ratified(capital: float, bits: int = 0, stance: float = 0.0) -> tuple[Booleans, Integers]:
    state = state_with(political_capital=(SEOUL, capital), stance=(SEOUL, stance))
    happens = np.full((5, MANY), -1)
    happens[TOKYO] = ROWS["pact:tokyo>seoul"]
    modifiers = np.zeros((5, MANY), dtype=np.int64)
    modifiers[TOKYO] = bits
    row, kept = ratify(CASE, state, chance(), happens, modifiers)
    passed: Booleans = row[TOKYO] == happens[TOKYO]
    assert (row[TOKYO, ~passed] == ROWS["pact:tokyo>seoul:failed"]).all()
    assert (kept[TOKYO, ~passed] == 0).all()
    assert (kept[TOKYO, passed] == bits).all()
    return passed, row


def test_parliaments_pass_more_under_stronger_governments() -> None:
    """Over the same votes: what passes with little capital passes with more."""
    votes = [ratified(capital)[0] for capital in (0.1, 0.4, 0.7)]
    for weaker, stronger in pairwise(votes):
        assert not (weaker & ~stronger).any()
        assert stronger.sum() > weaker.sum()


def test_votes_follow_the_declared_odds() -> None:
    d = CASE.world.axes.disputes.index("forced_labour")
    start = CASE.world.start
    stake = float(start["salience"][d, SEOUL, 0] * start["hurt"][d, SEOUL, 0])
    temperature = CASE.world.parameters["ratification_temperature"]
    margin = 0.4 + 0.5 * 0.5 - stake - 0.2
    assert is_frequency(ratified(0.4)[0], 1.0 / (1.0 + np.exp(-margin / temperature)))


def test_a_narrow_scope_and_an_open_leader_ease_the_vote() -> None:
    plain = ratified(0.3)[0]
    for easier in (ratified(0.3, bits=1)[0], ratified(0.3, stance=0.6)[0]):
        assert not (plain & ~easier).any()
        assert easier.sum() > plain.sum()


def test_what_needs_no_parliament_is_left_alone() -> None:
    happens = np.full((5, 8), -1)
    happens[SEOUL] = ROWS["pact:seoul>tokyo:refused"]
    modifiers = np.ones((5, 8), dtype=np.int64)
    row, kept = ratify(CASE, state_with(8), chance(8), happens, modifiers)
    assert np.array_equal(row, happens)
    assert np.array_equal(kept, modifiers)


# ---------------------------------------------------------------- slots


def test_slots_are_deals_then_orders_then_events() -> None:
    lanes = 4
    order_row: Integers = np.arange(ORDER_SLOTS * lanes).reshape(5, 2, lanes)
    deals = np.full((5, lanes), -1)
    deals[TOKYO] = ROWS["pact:tokyo>seoul"]
    events = draw_events(CASE, state_with(lanes), chance(lanes))
    acts = assemble_acts(
        CASE,
        state_with(lanes),
        chance(lanes),
        (deals, np.ones((5, lanes), dtype=np.int64)),
        (order_row, order_row + 1, np.full((5, 2, lanes), 2)),
        events,
    )
    assert acts.row.shape == acts.modifiers.shape == acts.month.shape == (CASE.n_slots, lanes)
    assert np.array_equal(acts.row[:5], deals)
    assert np.array_equal(acts.row[5:15], order_row.reshape(10, lanes))
    assert np.array_equal(acts.modifiers[5:15], order_row.reshape(10, lanes) + 1)
    assert (acts.month[:5] == 0).all()
    assert (acts.month[5:15] == 2).all()
    assert (acts.modifiers[15:] == 0).all()


def encounters(channel: float, provocation: float) -> Booleans:
    state = state_with(channel=(0, channel), provocation=((slice(None), slice(None)), provocation))
    nothing = np.full((5, MANY), -1), np.zeros((5, MANY), dtype=np.int64)
    orders = (
        np.full((5, 2, MANY), -1),
        np.zeros((5, 2, MANY), dtype=np.int64),
        np.zeros((5, 2, MANY), dtype=np.int64),
    )
    no_events = Events(np.full((3, MANY), -1), np.zeros((3, MANY), dtype=np.int64))
    case = replace(CASE, has_encounters=True)
    acts = assemble_acts(case, state, chance(), nothing, orders, no_events)
    hits: Booleans = acts.row[15 + ENCOUNTER] == ROWS["event:maritime_encounter"]
    return hits


def test_channels_prevent_encounters_at_sea() -> None:
    assert not encounters(channel=1.0, provocation=0.5).any()
    few, many = encounters(channel=0.6, provocation=0.0), encounters(channel=0.0, provocation=0.0)
    assert many.sum() > few.sum() > 0
    assert not (few & ~many).any()


# ---------------------------------------------------------------- elections


def election(kind: str, *, years: float = 3.0, **cells: Any) -> tuple[WorldState, WorldState, Any]:
    entry = Election(capital=int(SEOUL), turn=0, kind=kind, title="Election")
    case = replace(CASE, elections=(entry,))
    before = replace(state_with(**cells), years_in_office=np.full((5, MANY), years))
    after, parts = hold_elections(case, before, chance())
    return before, after, parts


def test_without_an_election_nothing_changes() -> None:
    state = state_with(2)
    after, parts = hold_elections(CASE, state, chance(2))
    assert after is state
    assert parts == {}


def test_leaders_fall_by_their_approval() -> None:
    lost = {}
    for share in (0.3, 0.5, 0.7):
        approval = float(np.log(share / (1.0 - share)))
        _, after, _ = election("general_election", approval=(SEOUL, approval))
        lost[share] = after.years_in_office[SEOUL] == 0.0
        base = CASE.world.parameters["leader_change_base_prob"]
        odds = (
            base
            / (1.0 - base)
            * np.exp(-CASE.world.parameters["leader_change_approval"] * (share - 0.5))
        )
        assert is_frequency(lost[share], odds / (1.0 + odds))
    assert not (lost[0.7] & ~lost[0.5]).any()
    assert not (lost[0.5] & ~lost[0.3]).any()


def test_a_new_leader_is_borne_with_for_a_while() -> None:
    """Nobody loses a contest within the honeymoon, however unloved."""
    honeymoon = CASE.world.parameters["leader_honeymoon_years"]
    for years, is_safe in ((honeymoon - 0.01, True), (honeymoon, False)):
        _, after, _ = election("leadership_contest", years=years, approval=(SEOUL, -3.0))
        assert (after.years_in_office[SEOUL] == years).all() == is_safe


def test_a_new_leader_brings_a_stance_a_fresh_start_and_nothing_abroad() -> None:
    before, after, parts = election("leadership_contest", stance=(SEOUL, 0.3))
    lost = after.years_in_office[SEOUL] == 0.0
    assert (after.years_in_office[SEOUL, ~lost] == 3.0).all()
    stance = after.values["stance"][SEOUL]
    assert (stance[~lost] == 0.3).all()
    assert (np.abs(stance) < 1.0).all()
    assert np.unique(stance[lost]).size > 0.5 * lost.sum()
    fresh = CASE.world.parameters["new_leader_approval"]
    assert after.values["approval"][SEOUL, lost] == pytest.approx(np.full(lost.sum(), fresh))
    for name in ("trust", "hurt", "institution", "posture"):
        assert after.values[name] is before.values[name]
    for name, part in parts.items():
        moved = after.values[name] - before.values[name]
        assert part["elections"] == pytest.approx(moved, abs=1e-15)
        elsewhere = np.delete(np.moveaxis(part["elections"], -2, 0), SEOUL, axis=0)
        assert not elsewhere.any()


def test_only_hostile_leaders_undo_what_was_settled_and_never_all_of_it() -> None:
    _, after, parts = election("general_election", settlement=((0, SEOUL), 0.6))
    undone = parts["settlement"]["elections"][0, SEOUL]
    lost = after.years_in_office[SEOUL] == 0.0
    is_hostile = lost & (after.values["stance"][SEOUL] < 0.0)
    assert (undone[is_hostile] < 0.0).all()
    assert not undone[~is_hostile].any()
    assert (after.values["settlement"][0, SEOUL] > 0.0).all()


def test_a_settlement_that_is_fully_accepted_outlives_any_leader() -> None:
    """Legitimacy protects: what is undone is the share that was never accepted."""
    _, _, accepted = election("general_election", settlement=((0, SEOUL), 0.95))
    _, _, contested = election("general_election", settlement=((0, SEOUL), 0.5))
    losses = [p["settlement"]["elections"][0, SEOUL].sum() for p in (accepted, contested)]
    assert losses[1] < losses[0] < 0.0


def test_legislatures_strengthen_the_popular_and_weaken_the_unpopular() -> None:
    for approval, sign in ((1.0, 1.0), (-1.0, -1.0)):
        before, after, _ = election("legislative_election", approval=(SEOUL, approval))
        for name in ("approval", "political_capital"):
            moved = (after.values[name] - before.values[name])[SEOUL]
            assert (np.sign(moved) == sign).all(), name
        assert (after.years_in_office == 3.0).all()
    before, after, _ = election("legislative_election", approval=(SEOUL, 0.0))
    assert np.array_equal(after.values["approval"], before.values["approval"])
