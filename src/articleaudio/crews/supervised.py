"""A studio in a child process: an article that crashes or hangs it costs one retry, then that article alone."""

from __future__ import annotations

from articleaudio import events
from articleaudio.model import Failure
from articleaudio.plan import Job
from articleaudio.splitting import Outcome, Task, characters, job_of
from articleaudio.task import Result, Setting, failure
from articleaudio.workers import Child, WorkerDied, WorkerHung

WORKER = "articleaudio.task:studio_worker"
"""What a worker process runs."""

ATTEMPTS = 2
"""How often an article is tried when its worker dies."""

START = 120.0
"""Seconds in which a worker opens its studio, on a machine that has much else to do."""

SILENCE = 300.0
"""Seconds that a worker may tell nothing, beside those for its text: an engine that hangs is found by others before."""

SILENCE_PER_CHARACTER = 0.1
"""Seconds more for each character of the article: what follows the last segment takes longer for a longer text."""


class Supervised:
    """Makes articles one by one in a child process, which it starts anew when it is lost."""

    def __init__(self, setting: Setting, worker: str = WORKER) -> None:
        """Take what the child is told at its start, and the handler that it runs."""
        self._setting = setting
        self._child = Child(worker)
        self._fresh = True

    def make(self, job: Job, emit: events.Listener) -> Result:
        """Make one article; what goes wrong is the result."""
        result = self.do(job, emit)
        assert isinstance(result, Result)  # noqa: S101 -- a job's outcome is no part's
        return result

    def do(self, task: Task, emit: events.Listener) -> Outcome:
        """Do a task, an article or a part of one; what goes wrong is the outcome."""
        job = job_of(task)
        last = ""
        for _ in range(ATTEMPTS):
            try:
                return self._call(task, job, emit)
            except (WorkerDied, WorkerHung) as error:
                last = str(error)
                self._fresh = True
            except Exception as error:  # noqa: BLE001 -- a fault of one article
                return failure(job.source, error)
        return Failure(job.source, f"its worker died {ATTEMPTS} times: {last}", "try it alone with --jobs 1", 1)

    def close(self) -> None:
        """End the child, whatever it is at; any thread may call this."""
        self._child.close()

    def _call(self, task: Task, job: Job, emit: events.Listener) -> Outcome:
        def pass_on(message: object) -> None:
            if isinstance(message, events.Event):
                emit(message)

        if self._fresh:
            self._child.call(self._setting, deadline=START)
            self._fresh = False
        patience = SILENCE + SILENCE_PER_CHARACTER * characters(job)
        outcome = self._child.call(task, deadline=patience, on_message=pass_on)
        assert isinstance(outcome, Outcome)  # noqa: S101 -- the protocol of `task` alone
        return outcome
