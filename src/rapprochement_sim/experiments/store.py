"""The only Parquet door: tables of columns, each file written whole.

The settings are not pyarrow's defaults, which dictionary-encode unique floats and come
out larger than the raw numbers, seven times as slowly. A test holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

Column = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_] | Sequence[str]

PYARROW_VERSION: str = pa.__version__
_COMPRESSION, _LEVEL = "zstd", 3


@dataclass(frozen=True)
class Words:
    """A column of text: for each row a code, and the word of each code."""

    codes: NDArray[np.int64]
    words: tuple[str, ...]

    def as_list(self) -> list[str]:
        """Return the words row by row."""
        return [self.words[code] for code in self.codes]


def write_table(path: Path, columns: Mapping[str, Column], about: Mapping[str, str]) -> None:
    """Write a table as one Parquet file.

    Parameters
    ----------
    path
        Where to.
    columns
        Arrays of numbers or lists of text, all of one length.
    about
        Facts kept in the file's footer.

    Raises
    ------
    OutputProblem
        If the place cannot be written to.
    """
    table = pa.table(
        {
            name: pa.array(column, None if isinstance(column, np.ndarray) else pa.string())
            for name, column in columns.items()
        }
    )
    table = table.replace_schema_metadata(dict(about))
    is_text = {name: pa.types.is_string(table.schema.field(name).type) for name in columns}
    is_float = {name: pa.types.is_floating(table.schema.field(name).type) for name in columns}
    write_whole(
        path,
        lambda temporary: pq.write_table(
            table,
            temporary,
            compression=_COMPRESSION,
            compression_level=_LEVEL,
            write_page_checksum=True,
            use_dictionary=[name for name in columns if is_text[name]],
            column_encoding={
                name: "BYTE_STREAM_SPLIT" if is_float[name] else "PLAIN"
                for name in columns
                if not is_text[name]
            },
        ),
    )


def read_numbers(
    paths: Sequence[Path], names: Sequence[str]
) -> dict[str, NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_]]:
    """Read columns of numbers from files of the same columns, one after the other."""
    table = _read(paths, names)
    return {name: table.column(name).to_numpy() for name in names}


def read_words(paths: Sequence[Path], name: str) -> Words:
    """Read a column of text from files of the same columns, one after the other."""
    chunks = _read(paths, [name]).column(name).dictionary_encode().unify_dictionaries().chunks
    if not chunks:
        return Words(np.empty(0, dtype=np.int64), ())
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in chunks]).astype(np.int64)
    return Words(codes, tuple(chunks[0].dictionary.to_pylist()))


def read_about(path: Path) -> dict[str, str]:
    """Read the facts in a file's footer."""
    try:
        kept = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path) from error
    return {key.decode(): value.decode() for key, value in kept.items() if key != b"ARROW:schema"}


def column_names(path: Path) -> list[str]:
    """Names of a file's columns, in sequence."""
    try:
        return list(pq.read_schema(path).names)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path) from error


def _open(path: Path) -> pq.ParquetFile:
    return pq.ParquetFile(path, page_checksum_verification=True)


def _read(paths: Sequence[Path], names: Sequence[str]) -> pa.Table:
    tables = []
    for path in paths:
        try:
            tables.append(_open(path).read(columns=list(names)))
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(path) from error
    return pa.concat_tables(table.replace_schema_metadata(None) for table in tables)


def _unreadable(path: Path) -> OutputProblem:
    what = "this file of the run folder cannot be read"
    return OutputProblem(
        what, where=str(path), todo="Delete it and repeat the run: only its block is done again."
    )
