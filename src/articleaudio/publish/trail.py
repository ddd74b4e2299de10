"""What the cache holds of an episode: which entries were asked for or made whenever it was made.

A receipt tells of the sounds that are heard now. An episode that is withdrawn for good wants those of all its versions
out of the cache, in every form that they were made in; so a small file for each episode, `cached/ID` in the state
folder, gathers them. It is an aid and no truth: where it is lost, what a receipt tells is left.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path

SHARED = frozenset(("level", "web"))
"""Kinds of entries that belong to a voice or to the house, and to no article."""


class Trail:
    """The entries of the cache behind each episode of one output."""

    def __init__(self, state: Path) -> None:
        """Take the output's own state folder."""
        self._folder = state / "cached"

    def add(self, article_id: str, entries: Iterable[tuple[str, str]]) -> None:
        """Note entries of an article, by kind and key, beside those that are known. What cannot be noted is not."""
        known = set(self.of(article_id))
        fresh = sorted(entry for entry in set(entries) - known if entry[0] not in SHARED)
        if not fresh:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._path(article_id).open("a", encoding="ascii") as file:
                file.write("".join(f"{kind} {key}\n" for kind, key in fresh))

    def of(self, article_id: str) -> list[tuple[str, str]]:
        """The entries of an article, by kind and key."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            lines = self._path(article_id).read_text("ascii").splitlines()
            return [(kind, key) for kind, _, key in (line.partition(" ") for line in lines) if kind and key]
        return []

    def forget(self, article_id: str) -> None:
        """Know no entry of an article any more."""
        with contextlib.suppress(OSError):
            self._path(article_id).unlink(missing_ok=True)

    def _path(self, article_id: str) -> Path:
        return self._folder / re.sub(r"[^0-9A-Za-z-]", "_", article_id)[:80]
