"""Injects of a teacher's own: played exactly, explained, undone; prepared ones checked by line."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.classroom import facts, requests
from rapprochement_sim.classroom.answering import answer
from rapprochement_sim.classroom.fact_text import format_fact, parse_fact
from rapprochement_sim.classroom.facts import FigureChange
from rapprochement_sim.classroom.recipe import Recipe
from rapprochement_sim.classroom.scenario_sheets import scenario_sheet
from rapprochement_sim.classroom.state import Inject
from rapprochement_sim.classroom.tables import Tables
from rapprochement_sim.commands import validate
from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game.injects import OwnInject, with_own_injects
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.changes import CHANGES, Change
from rapprochement_sim.scenario.injects import (
    INJECTS_FILE,
    MOVABLE,
    load_injects,
    movable_cells,
    size_of_change,
)
from rapprochement_sim.scenario.loading import load_scenario, scenarios_folder
from tests.classroom.recipes import SCENARIO, fresh, with_turn

FALL = (FigureChange("trust_seoul_tokyo", "large fall"),)


@pytest.fixture(scope="module")
def plain() -> Recipe:
    """Return a world of three turns in which nothing was let befall."""
    tables, recipe = Tables(), fresh(seats=("seoul",))
    for _ in range(3):
        recipe = with_turn(tables, recipe)
    return recipe


def befallen(plain: Recipe, *injects: Inject) -> Recipe:
    """Return a world of two turns, let befall what is said after the first."""
    recipe = replace(plain, turns=plain.turns[:1], injects=injects)
    return with_turn(Tables(), recipe)


def test_what_came_before_stays_and_all_is_played_again_alike(plain: Recipe) -> None:
    hit = befallen(plain, Inject(1, 2, "", "A quarrel", FALL))
    assert hit.turns[0] == plain.turns[0]
    assert hit.turns[1].digest != plain.turns[1].digest
    assert answer(Tables(), requests.CheckReplay(1, hit)) == 0
    later = with_turn(
        Tables(), replace(hit, injects=(*hit.injects, Inject(2, 3, "", "More", FALL)))
    )
    assert later.turns[:2] == hit.turns
    assert answer(Tables(), requests.CheckReplay(1, later)) == 0


def test_one_that_has_not_befallen_changes_no_bit(plain: Recipe) -> None:
    waiting = replace(plain, turns=plain.turns[:1], injects=(Inject(1, 4, "", "Later", FALL),))
    tables = Tables()
    assert with_turn(tables, with_turn(tables, waiting)).turns == plain.turns


def test_it_is_undone_by_going_back(plain: Recipe) -> None:
    tables, hit = Tables(), befallen(plain, Inject(1, 2, "", "A quarrel", FALL))
    answer(tables, requests.LookAtRoom(1, hit))
    back = replace(hit, turns=hit.turns[:1], injects=())
    assert with_turn(tables, back).turns == plain.turns[:2]


def test_everyone_reads_its_headline_and_what_it_moved(plain: Recipe) -> None:
    hit = befallen(plain, Inject(1, 2, "", "Words fly", FALL))
    sheet = answer(Tables(), requests.LookAtSeat(1, hit, "seoul"))
    assert "Words fly." in [line.text for line in sheet.news]
    causes = [cause.text for why in sheet.whys for cause in why.causes]
    assert "Words fly (turn 2)" in causes


def test_its_preview_leaves_the_world_as_it_is(plain: Recipe) -> None:
    tables, recipe = Tables(), replace(plain, turns=plain.turns[:1])
    sheet = answer(tables, requests.LookAtInject(1, recipe, "", 2, FALL))
    (trust,) = [line for line in sheet.effects if line[0] == "Seoul's trust in Tokyo"]
    assert float(trust[1]) < 0.0
    assert with_turn(tables, recipe).turns == plain.turns[:2]
    unknown = (FigureChange("trust_seoul_mars", "large fall"),)
    with pytest.raises(MalformedInput, match="no inject can move 'trust_seoul_mars'"):
        answer(tables, requests.LookAtInject(1, recipe, "", 2, unknown))


def test_sizes_are_those_of_the_rule_book() -> None:
    rules = load_case(SCENARIO).loaded.rules
    for variable in MOVABLE:
        sizes = [size_of_change(rules, variable, change) for change in CHANGES]
        assert 0.0 < sizes[0] <= sizes[1] < sizes[2]
        assert sizes[3:] == [-size for size in sizes[:3]]
        acts = [effect for action in rules.actions.values() for effect in action.effects]
        events = [effect for event in rules.events.values() for effect in event.effects]
        assert sizes[2] <= max(abs(e.size) for e in (*acts, *events) if e.on == variable)


@pytest.mark.parametrize("change", ["large rise", "small fall"])
def test_every_figure_offered_can_be_moved(change: Change) -> None:
    case = load_case(SCENARIO)
    names = list(movable_cells(case.loaded.rules))
    own = OwnInject("own", "All at once", tuple((name, change) for name in names))
    extended = with_own_injects(case, (own,))
    row = extended.row(extended.event_rows[-1])
    entries = extended.effects.group_entries[row.base_group]
    assert int((entries >= 0).sum()) == len(names)


def test_a_fact_of_before_there_were_changes_is_read() -> None:
    fact = facts.InjectSet(1, 2, 3, "leak_scandal", "A leak", FALL)
    assert parse_fact("InjectSet", format_fact(fact), "here") == fact
    old = '{"world": 1, "inject": 2, "turn": 3, "event": "leak_scandal", "headline": "A leak"}'
    assert parse_fact("InjectSet", old, "here") == replace(fact, changes=())
    with pytest.raises(MalformedInput):
        parse_fact("InjectSet", old.replace('"turn": 3, ', ""), "here")


def test_every_prepared_inject_can_be_let_befall() -> None:
    found = 0
    for path in scenarios_folder().glob(f"*/{INJECTS_FILE}"):
        name = path.parent.name
        for inject in load_injects(load_scenario(name)).values():
            if inject.changes:
                own = tuple((each.indicator, each.change) for each in inject.changes)
                with_own_injects(load_case(name), (OwnInject("own", inject.headline, own),))
            found += 1
    assert found >= 4
    assert scenario_sheet(load_scenario(SCENARIO)).injects


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("event: leak_scandl", ["there is no event 'leak_scandl'", ":5:", "leak_scandal"]),
        (
            "changes: [{indicator: trust_seoul_tokio, change: small rise}]",
            ["no inject can move 'trust_seoul_tokio'", ":5:", "trust_seoul_tokyo"],
        ),
        ("changes: [{indicator: trust_seoul_tokyo, change: huge rise}]", [":5:", "small rise"]),
        ("colour: red", [":5:", "colour"]),
        (
            "act: {capital: pyongyang, action: icbm_tst, target: washington}",
            ["pyongyang has no act 'icbm_tst'", ":5:", "icbm_test"],
        ),
        (
            "act: {capital: pyongyang, action: icbm_test, target: tokyo}",
            ["cannot be directed at tokyo", ":5:", "washington"],
        ),
        ("act: {capital: beijing, action: summit, target: seoul}", ["nobody's consent", ":5:"]),
        (
            "changes: [{indicator: bandwidth, change: small rise}]\n    event: leak_scandal",
            ["not both"],
        ),
    ],
)
def test_faults_of_a_prepared_inject_are_told_by_line(
    tmp_path: Path, line: str, words: list[str]
) -> None:
    (tmp_path / INJECTS_FILE).write_text(
        f'injects:\n  one:\n    title: "One"\n    headline: "One"\n    {line}\n', encoding="utf-8"
    )
    loaded = replace(load_scenario(SCENARIO), path=tmp_path / "scenario.yaml")
    with pytest.raises(MalformedInput) as refused:
        load_injects(loaded)
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_the_command_checks_a_file_of_injects() -> None:
    file = scenarios_folder() / SCENARIO / INJECTS_FILE
    ended = CliRunner().invoke(validate.command, [str(file)])
    assert ended.exit_code == 0
    assert "in order, 5 prepared injects" in ended.output


# ---------------------------------------------------------------- acts of governments

ACT = (facts.SeatDecision("order", "pyongyang", "washington", "icbm_test"),)


def news_of(recipe: Recipe) -> str:
    """Return what everyone learns of the last turn."""
    return " ".join(line.text for line in answer(Tables(), requests.LookAtRoom(1, recipe)).news)


def test_a_government_that_the_model_plays_acts_and_all_is_played_again_alike(
    plain: Recipe,
) -> None:
    hit = befallen(plain, Inject(1, 2, "", "A test", (), ACT))
    assert "Pyongyang tested" in news_of(hit)
    assert "Pyongyang tested" not in news_of(replace(plain, turns=plain.turns[:2]))
    assert answer(Tables(), requests.CheckReplay(1, hit)) == 0
    tables, back = Tables(), replace(hit, turns=hit.turns[:1], injects=())
    answer(tables, requests.LookAtRoom(1, hit))
    assert with_turn(tables, back).turns == plain.turns[:2]


def test_nobody_decides_for_people_nor_beyond_the_rules(plain: Recipe) -> None:
    taken = replace(plain, turns=plain.turns[:1], seats=("seoul", "pyongyang"))
    tables = Tables()
    hit = with_turn(tables, replace(taken, injects=(Inject(1, 2, "", "x", (), ACT),)))
    assert hit.turns[1].digest == with_turn(Tables(), taken).turns[1].digest
    recipe = replace(plain, turns=plain.turns[:1])
    acts = answer(tables, requests.LookAtActs(1, recipe))
    assert "pyongyang" in {line.seat for line in acts}
    joint = (facts.SeatDecision("order", "beijing", "tokyo", "summit"),)
    with pytest.raises(NotAllowedNow, match="consent of others"):
        answer(tables, requests.LookAtInject(1, recipe, "", 2, (), joint))


def test_an_act_is_previewed_as_an_event_is(plain: Recipe) -> None:
    recipe = replace(plain, turns=plain.turns[:1])
    sheet = answer(Tables(), requests.LookAtInject(1, recipe, "", 2, (), ACT))
    assert any(float(mean.strip("%")) != 0.0 for _, mean, _ in sheet.effects)
    assert with_turn(Tables(), recipe).turns == plain.turns[:2]
