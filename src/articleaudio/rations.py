"""How much of a batch one run takes: all of it, so many articles, or what is done when it is told to stop."""

from __future__ import annotations

import operator
import threading
from collections.abc import Generator, Iterable, Iterator
from typing import Generic, TypeVar

from articleaudio import events
from articleaudio.plan import Job
from articleaudio.task import Result

Found = TypeVar("Found")


class Rations(Generic[Found]):
    """Hands on what was planned until the run has had enough, and knows what is left."""

    def __init__(self, found: Iterable[Found], limit: int, stop: threading.Event) -> None:
        """Take the sources, how many articles may be made (0 for all), and the sign that tells the run to stop."""
        self.found: Iterator[Found] = iter(found)
        """The sources; those that are taken are gone."""
        self.stop = stop
        """Set by whoever wants the run to end."""
        self.results = 0
        """Results so far; to be counted by whoever gets them."""
        self._limit = limit
        self._jobs = 0
        self._passed = 0
        self._through = False
        self._enough = False

    def of(self, planned: Iterator[Job | Result]) -> Generator[Job | Result, None, None]:
        """Give what is planned, until the run has had enough."""
        for item in planned:
            if isinstance(item, Job):
                self._enough = 0 < self._limit <= self._jobs
                if self._enough:
                    return
                self._jobs += 1
            else:
                self._passed += 1
            yield item
            if self.stop.is_set():
                return
        self._through = True

    def ended_early(self) -> events.RunInterrupted | None:
        """What is to be said of a run that ended before it was through; None of one that was."""
        made = self.results - self._passed
        if self._through and made == self._jobs:
            return None
        left = operator.length_hint(self.found, -1)
        begun = self._jobs - made + self._enough
        return events.RunInterrupted(
            "limit" if self._enough else "interrupted", made, left + begun if left >= 0 else None
        )
