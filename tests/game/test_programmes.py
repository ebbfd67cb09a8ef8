"""Programmes of the articles, as one seat can play them: what is done, open, refused, others'."""

import pytest

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.programmes import ProgrammePage, ProgrammeStep
from rapprochement_sim.plain.programme_page import programme_answer
from rapprochement_sim.scenario.programmes import shipped_programmes
from rapprochement_sim.vocabulary import Capital, Order
from tests.game.games import new_game, order_of

SEOUL, TOKYO, WASHINGTON = Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON


def page_of(seat: LocalSeat, name: str) -> ProgrammePage:
    return next(page for page in seat.programmes() if page.name == name)


def step_of(seat: LocalSeat, name: str, number: int) -> ProgrammeStep:
    return page_of(seat, name).steps[number - 1]


@pytest.fixture
def seat() -> LocalSeat:
    return LocalSeat(new_game(SEOUL), SEOUL)


def test_every_programme_stands_on_every_desk_with_its_passage_and_figure() -> None:
    for capital in (SEOUL, TOKYO, WASHINGTON):
        pages = LocalSeat(new_game(capital), capital).programmes()
        assert [page.name for page in pages] == list(shipped_programmes())
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))
        assert all(page.passage and page.source and page.figure for page in pages)
        assert {page.is_own for page in pages} == {True, False}


def test_a_step_is_open_exactly_if_the_list_of_orders_allows_it(seat: LocalSeat) -> None:
    options = {(option.action, option.target): option for option in seat.options()}
    steps = [step for page in seat.programmes() for step in page.steps]
    plain = [step for step in steps if step.order is not None and not step.order.modifiers]
    assert len(plain) > 10
    for step in plain:
        assert step.order is not None
        option = options[step.order.action, step.order.target]
        assert (step.standing == "open") == option.is_allowed
        assert option.is_allowed or option.reason in step.told


def test_what_others_order_is_theirs_and_an_offer_can_come_from_either_side(
    seat: LocalSeat,
) -> None:
    memorial = step_of(seat, "past_wounds", 1)
    assert (memorial.standing, memorial.order) == ("others", None)
    assert memorial.told == "Tokyo must order it"
    drill = step_of(seat, "drills_for_confidence", 1)
    assert drill.actor == TOKYO
    assert drill.order == Order(SEOUL, "search_and_rescue_drill", TOKYO)
    with pytest.raises(NotAllowedNow, match="Tokyo must order it"):
        list(programme_answer(seat, "1 order 1"))


def test_a_step_is_given_from_its_programme_and_counts_once_it_came_about(
    seat: LocalSeat,
) -> None:
    told = " ".join(programme_answer(seat, "5 order 3"))
    assert "Withdraw the WTO complaint" in told
    assert step_of(seat, "close_gaps", 3).standing == "given"
    assert page_of(seat, "close_gaps").n_done == 0
    seat.session.play_turn()
    done = step_of(seat, "close_gaps", 3)
    assert (done.standing, done.told) == ("done", "done in turn 1")
    assert page_of(seat, "close_gaps").n_done == 1
    assert page_of(seat, "close_gaps").standing.startswith("1 of 4 done")


def test_terms_belong_to_a_step_and_a_refusal_is_told() -> None:
    session = new_game(SEOUL, TOKYO)
    seoul, tokyo = LocalSeat(session, SEOUL), LocalSeat(session, TOKYO)
    seoul.submit(order_of(SEOUL, "open_hotline", TOKYO))
    tokyo.answer(SEOUL, accepts=False)
    session.play_turn()
    assert step_of(seoul, "answered_lines", 1).tried == "refused in turn 1"
    assert step_of(seoul, "answered_lines", 1).standing != "done"
    session = new_game(TOKYO)
    tokyo = LocalSeat(session, TOKYO)
    tokyo.submit(order_of(TOKYO, "apology_reaffirmed", SEOUL))
    session.play_turn()
    plain = step_of(tokyo, "answer_in_kind", 3)
    assert plain.standing != "done"
    assert plain.tried == "on other terms in turn 1"


def test_steps_in_place_of_each_other_count_once(seat: LocalSeat) -> None:
    page = page_of(seat, "save_the_pact")
    assert (len(page.steps), page.n_steps) == (3, 1)
    assert [step.is_instead for step in page.steps] == [False, True, True]


@pytest.mark.parametrize("text", ["0", "17", "x", "3 order", "3 order 9", "-1"])
def test_what_is_no_programme_is_refused(text: str, seat: LocalSeat) -> None:
    with pytest.raises(MalformedInput):
        list(programme_answer(seat, text))


def test_the_codex_leads_from_a_programme_to_its_acts(seat: LocalSeat) -> None:
    page = seat.codex.page("programmes:past_wounds")
    assert {"capitals:tokyo", "actions:memorial_fund"} <= {link.name for link in page.links}
    assert "Tokyo: Fund memorial and education (Seoul), with: Let" in " ".join(page.text.split())
