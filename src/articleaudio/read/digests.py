"""What was seen already, by digests in a flat table: a million names in 16 MB, where a set of names takes 150."""

from __future__ import annotations

from array import array
from hashlib import blake2b

_SMALLEST = 1 << 10


class Digests:
    """Remembers names. Two names share a digest of 64 bits once in thirty million runs of a million names."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._table = array("Q", bytes(8 * _SMALLEST))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, name: str) -> bool:
        digest = _digest(name)
        return self._table[self._place(digest)] == digest

    def add(self, name: str) -> bool:
        """Remember a name; tell whether it is new."""
        digest = _digest(name)
        place = self._place(digest)
        if self._table[place] == digest:
            return False
        self._table[place] = digest
        self._count += 1
        if 2 * self._count > len(self._table):
            self._grow()
        return True

    def _place(self, digest: int) -> int:
        """Where a digest is, or is to be put: the table is never full, so the search ends."""
        table, mask = self._table, len(self._table) - 1
        place = digest & mask
        while (found := table[place]) and found != digest:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        before, self._table = self._table, array("Q", bytes(16 * len(self._table)))
        for digest in before:
            if digest:
                self._table[self._place(digest)] = digest


def _digest(name: str) -> int:
    """64 bits of a name; never 0, which stands for an empty place."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).digest()) or 1
