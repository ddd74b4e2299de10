"""The catalogue's file: its tables, how it is opened, and what happens to one that cannot be read."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from articleaudio.files import unwritable

FORM = 1
"""Raised with every change of the tables; a catalogue of another form is made anew."""

TABLES = """
CREATE TABLE IF NOT EXISTS episodes (
    id TEXT PRIMARY KEY,       -- the article's id
    receipt TEXT NOT NULL,     -- file name of the receipt
    state TEXT NOT NULL,       -- size and time of the receipt when it was read
    slug TEXT NOT NULL,
    status TEXT NOT NULL,
    superseded INTEGER NOT NULL, -- whether former audio files may still lie in the folder
    entry TEXT NOT NULL        -- the entry as JSON
);
CREATE INDEX IF NOT EXISTS by_receipt ON episodes (receipt);
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


def open_database(path: Path) -> sqlite3.Connection:
    """Open the catalogue, made anew where it is missing, damaged or of another form. Raises OutputError."""
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


def open_copy(path: Path) -> sqlite3.Connection:
    """Open a private copy of the catalogue, an empty one where it is missing, damaged or of another form.

    SQLite keeps such a database in a temporary file without a name, which goes with its connection.
    """
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
