"""The crew of one: articles are made here, in this process, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

from articleaudio import events
from articleaudio.plan import Job
from articleaudio.task import Result, Setting, make, studio_of


def inline_crew(
    planned: Iterator[Job | Result], setting: Setting, emit: events.Listener, stop: threading.Event
) -> Generator[Result, None, None]:
    """Make jobs in order; told to stop, it ends after the article at hand."""
    with studio_of(setting) as studio:
        while not stop.is_set() and (item := next(planned, None)) is not None:
            yield make(studio, item, emit) if isinstance(item, Job) else item
