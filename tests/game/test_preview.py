"""Previews: cost, odds, signed effects with a band, from beliefs alone."""

import numpy as np
import pytest

from rapprochement_sim.game.knowledge import observe
from rapprochement_sim.game.odds import consent_odds
from rapprochement_sim.game.particles import draw_particles
from rapprochement_sim.game.preview import ExpectedEffect, Preview, preview_order
from rapprochement_sim.game.session import Session
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.games import new_game, order_of, seated

TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL


@pytest.fixture(scope="module")
def session() -> Session:
    return new_game(*CAPITALS)


def previews(session: Session) -> list[Preview]:
    """Preview every fifth act of every seat."""
    return [
        seat.preview(order_of(capital, o.action, o.target))
        for capital in CAPITALS
        for seat in [seated(session, capital)]
        for o in seat.options()[capital::5]
    ]


def effect_on(preview: Preview, figure: str) -> ExpectedEffect:
    """Pick one effect."""
    return next(effect for effect in preview.effects if effect.figure == figure)


def test_bands_hold_their_mean_and_arrows_their_sign(session: Session) -> None:
    for preview in previews(session):
        for effect in preview.effects:
            assert effect.low - 1e-9 <= effect.change <= effect.high + 1e-9
            assert effect.low < effect.high or effect.figure.startswith("political_capital")
            assert effect.sign == ("+" if effect.change > 0 else "-")
            assert 1 <= effect.strength <= 3


def test_odds_are_chances_and_only_joint_acts_have_them(session: Session) -> None:
    for preview in previews(session):
        row = session.case.row(session.case.effects.row_by_key[preview.key])
        assert [each.capital for each in preview.consent] == list(row.consenting)
        assert all(0.0 < each.probability < 1.0 for each in preview.consent)
        assert all(each.is_parliament for each in preview.ratification)


def test_no_effect_pairs_a_capital_with_itself(session: Session) -> None:
    names = session.case.indicators.by_name
    for preview in previews(session):
        groups = [preview.effects, *(modifier.effects for modifier in preview.modifiers)]
        assert all(effect.figure in names for group in groups for effect in group)


def test_every_effect_says_why_and_who_says_so(session: Session) -> None:
    for preview in previews(session):
        for effect in preview.effects:
            is_price = effect.figure.startswith("political_capital")
            assert is_price or all(reason.why and reason.source for reason in effect.reasons)


def test_a_modifier_shows_both_edges_and_changes_the_price(session: Session) -> None:
    seat = seated(session, SEOUL)
    order = order_of(SEOUL, "compensation_seoul_fund", TOKYO)
    plain = seat.preview(order)
    asked = seat.preview(order_of(SEOUL, order.action, TOKYO, ["survivors_consulted"]))
    (edges,) = [m for m in asked.modifiers if m.is_chosen]
    assert {effect.sign for effect in edges.effects} == {"+", "-"}
    assert asked.cost == pytest.approx(plain.cost + edges.cost)
    settled = "settlement_forced_labour_seoul"
    assert effect_on(asked, settled).change > effect_on(plain, settled).change


def test_what_an_order_did_lies_in_the_band_more_often_than_not() -> None:
    inside = total = 0
    for seed in range(12):
        session = new_game(TOKYO, seed=seed)
        order = order_of(TOKYO, "lift_export_controls", SEOUL)
        preview = seated(session).preview(order)
        session.submit(order)
        session.play_turn()
        for effect in preview.effects:
            terms = session.ledger.explain(effect.figure, 0)
            done = sum(t.amount for t in terms if t.cause.key == preview.key)
            total += 1
            inside += effect.low <= done <= effect.high
    assert inside / total > 0.75


def test_odds_are_calibrated_enough_to_be_of_use() -> None:
    promised, kept = [], []
    for seed in range(80):
        session = new_game(TOKYO, seed=seed)
        order = order_of(TOKYO, "summit", SEOUL)
        promised.append(seated(session).preview(order).consent[0].probability)
        session.submit(order)
        session.advance()
        kept.append(bool(session.model.consent_given[SEOUL, TOKYO, 0]))
    assert np.mean(kept) == pytest.approx(np.mean(promised), abs=0.15)


def test_more_trust_makes_consent_likelier(session: Session) -> None:
    state = session.model.state
    knowledge = observe(state, TOKYO)
    row = session.case.row(session.case.effects.row_by_key["summit:tokyo>seoul"])
    odds = []
    for trust in (0.1, 0.5, 0.9):
        particles = draw_particles(session.case, knowledge, seed=1)
        particles.view.trust[SEOUL, TOKYO] = trust
        odds.append(consent_odds(session.case, row, 0, particles)[0].probability)
    assert odds == sorted(odds)
    assert odds[0] < odds[-1]


def test_own_figures_are_not_blurred_and_others_are(session: Session) -> None:
    knowledge = observe(session.model.state, TOKYO)
    view = draw_particles(session.case, knowledge, seed=1).view
    assert np.ptp(view.trust[TOKYO, SEOUL]) == 0.0
    assert np.ptp(view.trust[SEOUL, TOKYO]) > 0.0
    assert np.ptp(view.political_capital[TOKYO]) == 0.0
    assert np.ptp(view.political_capital[SEOUL]) > 0.0
    assert np.ptp(view.approval[TOKYO]) > 0.0


def test_a_preview_is_the_same_each_time_it_is_asked_for(session: Session) -> None:
    order = order_of(TOKYO, "summit", SEOUL)
    assert seated(session).preview(order) == seated(session).preview(order)
    row = session.case.row(session.case.effects.row_by_key["summit:tokyo>seoul"])
    knowledge = observe(session.model.state, TOKYO)
    other = draw_particles(session.case, knowledge, seed=99)
    again = preview_order(session.case, knowledge, other, row, 0)
    assert again.effects != seated(session).preview(order).effects
