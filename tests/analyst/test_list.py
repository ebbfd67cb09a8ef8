"""What an analyst tries before trusting a model, one test each."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.experiments.opening import open_study
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.scenario.cause_names import PROCESSES as EXPLAINED
from rapprochement_sim.scenario.loading import scenarios_folder
from rapprochement_sim.world.attribution import PROCESSES
from tests.analyst.conftest import STUDY
from tests.ensemble.commands import bytes_of
from tests.game.commands import Commands
from tests.laws.worlds import shipped

SCENARIO = scenarios_folder() / "rekindled_2023" / "scenario.yaml"


def test_headless_without_a_terminal(
    headless: subprocess.CompletedProcess[str], study: Path
) -> None:
    assert headless.returncode == 0
    assert headless.stderr == ""
    assert headless.stdout.isascii()
    assert "12 runs, seed 11" in headless.stdout
    assert (study / "manifest.json").is_file()


def test_the_same_seed_twice_and_one_against_two_workers(
    rapprochement: Commands, study: Path
) -> None:
    ended = rapprochement(*STUDY, "--workers", "2", "--out", "twice")
    assert ended.code == 0
    assert bytes_of(rapprochement.here / "twice") == bytes_of(study)


def test_another_seed_is_another_study(rapprochement: Commands, study: Path) -> None:
    words = [*STUDY[:-1], "12", "--out", "other"]
    assert rapprochement(*words).code == 0
    mine, other = bytes_of(rapprochement.here / "other"), bytes_of(study)
    assert not [name for name in mine if mine[name] == other[name]]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("\nhazards:", "\nhazzards:", ["unknown key 'hazzards'", "did you mean 'hazards'?"]),
        ("value: 0.", "value: .nan #", ["value: the number .nan is not finite"]),
    ],
    ids=["a typo'd key", "NaN"],
)
def test_a_slip_in_a_file_stops_everything_before_it_starts(
    rapprochement: Commands, old: str, new: str, words: list[str]
) -> None:
    text = SCENARIO.read_text(encoding="utf-8")
    assert old in text
    own = rapprochement.here / "own.yaml"
    own.write_text(text.replace(old, new, 1), encoding="utf-8")
    for command in (["validate"], ["run", "--out", "study"], ["play", "--plain", "--save", "game"]):
        ended = rapprochement(command[0], "own.yaml", *command[1:])
        assert ended.code == 2
        assert ended.out == ""
        assert "own.yaml:" in ended.err
        for part in words:
            assert part in ended.err
    assert list(rapprochement.here.iterdir()) == [own]


def test_with_all_effects_at_zero_it_does_not_matter_what_anyone_does() -> None:
    """Governments that judge otherwise act otherwise, and the world goes the same way."""
    case = shipped()
    turned = replace(case, lens_weights=np.ascontiguousarray(case.lens_weights[:, ::-1]))
    models = [
        RapprochementModel(each, runs=range(4), effects_strength=0.0, collect=False)
        for each in (case, turned)
    ]
    acts_differ = False
    for _ in range(4):
        for model in models:
            model.step()
        one, other = (model.acts.row for model in models)
        acts_differ = acts_differ or one.shape != other.shape or bool((one != other).any())
    assert acts_differ
    one_state, other_state = (model.state.values for model in models)
    moved = [name for name in one_state if (one_state[name] != other_state[name]).any()]
    assert moved == []


def test_an_old_manifest_is_enough_to_make_the_same_bytes(
    rapprochement: Commands, study: Path
) -> None:
    alone = rapprochement.here / "alone"
    alone.mkdir()
    (alone / "manifest.json").write_bytes((study / "manifest.json").read_bytes())
    ended = rapprochement("run", "--again", "alone", "--out", "again")
    assert ended.code == 0, ended.err
    assert bytes_of(rapprochement.here / "again") == bytes_of(study)
    assert "alone keeps no run to compare with" in ended.err
    compared = rapprochement("run", "--again", "again", "--json")
    assert compared.code == 0
    assert "All 12 runs that again keeps came out again, bit for bit." in compared.err
    assert json.loads(compared.out)["n_runs"] == 12


def test_a_manifest_of_old_rules_says_which_changed_and_what_can_be_done(
    rapprochement: Commands,
) -> None:
    old = rapprochement.here / "old"
    old.mkdir()
    recorded = Path(__file__).parent / "manifest_of_old_rules.json"
    (old / "manifest.json").write_bytes(recorded.read_bytes())
    ended = rapprochement("run", "--again", "old", "--out", "again")
    assert ended.code == 2
    assert ended.out == ""
    assert "another version of the scenario (then e4919eaccc30, now " in ended.err
    assert "of the rules (then 0a8a7ddcfcca, now " in ended.err
    assert "For the same runs use version 0.1.0 of the program" in ended.err
    assert "rapprochement run rekindled_2023 --runs 24 --seed 7 --block-size 8" in ended.err
    assert not (rapprochement.here / "again").exists()


def test_a_scenario_of_ones_own_is_kept_with_its_runs(rapprochement: Commands) -> None:
    own = rapprochement.here / "own"
    own.mkdir()
    text = SCENARIO.read_text(encoding="utf-8")
    (own / "scenario.yaml").write_text(text.replace("\nturns: 12", "\nturns: 2"), encoding="utf-8")
    (own / "rules").mkdir()
    (own / "rules" / "sources.yaml").write_text("sources: {}\n", encoding="utf-8")
    assert rapprochement("run", "own", "--runs", "2", "--out", "study").code == 0
    own.rename(rapprochement.here / "gone")
    again = rapprochement("run", "--again", "study", "--out", "again")
    assert again.code == 0, again.err
    assert bytes_of(rapprochement.here / "again") == bytes_of(rapprochement.here / "study")
    opened = rapprochement("open", "study", "--run", "1")
    assert "bit for bit" in " ".join(opened.out.split()), opened.err


def test_runs_that_differ_from_what_is_kept_are_told(rapprochement: Commands, study: Path) -> None:
    for name, content in bytes_of(study).items():
        place = rapprochement.here / "study" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    manifest = rapprochement.here / "study" / "manifest.json"
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**facts, "seed": 12, "code_hash": "f" * 64}), encoding="utf-8")
    ended = rapprochement("run", "--again", "study")
    assert ended.code == 1
    assert "12 of 12 runs differ from study, first run 0. Another version of" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seed", "3"], "leave out what else decides them"),
        (["--runs", "1000"], "leave out what else decides them"),
        (["--out", "study"], "another folder than the one that is made again"),
    ],
)
def test_what_would_make_other_runs_is_refused(
    rapprochement: Commands, words: list[str], told: str
) -> None:
    ended = rapprochement("run", "--again", "study", *words)
    assert ended.code == 2
    assert told in ended.err


def test_the_worst_run_opens_at_any_turn(rapprochement: Commands, study: Path) -> None:
    stored = open_study(study)
    scores = [stored.row(run).scores["seoul"] for run in range(12)]
    worst = int(np.argmin(scores))
    ended = rapprochement("open", str(study), "--worst", "seoul")
    assert ended.code == 0, ended.err
    told = " ".join(ended.out.split())
    assert f"Run {worst} of study" in told
    assert f"Seoul {min(scores):.1f}" in told
    assert "Played again: every figure and the digest agree with the stored row" in told


def test_a_printed_cause_leads_to_a_passage(
    rapprochement: Commands, headless: subprocess.CompletedProcess[str]
) -> None:
    """Every cause that a study prints can be asked for, down to who says so."""
    printed = [
        line.split()[0]
        for line in headless.stdout.partition("\nWhy ")[2].splitlines()
        if line.startswith("  ") and "other causes" not in line and "of all this" not in line
    ]
    assert len(printed) > 10
    cited = set()
    for cause in dict.fromkeys(printed):
        explained = rapprochement("explain", cause)
        assert explained.code == 0, explained.err
        references = rapprochement("cite", cause, "--json")
        assert references.code == 0, references.err
        works = json.loads(references.out)["works"]
        passages = [part["begins"] for work in works for part in work["parts"] if part["begins"]]
        if passages:
            assert f'begins "{passages[0][:12]}' in " ".join(explained.out.split())
            cited.add(cause)
    assert cited


def test_every_process_of_the_ledger_is_explained() -> None:
    assert tuple(EXPLAINED) == PROCESSES
