"""Orders, offers and answers: what is allowed, what is taken back, what is told."""

from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, OutputProblem
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.game.session import Phase, Session
from rapprochement_sim.vocabulary import CAPITALS, Capital, Order
from tests.game.games import new_game, order_of, seated

TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL
SUMMIT = order_of(TOKYO, "summit", SEOUL)
LIFT = order_of(TOKYO, "lift_export_controls", SEOUL)


def game_with_an_offer(path: Path | None = None) -> tuple[Session, Capital]:
    """Find a game that opens with an offer to Tokyo, and who makes it."""
    for seed in range(1, 60):
        session = new_game(TOKYO, seed=seed)
        for row, _ in session.offers_to(TOKYO):
            assert row.actor is not None
            return new_game(TOKYO, seed=seed, path=path), row.actor
    pytest.fail("nobody ever offers Tokyo anything")


# ------------------------------------------------------------------ reasons


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (order_of(TOKYO, "sumit", SEOUL), "did you mean 'summit'?"),
        (order_of(TOKYO, "island_visit", SEOUL), "Tokyo has no action 'island_visit'"),
        (order_of(TOKYO, "summit", Capital.PYONGYANG), "cannot be directed at Pyongyang"),
        (order_of(TOKYO, "summit", SEOUL, ["security"]), "did you mean 'security_on_agenda'?"),
    ],
)
def test_what_does_not_exist_is_told_with_the_nearest_name(order: Order, words: str) -> None:
    with pytest.raises(MalformedInput) as raised:
        new_game(TOKYO).submit(order)
    assert words in str(raised.value)


def test_every_option_that_is_refused_says_why_and_every_other_one_is_taken() -> None:
    for turn in (0, 4):
        for option in seated(new_game(TOKYO)).options()[turn % 3 :: 3]:
            session = new_game(TOKYO)
            for _ in range(turn):
                session.play_turn()
            now = next(o for o in seated(session).options() if o.key == option.key)
            order = order_of(TOKYO, now.action, now.target)
            if now.is_allowed:
                session.submit(order)
            else:
                with pytest.raises(NotAllowedNow) as raised:
                    session.submit(order)
                assert now.reason.rstrip(".") in str(raised.value)


def test_attention_runs_out_with_a_reason() -> None:
    session = new_game(Capital.BEIJING)
    beijing = Capital.BEIJING
    session.submit(order_of(beijing, "summit", TOKYO))
    session.submit(order_of(beijing, "coerce_seoul", SEOUL))
    assert session.purse(beijing).attention == pytest.approx(0.0)
    reasons = {o.reason for o in seated(session, beijing).options() if not o.is_allowed}
    assert "one joint act can be offered in a turn, and one is on the table" in reasons


def test_a_third_order_is_refused() -> None:
    session = new_game(TOKYO)
    taken = 0
    for option in seated(session).options():
        if option.is_allowed and not option.is_joint and option.attention <= 0.5 and taken < 2:
            session.submit(order_of(TOKYO, option.action, option.target))
            taken += 1
    assert taken == 2
    reasons = [o.reason for o in seated(session).options() if not o.is_joint]
    assert any("a turn takes at most 2 orders" in reason for reason in reasons)


def test_three_modifiers_are_one_too_many() -> None:
    session = new_game(TOKYO)
    option = max(seated(session).options(), key=lambda option: len(option.modifiers))
    names = [name for name, _ in option.modifiers][:3]
    if len(names) < 3:
        pytest.skip("no act has three modifiers")
    with pytest.raises(NotAllowedNow, match="at most 2 modifiers"):
        session.submit(order_of(TOKYO, option.action, option.target, names))


def test_nobody_orders_for_a_seat_that_nobody_plays() -> None:
    with pytest.raises(NotAllowedNow, match="nobody plays Seoul"):
        new_game(TOKYO).submit(order_of(SEOUL, "summit", TOKYO))


def test_an_offer_that_was_not_made_cannot_be_answered() -> None:
    with pytest.raises(NotAllowedNow, match="has made no offer"):
        new_game(TOKYO).answer(TOKYO, Capital.PYONGYANG, accepts=True)


def test_joint_acts_wait_for_the_next_talks() -> None:
    session = new_game(TOKYO)
    session.commit(TOKYO)
    with pytest.raises(NotAllowedNow, match="the talks of this turn are closed"):
        session.submit(SUMMIT)


def test_a_game_that_is_over_takes_nothing_more() -> None:
    session = new_game(TOKYO)
    while not session.is_over:
        session.play_turn()
    with pytest.raises(NotAllowedNow, match="the game is over"):
        session.submit(LIFT)
    digest = session.model.state.digest()
    session.advance()
    assert session.model.state.digest() == digest
    assert {o.reason for o in seated(session).options()} == {"the game is over"}


# ------------------------------------------------------------------ taking back


def test_undo_restores_what_was(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(TOKYO, path=path)
    steps = [path.read_text()]
    purses = [session.purse(TOKYO)]
    for order in (SUMMIT, LIFT):
        session.submit(order)
        steps.append(path.read_text())
        purses.append(session.purse(TOKYO))
    for text, purse in zip(reversed(steps[:-1]), reversed(purses[:-1]), strict=True):
        session.undo(TOKYO)
        assert path.read_text() == text
        assert session.purse(TOKYO) == purse
    with pytest.raises(NotAllowedNow, match="nothing to take back"):
        session.undo(TOKYO)


def test_an_undone_turn_resolves_as_if_nothing_had_been_decided() -> None:
    calm, wavering = new_game(TOKYO), new_game(TOKYO)
    for order in (SUMMIT, LIFT):
        wavering.submit(order)
    wavering.undo(TOKYO)
    wavering.undo(TOKYO)
    assert wavering.play_turn().digest == calm.play_turn().digest


def test_once_the_talks_are_closed_orders_can_be_taken_back_and_offers_cannot() -> None:
    session = new_game(TOKYO)
    session.submit(SUMMIT)
    session.commit(TOKYO)
    session.submit(LIFT)
    assert session.undo(TOKYO).action == "lift_export_controls"
    with pytest.raises(NotAllowedNow, match="the offers of this turn have been answered"):
        session.undo(TOKYO)


def test_a_resolved_turn_is_final() -> None:
    session = new_game(TOKYO)
    session.submit(LIFT)
    session.play_turn()
    with pytest.raises(NotAllowedNow, match="a resolved turn is final"):
        session.undo(TOKYO)


def test_taking_an_offer_back_takes_the_answers_to_it_back() -> None:
    session = new_game(*CAPITALS)
    session.submit(SUMMIT)
    session.answer(SEOUL, TOKYO, accepts=True)
    session.undo(TOKYO)
    assert not session.decisions_of(SEOUL)


# ------------------------------------------------------------------ talks


def test_silence_refuses_and_acceptance_binds() -> None:
    silent, proposer = game_with_an_offer()
    silent.advance()
    assert not bool(silent.model.deals.accepted[proposer, 0])
    keen, proposer = game_with_an_offer()
    keen.answer(TOKYO, proposer, accepts=True)
    keen.advance()
    assert bool(keen.model.consent_given[TOKYO, proposer, 0])


def test_the_last_answer_counts() -> None:
    session, proposer = game_with_an_offer()
    session.answer(TOKYO, proposer, accepts=True)
    session.answer(TOKYO, proposer, accepts=False)
    assert [d.accepts for d in session.decisions_of(TOKYO)] == [False]


def test_a_player_learns_the_answers_before_giving_orders() -> None:
    session = new_game(TOKYO)
    session.submit(SUMMIT)
    assert seated(session).brief().answers == ()
    session.commit(TOKYO)
    assert session.phase is Phase.ORDERS
    told = seated(session).brief().answers[0]
    assert told.startswith("Tokyo's offer, Summit (Seoul): ")
    session.submit(LIFT)
    session.commit(TOKYO)
    assert session.turn == 1


def test_whoever_was_asked_learns_how_an_offer_ended() -> None:
    session = new_game(*CAPITALS)
    rows = [r for r in session.case.effects.rows if set(r.consenting) - set(r.parties)]
    row = next(row for row in rows if row.kind == "act" and session.is_legal(row))
    assert row.actor is not None
    assert row.target is not None
    session.submit(order_of(row.actor, row.name, row.target))
    session.advance()
    for asked in (row.actor, *row.consenting):
        assert len(seated(session, asked).brief().answers) == 1
    outside = set(CAPITALS) - {row.actor, *row.parties, *row.consenting}
    for capital in outside:
        assert seated(session, capital).brief().answers == ()


def test_a_turn_waits_for_every_played_seat() -> None:
    session = new_game(TOKYO, SEOUL)
    session.commit(TOKYO)
    assert session.phase.value == "talks"
    session.submit(SUMMIT)
    assert not session.has_committed(TOKYO)
    session.commit(TOKYO)
    session.commit(SEOUL)
    assert session.phase.value == "orders"


def test_an_offer_wakes_the_seat_that_it_is_made_to() -> None:
    session = new_game(TOKYO, SEOUL)
    session.commit(SEOUL)
    session.submit(SUMMIT)
    assert not session.has_committed(SEOUL)
    assert next(row.key for row, _ in session.offers_to(SEOUL)) == "summit:tokyo>seoul"


# ------------------------------------------------------------------ saving


def test_every_decision_is_on_disk_before_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(TOKYO, path=path)
    for number, order in enumerate((SUMMIT, LIFT), 1):
        session.submit(order)
        assert len(read_journal(path).pending) == number
    session.commit(TOKYO)
    assert read_journal(path).are_talks_closed
    reopened = open_game(path)
    assert reopened.phase is Phase.ORDERS
    assert reopened.decisions_of(TOKYO) == session.decisions_of(TOKYO)
    assert reopened.play_turn().digest == session.play_turn().digest


def test_a_decision_that_cannot_be_saved_does_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "games"
    session = new_game(TOKYO, path=folder / "game.jsonl")
    saved = (folder / "game.jsonl").read_text()
    session.path = folder / "game.jsonl" / "not_a_folder" / "game.jsonl"
    with pytest.raises(OutputProblem, match="the game cannot be saved"):
        session.submit(LIFT)
    assert session.decisions_of(TOKYO) == ()
    assert (folder / "game.jsonl").read_text() == saved


def test_notes_are_kept_whatever_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(TOKYO, path=path)
    for text in ("기다리자", "line\nbreak\u2028and\x00more", "\udc80 half a character"):
        session.note(TOKYO, text)
    kept = [note.text for note in open_game(path).notes]
    assert kept == ["기다리자", "line\nbreak\u2028and\x00more", "? half a character"]
