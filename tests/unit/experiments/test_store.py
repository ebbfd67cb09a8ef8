"""The store: pinned settings, whole files, plain refusals."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.store import (
    column_names,
    read_about,
    read_numbers,
    read_words,
    write_table,
)
from rapprochement_sim.randomness import Chance, Process

WORDS = ["summit", "", "hold", "summit", "événement"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "block-000000.parquet"


def written(path: Path) -> dict[str, object]:
    """Write a table of every kind of column, and tell how each was stored."""
    noise = Chance(7, np.arange(32)).normals(Process.OPINION, 1, 4000).ravel()
    write_table(
        path,
        {
            "run": np.arange(noise.size),
            "trust": noise,
            "met": noise > 0,
            "act": ["summit:seoul>tokyo"] * noise.size,
        },
        {"study": "abc", "block": "0"},
    )
    row_group = pq.ParquetFile(path).metadata.row_group(0)
    columns = [row_group.column(n) for n in range(row_group.num_columns)]
    return {column.path_in_schema: column for column in columns}


def test_settings_are_ours_and_not_the_defaults(path: Path) -> None:
    columns = written(path)
    assert {column.compression for column in columns.values()} == {"ZSTD"}  # type: ignore[attr-defined]
    assert "BYTE_STREAM_SPLIT" in columns["trust"].encodings  # type: ignore[attr-defined]
    has_dictionary = {name: column.has_dictionary_page for name, column in columns.items()}  # type: ignore[attr-defined]
    assert has_dictionary == {"run": False, "trust": False, "met": False, "act": True}


def test_unique_floats_take_no_more_room_than_raw_ones(path: Path) -> None:
    trust = written(path)["trust"]
    assert trust.total_compressed_size < trust.total_uncompressed_size * 0.95  # type: ignore[attr-defined]
    assert trust.total_uncompressed_size < 8.02 * 128_000  # type: ignore[attr-defined]


def test_equal_tables_are_equal_bytes(tmp_path: Path) -> None:
    written(tmp_path / "a.parquet")
    written(tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


@given(st.lists(st.floats(width=64), max_size=40), st.integers(1, 3))
def test_numbers_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, values: list[float], n_files: int
) -> None:
    folder = tmp_path_factory.mktemp("numbers")
    paths = [folder / f"{n}.parquet" for n in range(n_files)]
    for path in paths:
        write_table(path, {"value": np.array(values, dtype=np.float64)}, {})
    back = read_numbers(paths, ["value"])["value"]
    assert back.tobytes() == np.array(values * n_files, dtype=np.float64).tobytes()


def test_words_come_back_row_by_row(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.parquet" for n in range(2)]
    for path in paths:
        write_table(path, {"act": WORDS}, {})
    words = read_words(paths, "act")
    assert words.as_list() == WORDS * 2
    assert len(set(words.words)) == len(words.words)


def test_no_words_are_no_rows(path: Path) -> None:
    write_table(path, {"act": []}, {})
    assert read_words([path], "act").as_list() == []


def test_the_footer_says_whose_file_it_is(path: Path) -> None:
    written(path)
    assert read_about(path) == {"study": "abc", "block": "0"}
    assert column_names(path) == ["run", "trust", "met", "act"]


def test_a_writer_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OutputProblem, match=r"cannot be written \(No space left on device"):
        write_table(path, {"value": np.zeros(3)}, {})
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputProblem, match="cannot be written"):
        write_table(tmp_path / "gone" / "a.parquet", {"value": np.zeros(3)}, {})


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no table at all" * 20])
def test_a_damaged_file_is_named_with_what_to_do(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for read in (read_about, column_names, lambda it: read_numbers([it], ["value"])):
        with pytest.raises(OutputProblem, match="only its block is done again") as caught:
            read(path)
        assert caught.value.where == str(path)
