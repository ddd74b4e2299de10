"""What earlier checks found: an episode whose files are as they were is not decoded again."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from articleaudio.checking.findings import Report
from articleaudio.plain import dump
from articleaudio.publish.rebuild import rebuild

FILE = "checked.sqlite"
"""Its name in the state folder; it may be removed at any time."""

_TABLE = "CREATE TABLE IF NOT EXISTS checked (slug TEXT PRIMARY KEY, state TEXT NOT NULL, report TEXT NOT NULL)"
_COMMIT = 200


class Remembered:
    """Reports by episode, with the state of everything that they were made from."""

    def __init__(self, state: Path | None) -> None:
        """Open what is kept in a state folder; nothing is remembered without one, or where it cannot be written."""
        self._base = _opened(state / FILE) if state is not None and state.is_dir() else None
        self._open = 0

    def report(self, slug: str, state: str) -> Report | None:
        """What was found when everything was in this state; None when that is not known."""
        if self._base is None:
            return None
        row = self._base.execute("SELECT report FROM checked WHERE slug = ? AND state = ?", (slug, state)).fetchone()
        try:
            return rebuild(Report, json.loads(row[0])) if row else None
        except ValueError:
            return None

    def keep(self, slug: str, state: str, report: Report) -> None:
        """Remember a report."""
        if self._base is not None:
            self._write("INSERT OR REPLACE INTO checked VALUES (?, ?, ?)", (slug, state, dump(report)))

    def close(self) -> None:
        """Keep what is not kept yet."""
        if self._base is not None:
            self._commit()
            self._base.close()

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        assert self._base is not None  # noqa: S101 -- as its callers have seen
        if not self._open:
            self._base.execute("BEGIN IMMEDIATE")
        self._base.execute(statement, values)
        self._open += 1
        if self._open >= _COMMIT:
            self._commit()

    def _commit(self) -> None:
        if self._open and self._base is not None:
            self._base.execute("COMMIT")
            self._open = 0


def state_of(folder: Path, beside: Iterable[Path | None], told: Sequence[object]) -> str:
    """Fingerprint of an episode's folder, of files beside it, and of whatever else a report is made from."""
    digest = hashlib.sha256(f"{software()}\0{told!r}".encode("utf-8", "backslashreplace"))
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda one: one.name):
            digest.update(f"{one.name} {_facts(one.stat())}\n".encode("utf-8", "backslashreplace"))
    for path in beside:
        try:
            facts = _facts(path.stat()) if path else "none"
        except OSError:
            facts = "none"
        digest.update(f"{path} {facts}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _facts(told: os.stat_result) -> str:
    return f"{told.st_size} {told.st_mtime_ns} {told.st_ino}"


@cache
def software() -> str:
    """Fingerprint of what checks: our own code, and the libraries that decode and count."""
    digest = hashlib.sha256(f"{version('articleaudio')} {version('numpy')} {version('soundfile')}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _opened(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            base = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=NORMAL")
            base.execute(_TABLE)
            base.execute("SELECT slug, state, report FROM checked LIMIT 1").fetchone()
        except sqlite3.OperationalError:
            return None  # another check writes, or nobody may
        except sqlite3.DatabaseError:
            base.close()
            path.unlink(missing_ok=True)
        else:
            return base
    return None
