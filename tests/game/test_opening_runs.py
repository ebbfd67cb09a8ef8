"""A run of a study opens as the game that it was, to the bit, to be read or played on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput, OutputProblem, RapprochementError, WrongVersion
from rapprochement_sim.experiments import opening
from rapprochement_sim.experiments.compare import compare
from rapprochement_sim.experiments.manifest import Manifest
from rapprochement_sim.experiments.opening import StoredStudy, open_study
from rapprochement_sim.experiments.runs import Study, run_study
from rapprochement_sim.experiments.sides import read_side
from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.replaying import replay
from rapprochement_sim.scenario.templates import new_scenario
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.commands import Commands

RUNS, BLOCK = 7, 4
LENSES = {"seoul": {"realist": 2.0, "liberal": 1.0}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small study under lens weights of its own."""
    place = tmp_path_factory.mktemp("studies") / "study"
    study = Study(
        "rekindled_2023",
        runs=RUNS,
        seed=5,
        block_size=BLOCK,
        lenses=LENSES,
        indicators=("glow_seoul_tokyo",),
        explained_runs=0,
    )
    run_study(study, place, workers=1)
    return place


@pytest.fixture(scope="module")
def study(folder: Path) -> StoredStudy:
    return open_study(folder)


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may spoil."""
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.mark.parametrize("run", [0, 3, RUNS - 1])
def test_a_reopened_run_is_its_stored_row_bit_for_bit(study: StoredStudy, run: int) -> None:
    row = study.row(run)
    reopened = study.reopen(row)
    assert reopened.is_exact
    session = reopened.session
    assert session.turns[-1].digest == row.digest
    table = study.case.indicators
    for turn, state in enumerate(session.states):
        read = table.read(state)
        now = [read[table.by_name[name].index, 0] for name in study.manifest.indicators]
        assert now == row.series[turn].tolist()
    assert "glow_seoul_tokyo" in study.manifest.indicators
    told = debrief(session)
    assert [seat.score for seat in told.seats] == list(row.scores.values())
    assert [outcome.is_met for outcome in told.outcomes] == list(row.outcomes.values())
    acts = [(turn.turn, act.slot, act.key) for turn in session.turns for act in turn.acts]
    assert acts == list(row.acts)


def test_the_lens_weights_of_the_study_are_honoured(study: StoredStudy) -> None:
    np.testing.assert_allclose(study.case.lens_weights[Capital.SEOUL], [2 / 3, 1 / 3, 0.0])
    assert study.header(0).lenses == study.manifest.lens_weights


@pytest.mark.parametrize("seat", CAPITALS)
def test_the_worst_and_the_best_run_of_a_seat(study: StoredStudy, seat: Capital) -> None:
    scores = [study.row(run).scores[seat.key] for run in range(RUNS)]
    assert study.extreme(seat, best=False) == int(np.argmin(scores))
    assert study.extreme(seat, best=True) == int(np.argmax(scores))


@pytest.mark.parametrize("run", [-1, RUNS])
def test_a_run_that_the_study_does_not_have(study: StoredStudy, run: int) -> None:
    with pytest.raises(MalformedInput, match=f"has no run {run}") as told:
        study.row(run)
    assert f"0 to {RUNS - 1}" in str(told.value)


def test_a_half_deleted_folder_names_what_makes_it_again(copy: Path) -> None:
    (copy / "series" / "block-000000.parquet").unlink()
    half = open_study(copy)
    with pytest.raises(OutputProblem, match="its block is missing") as told:
        half.row(1)
    assert half.manifest.command in str(told.value)
    assert half.row(BLOCK).run == BLOCK
    assert half.extreme(Capital.SEOUL, best=True) >= BLOCK
    shutil.rmtree(copy / "summary")
    with pytest.raises(OutputProblem, match="no block of this run folder is whole"):
        half.extreme(Capital.SEOUL, best=True)


def test_a_file_of_another_study_or_block_is_not_read(copy: Path) -> None:
    first, second = (copy / "summary" / f"block-00000{n}.parquet" for n in (0, 1))
    shutil.copy(second, first)
    with pytest.raises(OutputProblem, match="belongs to another study"):
        open_study(copy).row(0)
    first.write_bytes(b"no parquet")
    with pytest.raises(OutputProblem, match="cannot be read"):
        open_study(copy).row(0)


def test_a_row_that_was_changed_is_told_and_so_is_another_code(
    study: StoredStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = study.row(2)
    series = row.series.copy()
    series[4, 0] += 1e-3
    name = study.manifest.indicators[0]
    with pytest.raises(OutputProblem, match=f"turn 4: {name} was") as told:
        study.reopen(replace(row, series=series))
    assert "Its files were changed" in str(told.value)
    with pytest.raises(OutputProblem, match="the digest of its last state"):
        study.reopen(replace(row, digest="0" * 64))
    with pytest.raises(OutputProblem, match="acts were"):
        study.reopen(replace(row, acts=row.acts[:-1]))
    with pytest.raises(OutputProblem, match="the score of tokyo was"):
        study.reopen(replace(row, scores={**row.scores, "tokyo": -1.0}))
    monkeypatch.setattr(opening, "code_hash", lambda: "another")
    with pytest.raises(WrongVersion, match="does not come out as it was stored"):
        study.reopen(replace(row, series=series))
    assert study.reopen(row).is_exact


def test_between_machines_six_digits_must_agree(
    study: StoredStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = replace(study.row(2), digest="0" * 64)
    monkeypatch.setattr(opening, "versions", lambda: {"numpy": "another"})
    assert not study.reopen(row).is_exact
    with pytest.raises(WrongVersion):
        study.reopen(replace(row, series=row.series + 1e-4))


@pytest.mark.parametrize(
    ("changed", "kind", "expected"),
    [
        ({"rules_hash": "0"}, WrongVersion, "another version of the rules"),
        ({"scenario_hash": "0"}, WrongVersion, "another version of the scenario"),
        ({"scenario": "my_own"}, MalformedInput, "'my_own', is not a shipped one"),
        ({"seed": "five"}, OutputProblem, "no manifest of a run folder, or it is damaged"),
        ({"n_runs": 0}, OutputProblem, "no manifest of a run folder, or it is damaged"),
        ({"lens_weights": {"seoul": 1}}, OutputProblem, "or it is damaged"),
        ({"indicators": ["no_such_figure"]}, OutputProblem, "or it is damaged"),
        ({"indicators": [["a"]]}, OutputProblem, "or it is damaged"),
        ({"lens_weights": {"soul": {"realist": 1.0}}}, MalformedInput, "no capital 'soul'"),
    ],
)
def test_a_manifest_that_does_not_fit(
    copy: Path, changed: dict[str, object], kind: type[RapprochementError], expected: str
) -> None:
    path = copy / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changed}), "utf-8")
    with pytest.raises(kind, match=expected):
        open_study(copy)


def test_a_manifest_that_was_changed_leaves_its_rows_behind(copy: Path) -> None:
    path = copy / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"seed": 5', '"seed": 6'), "utf-8")
    with pytest.raises(OutputProblem, match="belongs to another study"):
        open_study(copy).row(0)


def test_places_that_are_no_run_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputProblem, match="no such folder"):
        open_study(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(OutputProblem, match="this is a file, no run folder"):
        open_study(tmp_path / "file")
    with pytest.raises(OutputProblem, match="it has no manifest"):
        open_study(tmp_path)


def test_a_scenario_of_ones_own_is_found_with_its_runs_or_named(tmp_path: Path) -> None:
    new_scenario("my_own", "rekindled_2023", tmp_path)
    own = tmp_path / "my_own"
    place = tmp_path / "study"
    run_study(Study(str(own), runs=2, seed=1, explained_runs=0), place, workers=1)
    assert open_study(place).reopen(open_study(place).row(1)).is_exact
    shutil.rmtree(place / "scenario")
    with pytest.raises(MalformedInput, match="is not a shipped one") as told:
        open_study(place)
    assert "--scenario" in str(told.value)
    side = read_side(str(place), {}, None, str(own))
    assert compare(side, read_side(str(own), {}, None), runs=2).measures[0].found.difference == 0.0
    named = open_study(place, str(own))
    assert named.reopen(named.row(1)).is_exact


# ------------------------------------------------------------------ the command


def test_without_a_terminal_a_run_is_told(rapprochement: Commands, folder: Path) -> None:
    done = rapprochement("open", str(folder), "--worst", "tokyo")
    manifest = Manifest.read(folder)
    assert done.code == 0
    assert "agree with the stored row, bit for bit" in " ".join(done.out.split())
    assert f"Turn {manifest.turns}, " in done.out
    assert "DEBRIEF" in done.out
    page = rapprochement("open", str(folder), "--run", "2", "--turn", "3", "--view", "tokyo")
    assert "| TOKYO" in page.out
    assert "Turn 3 of 12" in page.out
    assert "DEBRIEF" not in page.out


def test_a_run_is_read_page_by_page(rapprochement: Commands, folder: Path) -> None:
    typed = "\nnext\nback\nfrom beijing\n6\nwhy rapprochement\nnxet\n99\nturn x\nhelp\n13\nn\n"
    done = rapprochement("open", str(folder), "--run", "1", "--plain", typed=typed)
    assert done.code == 0
    pages = [line for line in done.out.splitlines() if line.startswith("Turn ")]
    turns = [int(line.split()[1]) for line in pages]
    assert turns == [1, 2, 3, 2, 2, 6]
    assert "| BEIJING" in done.out
    assert "did you mean 'next'?" in done.out
    assert done.out.count("there is no page") == 3
    assert done.out.count("DEBRIEF") == 1
    assert "Take a seat: rapprochement open" in done.out
    assert "--run 1 --turn 12 --seat beijing" in " ".join(done.out.split())


def test_a_seat_is_taken_from_a_turn_on(rapprochement: Commands, folder: Path) -> None:
    words = ("open", str(folder), "--run", "3", "--turn", "5", "--seat", "tokyo")
    done = rapprochement(*words, typed="resolve\nquit\n")
    assert done.code == 0
    assert "Tokyo is yours from turn 5 on" in done.out
    own = rapprochement.here / "study-run3-tokyo-turn5.jsonl"
    kept = read_journal(own)
    assert kept.header.seed == 5
    assert kept.header.run == 3
    assert kept.header.parent is not None
    assert kept.header.parent.name == "study, run 3"
    assert kept.header.seats_in(4) == ()
    assert kept.header.seats_in(5) == (Capital.TOKYO,)
    study = open_study(folder)
    whole = study.reopen(study.row(3)).session
    assert [t.digest for t in kept.turns[:4]] == [t.digest for t in whole.turns[:4]]
    replayed = replay(kept, own)
    assert replayed.is_exact
    assert not replayed.difference
    resumed = rapprochement("play", "--resume", str(own))
    assert "Tokyo, turn 6" in resumed.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "Say which run: one of --run N, --worst CAPITAL or --best CAPITAL"),
        (("--run", "1", "--best", "seoul"), "Say which run"),
        (("--run", "1", "--save", "x.jsonl"), "--save belongs to --seat"),
        (("--run", "7"), "this study has no run 7. Allowed: 0 to 6"),
        (("--worst", "osaka"), "there is no seat 'osaka'"),
        (("--run", "1", "--turn", "13"), "the runs have no turn 13. Allowed: 1 to 12"),
        (("--run", "1", "--seat", "toky"), "did you mean 'tokyo'?"),
        (("--run", "1", "--view", "toky"), "--view: there is no seat 'toky'"),
        (("--run", "1", "--scenario", "spiral_2018"), "another version of the scenario"),
    ],
)
def test_what_cannot_be_opened_is_told(
    rapprochement: Commands, folder: Path, words: tuple[str, ...], expected: str
) -> None:
    done = rapprochement("open", str(folder), *words)
    assert done.code == 2
    assert expected in done.err
