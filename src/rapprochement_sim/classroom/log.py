"""The log of a class: one SQLite file, append-only, flushed to disk before anyone is told.

Write-ahead log with ``synchronous=FULL``: what was acknowledged survives a kill and a
loss of power. The lock is exclusive, so that two programs never write one class.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.fact_text import format_fact, parse_fact
from rapprochement_sim.classroom.reducing import Recorded
from rapprochement_sim.errors import MalformedInput, OutputProblem, WrongVersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

APPLICATION = 0x52415043
VERSION = 1
_ELSE = "Name a class that is whole, such as a copy of this one."
_TABLES = """
CREATE TABLE fact (
    seq INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE answer (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact BEGIN SELECT raise(ABORT, 'append only'); END;
CREATE TRIGGER fact_kept BEFORE DELETE ON fact BEGIN SELECT raise(ABORT, 'append only'); END;
"""


class ClassLog:
    """The file of a class, open for one thread.

    Parameters
    ----------
    path
        The file; it is made if it does not stand there.

    Raises
    ------
    MalformedInput
        If a file stands there that is no class, or a damaged one.
    WrongVersion
        If another version of the program wrote it.
    OutputProblem
        If it cannot be written, or another program has it open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
            self._connection = sqlite3.connect(
                path, isolation_level=None, timeout=1.0, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            what = f"the class cannot be kept here ({error})"
            raise OutputProblem(what, where=str(path), todo="Name another file.") from None
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def read(self) -> Iterator[Recorded]:
        """Read every fact in sequence.

        Raises
        ------
        MalformedInput
            If one is damaged or missing.
        """
        where = str(self.path)
        rows = self._connection.execute("SELECT seq, at, person, name, body FROM fact ORDER BY seq")
        for expected, (seq, at, by, name, body) in enumerate(rows, 1):
            if seq != expected:
                what = f"fact {expected} of the class is missing"
                raise MalformedInput(what, where=where)
            yield Recorded(seq, at, by, parse_fact(name, body, where))

    def answer_to(self, key: str) -> str | None:
        """Return what the sender of a command was told when it was first carried out."""
        found = self._connection.execute("SELECT text FROM answer WHERE key = ?", (key,))
        row = found.fetchone()
        return None if row is None else str(row[0])

    def answers(self) -> dict[str, str]:
        """Return every answer by its key."""
        return dict(self._connection.execute("SELECT key, text FROM answer"))

    def begin(self) -> None:
        """Begin to write; nothing counts until :meth:`commit` has returned."""
        self._connection.execute("BEGIN IMMEDIATE")

    def append(self, records: Sequence[Recorded], key: str, answer: str) -> None:
        """Write what a command brought about, within what was begun.

        Parameters
        ----------
        records
            Its facts, numbered on from those that stand.
        key, answer
            What its sender is told, now and whenever it comes again; no key, no memory.
        """
        self._connection.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?)", [_row(record) for record in records]
        )
        if key:
            self._connection.execute("INSERT INTO answer VALUES (?, ?)", (key, answer))

    def commit(self) -> None:
        """Flush to disk what was begun."""
        self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        """Forget what was begun."""
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    # ---------------------------------------------------------------- within

    def _prepare(self) -> None:
        where = str(self.path)
        try:
            is_new = self._check_kind()
            self._lock()
            if is_new:
                self._make_tables()
            (health,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.OperationalError as error:
            raise _refused(error, where) from None
        except sqlite3.DatabaseError as error:
            what = f"this is no class, or a damaged one ({error})"
            raise MalformedInput(what, where=where, todo=_ELSE) from None
        if health != "ok":
            what = f"the class is damaged ({health})"
            raise MalformedInput(what, where=where, todo=_ELSE)

    def _check_kind(self) -> bool:
        """Return whether the file is empty; refuse a foreign one before it is touched."""
        run = self._connection.execute
        (application,) = run("PRAGMA application_id").fetchone()
        (version,) = run("PRAGMA user_version").fetchone()
        (n_tables,) = run("SELECT count(*) FROM sqlite_schema").fetchone()
        if not n_tables and not application:
            return True
        if application != APPLICATION:
            what = "this is a database, but no class"
            raise MalformedInput(what, where=str(self.path))
        if version != VERSION:
            what = f"another version of the program wrote this class ({version})"
            todo = "Go on with the version of the program that wrote it."
            raise WrongVersion(what, where=str(self.path), allowed=str(VERSION), todo=todo)
        return False

    def _lock(self) -> None:
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = WAL",
            "synchronous = FULL",
            "fullfsync = ON",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        # The lock is taken with the first write, and then kept.
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("COMMIT")

    def _make_tables(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for statement in _statements():
            self._connection.execute(statement)
        self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
        self._connection.execute(f"PRAGMA user_version = {VERSION}")
        self._connection.execute("COMMIT")


def _statements() -> Iterator[str]:
    """Yield the statements that make a new file, one at a time: a script would commit."""
    statement = ""
    for line in _TABLES.strip().splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _row(record: Recorded) -> Sequence[object]:
    name = type(record.fact).__name__
    return record.seq, record.at, record.by, name, format_fact(record.fact)


def _refused(error: sqlite3.OperationalError, where: str) -> OutputProblem:
    if "locked" in str(error):
        what = "another program has this class open"
        return OutputProblem(what, where=where, todo="End it there first.")
    what = f"the class cannot be kept here ({error})"
    return OutputProblem(what, where=where, todo="Name another file, or make room there.")
