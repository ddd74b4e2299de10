"""What a run has come to so far, kept out of memory: a million names are a hundred megabytes."""

from __future__ import annotations

import hashlib
import sqlite3


class Seen:
    """Names with a note each. They lie in a file without a name, which is gone when this is closed or dies."""

    def __init__(self) -> None:
        """Start with nothing; the file appears when there is more than fits into a little memory."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE seen (name BLOB PRIMARY KEY, note TEXT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def note(self, name: str) -> str | None:
        """The note of a name; None of one that was not seen."""
        row = self._database.execute("SELECT note FROM seen WHERE name = ?", (_digest(name),)).fetchone()
        return str(row[0]) if row else None

    def add(self, name: str, note: str = "") -> str | None:
        """Remember a name, unless it was seen before: then its first note is given."""
        given = (_digest(name), note.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", given).rowcount
        return None if added else self.note(name)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()


def _digest(name: str) -> bytes:
    """Sixteen bytes stand for a name; a file's may hold what is no text."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:16]
