"""The crew of this machine: child processes, each supervised by a thread.

A child that crashes or hangs costs one retry and, if it happens again, that one article.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial

from articleaudio import events
from articleaudio.crews.handing import handed_out
from articleaudio.crews.supervised import WORKER, Supervised
from articleaudio.plan import Job
from articleaudio.splitting import Course, Outcome, Part, Spoken, Task
from articleaudio.task import Result, Setting

AT_HAND = 3
"""Tasks for each worker that are handed out at a time: one at work, the others for while the next source is read."""


def local_crew(
    planned: Iterator[Job | Result],
    setting: Setting,
    emit: events.Listener,
    stop: threading.Event,
    *,
    jobs: int,
) -> Generator[Result, None, None]:
    """Hand tasks to `jobs` supervising threads, a few at a time, so that memory does not grow with the run."""
    # Made anew, everything is spoken by whoever makes the whole: what others have put into the cache counts as old.
    course = Course(0 if setting.force else setting.split_above)
    yield from handed_out(planned, _Crew(setting, course, emit, jobs), course, stop)


class _Crew:
    """The workers, with what is handed out to them and what they have ended."""

    def __init__(self, setting: Setting, course: Course, emit: events.Listener, jobs: int) -> None:
        self._course = course
        self._out = 0
        self._inbox: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[tuple[Task, Outcome]] = queue.SimpleQueue()
        self._talk = threading.Lock()
        self._emit = emit
        self._workers = [_Worker(setting, self._inbox, self._outbox, course, self._heard) for _ in range(jobs)]

    @property
    def room(self) -> bool:
        """Whether another task may be handed out."""
        return self._out < AT_HAND * len(self._workers)

    @property
    def busy(self) -> bool:
        """Whether anything is handed out that has not ended."""
        return self._out > 0

    def hand_out(self, task: Task) -> None:
        """Give a task to whoever is free next."""
        self._out += 1
        self._inbox.put(task)

    def next_ended(self, patience: float) -> tuple[Task, Outcome] | None:
        """The next task that has ended, and how; None when there is none for `patience` seconds."""
        try:
            ended = self._outbox.get(timeout=patience) if patience else self._outbox.get_nowait()
        except queue.Empty:
            return None
        self._out -= 1
        return ended

    def rest(self, grace: float) -> Iterator[tuple[Task, Outcome]]:
        """Take back what nobody has begun, and give what ends within `grace` seconds."""
        end = time.monotonic() + grace
        while True:
            try:
                self._inbox.get_nowait()
            except queue.Empty:
                break
            self._out -= 1
        while self._out and (left := end - time.monotonic()) > 0:
            if (ended := self.next_ended(left)) is not None:
                yield ended

    def end(self) -> None:
        """End every worker, whatever it is at; those that are idle end side by side."""
        for _ in self._workers:
            self._inbox.put(None)
        if self._out:
            for worker in self._workers:
                worker.end_child()
        for worker in self._workers:
            worker.join()

    def _heard(self, task: Task, event: events.Event) -> None:
        with self._talk:  # a listener need not be made for several threads
            told = self._course.heard(task, event)
            if told is not None:
                self._emit(told)


class _Worker(threading.Thread):
    """A thread that supervises one child process."""

    def __init__(
        self,
        setting: Setting,
        inbox: queue.SimpleQueue[Task | None],
        outbox: queue.SimpleQueue[tuple[Task, Outcome]],
        course: Course,
        heard: Callable[[Task, events.Event], None],
    ) -> None:
        super().__init__(daemon=True)
        self._inbox = inbox
        self._outbox = outbox
        self._course = course
        self._heard = heard
        self._studio = Supervised(setting, WORKER)
        self.start()

    def run(self) -> None:
        """Work until told to stop."""
        while (task := self._inbox.get()) is not None:
            self._outbox.put((task, self._done(task)))
        self.end_child()

    def end_child(self) -> None:
        """End the child process, whatever it is at; the thread ends at the next task, which is None."""
        self._studio.close()

    def _done(self, task: Task) -> Outcome:
        if isinstance(task, Part) and self._course.failed(task):
            return Spoken(0)
        return self._studio.do(task, partial(self._heard, task))
