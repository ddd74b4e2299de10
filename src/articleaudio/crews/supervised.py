"""A studio in a child process: an article that crashes or hangs it costs one retry, then that article alone."""

from __future__ import annotations

from articleaudio import events
from articleaudio.model import Episode, Failure
from articleaudio.plan import Job
from articleaudio.task import Result, Setting, failure
from articleaudio.workers import Child, WorkerDied, WorkerHung

WORKER = "articleaudio.task:studio_worker"
"""What a worker process runs."""

ATTEMPTS = 2
"""How often an article is tried when its worker dies."""


class Supervised:
    """Makes articles one by one in a child process, which it starts anew when it is lost."""

    def __init__(self, setting: Setting, worker: str = WORKER) -> None:
        """Take what the child is told at its start, and the handler that it runs."""
        self._setting = setting
        self._child = Child(worker)
        self._fresh = True

    def make(self, job: Job, emit: events.Listener) -> Result:
        """Make one article; what goes wrong is the result."""
        last = ""
        for _ in range(ATTEMPTS):
            try:
                return self._call(job, emit)
            except (WorkerDied, WorkerHung) as error:
                last = str(error)
                self._fresh = True
            except Exception as error:  # noqa: BLE001 -- a fault of one article
                return failure(job.source, error)
        return Failure(job.source, f"its worker died {ATTEMPTS} times: {last}", "try it alone with --jobs 1", 1)

    def close(self) -> None:
        """End the child, whatever it is at; any thread may call this."""
        self._child.close()

    def _call(self, job: Job, emit: events.Listener) -> Result:
        def pass_on(message: object) -> None:
            if isinstance(message, events.Event):
                emit(message)

        if self._fresh:
            self._child.call(self._setting, deadline=120.0)
            self._fresh = False
        characters = sum(len(block.text) for block in job.article.blocks)
        result = self._child.call(job, deadline=300.0 + characters / 10, on_message=pass_on)
        assert isinstance(result, Episode | Failure)  # noqa: S101 -- the protocol of this module alone
        return result
