"""Studies in this process: what a folder holds, what is done again, what is refused."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from rapprochement_sim.ensemble.block import BlockResult, run_block
from rapprochement_sim.ensemble.spec import EnsembleSpec
from rapprochement_sim.errors import MalformedInput, OutputProblem, WrongVersion
from rapprochement_sim.experiments import block_files, manifest, runs
from rapprochement_sim.experiments.runs import Progress, Study, run_study
from rapprochement_sim.experiments.store import column_names, read_numbers, read_words
from rapprochement_sim.scenario.loading import scenarios_folder
from tests.ensemble.commands import bytes_of

STUDY = Study("rekindled_2023", runs=40, seed=7, block_size=32, explained_runs=10)


def made(study: Study, folder: Path) -> Path:
    assert run_study(study, folder, workers=1).failures == ()
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study that no test changes."""
    return made(STUDY, tmp_path_factory.mktemp("studies") / "study")


def rows(folder: Path, kind: str) -> Iterator[tuple[str, list[object]]]:
    """Read all columns of all blocks, in the sequence of blocks."""
    paths = sorted((folder / kind).glob("block-*.parquet"))
    for name in column_names(paths[0]):
        if name in {"act", "modifiers", "indicator", "cause", "digest"}:
            yield name, list(read_words(paths, name).as_list())
        else:
            yield name, read_numbers(paths, [name])[name].tolist()


def test_a_folder_holds_what_its_manifest_says(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    both = {
        f"{kind}/block-00000{n}.parquet" for kind in ("series", "acts", "summary") for n in (0, 1)
    }
    assert names == both | {"manifest.json", "causes/block-000000.parquet"}
    facts = json.loads((folder / "manifest.json").read_text())
    assert facts["seed"] == 7
    assert facts["n_runs"] == 40
    assert set(facts["versions"]) == {"python", "numpy", "scipy", "mesa", "pyarrow", "machine"}
    assert facts["command"] == (
        "rapprochement run rekindled_2023 --runs 40 --seed 7 --block-size 32 --explain-runs 10"
    )


def test_rows_stand_in_the_sequence_of_runs(folder: Path) -> None:
    series = dict(rows(folder, "series"))
    assert series["run"] == [run for run in range(40) for _ in range(13)]
    assert series["turn"] == [*range(13)] * 40
    assert dict(rows(folder, "summary"))["run"] == [*range(40)]
    acts = dict(rows(folder, "acts"))
    keys = list(zip(acts["run"], acts["turn"], acts["slot"], strict=True))
    assert keys == sorted(keys)
    assert set(dict(rows(folder, "causes"))["run"]) == set(range(10))


@pytest.mark.parametrize("block_size", [2, 7])
def test_the_block_size_changes_no_number(tmp_path: Path, folder: Path, block_size: int) -> None:
    other = made(replace(STUDY, block_size=block_size), tmp_path / "other")
    for kind in ("series", "acts", "summary"):
        assert dict(rows(other, kind)) == dict(rows(folder, kind))
    assert set(_causes(other)) == set(_causes(folder))


def _causes(folder: Path) -> Iterator[tuple[object, ...]]:
    table = dict(rows(folder, "causes"))
    lines = zip(table["run"], table["indicator"], table["cause"], table["amount"], strict=True)
    return (line for line in lines if line[3] != 0.0)


def test_a_finished_study_is_not_done_again(tmp_path: Path) -> None:
    study = replace(STUDY, runs=4, explained_runs=0)
    made(study, tmp_path / "study")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "study").rglob("*.parquet")}
    told: list[Progress] = []
    run_study(study, tmp_path / "study", workers=1, on_progress=told.append)
    assert told == [Progress(4, 4, 1, 1)]
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_folder_keeps_its_block_size_unless_told_otherwise(tmp_path: Path) -> None:
    study = replace(STUDY, runs=6, explained_runs=0, block_size=2)
    made(study, tmp_path)
    made(replace(study, block_size=None), tmp_path)
    with pytest.raises(OutputProblem, match="block size 2 there, 3 asked for"):
        run_study(replace(study, block_size=3), tmp_path)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(STUDY, seed=8), "seed 7 there, 8 asked for"),
        (replace(STUDY, runs=41), "number of runs 40 there, 41 asked for"),
        (replace(STUDY, explained_runs=11), "explained runs 10 there, 11 asked for"),
        (replace(STUDY, lenses={"seoul": {"realist": 1.0}}), "lens weights none there"),
        (replace(STUDY, indicators=("glow_seoul_tokyo",)), "another study: indicators"),
    ],
)
def test_another_studys_folder_is_refused(folder: Path, other: Study, words: str) -> None:
    before = bytes_of(folder)
    with pytest.raises(OutputProblem) as caught:
        run_study(other, folder)
    assert "this folder holds another study" in str(caught.value)
    assert words in str(caught.value)
    assert "Name another folder with --out" in str(caught.value)
    assert caught.value.where == str(folder)
    assert bytes_of(folder) == before


def test_a_folder_of_another_code_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "code_hash", lambda: "f" * 64)
    with pytest.raises(WrongVersion, match=r"made by another version: code hash"):
        run_study(STUDY, folder)


def test_a_folder_of_another_numpy_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = json.loads((folder / "manifest.json").read_text())["versions"]
    monkeypatch.setattr(runs, "versions", lambda: {**there, "numpy": "9.9"})
    with pytest.raises(WrongVersion, match=r"numpy 9\.9"):
        run_study(STUDY, folder)


def test_other_things_are_not_mixed_with_runs(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputProblem, match=r"holds other files and no manifest\.json"):
        run_study(STUDY, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    made(replace(STUDY, runs=2, explained_runs=0), tmp_path)


@pytest.mark.parametrize("place", ["file", "file/study"])
def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputProblem, match=r"this is a file|cannot be written"):
        run_study(STUDY, tmp_path / place)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', "\ud800"])
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(OutputProblem, match="no manifest of a run folder, or it is damaged"):
        run_study(STUDY, tmp_path)


def test_every_field_of_a_manifest_comes_back(folder: Path, tmp_path: Path) -> None:
    found = manifest.Manifest.read(folder)
    found.write(tmp_path)
    assert manifest.Manifest.read(tmp_path) == found


@pytest.mark.parametrize(
    ("study", "words"),
    [
        (replace(STUDY, scenario="rekindled_2032"), "did you mean 'rekindled_2023'"),
        (replace(STUDY, runs=0), "the number of runs is 0"),
        (replace(STUDY, indicators=("trust_seoul_tokio",)), "did you mean 'trust_seoul_tokyo'"),
        (replace(STUDY, lenses={"soul": {"realist": 1.0}}), "did you mean 'seoul'"),
        (replace(STUDY, lenses={"seoul": {"marxist": 1.0}}), "no school of thought 'marxist'"),
        (replace(STUDY, lenses={"seoul": {"realist": 0.0}}), "sum to 0"),
        (replace(STUDY, lenses={"seoul": {"realist": -1.0, "liberal": 2.0}}), "from 0 on"),
        (replace(STUDY, lenses={"seoul": {"realist": float("nan")}}), "sum to nan"),
        (replace(STUDY, lenses={"seoul": {"realist": float("inf")}}), "sum to inf"),
    ],
)
def test_studies_that_cannot_be_understood_are_refused(
    tmp_path: Path, study: Study, words: str
) -> None:
    with pytest.raises(MalformedInput, match=words):
        run_study(study, tmp_path / "study")
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize("workers", [0, -1])
def test_some_worker_is_needed(tmp_path: Path, workers: int) -> None:
    with pytest.raises(MalformedInput, match="the number of workers is"):
        run_study(STUDY, tmp_path / "study", workers=workers)


def test_a_block_that_fails_is_kept_note_of_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = replace(STUDY, runs=12, block_size=4, explained_runs=0)
    whole = made(study, tmp_path / "whole")

    def run_or_fail(spec: EnsembleSpec, block: int) -> BlockResult:
        if block == 1:
            message = "overflow encountered in exp"
            raise FloatingPointError(message)
        return run_block(spec, block)

    monkeypatch.setattr(block_files, "run_block", run_or_fail)
    result = run_study(study, tmp_path / "study", workers=1)
    assert [failure.block for failure in result.failures] == [1]
    (line,) = (tmp_path / "study" / "failures.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "block": 1,
        "first_run": 4,
        "n_runs": 4,
        "reason": "FloatingPointError: overflow encountered in exp",
    }
    monkeypatch.undo()
    made(study, tmp_path / "study")
    assert bytes_of(tmp_path / "study") == bytes_of(whole)


def test_a_scenario_may_be_a_file(tmp_path: Path, folder: Path) -> None:
    copy = tmp_path / "rekindled_2023" / "scenario.yaml"
    copy.parent.mkdir()
    copy.write_bytes((scenarios_folder() / "rekindled_2023" / "scenario.yaml").read_bytes())
    other = made(replace(STUDY, scenario=str(copy.parent)), tmp_path / "study")
    assert bytes_of(other) == bytes_of(folder)


def test_a_file_of_another_study_is_never_counted_as_ones_own(tmp_path: Path) -> None:
    study = replace(STUDY, runs=4, block_size=2, explained_runs=0)
    mine = made(study, tmp_path / "mine")
    other = made(replace(study, seed=8), tmp_path / "other")
    part = "series/block-000001.parquet"
    (mine / part).write_bytes((other / part).read_bytes())
    with pytest.raises(OutputProblem, match=r"block-000001\.parquet: this file belongs to another"):
        made(study, mine)
    (mine / part).write_bytes((mine / "series/block-000000.parquet").read_bytes())
    with pytest.raises(OutputProblem, match="or to another block"):
        made(study, mine)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"half a file " * 100])
def test_a_file_that_cannot_be_read_is_made_again(tmp_path: Path, content: bytes) -> None:
    study = replace(STUDY, runs=4, block_size=2, explained_runs=0)
    whole = bytes_of(made(study, tmp_path))
    (tmp_path / "acts" / "block-000001.parquet").write_bytes(content)
    made(study, tmp_path)
    assert bytes_of(tmp_path) == whole


@pytest.mark.parametrize("field", [field.name for field in fields(manifest.Manifest)])
@pytest.mark.parametrize("odd", [None, [1], {"a": [1]}, {"a": None}, -1, 2**63, 1.5])
def test_a_manifest_with_an_odd_field_is_refused(
    tmp_path: Path, folder: Path, field: str, odd: object
) -> None:
    facts = json.loads((folder / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**facts, field: odd}))
    with pytest.raises((OutputProblem, WrongVersion)) as caught:
        run_study(STUDY, tmp_path)
    is_version = field == "format" and isinstance(odd, int)
    words = "has format" if is_version else "no manifest of a run folder, or it is damaged"
    assert words in str(caught.value)
