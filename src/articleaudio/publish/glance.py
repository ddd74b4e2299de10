"""A look at the library that leaves no trace: what a run would settle, without settling it.

What is claimed on the way goes to a private database of SQLite's, which spills to disk and goes with its connection:
memory stays flat however many articles are looked at.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

from articleaudio.publish.claims import Claims
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt


class Glance(Library):
    """A library that answers as the real one does, and keeps for itself what that would write."""

    def __init__(self, out: Path, state: Path) -> None:
        """Take the output folder and its state folder, which need not be there."""
        super().__init__(out, state)
        self._noted = sqlite3.connect("")
        self._noted.execute("CREATE TABLE claims (kind TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, name))")
        self._slugs = _Noted(self._slugs.folder, self._noted)
        self._ids = _Noted(self._ids.folder, self._noted)
        self._aliases = _Noted(self._aliases.folder, self._noted)
        self._adopted = False

    def keep(self, receipt: Receipt) -> None:
        """Note the aliases that a receipt would gain; the receipt itself stays as it is."""
        known = super().receipt(receipt.id)
        for alias in receipt.aliases:
            if (known is None or alias not in known.aliases) and not self._aliases.get(alias):
                self._aliases.put(alias, receipt.id)

    def receipt(self, article_id: str) -> Receipt | None:
        """The receipt of an article, with the aliases that it would have gained."""
        receipt = super().receipt(article_id)
        if receipt is None:
            return None
        kind = str(self._aliases.folder)
        rows = self._noted.execute("SELECT name FROM claims WHERE kind = ? AND value = ?", (kind, article_id))
        gained = tuple(name for (name,) in rows if name not in receipt.aliases)
        return dataclasses.replace(receipt, aliases=receipt.aliases + gained) if gained else receipt

    def _adopt(self) -> None:
        if not self._adopted:
            self._adopted = True
            super()._adopt()


@dataclasses.dataclass(frozen=True, slots=True)
class _Noted(Claims):
    """Claims whose new ones are noted beside the old."""

    noted: sqlite3.Connection

    def get(self, name: str) -> str:
        found = self.noted.execute("SELECT value FROM claims WHERE kind = ? AND name = ?", (str(self.folder), name))
        row = found.fetchone()
        return str(row[0]) if row else Claims.get(self, name)

    def take(self, name: str, value: str) -> str:
        if held := self.get(name):
            return held
        self.put(name, value)
        return value

    def put(self, name: str, value: str) -> None:
        row = (str(self.folder), name, value)
        self.noted.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?)", row)
