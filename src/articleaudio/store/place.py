"""Where entries lie: what a folder and an object store have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an entry without reading it."""

    kind: str
    """What it is: `clip`, `piece`, `web`, …"""
    key: str
    """Its name among its kind."""
    size: int
    """Bytes, header included."""
    used: float
    """When it was last used, to about `Place.refresh`: seconds since 1970."""


class Place(Protocol):
    """Keeps bytes by kind and key. For several threads and processes: a write is seen whole or not at all."""

    @property
    def name(self) -> str:
        """How a user names it."""
        ...

    @property
    def refresh(self) -> float:
        """Seconds within which a second use of an entry is not noted again."""
        ...

    @property
    def at_once(self) -> int:
        """How many questions are best asked at once."""
        ...

    def check(self) -> None:
        """See whether it can be reached at all. Raises OutputError when it cannot, ConfigError for a bad address."""
        ...

    def read(self, kind: str, key: str) -> bytes | None:
        """Give what lies there, or None; note that it was used. Raises OutputError when nobody can tell."""
        ...

    def has(self, kind: str, key: str) -> bool:
        """Tell whether something lies there. Raises OutputError when nobody can tell."""
        ...

    def write(self, kind: str, key: str, head: bytes, payload: bytes) -> None:
        """Put both there in one, in place of what was there. Raises OutputError when that cannot be done."""
        ...

    def delete(self, names: Sequence[tuple[str, str]]) -> int:
        """Remove entries, by kind and key; give how many are gone. What is gone already counts as gone."""
        ...

    def list(self) -> Iterator[Entry]:
        """Go through everything that is there, in no order. Raises OutputError when that cannot be done."""
        ...

    def tidy(self) -> None:
        """Remove what killed processes left half done long ago."""
        ...
