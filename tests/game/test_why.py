"""Why a figure changed: parts that sum, names of what everyone saw, and nothing more."""

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.session import Session
from rapprochement_sim.game.why import UNATTRIBUTED_TEXT, Why
from rapprochement_sim.vocabulary import CAPITALS, Capital, Order
from tests.game.games import new_game, order_of, play_busily, seated

TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL


@pytest.fixture(scope="module")
def session() -> Session:
    played = new_game(TOKYO)
    play_busily(played, 5)
    return played


@pytest.mark.parametrize("capital", CAPITALS)
def test_the_parts_of_a_figure_sum_to_what_was_published(
    session: Session, capital: Capital
) -> None:
    seat = seated(session, capital)
    for reading in seat.figures()[capital::7]:
        why = seat.why(reading.name)
        assert sum(part.amount for part in why.parts) == pytest.approx(why.change, abs=1e-9)
        assert why.after - why.before == pytest.approx(reading.change, abs=1e-12)


def test_parts_are_no_finer_than_the_figure_allows(session: Session) -> None:
    seat = seated(session)
    for reading in seat.figures()[::11]:
        why = seat.why(reading.name)
        assert why.error == 0.0 or why.grain <= max(why.error, 0.001)
        for part in why.parts:
            if part.sort != "unattributed":
                steps = part.amount / why.grain
                assert steps == pytest.approx(round(steps), abs=1e-6)


def test_polls_do_not_tell_sampling_or_chance_apart(session: Session) -> None:
    why = seated(session).why("korea_unfavourable_of_japan")
    told = {part.text for part in why.parts}
    assert UNATTRIBUTED_TEXT in told
    assert not any(word in " ".join(told).split() for word in ("noise", "neighbours"))


def why_after(order: Order, figure: str) -> Why:
    """Give an order in the first turn and ask about a figure in the second."""
    session = new_game(TOKYO)
    session.submit(order)
    session.play_turn()
    return seated(session).why(figure)


def test_an_own_act_is_named_as_one_s_own() -> None:
    lifted = why_after(order_of(TOKYO, "lift_export_controls", SEOUL), "coercion_seoul_tokyo")
    (own,) = [part for part in lifted.parts if part.sort == "own"]
    assert own.text == "Tokyo lifted export controls on Seoul."
    assert own.turn == 1
    assert own.amount < 0.0


def test_what_moves_an_exact_figure_from_within_is_named_to_its_owner(session: Session) -> None:
    own = seated(session).why("political_capital_tokyo")
    assert {"process", "time"} & {part.sort for part in own.parts}
    other = seated(session).why("political_capital_seoul")
    assert {part.sort for part in other.parts} <= {"act", "own", "event", "unattributed"}


def test_estimates_of_secrets_do_not_read_the_ledger(session: Session) -> None:
    exact = seated(session, SEOUL).why("trust_seoul_tokyo")
    guessed = seated(session, TOKYO).why("trust_seoul_tokyo")
    assert exact.error == 0.0
    assert guessed.error > 0.0
    assert "time" not in {part.sort for part in guessed.parts}


def test_published_names_work_as_well(session: Session) -> None:
    seat = seated(session)
    assert seat.why("published_korea_favourable_of_japan") == seat.why("korea_favourable_of_japan")


def test_an_unknown_figure_gets_the_nearest_name(session: Session) -> None:
    with pytest.raises(MalformedInput, match="did you mean 'approval_tokyo'"):
        seated(session).why("aproval_tokio")


def test_what_nobody_can_see_has_no_why(session: Session) -> None:
    with pytest.raises(MalformedInput, match="you have no figure called 'glow_seoul_tokyo'"):
        seated(session).why("glow_seoul_tokyo")


def test_any_resolved_turn_can_be_asked_about(session: Session) -> None:
    seat = seated(session)
    name = "korea_unfavourable_of_japan"
    trend = next(poll.trend for poll in seat.brief().polls if poll.name == name)
    for turn in range(1, session.turn + 1):
        why = seat.why(name, turn)
        assert (why.before, why.after) == (trend[turn - 1], trend[turn])
        assert {part.turn for part in why.parts} <= set(range(turn + 1))
    assert seat.why(name, session.turn) == seat.why(name)
    for turn in (0, session.turn + 1):
        with pytest.raises(MalformedInput, match=f"turn {turn} has not been resolved"):
            seat.why(name, turn)


def test_before_the_first_turn_nothing_has_changed() -> None:
    with pytest.raises(MalformedInput, match="no turn has been resolved"):
        seated(new_game(TOKYO)).why("approval_tokyo")
