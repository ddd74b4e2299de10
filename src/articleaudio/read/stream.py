"""The sources of a run as a stream: taken one by one, with a count of what is still to come once that is known."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from articleaudio import events
from articleaudio.errors import SourceError
from articleaudio.model import Failure
from articleaudio.read import registry
from articleaudio.read.discover import ADDRESS, TWICE, Skipped
from articleaudio.read.folder import Kind, walk
from articleaudio.read.listing import read_list
from articleaudio.read.source import ARCHIVES, Source

EVERY = 1.0
"""Seconds between two words on how far the search has come."""

Found = Source | Skipped | Failure
"""What looking for sources finds."""


class Stream:
    """An iterator over sources that tells, now and then, how many were taken and how many there are."""

    def __init__(
        self, found: Iterable[Found], emit: events.Listener, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take what is found, lazily, and who wants to know; `clock` is for tests."""
        self._found = iter(found)
        self._emit = emit
        self._clock = clock
        self._ahead: list[Found] = []
        self._next_word = 0.0
        self._said: tuple[int, int | None] = (0, None)
        self._twice = 0
        self._estimated = False
        self._guard = threading.Lock()
        self.taken = 0
        """Sources given so far; what is passed over is none."""
        self.total: int | None = None
        """Sources in all; None while nobody knows."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Found:
        try:
            item = self._ahead.pop(0) if self._ahead else next(self._found)
        except StopIteration:
            self.total = self.taken
            if self._said != (self.taken, self.total):
                self._say()
            raise
        if isinstance(item, Skipped):
            self._pass_over(item)
        else:
            self.taken += 1
            if self._clock() >= self._next_word:
                self._say()
        return item

    def __length_hint__(self) -> int:
        """How many are still to come, for whoever asks `operator.length_hint`."""
        return NotImplemented if self.total is None else max(0, self.total - self.taken)

    def workers(self, jobs: int) -> int:
        """How many workers the sources can keep busy, `jobs` at most: looks ahead, no further than it must."""
        real = many = 0
        for item in self._found:
            self._ahead.append(item)
            real += not isinstance(item, Skipped)
            many += isinstance(item, Source) and item.suffix in ARCHIVES
            if many or real >= jobs:
                return jobs
            if len(self._ahead) > 100 * jobs:  # a folder of pictures: one worker too many does no harm
                return jobs
        self.total = real
        return max(1, real)

    def count(self, arguments: Sequence[str], lists: Sequence[str]) -> None:
        """Count in the background what is to come, unless it is known; without a word where it cannot be counted."""
        if self.total is None:
            threading.Thread(target=self._count, args=(arguments, lists), daemon=True, name="counting").start()

    def _count(self, arguments: Sequence[str], lists: Sequence[str]) -> None:
        total = 0
        for one in _estimates(arguments, lists):
            if one is None or self.total is not None:
                return
            total += one
        with self._guard:
            if self.total is not None:
                return
            self.total, self._estimated = max(total - self._twice, self.taken), True
        self._say()

    def _pass_over(self, item: Skipped) -> None:
        """What is named twice was counted twice: now it is known."""
        if item.reason != TWICE:
            return
        with self._guard:
            self._twice += 1
            if self._estimated and self.total is not None:
                self.total = max(self.total - 1, self.taken)

    def _say(self) -> None:
        self._next_word = self._clock() + EVERY
        self._said = (self.taken, self.total)
        self._emit(events.SourcesFound(*self._said))


def _estimates(arguments: Sequence[str], lists: Sequence[str]) -> Iterator[int | None]:
    """About how many sources there are, in parts; None for what can be read only once.

    Names alone are looked at: what is named twice counts twice until the search comes to it.
    """
    for argument in arguments:
        yield from _in_folder(argument)
    for name in lists:
        if name == "-":
            yield None
            return
        try:
            yield from (1 for _ in read_list(name))
        except SourceError:
            yield 1


def _in_folder(argument: str) -> Iterator[int]:
    if argument.lower().startswith(ADDRESS) or not Path(argument).is_dir():
        yield 1
        return
    known = registry.extensions()
    for entry in walk(argument):
        readable = entry.kind in {Kind.FILE, Kind.LINK} and Path(entry.path).suffix.lower() in known
        yield int(readable and not Path(entry.path).name.startswith("."))
