"""Offers: what their proposer says for them, and how they are countered."""

from __future__ import annotations

import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.vocabulary import Capital


@pytest.fixture(scope="module")
def seats() -> list[LocalSeat]:
    """Sit at Seoul in several games in which something is offered; tests decide nothing."""
    games = (start_game("sandbox", seats=[Capital.SEOUL], seed=seed) for seed in range(3, 6))
    seated = [LocalSeat(session, Capital.SEOUL) for session in games]
    return [seat for seat in seated if seat.brief().offers]


def test_a_stated_reason_is_a_public_goal_and_never_a_secret_one(seats: list[LocalSeat]) -> None:
    reasons = []
    for seat in seats:
        goals = seat.session.case.loaded.schema.seats
        for offer in seat.brief().offers:
            public = {goal.text for goal in goals[offer.proposer.key].public_goals}  # type: ignore[index]
            assert offer.reason in public | {""}
            reasons.append(offer.reason)
    assert any(reasons)


def test_an_offer_is_countered_by_the_same_act_on_own_terms() -> None:
    said: list[str] = []
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=3)
    seat = LocalSeat(session, Capital.SEOUL)
    game = PlainGame(seat, lambda _: None, said.append)
    proposers = [offer.proposer.title for offer in seat.brief().offers]
    game.obey("accept")
    assert len(proposers) > 1
    assert f"Allowed: {', '.join(proposers)}" in " ".join(said[-1].split())
    game.obey("counter tokyo")
    kinds = [item.kind for item in seat.brief().desk]
    assert kinds == ["answer", "offer"]
    assert "refuse Tokyo's offer" in seat.brief().desk[0].text
    game.obey("counter beijing")
    assert "has made no offer" in " ".join(said[-1].split())


def test_news_and_deadlines_can_be_looked_up() -> None:
    session = start_game("spiral_2018", seats=[Capital.SEOUL], seed=3)
    seat = LocalSeat(session, Capital.SEOUL)
    session.play_turn()
    briefing = seat.brief()
    names = [*(news.name for news in briefing.news), *(d.name for d in briefing.deadlines)]
    assert names
    for name in names:
        assert seat.codex.page(name).title
