"""The briefing: staff papers, goals, deadlines, offers, trends."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.game.decisions import modifier_names
from rapprochement_sim.game.knowledge import known_figures, observe
from rapprochement_sim.game.session import Session
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.objectives import goal_progress
from tests.game.games import new_game, order_of, play_busily, seated

TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL


@pytest.fixture(scope="module")
def session() -> Session:
    played = new_game(TOKYO)
    play_busily(played, 4)
    return played


@pytest.mark.parametrize("capital", CAPITALS)
@pytest.mark.parametrize("seed", [1, 2])
def test_papers_are_few_distinct_allowed_and_one_dissents(capital: Capital, seed: int) -> None:
    session = new_game(capital, seed=seed)
    for _ in range(3):
        seat = seated(session, capital)
        papers = seat.brief().papers
        allowed = {o.key for o in seat.options() if o.is_allowed and o.action != "hold"}
        keys = [paper.preview.key for paper in papers]
        assert len(set(keys)) == len(keys)
        assert set(keys) <= allowed
        assert min(5, len(allowed)) <= len(papers) <= 7 or len(allowed) < 7
        assert [paper.number for paper in papers] == list(range(1, len(papers) + 1))
        if len(allowed) > 1:
            assert sum(paper.is_dissent for paper in papers) <= 1
        if len(allowed) >= 6:
            assert any(paper.is_dissent for paper in papers)
        session.play_turn()


@pytest.mark.parametrize("capital", CAPITALS)
def test_the_leading_paper_is_what_the_government_s_own_agent_likes_best(capital: Capital) -> None:
    for seed in range(6):
        session = new_game(capital, seed=seed)
        (agent,) = [a for a in session.model.capitals if a.capital == capital]
        rows = session.case.effects.rows
        legal = session.model.legal[agent.own_rows, 0]
        values = np.where(legal, agent.values[:, 0], -np.inf)
        lead = seated(session, capital).brief().papers[0]
        best = int(values.argmax())
        assert lead.preview.key == rows[agent.own_rows[best]].key
        bits = int(agent.modifiers[best, 0])
        assert lead.modifiers == modifier_names(rows[agent.own_rows[best]], bits)


def test_papers_keep_their_numbers_while_orders_are_given() -> None:
    session = new_game(TOKYO)
    seat = seated(session)
    before = [paper.preview.key for paper in seat.brief().papers]
    first = seat.brief().papers[0]
    seat.submit(order_of(TOKYO, first.action, first.target, first.modifiers))
    after = seat.brief().papers
    assert [paper.preview.key for paper in after] == before
    assert after[0].reason


def test_trends_are_what_was_published_turn_by_turn(session: Session) -> None:
    for reading in seated(session).brief().polls:
        name = f"published_{reading.name}"
        series = [session.start.published[name], *(t.published[name] for t in session.turns)]
        assert list(reading.trend) == pytest.approx(series, abs=1e-6)


def test_own_figures_are_exact_and_others_are_estimates(session: Session) -> None:
    briefing = seated(session).brief()
    truth = session.case.indicators
    values = truth.read(session.model.state)[:, 0]
    for relation in briefing.relations:
        exact = values[truth.by_name[relation.trust.name].index]
        if relation.is_own:
            assert relation.trust.value == pytest.approx(exact, abs=1e-12)
            assert relation.trust.margin == 0.0
        else:
            assert relation.trust.value != exact
            assert relation.trust.margin > 0.0
    assert briefing.capital.margin == 0.0
    assert briefing.approval.margin > 0.0


@pytest.mark.parametrize("kind", ["gsomia", "trilateral_dialogue"])
def test_a_pact_or_a_dialogue_of_three_narrows_what_is_said_of_the_north(kind: str) -> None:
    session = new_game(SEOUL)
    place = session.case.world.axes.institutions.index(kind)
    known = observe(session.model.state, SEOUL)
    margins = []
    for level in (0.0, 0.9):
        levels = known.view.institution.copy()
        levels[place] = level
        seen = replace(known, view=replace(known.view, institution=levels))
        figures = known_figures(session.case, seen)
        north = figures["programme_pyongyang"].margin, figures["trust_pyongyang_beijing"].margin
        margins.append((north, figures["trust_beijing_seoul"].margin))
    (wide, others), (narrow, others_too) = margins
    assert narrow[0] < 0.9 * wide[0]
    assert narrow[1] < 0.9 * wide[1]
    assert others == others_too


def test_estimates_are_as_far_off_as_they_say() -> None:
    misses = []
    for seed in range(15):
        session = new_game(seed=seed)
        for _ in range(3):
            session.play_turn()
        table = session.case.indicators
        values = table.read(session.model.state)[:, 0]
        for reading in seated(session).figures():
            if reading.margin > 0.0 and reading.name.startswith(("trust_", "threat_", "hurt_")):
                exact = values[table.by_name[reading.name].index]
                misses.append(abs(reading.value - exact) > reading.margin)
    assert sum(misses) / len(misses) < 0.12


def test_goals_show_the_progress_that_the_score_will_count() -> None:
    session = new_game(TOKYO)
    case = session.case
    indicators = case.indicators.read(session.model.state)
    brief = case.loaded.schema.seats["tokyo"]
    lines = seated(session).brief().goals
    assert [line.text for line in lines] == [
        goal.text for goal in (*brief.public_goals, *brief.secret_goals)
    ]
    for line, goal in zip(lines, (*brief.public_goals, *brief.secret_goals), strict=True):
        if line.reading.margin == 0.0:
            exact = goal_progress(goal, indicators, case.indicators)[0]
            assert line.progress == pytest.approx(exact, abs=1e-9)


def test_deadlines_come_nearer_and_pass() -> None:
    session = new_game(TOKYO)
    seen: dict[str, list[int]] = {}
    while not session.is_over:
        for deadline in seated(session).brief().deadlines:
            seen.setdefault(deadline.title, []).append(deadline.turns_ahead)
        session.play_turn()
    assert seen["Court-ordered sale of seized assets"] == [2, 1, 0]
    assert all(turns == sorted(turns, reverse=True) and turns[-1] == 0 for turns in seen.values())


def test_news_tells_what_happened_in_the_rule_book_s_words(session: Session) -> None:
    news = seated(session).brief().news
    assert [item.text for item in news] == [act.told for act in session.turns[-1].acts]
    assert not any("{" in item.text for item in news)


def test_the_islands_carry_both_names() -> None:
    titles = [line.title for line in seated(new_game(TOKYO)).brief().disputes]
    assert any("Dokdo/Takeshima" in title for title in titles)


def test_an_offer_shows_what_accepting_and_refusing_may_do() -> None:
    for seed in range(40):
        session = new_game(TOKYO, seed=seed)
        for offer in seated(session).brief().offers:
            assert offer.answer is None
            assert offer.preview.effects
            assert offer.if_refused
            session.answer(TOKYO, offer.proposer, accepts=False)
            answered = seated(session).brief().offers
            assert [o.answer for o in answered if o.proposer == offer.proposer] == [False]
            return
    pytest.fail("nobody ever offers Tokyo anything")
