"""The crew of one: articles are made here, in this process, one after the other."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from articleaudio import events
from articleaudio.plan import Job
from articleaudio.task import Result, Setting, make, studio_of


def inline_crew(
    planned: Iterator[Job | Result], setting: Setting, emit: events.Listener
) -> Generator[Result, None, None]:
    """Make jobs in order."""
    with studio_of(setting) as studio:
        for item in planned:
            yield make(studio, item, emit) if isinstance(item, Job) else item
