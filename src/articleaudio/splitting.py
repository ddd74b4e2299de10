"""Very long articles: their segments are spoken by several workers, then one of them puts the recording together.

What workers hand each other lies in the cache that they share, under the keys that it has anyway: a recording made of
parts has the same bytes as one made in a row. A crew asks `Course` which tasks a job takes, gives the tasks to its
workers in any order, and tells it how each ended.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from articleaudio import events
from articleaudio.model import Episode, Failure
from articleaudio.plan import Job

SEGMENT = 90
"""Characters of a usual segment: parts are settled before there is a script, and only who speaks depends on it."""

PART = 100
"""Segments that one part has, about: each worker writes the whole script first, which must stay small beside it."""


class UnevenLevelError(Exception):
    """The parts of an article are wanted at another level than they were made at."""

    def __init__(self, step: float) -> None:
        super().__init__(f"parts are wanted {step:+.1f} dB away from the gains of their voices")
        self.step = step
        """Decibels that the whole recording needs beside the gains of its voices."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a very long article, to be spoken beforehand."""

    job: Job
    """The article."""
    number: int
    """Which part, from 0."""
    of: int
    """How many parts there are."""
    step: float = 0.0
    """Decibels that the whole recording needs beside the gains of its voices."""

    def of_segments(self, count: int) -> range:
        """The indexes of the part's segments, where the script has `count`."""
        return range(self.number * count // self.of, (self.number + 1) * count // self.of)


@dataclass(frozen=True, slots=True)
class Whole:
    """A very long article whose parts are made."""

    job: Job
    """The article."""
    steps: tuple[float, ...]
    """Those of its parts, which are made at each."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What becomes of a part."""

    segments: int
    """How many segments were spoken for it; the others were there."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """What becomes of a whole that is too loud or too quiet: its parts are wanted once more."""

    step: float
    """Decibels that it needs beside the gains of its voices."""


Task = Job | Part | Whole
"""What a worker is given."""

Outcome = Episode | Failure | Spoken | Uneven
"""What a worker gives back."""


def job_of(task: Task) -> Job:
    """The article that a task is about."""
    return task if isinstance(task, Job) else task.job


def characters(job: Job) -> int:
    """How much text an article has: what the time that it may take is measured by."""
    return sum(len(block.text) for block in job.article.blocks)


def split(job: Job, bound: int, step: float = 0.0) -> tuple[Part, ...]:
    """The parts of an article of more than about `bound` segments; none where it is a single task. 0 never splits."""
    segments = sum(-(-len(block.text) // SEGMENT) for block in job.article.blocks)
    if not bound or segments <= bound:
        return ()
    count = max(2, -(-segments // PART))
    return tuple(Part(job, number, count, step) for number in range(count))


@dataclass(slots=True)
class _Long:
    """A long article that is being made."""

    job: Job
    left: int
    spoken: int = 0
    failure: Failure | None = None
    begun: bool = False
    heard: int = 0
    steps: tuple[float, ...] = (0.0,)


@dataclass(slots=True)
class Course:
    """Turns jobs into tasks, and what becomes of tasks into results. For several threads."""

    bound: int
    """Segments from which on an article is split; 0 for never."""
    _long: dict[str, _Long] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def tasks(self, job: Job) -> Sequence[Task]:
        """The tasks that a job begins with, independent of each other."""
        parts = split(job, self.bound)
        if not parts:
            return (job,)
        with self._guard:
            self._long[job.article.id] = _Long(job, len(parts))
        return parts

    def ended(self, task: Task, outcome: Outcome) -> Sequence[Task] | Episode | Failure:
        """Take note of the end of a task: gives the article's result, or what can be done now that could not before."""
        job = job_of(task)
        with self._guard:
            if isinstance(task, Part):
                return self._part_ended(task, outcome)
            long = self._long.get(job.article.id)
            if isinstance(outcome, Uneven) and long is not None:
                long.steps += (outcome.step,)
                parts = split(job, self.bound, outcome.step)
                long.left = len(parts)
                return parts
            assert isinstance(outcome, Episode | Failure)  # noqa: S101 -- workers answer as they are asked
            self._long.pop(job.article.id, None)
            if long and isinstance(outcome, Episode):
                return replace(outcome, spoken_now=outcome.spoken_now + long.spoken)
            return outcome

    def _part_ended(self, part: Part, outcome: Outcome) -> Sequence[Task] | Failure:
        long = self._long[part.job.article.id]
        long.left -= 1
        if isinstance(outcome, Spoken):
            long.spoken += 0 if part.step else outcome.segments  # what is spoken once more counts once
        elif isinstance(outcome, Failure):
            long.failure = long.failure or outcome
        if long.left:
            return ()
        if long.failure:
            del self._long[part.job.article.id]
            return long.failure
        return (Whole(part.job, long.steps),)

    def failed(self, part: Part) -> bool:
        """Whether a part need not be done any more, because another part of its article has failed."""
        with self._guard:
            return self._long[part.job.article.id].failure is not None

    def heard(self, task: Task, event: events.Event) -> events.Event | None:
        """An event of a task as one of its article: parts count on together, and what they told is not told again."""
        job = job_of(task)
        with self._guard:
            long = self._long.get(job.article.id)
            if long is None:
                return event
            if isinstance(event, events.ArticleStarted):
                begun, long.begun = long.begun, True
                return None if begun else event
            if isinstance(event, events.SegmentReady):
                if not isinstance(task, Part) or task.step:
                    return None
                long.heard += 1
                return replace(event, done=long.heard)
            return event
