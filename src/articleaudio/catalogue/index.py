"""Looking up and keeping: the catalogue as the rest of the program sees it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from articleaudio.catalogue.database import open_copy, open_database, remove_database
from articleaudio.catalogue.entries import kept_entry, read_entry
from articleaudio.catalogue.sources import Held, held_of, held_text
from articleaudio.files import unreadable
from articleaudio.plain import dump
from articleaudio.publish.entry import Entry
from articleaudio.site.cards import Card, read_card

FILE = "catalogue.sqlite"
"""Its name in the state folder; it may be removed at any time."""

_AROUND = "SELECT path, settled FROM printed WHERE path NOT LIKE 'episodes/%' ORDER BY path"

COMMIT = 500
"""Changes that are kept in one go."""


class Catalogue:
    """The index over one output. One process at a time writes it: the one that plans."""

    def __init__(self, out: Path, state: Path, *, copy: bool = False) -> None:
        """Open the catalogue in a state folder; `sync` fills it. Raises OutputError.

        A `copy` is for this process alone: what changes in it is forgotten, and nothing is written to the folder.
        """
        self.out = out
        self._receipts = state / "receipts"
        self._path = state / FILE
        self._database = open_copy(self._path) if copy else open_database(self._path)
        self._open_changes = 0
        self.warnings: list[str] = []
        """Receipts that cannot be read and are treated as missing, each with what is wrong."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Keep what is not kept yet, and close the file."""
        self._commit()
        self._database.close()

    # ── the receipts ────────────────────────────────────────────────────────────────────────────────────────────────

    def sync(self) -> int:
        """Make the catalogue equal to the receipts, and tell how many entries changed; only those are read."""
        known = dict(self._database.rows("SELECT receipt, state FROM episodes"))
        changed = 0
        self.warnings.clear()
        for name, state in self._each_receipt():
            if known.pop(name, None) != state:
                changed += self._take(name, state)
        for name in known:
            self._change("DELETE FROM episodes WHERE receipt = ?", (name,))
            changed += 1
        self._commit()
        return changed

    def rebuild(self) -> None:
        """Forget everything and read every receipt. What sources held is forgotten too."""
        self._commit()
        self._database.close()
        remove_database(self._path)
        self._database = open_database(self._path)
        self.sync()

    def entry(self, article_id: str) -> Entry | None:
        """The entry of an article; None when it has no episode."""
        row = self._database.row("SELECT entry FROM episodes WHERE id = ?", (article_id,))
        return kept_entry(row[0]) if row else None

    def entries(self, status: str = "published") -> Iterator[Entry]:
        """All entries with a status, by slug."""
        rows = self._database.rows("SELECT entry FROM episodes WHERE status = ? ORDER BY slug", (status,))
        return (kept_entry(row[0]) for row in rows)

    def superseded(self) -> list[str]:
        """Ids of the articles whose former audio files may still be there."""
        return [row[0] for row in self._database.rows("SELECT id FROM episodes WHERE superseded ORDER BY id")]

    def at(self, file: str) -> Entry | None:
        """The entry of the article that was read from a file; None where there is none, or several."""
        rows = self._database.rows("SELECT entry FROM episodes WHERE file = ? LIMIT 2", (_text(file),))
        found = [kept_entry(row[0]) for row in rows]
        return found[0] if len(found) == 1 else None

    # ── the public episodes ─────────────────────────────────────────────────────────────────────────────────────────

    def cards(self, on_warning: Callable[[str], None]) -> list[Card]:
        """Cards of the public episodes; only those that changed are read, and those that are left out are told of."""
        folder = self.out / "episodes"
        # One that was left out is looked at again: perhaps only the disk failed.
        known = dict(self._database.rows("SELECT slug, iif(warning = '', state, '') FROM cards"))
        for slug, state in _each_public(folder):
            if known.pop(slug, None) != state:
                told: list[str] = []
                card = read_card(folder / slug / "episode.json", told.append)
                row = (slug, state, dump(card) if card else "", "".join(told))
                self._change("INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?)", row)
        for slug in known:
            self._change("DELETE FROM cards WHERE slug = ?", (slug,))
        self._commit()
        for (warning,) in self._database.rows("SELECT warning FROM cards WHERE warning != '' ORDER BY slug"):
            on_warning(warning)
        rows = self._database.rows("SELECT card FROM cards WHERE card != ''")
        return [Card(**json.loads(row[0])) for row in rows]

    # ── what need not be done again ─────────────────────────────────────────────────────────────────────────────────

    def recall(self, source: str) -> Held | None:
        """What a source, by its name, held when it was last read; None when that is not known."""
        row = self._database.row("SELECT held FROM sources WHERE name = ?", (source,))
        return held_of(row[0]) if row else None

    def keep(self, source: str, held: Held) -> None:
        """Remember what a source holds; one without a name cannot be known again."""
        if source:
            self._change("INSERT OR REPLACE INTO sources VALUES (?, ?)", (source, held_text(held)))

    def printed(self, path: str) -> str:
        """Fingerprint of what a file below the output was printed from; empty when that is not known."""
        row = self._database.row("SELECT settled FROM printed WHERE path = ?", (path,))
        return str(row[0]) if row else ""

    def has_printed(self, path: str, settled: str) -> None:
        """Remember what a file was printed from."""
        self._change("INSERT OR REPLACE INTO printed VALUES (?, ?)", (path, settled))

    def printed_around(self) -> Iterator[tuple[str, str]]:
        """The files that were printed beside the episodes, each with what it was printed from."""
        return ((str(row[0]), str(row[1])) for row in self._database.rows(_AROUND))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _each_receipt(self) -> Iterator[tuple[str, str]]:
        try:
            with os.scandir(self._receipts) as found:
                for one in found:
                    if one.name.endswith(".json") and not one.name.startswith("."):
                        told = one.stat()
                        yield one.name, f"{told.st_size} {told.st_mtime_ns} {told.st_ino}"
        except FileNotFoundError:
            return
        except OSError as error:  # to take them for missing would make every episode again
            raise unreadable(self._receipts, error) from error

    def _take(self, name: str, state: str) -> int:
        try:
            entry = read_entry(self._receipts / name)
        except (OSError, ValueError) as error:
            self.warnings.append(f"receipt {self._receipts / name} cannot be read and is treated as missing: {error}")
            return self._change("DELETE FROM episodes WHERE receipt = ?", (name,))
        row = (entry.id, name, state, entry.slug, entry.status, entry.superseded, _text(entry.file), dump(entry))
        return self._change("INSERT OR REPLACE INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _change(self, statement: str, values: tuple[object, ...]) -> int:
        if not self._open_changes:
            self._database.change("BEGIN IMMEDIATE")
        self._open_changes += 1
        count = self._database.change(statement, values)
        if self._open_changes >= COMMIT:
            self._commit()
        return max(0, count)

    def _commit(self) -> None:
        if self._open_changes:
            self._open_changes = 0
            self._database.change("COMMIT")


def _text(name: str) -> str:
    """A file's name as SQLite takes it: one may be no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode()


def _each_public(folder: Path) -> Iterator[tuple[str, str]]:
    """Slug and state of everything in a folder that may be an episode."""
    try:
        with os.scandir(folder) as found:
            for one in found:
                try:
                    told = os.stat(f"{one.path}/episode.json")  # noqa: PTH116 -- a hundred thousand
                except (FileNotFoundError, NotADirectoryError):
                    continue
                yield one.name, f"{told.st_size} {told.st_mtime_ns} {told.st_ino}"
    except FileNotFoundError:
        return
    except OSError as error:  # to take them for missing would empty the feed
        raise unreadable(folder, error) from error
