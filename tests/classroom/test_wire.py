"""Pages of a seat as JSON: the same when they are read again, and nothing but pages."""

import json

import pytest

from rapprochement_sim.classroom.wire import SeatPages, harmless, packed, unpacked
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital, Order
from tests.game.games import accept_all, give_some, order_of


@pytest.fixture(scope="module")
def seat() -> LocalSeat:
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=3)
    for _ in range(2):
        accept_all(session, Capital.SEOUL)
        give_some(session, Capital.SEOUL)
        session.play_turn()
    return LocalSeat(session, Capital.SEOUL)


def pages_of(seat: LocalSeat) -> dict[str, object]:
    option = next(option for option in seat.options() if option.is_allowed)
    order = order_of(seat.capital, option.action, option.target, ())
    return {
        "pages": SeatPages(
            seat.turn,
            seat.phase.value,
            seat.brief(),
            seat.options(),
            seat.figures(),
            seat.forecasts(),
        ),
        "preview": seat.preview(order),
        "why": seat.why("rapprochement"),
        "chronicle": seat.chronicle(1),
        "past": seat.past.turn(1),
        "codex": seat.codex.page("rapprochement"),
        "sections": seat.codex.sections,
        "order": Order(Capital.SEOUL, "hold", Capital.SEOUL),
    }


def test_every_page_reads_as_it_was_written(seat: LocalSeat) -> None:
    for name, page in pages_of(seat).items():
        assert unpacked(packed(page)) == page, name


def test_the_debrief_reads_as_it_was_written() -> None:
    session = start_game("sandbox", seats=[], seed=3)
    while not session.is_over:
        session.play_turn()
    opened = LocalSeat(session, Capital.TOKYO).debrief()
    assert unpacked(packed(opened)) == opened


def test_what_is_no_page_is_not_sent(seat: LocalSeat) -> None:
    for inner in (seat, seat.session, seat.session.states[-1], seat.session.turns[0], {"a": 1}):
        with pytest.raises(TypeError, match="no page of a seat"):
            packed((seat.brief(), inner))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        '{"is":"Session"}',
        '{"is":"Reading","name":"x"}',
        '{"is":"Capital","name":"PARIS"}',
        '{"name":"x"}',
        "[" * 200 + "]" * 200,
        '{"is":"__class__"}',
    ],
)
def test_what_is_no_page_is_not_read(text: str) -> None:
    with pytest.raises(MalformedInput, match="not understood here"):
        unpacked(text)


def test_no_page_commands_a_terminal() -> None:
    hostile = "\x1b[2J\x9b31m\u202egone\x07\nnext"
    assert unpacked(json.dumps([hostile])) == (harmless(hostile),)
    assert harmless(hostile) == " [2J 31m gone \nnext"
