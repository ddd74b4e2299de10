"""The cache: entries named by the hash of what they were made from, each verified whenever it is read.

They lie in a folder or in an object store; several processes, and machines, may share them. An entry appears whole, and
whoever comes last wins with the same bytes. An entry that is damaged in any way is a miss. What is over a limit goes,
least recently used first, but nothing that the run has used.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articleaudio.store.bucket import Bucket
from articleaudio.store.entry import header, opened
from articleaudio.store.folder import Folder
from articleaudio.store.place import Entry, Place

__all__ = ["Entry", "Place", "Removed", "Size", "Store", "place_of"]

ROOM = 0.1
"""Part of the limit that is made free when it is reached, so that it is not reached again at once."""

_MINUTE = 60.0
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Size:
    """What the entries of one kind take."""

    kind: str
    """Which kind."""
    entries: int
    """How many."""
    size: int
    """Bytes."""
    oldest: float
    """When the one used longest ago was last used: seconds since 1970."""
    newest: float
    """When the one used last was used."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed, and what is left."""

    entries: int
    """How many were removed."""
    size: int
    """Their bytes."""
    left: int
    """Bytes that are left."""


def place_of(where: Path | str) -> Place:
    """Give the place for a folder, or for the address of an object store (`s3://…`)."""
    return Bucket(where) if isinstance(where, str) and "://" in where else Folder(Path(where))


class Store:
    """Entries by kind (what they are) and key (hex digits). For several threads, processes and machines."""

    def __init__(
        self, where: Path | str | Place, *, limit: int = 0, since: float | None = None, anew: bool = False
    ) -> None:
        """Take a folder, the address of an object store, or any other place.

        `limit` is how many bytes may stay, 0 for no limit; `since` is when the run began, now by default: what it used
        is spared. With `anew` nothing is found but what this very Store has put.
        """
        self.place = place_of(where) if isinstance(where, Path | str) else where
        """Where the entries lie."""
        self.folder = self.place.folder if isinstance(self.place, Folder) else None
        """The folder, if it is one."""
        self.limit = limit
        """Bytes that may stay; 0 for no limit."""
        self.hits = 0
        """Entries found."""
        self.misses = 0
        """Entries not found, the damaged ones included."""
        self.damaged = 0
        """Entries found damaged, and deleted."""
        self.touched: set[tuple[str, str]] = set()
        """Kind and key of all that was asked for or put, found or not; whoever wants to know clears it first."""
        self._since = time.time() if since is None else since
        self._written = 0
        self._own: set[tuple[str, str]] | None = set() if anew else None

    def check(self) -> None:
        """See whether the place can be reached. Raises OutputError, or ConfigError for an address that is none."""
        self.place.check()

    def get(self, kind: str, key: str) -> bytes | None:
        """Give an entry's payload, or None when there is none that is whole. Raises OutputError when none can tell."""
        _must_name(kind, key)
        self.touched.add((kind, key))
        entry = None if self._hidden(kind, key) else self.place.read(kind, key)
        if entry is None:
            self.misses += 1
            return None
        payload = opened(entry)
        if payload is None:
            self.damaged += 1
            self.misses += 1
            self.place.delete([(kind, key)])
            return None
        self.hits += 1
        return payload

    def has(self, kind: str, key: str) -> bool:
        """Tell whether there is an entry, without looking whether it is whole."""
        _must_name(kind, key)
        return not self._hidden(kind, key) and self.place.has(kind, key)

    def missing(self, kind: str, keys: Sequence[str]) -> set[str]:
        """Give those keys that have no entry: several are asked for at once where the place is far."""
        if self.place.at_once == 1 or len(keys) < 2:
            return {key for key in keys if not self.has(kind, key)}
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- brings logging along, and most are near

        with ThreadPoolExecutor(self.place.at_once) as pool:
            found = pool.map(lambda key: self.has(kind, key), keys)
            return {key for key, there in zip(keys, found, strict=True) if not there}

    def put(self, kind: str, key: str, payload: bytes) -> None:
        """Keep a payload under its key. Raises OutputError when it cannot be written."""
        _must_name(kind, key)
        self.touched.add((kind, key))
        self.place.write(kind, key, header(payload), payload)
        if self._own is not None:
            self._own.add((kind, key))
        self._written += len(payload)
        if self.limit and self._written > self.limit * ROOM / 2:  # several processes write, and none counts for all
            self.trim()

    def remove(self, entries: Sequence[tuple[str, str]]) -> int:
        """Remove entries by kind and key; give how many of them were there. Raises OutputError."""
        there = [entry for entry in entries if self.place.has(*entry)]
        for first in range(0, len(there), _BATCH):
            self.place.delete(there[first : first + _BATCH])
        return len(there)

    def entries(self) -> Iterator[Entry]:
        """Go through all entries, in no order."""
        return self.place.list()

    def sizes(self) -> tuple[Size, ...]:
        """Tell what each kind takes, the largest first."""
        found: dict[str, Size] = {}
        for one in self.entries():
            so_far = found.get(one.kind, Size(one.kind, 0, 0, one.used, one.used))
            oldest, newest = min(so_far.oldest, one.used), max(so_far.newest, one.used)
            found[one.kind] = Size(one.kind, so_far.entries + 1, so_far.size + one.size, oldest, newest)
        return tuple(sorted(found.values(), key=lambda size: (-size.size, size.kind)))

    def trim(self) -> Removed:
        """Keep to the limit: remove what was used longest ago, but nothing that the run has used."""
        self._written = 0
        if not self.limit:
            return Removed(0, 0, 0)
        before = self._since - self.place.refresh
        return self._reduce(self.limit, int(self.limit * (1 - ROOM)), before)

    def prune(self, *, max_size: int | None = None, older_than: float | None = None) -> Removed:
        """Remove everything that was not used for so many seconds, then what is over a size, oldest first."""
        removed = Removed(0, 0, 0)
        if older_than is not None:
            limit = time.time() - older_than
            removed = self._remove(lambda one: one.used <= limit)
        if max_size is not None:
            more = self._reduce(max_size, max_size, float("inf"))
            removed = Removed(removed.entries + more.entries, removed.size + more.size, more.left)
        return removed

    def _reduce(self, limit: int, down_to: int, before: float) -> Removed:
        """When more than `limit` is there, go down to so many bytes with entries last used before a time.

        Entries are told apart by the minute of their last use: memory is bounded by minutes, however many there are.
        """
        minutes: Counter[int] = Counter()
        total = 0
        for one in self.entries():
            total += one.size
            if one.used < before:
                minutes[int(one.used // _MINUTE)] += one.size
        if total <= limit:
            return Removed(0, 0, total)
        excess, last = total - down_to, -1
        for minute in sorted(minutes):
            last = minute
            if minutes[minute] >= excess:
                break
            excess -= minutes[minute]

        def goes(one: Entry) -> bool:
            nonlocal excess
            minute = int(one.used // _MINUTE)
            if one.used >= before or minute > last or (minute == last and excess <= 0):
                return False
            excess -= one.size if minute == last else 0
            return True

        return self._remove(goes)

    def _remove(self, goes: Callable[[Entry], bool]) -> Removed:
        self.place.tidy()
        removed = size = left = 0
        batch: list[tuple[str, str]] = []
        for one in self.entries():
            if not goes(one):
                left += one.size
                continue
            size += one.size
            batch.append((one.kind, one.key))
            if len(batch) >= _BATCH:
                removed += self.place.delete(batch)
                batch.clear()
        removed += self.place.delete(batch)
        return Removed(removed, size, left)

    def _hidden(self, kind: str, key: str) -> bool:
        return self._own is not None and (kind, key) not in self._own


def _must_name(kind: str, key: str) -> None:
    for part in (kind, key):
        if not (part.isascii() and part.replace("-", "").isalnum()):
            raise ValueError(f"{part!r} cannot name a cache entry: letters, digits and hyphens only")
