"""The crew of one: articles are made here, in this process, one after the other."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Iterator

from articleaudio import events
from articleaudio.plan import Job
from articleaudio.task import Result, Setting, make, studio_of


def inline_crew(
    planned: Iterator[Job | Result], setting: Setting, emit: events.Listener, stop: threading.Event
) -> Generator[Result, None, None]:
    """Make jobs in order; told to stop, it ends after the article at hand."""
    with contextlib.ExitStack() as opened:
        studio = None  # opened for the first job: a run that finds nothing new needs none
        while not stop.is_set() and (item := next(planned, None)) is not None:
            if isinstance(item, Job):
                studio = studio or opened.enter_context(studio_of(setting))
                yield make(studio, item, emit)
            else:
                yield item
