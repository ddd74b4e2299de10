"""The ledger: what was put into an object store, and as what, so that nothing is put there twice.

A SQLite file in the state folder, written by whoever delivers. It can be lost: then the store is listed once, and
what lies there is compared before anything is put over it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from articleaudio.files import unwritable

FORM = 1
"""Raised with every change of the tables; a ledger of another form counts as lost."""

TABLES = """
CREATE TABLE IF NOT EXISTS objects (
    folder TEXT NOT NULL,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    stamp TEXT NOT NULL,       -- inode and time of the file that was read; empty for what was only found there
    sha256 TEXT NOT NULL,      -- of its bytes; empty for what was only found there
    headers TEXT NOT NULL,     -- what was told of it
    etag TEXT NOT NULL,        -- what the store calls this version
    PRIMARY KEY (folder, file)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sending (
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,      -- of bytes that were about to be sent, and may have arrived
    PRIMARY KEY (name, sha256)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An object in the store, as far as we know."""

    name: str
    """Path below the address."""
    size: int
    """Bytes."""
    stamp: str = ""
    """Which state of the file it was made from; empty for what was only found there."""
    sha256: str = ""
    """Hash of its bytes; empty for what was only found there."""
    headers: str = ""
    """What was told of it."""
    etag: str = ""
    """What the store calls this version."""


class Ledger:
    """What lies in one store. For one thread at a time, but that several may say what they are about to send."""

    def __init__(self, path: Path) -> None:
        """Open the file, or begin a new one where it is missing or damaged. Raises OutputError."""
        self._path = path
        self._lock = threading.Lock()
        self.complete = True
        """False while what lies in the store has yet to be listed."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = self._opened()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                    raise
                for end in ("", "-wal", "-shm"):
                    path.with_name(path.name + end).unlink(missing_ok=True)
                self._database = self._opened()
        except (OSError, sqlite3.Error) as error:
            raise unwritable(path, error if isinstance(error, OSError) else OSError(str(error))) from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def folder(self, folder: str) -> dict[str, Kept]:
        """What lies in a folder of the store, by file name."""
        with self._clear(), self._lock:
            rows = self._database.execute("SELECT * FROM objects WHERE folder = ?", (folder,)).fetchall()
        return {row[1]: Kept(f"{folder}/{row[1]}" if folder else row[1], *row[2:]) for row in rows}

    def folders(self) -> set[str]:
        """All folders that hold something."""
        return {row[0] for row in self._database.execute("SELECT DISTINCT folder FROM objects")}

    def intend(self, name: str, sha256: str) -> None:
        """Remember what is about to be sent: whoever is killed then finds it there, and it is not somebody else's."""
        with self._clear(), self._lock:
            self._database.execute("INSERT OR IGNORE INTO sending VALUES (?, ?)", (name, sha256))

    def intended(self, name: str) -> set[str]:
        """Hashes of what was about to be sent under a name, and of which we do not know whether it came there."""
        with self._clear(), self._lock:
            return {row[0] for row in self._database.execute("SELECT sha256 FROM sending WHERE name = ?", (name,))}

    def unsettled(self) -> list[str]:
        """Names of which we know no more than that something was about to be sent."""
        text = "SELECT DISTINCT name FROM sending"
        with self._clear(), self._lock:
            names = [row[0] for row in self._database.execute(text)]
        return [name for name in names if name.rpartition("/")[2] not in self.folder(name.rpartition("/")[0])]

    def note(self, kept: Kept) -> None:
        """Remember what was put there."""
        folder, _, file = kept.name.rpartition("/")
        row = (folder, file, kept.size, kept.stamp, kept.sha256, kept.headers, kept.etag)
        with self._clear(), self._lock:
            self._database.execute("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            self._database.execute("DELETE FROM sending WHERE name = ?", (kept.name,))

    def forget(self, names: Iterable[str]) -> None:
        """Remember that objects are gone."""
        with self._clear(), self._lock:
            for name in names:
                folder, _, file = name.rpartition("/")
                self._database.execute("DELETE FROM objects WHERE folder = ? AND file = ?", (folder, file))
                self._database.execute("DELETE FROM sending WHERE name = ?", (name,))

    def begin(self, found: Iterable[Kept]) -> None:
        """Begin with what was found in the store: all of it, or nothing is kept and it is asked for again."""
        with self._clear():
            self._database.execute("BEGIN")
            try:
                for kept in found:
                    self.note(kept)
                self._database.execute(f"PRAGMA user_version={FORM}")
                self._database.execute("COMMIT")
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
        self.complete = True

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=60.0, isolation_level=None, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")  # what is lost is found in the store again
            form = _checked(database)
        except BaseException:
            database.close()
            raise
        self.complete = form == FORM
        return database

    @contextlib.contextmanager
    def _clear(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise unwritable(self._path, OSError(str(error))) from error


def _checked(database: sqlite3.Connection) -> int:
    """See that a database is a ledger of this form, or a new one; gives its form. Raises sqlite3.Error."""
    form = int(database.execute("PRAGMA user_version").fetchone()[0])
    if form not in {0, FORM}:
        raise sqlite3.DatabaseError(f"a ledger of form {form}")
    database.executescript(TABLES)
    database.execute("SELECT count(*) FROM objects").fetchone()
    return form
