"""The debrief: scores with their reasons, secrets opened, an exact ledger."""

import numpy as np
import pytest

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.debrief import Debrief, debrief
from rapprochement_sim.game.session import Session
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.objectives import score_goals
from tests.game.games import new_game, play_busily, seated

TOKYO = Capital.TOKYO


@pytest.fixture(scope="module")
def session() -> Session:
    played = new_game(TOKYO)
    play_busily(played, played.case.world.n_turns)
    return played


@pytest.fixture(scope="module")
def opened(session: Session) -> Debrief:
    return debrief(session)


def test_it_opens_only_when_the_game_is_over() -> None:
    with pytest.raises(NotAllowedNow, match="when the last turn has been resolved"):
        seated(new_game(TOKYO)).debrief()


def test_scores_are_the_model_s_and_goals_add_up_to_them(session: Session, opened: Debrief) -> None:
    for seat in opened.seats:
        brief = session.case.loaded.schema.seats[seat.capital.key]  # type: ignore[index]
        goals = [*brief.public_goals, *brief.secret_goals]
        score = score_goals(goals, session.model.indicators, session.case.indicators)[0]
        assert seat.score == pytest.approx(score)
        assert sum(goal.points for goal in seat.goals) == pytest.approx(seat.score)
        assert sum(goal.weight_points for goal in seat.goals) == pytest.approx(100.0)
        assert any(goal.is_secret for goal in seat.goals)


def test_every_decision_of_every_seat_is_told(session: Session, opened: Debrief) -> None:
    n_decided = sum(len(turn.decisions) for turn in session.turns)
    assert sum(len(seat.deeds) for seat in opened.seats) == n_decided


def test_each_page_of_the_ledger_sums_to_the_change(session: Session, opened: Debrief) -> None:
    table = session.case.indicators
    for page in opened.ledger:
        total = sum(line.amount for line in page.lines)
        assert total == pytest.approx(page.net, abs=1e-9)
        assert page.gross == pytest.approx(sum(abs(line.amount) for line in page.lines))
        assert page.gross >= abs(page.net) - 1e-9
        assert 0.0 <= page.chance_share + page.relaxation_share <= 1.0 + 1e-9
        end = session.model.indicators[table.by_name[page.figure].index, 0]
        assert page.end == pytest.approx(end)


def test_outcomes_read_the_true_figures(session: Session, opened: Debrief) -> None:
    schema, table = session.case.loaded.schema, session.case.indicators
    series = np.stack([table.read(state)[:, 0] for state in session.states])
    for line, outcome in zip(opened.outcomes, schema.outcomes.values(), strict=True):
        values = series[:, table.by_name[outcome.indicator].index]
        looked_at = values[-1:] if outcome.when == "at_end" else values[1:]
        above = outcome.above is not None and (looked_at > outcome.above).any()
        below = outcome.below is not None and (looked_at < outcome.below).any()
        assert line.is_met == bool(above or below)
