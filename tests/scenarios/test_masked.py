"""The masked skin: the same game, and no real name in any byte that is shown."""

import re
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands import explain, replay, run, scenarios
from rapprochement_sim.commands import open as open_run
from rapprochement_sim.naming import REAL, WITHHELD, Skin, shown, wear, wearing, worn
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario
from rapprochement_sim.scenario.name_table import masked_skin
from rapprochement_sim.scenario.wearing import which_history
from tests.scenarios.faces import class_pages, plain_game, report_of
from tests.scenarios.real_names import real_names
from tests.tui.playing import Player
from tests.tui.playing import play as play_on_screens
from tests.tui.tour import STOPS, Tour

MORE = "explain summit\nexplain sign_pact\nexplain coerced_work\ncodex island\n"
EVERY_PAGE = "briefing\nregion\noffers\nprogrammes\nprogrammes 1\nprogrammes 16\npolls\ndisputes\n"


def test_a_skin_replaces_whole_names_the_longest_first() -> None:
    skin = Skin("s", {}, {"Sea": "lake", "East Sea": "pond"}, {"korea": "state_a"})
    assert skin.text("The East Sea, a Sea; Seals.") == "The pond, a lake; Seals."
    assert skin.id("korea_unfavourable korean") == "state_a_unfavourable korean"
    with wearing(skin):
        assert worn() is skin
    assert worn() is REAL


@pytest.mark.parametrize("name", list_scenarios())
def test_the_mask_changes_what_is_read_and_not_what_is_computed(name: str) -> None:
    real = load_scenario(name)
    with wearing(masked_skin()):
        masked = load_scenario(name)
    assert (masked.content_hash, masked.rules_hash) == (real.content_hash, real.rules_hash)
    assert masked.schema.initial == real.schema.initial
    assert masked.schema.seats["seoul"].introduction != real.schema.seats["seoul"].introduction
    told = [each.narration + each.title + each.summary for each in masked.rules.events.values()]
    told += [each.narration + each.title + each.summary for each in masked.rules.actions.values()]
    told += [brief.introduction for brief in masked.schema.seats.values()]
    told += [goal.text for brief in masked.schema.seats.values() for goal in brief.public_goals]
    told += [masked.schema.title, masked.schema.summary, masked.schema.teaches]
    assert not real_names("\n".join(told).replace("{target}", "").replace("{actor}", ""))


def test_the_same_game_is_played_under_the_mask_and_no_name_is_shown(tmp_path: Path) -> None:
    for name in ("real", "masked"):
        (tmp_path / name).mkdir()
    open_words = plain_game(tmp_path / "real", "spiral_2018", "seoul")
    masked = tmp_path / "masked"
    told = plain_game(masked, "spiral", "state_a", "--masked", more=MORE)
    saves = [(tmp_path / name / "game.jsonl").read_bytes() for name in ("real", "masked")]
    assert saves[0] == saves[1]
    assert real_names(open_words)
    assert "State A" in told
    assert "Year 1, Q2" in told
    assert WITHHELD in told
    assert not real_names(told)
    assert "--masked" in told.partition("Go on with:")[2]
    assert not real_names(report_of(masked, "--masked"))


def test_a_teacher_may_end_by_saying_which_history_it_was() -> None:
    with wearing(masked_skin()):
        told = which_history("spiral_2018")
        assert worn() is masked_skin()
    assert told[0].startswith("This was: Spiral, 2018")
    assert "State A was Seoul." in told


def test_a_class_is_shown_no_name_under_the_mask() -> None:
    wear(masked_skin())
    assert not real_names(class_pages("spiral_2018"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "letter"), zip(list_scenarios(), cycle("abcde"), strict=False))
def test_no_scenario_tells_its_history_under_the_mask(
    name: str, letter: str, tmp_path: Path
) -> None:
    told = plain_game(tmp_path, name, f"state_{letter}", "--masked", more=MORE + EVERY_PAGE)
    assert not real_names(told + report_of(tmp_path, "--masked"))
    assert not real_names(class_pages(name))


@pytest.mark.parametrize("name", ["islands", "trust_seoul_tokyo", "events", "coerced_work"])
def test_explanations_are_masked(name: str) -> None:
    said = CliRunner().invoke(explain.command, [name, "--masked"], catch_exceptions=False)
    assert said.exit_code == 0
    assert not real_names(said.output)


def test_a_study_is_told_under_the_mask() -> None:
    words = ["sandbox", "--runs", "4", "--seed", "3", "--masked"]
    said = CliRunner().invoke(run.command, words, catch_exceptions=False)
    assert said.exit_code == 0
    assert "State A" in said.output or "state_a" in said.output
    assert not real_names(said.output)


def test_a_kept_study_is_opened_under_the_mask(tmp_path: Path) -> None:
    study, save = str(tmp_path / "study"), str(tmp_path / "game.jsonl")
    play_on = ["--worst", "state_a", "--turn", "2", "--seat", "state b", "--plain", "--save", save]
    for command, words in (
        (run.command, ["spiral", "--runs", "2", "--workers", "1", "--out", study]),
        (open_run.command, [study, "--run", "1"]),
        (open_run.command, [study, "--run", "0", "--turn", "2", "--plain"]),
        (open_run.command, [study, *play_on]),
        (replay.command, [save]),
    ):
        said = CliRunner().invoke(command, [*words, "--masked"], catch_exceptions=False)
        assert said.exit_code == 0, said.output
        assert "State A" in said.output
        assert not real_names(said.output.replace(str(tmp_path), ""))


@pytest.mark.parametrize("options", [(), pytest.param(("--json",), marks=pytest.mark.slow)])
def test_the_list_of_scenarios_tells_no_history(options: tuple[str, ...]) -> None:
    said = CliRunner().invoke(scenarios.command, ["--masked", *options], catch_exceptions=False)
    assert said.exit_code == 0
    assert not real_names(said.output)


@pytest.mark.slow
def test_no_screen_shows_a_name_under_the_mask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wear(masked_skin())
    tour = Tour(Path("saves"))
    seen: dict[str, str] = {}

    async def look_around(player: Player) -> None:
        for stop in STOPS:
            # The record's own page has nothing to wait for: history is not shown.
            words = "" if stop.name == "timeline-record" else shown(stop.wait)
            seen[stop.name] = await tour.go(player, replace(stop, wait=words))

    play_on_screens(look_around, Path("saves"), size=(120, 40))
    assert len(seen) == len(STOPS)
    assert "State A" in seen["room"]
    seen["load"] = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "when it was saved", seen["load"])
    assert not {name: real_names(page) for name, page in seen.items() if real_names(page)}
