"""Two sides on the same seed: equal sides are equal to the bit, and pairs stay pairs."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.errors import MalformedInput, RapprochementError
from rapprochement_sim.experiments.compare import Comparison, compare
from rapprochement_sim.experiments.compare_text import comparison_data, comparison_text
from rapprochement_sim.experiments.runs import Study, run_study
from rapprochement_sim.experiments.sides import read_side, sample_of, stored_sample
from rapprochement_sim.experiments.strands import Strand, strand_spec
from rapprochement_sim.game.branching import branch_game
from rapprochement_sim.game.futures import Futures, play_futures
from rapprochement_sim.vocabulary import Capital
from tests.game.commands import Commands
from tests.game.games import SCENARIO, new_game, play_busily

RUNS, SEED = 5, 9
LENSES = {"seoul": {"realist": 2.0, "liberal": 1.0}}
BRANCHED = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small study under lens weights of its own."""
    place = tmp_path_factory.mktemp("studies") / "study"
    study = Study(SCENARIO, runs=RUNS, seed=SEED, block_size=3, lenses=LENSES, explained_runs=0)
    run_study(study, place, workers=1)
    return place


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a busy game and a branch of it in which Tokyo did nothing for two turns."""
    place = tmp_path_factory.mktemp("games")
    parent, branch = place / "parent.jsonl", place / "branch.jsonl"
    play_busily(new_game(Capital.TOKYO, seed=3, path=parent), 11)
    session = branch_game(parent, BRANCHED, path=branch)
    session.play_turn()
    session.play_turn()
    return parent, branch


def is_equal(found: Comparison) -> bool:
    return all(m.found.share_equal == 1.0 and m.found.difference == 0.0 for m in found.measures)


def test_a_study_equals_its_scenario_under_its_settings(folder: Path) -> None:
    read = read_side(str(folder), {}, None)
    played = read_side(SCENARIO, LENSES, None)
    found = compare(read, played, runs=RUNS)
    assert (found.seed, found.n_runs, found.was_read) == (SEED, RUNS, (True, False))
    assert is_equal(found)
    other = compare(read, read_side(SCENARIO, {}, None), runs=RUNS)
    assert not is_equal(other)


def test_a_study_is_played_where_its_rows_do_not_help(folder: Path, tmp_path: Path) -> None:
    side = read_side(str(folder), {}, None)
    assert stored_sample(side, SEED, RUNS) is not None
    assert stored_sample(side, SEED + 1, RUNS) is None
    assert stored_sample(side, SEED, RUNS + 1) is None
    half = Path(shutil.copytree(folder, tmp_path / "half"))
    (half / "summary" / "block-000001.parquet").unlink()
    assert stored_sample(read_side(str(half), {}, None), SEED, RUNS) is None
    first = stored_sample(read_side(str(half), {}, None), SEED, 3)
    assert first is not None
    assert first.scores["seoul"].size == 3
    assert stored_sample(read_side(str(folder), LENSES, None), SEED, RUNS) is None


@settings(max_examples=3)
@given(seed=st.integers(0, 2**62), turn=st.integers(1, BRANCHED))
def test_a_branch_compares_equal_up_to_its_turn(
    games: tuple[Path, Path], seed: int, turn: int
) -> None:
    sides = (read_side(str(path), {}, turn) for path in games)
    assert is_equal(compare(*sides, runs=2, seed=seed))


def test_after_its_turn_a_branch_differs(games: tuple[Path, Path]) -> None:
    sides = [read_side(str(path), {}, BRANCHED + 2) for path in games]
    found = compare(*sides, runs=4)
    assert found.seed == 3
    assert not is_equal(found)
    back = compare(*reversed(sides), runs=4)
    for there, here in zip(found.measures, back.measures, strict=True):
        assert there.found.difference == pytest.approx(-here.found.difference)
    with pytest.raises(MalformedInput, match="no turn 11 to go on from"):
        read_side(str(games[1]), {}, BRANCHED + 3)


def test_lens_weights_belong_to_their_side(games: tuple[Path, Path]) -> None:
    plain, other = (read_side(str(games[0]), lenses, 9) for lenses in ({}, LENSES))
    np.testing.assert_allclose(other.case.lens_weights[Capital.SEOUL], [2 / 3, 1 / 3, 0.0])
    np.testing.assert_array_equal(other.case.lens_weights[1:], plain.case.lens_weights[1:])
    assert other.name.endswith("parent.jsonl from turn 9, seoul=realist:2,liberal:1")
    assert not is_equal(compare(plain, other, runs=4))


def test_measures_are_means_over_the_pairs(games: tuple[Path, Path]) -> None:
    sides = [read_side(str(path), {}, 10) for path in games]
    found = compare(*sides, runs=4)
    samples = [
        sample_of(Strand(strand_spec(s.case, seed=3, runs=4), s.state, past=s.past).play(0))
        for s in sides
    ]
    by_name = {(m.kind, m.name): m.found for m in found.measures}
    for seat, score in samples[0].scores.items():
        apart = score - samples[1].scores[seat]
        assert by_name["score", seat].difference == pytest.approx(apart.mean())
    for name, met in samples[0].outcomes.items():
        assert by_name["outcome", name].mean_a == met.mean()
    assert set(samples[0].finals) == {name for kind, name in by_name if kind == "indicator"}


def test_blocks_that_fail_are_left_out_on_both_sides(
    games: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"runs": [2, 3]}

    def fails(*_: object, **given_: object) -> Futures:
        if list(given_["runs"]) == broken["runs"]:  # type: ignore[call-overload]
            message = "a fault"
            raise ArithmeticError(message)
        return play_futures(*_, **given_)  # type: ignore[arg-type]

    def small_blocks(*args: object, **given_: object) -> object:
        return replace(strand_spec(*args, **given_), block_size=2)  # type: ignore[arg-type]

    monkeypatch.setattr("rapprochement_sim.experiments.strands.play_futures", fails)
    monkeypatch.setattr("rapprochement_sim.experiments.compare.strand_spec", small_blocks)
    sides = [read_side(str(path), {}, 10) for path in games]
    found = compare(*sides, runs=6)
    assert found.n_runs == 4
    assert [failure.reason for failure in found.failures] == ["ArithmeticError: a fault"] * 2
    broken["runs"] = [0, 1]
    with pytest.raises(RapprochementError, match="nothing could be played"):
        compare(*sides, runs=2)


def test_the_text_fits_and_the_data_say_the_same(games: tuple[Path, Path]) -> None:
    found = compare(*(read_side(str(path), {}, 10) for path in games), runs=4)
    text, data = comparison_text(found, 0.5), comparison_data(found, 0.5)
    own = [line for line in text.splitlines() if not line.startswith(("A  ", "B  ", "   "))]
    assert max(map(len, own)) <= 80
    first = data["measures"][0]
    assert f"Seoul{first['mean_a']:>18.1f}" in text
    assert first["runs_needed"] == found.measures[0].found.runs_for(0.5)
    assert json.loads(json.dumps(data)) == data
    assert data["a"]["turn"] == 10


# ------------------------------------------------------------------ the command


def test_the_command_compares(rapprochement: Commands, games: tuple[Path, Path]) -> None:
    words = ("compare", *map(str, games), "--turn", "10", "--runs", "3")
    done = rapprochement(*words)
    assert done.code == 0, done.err
    assert "3 runs of each, seed 3; run by run under the same chance" in done.out
    assert "Rupture between Seoul and Tokyo" in done.out
    told = json.loads(rapprochement(*words, "--json", "--precision", "2", "--seed", "1").out)
    assert (told["seed"], told["precision"], told["runs"]) == (1, 2.0, 3)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((SCENARIO, "rekindled_2032"), "there is no scenario, run folder or saved game"),
        ((SCENARIO, "rekindled_2032"), "did you mean 'rekindled_2023'?"),
        ((SCENARIO, SCENARIO, "--turn", "3"), "is no saved game, and only those"),
        (("GAME", "GAME"), "no turn is named. Allowed: 1 to 12"),
        (("GAME", "GAME", "--turn", "13"), "has no turn 13 to go on from"),
        ((SCENARIO, SCENARIO, "--lens-a", "oslo=realist:1"), "there is no capital 'oslo'"),
        ((SCENARIO, SCENARIO, "--lens-b", "seoul=realist"), "the form seoul=realist:2"),
        ((SCENARIO, SCENARIO, "--runs", "1"), "the number of runs is 1. Allowed: 2 to"),
        ((SCENARIO, SCENARIO, "--runs", "4", "--workers", "0"), "the number of workers is 0"),
        ((SCENARIO, SCENARIO, "--precision", "0"), "--precision"),
        ((SCENARIO,), "Missing argument 'B'"),
        (("FOLDER", "FOLDER", "--turn", "2"), "is no saved game"),
    ],
)
def test_what_cannot_be_compared_is_told(
    rapprochement: Commands,
    games: tuple[Path, Path],
    folder: Path,
    words: tuple[str, ...],
    expected: str,
) -> None:
    names = {"GAME": str(games[0]), "FOLDER": str(folder)}
    done = rapprochement("compare", *(names.get(word, word) for word in words))
    assert done.code == 2
    assert expected in done.err


def test_a_game_is_not_compared_with_a_study(folder: Path, games: tuple[Path, Path]) -> None:
    game, study = read_side(str(games[0]), {}, 3), read_side(str(folder), {}, None)
    for sides in ((game, study), (study, game)):
        with pytest.raises(MalformedInput, match=r"is a saved game and .*study is none"):
            compare(*sides, runs=2)
