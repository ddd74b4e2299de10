"""The catalogue's file: its tables, how it is opened, and what happens to one that cannot be read."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articleaudio.errors import OutputError
from articleaudio.files import unwritable

FORM = 2
"""Raised with every change of the tables; a catalogue of another form is made anew."""

TABLES = """
CREATE TABLE IF NOT EXISTS episodes (
    id TEXT PRIMARY KEY,       -- the article's id
    receipt TEXT NOT NULL,     -- file name of the receipt
    state TEXT NOT NULL,       -- size and time of the receipt when it was read
    slug TEXT NOT NULL,
    status TEXT NOT NULL,
    superseded INTEGER NOT NULL, -- whether former audio files may still lie in the folder
    file TEXT NOT NULL,        -- what it was read from; empty where that is no identity
    entry TEXT NOT NULL        -- the entry as JSON
);
CREATE INDEX IF NOT EXISTS by_receipt ON episodes (receipt);
CREATE INDEX IF NOT EXISTS by_file ON episodes (file) WHERE file != '';
CREATE TABLE IF NOT EXISTS cards (
    slug TEXT PRIMARY KEY,     -- folder name of a public episode
    state TEXT NOT NULL,       -- size and time of its episode.json when it was read
    card TEXT NOT NULL,        -- the card as JSON; empty for one that is left out
    warning TEXT NOT NULL      -- why it is left out; empty for one that is withdrawn
);
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY,     -- what the source is known by
    held TEXT NOT NULL         -- what it held, as JSON
);
CREATE TABLE IF NOT EXISTS printed (
    path TEXT PRIMARY KEY,     -- file below the output folder
    settled TEXT NOT NULL      -- fingerprint of everything that settles its bytes
);
"""
"""Each row of `episodes` stands for a receipt, each of `cards` for a public episode; the others remember what need not
be done again."""


class Database:
    """An open catalogue. What SQLite cannot do it states as OutputError; one that proves damaged is removed."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take the file, and a connection to it or to a copy."""
        self._path = path
        self._connection = connection

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> Iterator[Any]:
        """Give the rows that a statement finds, one by one."""
        with self._guarded():
            yield from self._connection.execute(statement, values)

    def row(self, statement: str, values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 -- columns of any type
        """Give the first row that a statement finds, or None."""
        with self._guarded():
            return self._connection.execute(statement, values).fetchone()

    def change(self, statement: str, values: tuple[object, ...] = ()) -> int:
        """Change something, and tell how many rows."""
        with self._guarded():
            return self._connection.execute(statement, values).rowcount

    def close(self) -> None:
        """Close it; what is not committed is forgotten."""
        with self._guarded():
            self._connection.close()

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:  # the disk is full, or fails
            raise unwritable(self._path, OSError(str(error))) from error
        except sqlite3.DatabaseError as error:
            self._connection.close()
            with contextlib.suppress(OSError):
                remove_database(self._path)
            raise OutputError(
                f"the index {self._path} is damaged ({error}) and was removed; nothing is lost with it",
                hint="run the same command again: the index is made anew from the receipts",
            ) from error


def open_database(path: Path) -> Database:
    """Open the catalogue, made anew where it is missing, damaged or of another form. Raises OutputError."""
    return Database(path, _whole(path))


def _whole(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _opened(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            remove_database(path)
            return _opened(path)
    except (OSError, sqlite3.Error) as error:
        raise unwritable(path, error if isinstance(error, OSError) else OSError(str(error))) from error


def open_copy(path: Path) -> Database:
    """Open a private copy of the catalogue, an empty one where it is missing, damaged or of another form.

    SQLite keeps such a database in a temporary file without a name, which goes with its connection.
    """
    return Database(path, _copied(path))


def _copied(path: Path) -> sqlite3.Connection:
    # Only who may write leaves nothing beside the file; where nobody may, nobody changes it either.
    for way in ("mode=rw", "mode=ro&immutable=1") if path.is_file() else ():
        copied = sqlite3.connect("", isolation_level=None)
        try:
            with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?{way}", uri=True)) as own:
                own.backup(copied)
            _check(copied)
        except sqlite3.Error:
            copied.close()
        else:
            return copied
    empty = sqlite3.connect("", isolation_level=None)
    _check(empty)
    return empty


def remove_database(path: Path) -> None:
    """Remove the catalogue with what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=60.0, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")  # a lost transaction is made again from the receipts
        _check(database)
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection) -> None:
    """See that a database is a catalogue of this form, or make an empty one of it. Raises sqlite3.Error."""
    form = database.execute("PRAGMA user_version").fetchone()[0]
    if form not in {0, FORM}:
        raise sqlite3.DatabaseError(f"a catalogue of form {form}")
    if form != FORM:  # a run that finds nothing to do writes nothing, this file neither
        database.executescript(TABLES)
        database.execute(f"PRAGMA user_version={FORM}")
    database.execute("SELECT count(*) FROM episodes").fetchone()
