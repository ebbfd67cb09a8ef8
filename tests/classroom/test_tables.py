"""Worlds of a class are the game's own: the same bits from a recipe, whoever lays it and how."""

from dataclasses import replace

import pytest

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.answering import answer
from rapprochement_sim.classroom.facts import SeatDecision
from rapprochement_sim.classroom.recipe import Recipe
from rapprochement_sim.classroom.room_sheets import public_sheet
from rapprochement_sim.classroom.scenario_sheets import scenario_sheet
from rapprochement_sim.classroom.sheets import Judged
from rapprochement_sim.classroom.state import Inject
from rapprochement_sim.classroom.tables import Tables, as_decision
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, WrongVersion
from rapprochement_sim.game.injects import possible_events
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.vocabulary import CAPITAL_KEYS, CAPITALS
from tests.classroom.recipes import SCENARIO, fresh, ordered, with_talks_closed, with_turn


def allowed(tables: Tables, recipe: object, seat: str, *, joint: bool) -> SeatDecision:
    """Return something that a seat may offer or order now."""
    sheet = answer(tables, requests.LookAtSeat(1, recipe, seat))  # type: ignore[arg-type]
    option = next(o for o in sheet.options if o.is_joint == joint and not o.reason)
    return SeatDecision("offer" if joint else "order", seat, option.target, option.action)


def test_a_world_that_nobody_plays_is_the_automated_game() -> None:
    game = start_game(SCENARIO, seed=3)
    tables, recipe = Tables(), fresh()
    for _ in range(3):
        recipe = with_turn(tables, recipe)
        game.play_turn()
    assert [t.digest for t in recipe.turns] == [t.digest for t in game.turns]


def test_a_world_that_is_played_is_the_game_with_these_seats() -> None:
    tables, recipe = Tables(), fresh(seats=("seoul",))
    decision = allowed(tables, recipe, "seoul", joint=False)
    recipe = with_turn(tables, replace(with_talks_closed(recipe), decisions=(decision,)))
    game = start_game(SCENARIO, seed=3, seats=[CAPITALS[0]])
    game.advance()
    game.submit(as_decision(decision).order)
    game.advance()
    assert recipe.turns[0].digest == game.turns[0].digest


def test_a_recipe_gives_the_same_world_laid_at_once_or_step_by_step() -> None:
    stepwise, recipe = Tables(), fresh(seats=("seoul", "tokyo"))
    offer = allowed(stepwise, recipe, "seoul", joint=True)
    recipe = replace(recipe, decisions=(offer,))
    recipe = replace(with_talks_closed(recipe), seats=("tokyo",))
    recipe = with_turn(stepwise, recipe)
    recipe = with_turn(stepwise, replace(recipe, seats=("tokyo", "beijing")))
    again = Tables()
    assert answer(again, requests.CheckReplay(1, recipe)) == 0
    looks = [answer(t, requests.LookAtSeat(1, recipe, "tokyo")) for t in (stepwise, again)]
    assert looks[0] == looks[1]


def test_a_changed_digest_is_found() -> None:
    tables = Tables()
    recipe = with_turn(tables, with_turn(tables, fresh()))
    spoilt = replace(recipe.turns[1], digest="0" * 64)
    recipe = replace(recipe, turns=(recipe.turns[0], spoilt))
    assert answer(Tables(), requests.CheckReplay(1, recipe)) == 2


def test_going_back_meets_the_same_chance() -> None:
    tables = Tables()
    one = with_turn(tables, fresh())
    with_turn(tables, with_turn(tables, one))
    assert with_turn(tables, fresh()).turns == one.turns


def test_closed_talks_are_opened_again_by_going_back() -> None:
    tables, recipe = Tables(), fresh(seats=("seoul",))
    before = answer(tables, requests.LookAtSeat(1, recipe, "seoul"))
    answer(tables, requests.LookAtSeat(1, with_talks_closed(recipe), "seoul"))
    assert answer(tables, requests.LookAtSeat(1, recipe, "seoul")) == before


def events_told(tables: Tables, recipe: Recipe) -> set[str]:
    """Return what befell in the last turn, as the class reads it."""
    news = public_sheet(tables.lay(1, recipe).session).news
    return {line.text for line in news if line.kind == "event"}


def test_an_inject_befalls_and_taken_back_it_never_did() -> None:
    tables, recipe = Tables(), fresh()
    plain = with_turn(tables, recipe)
    by_chance = events_told(tables, plain)
    hit = replace(recipe, injects=(Inject(1, 1, "border_clash", "Shots"),))
    played = with_turn(tables, hit)
    assert by_chance < events_told(tables, played)
    assert played.turns[0].digest != plain.turns[0].digest
    assert answer(Tables(), requests.CheckReplay(1, played)) == 0
    assert with_turn(tables, recipe).turns == plain.turns


def test_news_without_an_event_changes_no_bit() -> None:
    tables, recipe = Tables(), fresh()
    told = replace(recipe, injects=(Inject(1, 1, "", "A rumour"),))
    assert with_turn(tables, told).turns == with_turn(Tables(), recipe).turns


def test_the_preview_of_an_inject_compares_worlds_of_one_chance() -> None:
    recipe = fresh()
    sheet = answer(Tables(), requests.LookAtInject(1, recipe, "shrine_offering", 2))
    assert sheet.turns == 2
    assert any(mean.strip("+-0.") for _, mean, _ in sheet.effects)
    with pytest.raises(MalformedInput, match="there is no event 'leak_scandl'"):
        answer(Tables(), requests.LookAtInject(1, recipe, "leak_scandl", 2))


def test_judging_changes_nothing_on_the_table() -> None:
    tables, recipe = Tables(), fresh(seats=("seoul", "tokyo"))
    look = requests.LookAtSeat(1, recipe, "seoul")
    before = answer(tables, look)
    offer = allowed(tables, recipe, "seoul", joint=True)
    judged = answer(tables, requests.Judge(1, recipe, offer))
    assert isinstance(judged, Judged)
    assert judged.result == (offer,)
    assert "tokyo" in judged.reopened
    assert answer(tables, look) == before
    table = replace(recipe, decisions=judged.result)
    back = answer(tables, requests.JudgeTakingBack(1, table, "seoul"))
    assert back.result == ()


def test_an_offer_stands_on_the_page_of_those_asked_with_its_reason() -> None:
    tables, recipe = Tables(), fresh(seats=("seoul", "tokyo"))
    offer = allowed(tables, recipe, "seoul", joint=True)
    sheet = answer(tables, requests.LookAtSeat(1, replace(recipe, decisions=(offer,)), "tokyo"))
    stands = next(line for line in sheet.offers if line.proposer == "seoul")
    told = tables.lay(1, replace(recipe, decisions=(offer,))).seat("tokyo").brief().offers
    assert stands.reason == next(each.reason for each in told if each.proposer.key == "seoul")
    assert stands.answer == ""


def test_the_rules_refuse_with_their_reason() -> None:
    tables, recipe = Tables(), fresh(seats=("seoul",))
    sheet = answer(tables, requests.LookAtSeat(1, recipe, "seoul"))
    refused = next(option for option in sheet.options if option.reason)
    decision = ordered("seoul", refused.target, refused.action)
    with pytest.raises(NotAllowedNow, match="is not allowed now"):
        answer(tables, requests.Judge(1, recipe, decision))
    with pytest.raises(MalformedInput, match="has no action"):
        answer(tables, requests.Judge(1, recipe, ordered("seoul", "tokyo", "conquer")))
    with pytest.raises(MalformedInput, match="no capital"):
        answer(tables, requests.Judge(1, recipe, ordered("seoul", "mars", "conquer")))


def test_what_the_room_sees_every_seat_knows_alike() -> None:
    tables = Tables()
    recipe = with_turn(tables, with_turn(tables, fresh()))
    session = tables.lay(1, recipe).session
    shown = public_sheet(session)
    names = [line.name for line in (*shown.polls, *shown.approvals)]
    assert len(names) > 4
    names += [
        name for name, figure in session.known(CAPITALS[0], 2).items() if figure.sort == "public"
    ]
    for capital in CAPITALS[1:]:
        known, seouls = session.known(capital, 2), session.known(CAPITALS[0], 2)
        assert all(known[name].value == seouls[name].value for name in names)


def test_what_others_decide_is_on_no_other_seats_page() -> None:
    tables, recipe = Tables(), with_talks_closed(fresh(seats=CAPITAL_KEYS))
    orders = tuple(allowed(tables, recipe, key, joint=False) for key in CAPITAL_KEYS[1:])
    secret = replace(recipe, decisions=orders)
    for look in (requests.LookAtSeat(1, recipe, "seoul"), requests.LookAtRoom(1, recipe)):
        assert answer(tables, look) == answer(tables, replace(look, recipe=secret))


def test_how_it_ended_is_told_only_at_the_end() -> None:
    with pytest.raises(NotAllowedNow, match="secrets of the others"):
        answer(Tables(), requests.LookBack(1, fresh()))


def test_other_rules_are_refused() -> None:
    with pytest.raises(WrongVersion, match="other rules"):
        Tables().lay(1, replace(fresh(), rules_hash="other"))


def test_the_teacher_sees_what_is_decided() -> None:
    tables, recipe = Tables(), with_talks_closed(fresh(seats=("tokyo",)))
    decision = allowed(tables, recipe, "tokyo", joint=False)
    sheet = answer(tables, requests.LookAsTeacher(1, replace(recipe, decisions=(decision,))))
    ((seat, told),) = sheet.decisions
    assert seat == "tokyo"
    assert told.startswith("ordered")
    assert len(sheet.scores) == len(CAPITALS)


def test_offers_and_answers_of_others_are_on_no_third_seats_page() -> None:
    tables, recipe = Tables(), fresh(seats=CAPITAL_KEYS)
    offer = allowed(tables, recipe, "seoul", joint=True)
    judged = answer(tables, requests.Judge(1, recipe, offer))
    offered = replace(recipe, decisions=judged.result)
    answered = SeatDecision("answer", judged.reopened[0], "seoul", accepts=True)
    after = replace(recipe, decisions=(*judged.result, answered))
    third = next(key for key in CAPITAL_KEYS if key not in ("seoul", *judged.reopened))
    for key, before in ((third, recipe), ("seoul", offered)):
        looks = [answer(tables, requests.LookAtSeat(1, each, key)) for each in (before, after)]
        assert looks[0] == looks[1]


def test_worlds_let_go_are_drawn_again_alike() -> None:
    tables, recipe = Tables(), fresh(seats=("seoul", "tokyo"))
    option = allowed(tables, recipe, "seoul", joint=False)
    look = requests.LookAtOrder(1, recipe, "seoul", option.action, option.partner, ())
    answer(tables, requests.LookAtSeat(1, recipe, "tokyo"))
    alone = answer(Tables(), look)
    assert answer(tables, look) == alone


def test_a_scenario_that_is_only_read_offers_every_event_of_the_game() -> None:
    case = load_case(SCENARIO)
    sheet = scenario_sheet(load_scenario(SCENARIO))
    assert [(e.name, e.title, e.summary) for e in possible_events(case)] == list(sheet.events)
    assert (sheet.content_hash, sheet.rules_hash) == (fresh().content_hash, fresh().rules_hash)
