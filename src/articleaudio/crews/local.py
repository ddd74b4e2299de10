"""The crew of this machine: child processes, each supervised by a thread.

A child that crashes or hangs costs one retry and, if it happens again, that one article.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator, Sequence

from articleaudio import events
from articleaudio.crews.supervised import WORKER, Supervised
from articleaudio.plan import Job
from articleaudio.task import Result, Setting

GRACE = 60.0
"""Seconds that a worker may take to finish what is at hand when the run is interrupted."""


def local_crew(
    planned: Iterator[Job | Result], setting: Setting, emit: events.Listener, *, jobs: int
) -> Generator[Result, None, None]:
    """Hand jobs to `jobs` supervising threads through a short queue, so that memory does not grow with the run."""
    inbox: queue.Queue[Job | None] = queue.Queue(maxsize=jobs)
    outbox: queue.Queue[Result] = queue.Queue()
    guarded = _one_at_a_time(emit)
    workers = [_Worker(setting, inbox, outbox, guarded) for _ in range(jobs)]
    pending = 0
    try:
        for item in planned:
            if not isinstance(item, Job):
                yield item
                continue
            while not _offer(inbox, item):
                yield outbox.get()
                pending -= 1
            pending += 1
            while not outbox.empty():
                yield outbox.get()
                pending -= 1
        for _ in range(pending):
            yield outbox.get()
    finally:
        _end(workers, inbox)


def _end(workers: Sequence[_Worker], inbox: queue.Queue[Job | None]) -> None:
    """Let every worker finish what is at hand, then end it; a second Ctrl-C ends it at once."""
    with inbox.mutex:
        inbox.queue.clear()
    try:
        for _ in workers:
            inbox.put(None)
        for worker in workers:
            worker.join(GRACE)
    finally:
        for worker in workers:
            worker.end_child()


def _offer(inbox: queue.Queue[Job | None], job: Job) -> bool:
    try:
        inbox.put_nowait(job)
    except queue.Full:
        return False
    return True


def _one_at_a_time(emit: events.Listener) -> events.Listener:
    lock = threading.Lock()

    def guarded(event: events.Event) -> None:
        with lock:
            emit(event)

    return guarded


class _Worker(threading.Thread):
    """A thread that supervises one child process."""

    def __init__(
        self, setting: Setting, inbox: queue.Queue[Job | None], outbox: queue.Queue[Result], emit: events.Listener
    ) -> None:
        super().__init__(daemon=True)
        self._inbox = inbox
        self._outbox = outbox
        self._emit = emit
        self._studio = Supervised(setting, WORKER)
        self.start()

    def run(self) -> None:
        """Work until told to stop."""
        while (job := self._inbox.get()) is not None:
            self._outbox.put(self._studio.make(job, self._emit))

    def end_child(self) -> None:
        """End the child process, whatever it is at; the thread ends at the next job, which is None."""
        self._studio.close()
