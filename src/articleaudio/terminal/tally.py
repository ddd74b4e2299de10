"""What has become of a run so far, and how long the rest will take. Figures only; nothing is drawn here.

Only articles that are made count for speed: a hundred thousand that are up to date pass in a minute, and would make the
few that are not look as quick.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from articleaudio import events

FADING = 0.05
"""How much the latest result counts for the share of articles that have to be made."""


@dataclass(slots=True)
class Work:
    """An article that a worker is at."""

    slot: int
    """Number of its line, from 1; as many as there are workers."""
    title: str
    """Headline."""
    segments: int
    """Segments in all."""
    done: int = 0
    """Segments so far."""
    seconds: float = 0.0
    """Audio so far, in seconds."""


@dataclass(slots=True)
class Tally:
    """Counts events."""

    clock: Callable[[], float] = time.monotonic
    """What time it is, in seconds."""
    jobs: int = 1
    """Workers."""
    total: int | None = None
    """Sources in all, as far as is known."""
    taken: int = 0
    """Sources taken so far."""
    made: int = 0
    """Articles made."""
    unchanged: int = 0
    """Articles found up to date."""
    failed: int = 0
    """Articles and sources that failed."""
    skipped: int = 0
    """Sources and articles passed over."""
    open: dict[str, Work] = field(default_factory=dict)
    """Articles at work, by source."""
    _audio: float = 0.0
    _worked: float = 0.0
    _since: float | None = None
    _attempts: int = 0
    _share: float = 0.0
    _results: int = 0
    _bases: int = 0
    _base: str = ""

    def take(self, event: events.Event) -> None:
        """Count one event."""
        match event:
            case events.RunStarted():
                self.total, self.jobs = event.sources, event.jobs
            case events.SourcesFound():
                self.total, self.taken = event.total, event.taken
            case events.ArticleStarted():
                self._begin(event)
            case events.SegmentReady():
                if work := self.open.get(event.source):
                    work.done = event.done
                    work.seconds += event.seconds
            case events.EpisodeReady():
                self._end(event)
            case events.ArticleFailed():
                self._end(event)
            case events.SourceSkipped():
                self.skipped += 1
            case _:
                pass

    @property
    def finished(self) -> int:
        """Articles that are through."""
        return self.made + self.unchanged + self.failed

    @property
    def expected(self) -> int | None:
        """About how many articles there are in all; None while nobody knows."""
        left = self._left()
        return None if left is None else self.finished + len(self.open) + left

    @property
    def audio(self) -> float:
        """Seconds of audio made, of articles at work too."""
        return self._audio + sum(work.seconds for work in self.open.values())

    @property
    def speed(self) -> float | None:
        """Seconds of audio made in a second of work; None before there is any."""
        worked = self._work_time()
        return self.audio / worked if worked and self.audio else None

    @property
    def pace(self) -> float | None:
        """Articles made in a minute of work; None before the first."""
        worked = self._work_time()
        return 60 * self._attempts / worked if worked and self._attempts else None

    @property
    def time_left(self) -> float | None:
        """Seconds that the rest will take, if as large a part of it has to be made as of late; None where unknown."""
        left, worked = self._left(), self._work_time()
        if left is None or not self._results:
            return None
        if not self._attempts:
            return None if self.open else 0.0
        begun = sum(1 - work.done / max(work.segments, work.done, 1) for work in self.open.values())
        return (left * self._share + begun) * worked / self._attempts

    def _left(self) -> int | None:
        """Articles that were not begun: at least the sources not taken, and what may wait before the workers."""
        if self.total is None:
            return None
        # What is told of the search is up to a second old; by then quick articles are through by the hundred.
        untaken = max(0, self.total - max(self.taken, self._bases + len(self.open)))
        unseen = self.total - self.finished - len(self.open)
        return max(untaken, min(unseen, untaken + 2 * self.jobs + 1))

    def _work_time(self) -> float:
        return self._worked + (self.clock() - self._since if self._since is not None else 0.0)

    def _begin(self, event: events.ArticleStarted) -> None:
        if self._since is None:
            self._since = self.clock()
        before = self.open.get(event.source)  # it is tried again when its worker died
        slots = {work.slot for work in self.open.values()}
        slot = before.slot if before else min(set(range(1, len(slots) + 2)) - slots)
        self.open[event.source] = Work(slot, event.title, event.segments)

    def _end(self, event: events.EpisodeReady | events.ArticleFailed) -> None:
        begun = self.open.pop(event.source, None) is not None
        if begun:
            self._attempts += 1
        if not self.open and self._since is not None:
            self._worked += self.clock() - self._since
            self._since = None
        if isinstance(event, events.ArticleFailed):
            self.failed += 1
        else:
            self.made += event.changed
            self.unchanged += not event.changed
            self._audio += event.duration if begun else 0.0
        base = event.source.partition("#")[0]  # an export's articles come in a row, and are named after it
        self._bases += base != self._base
        self._base = base
        self._results += 1
        self._share += (begun - self._share) * max(FADING, 1 / self._results)
