"""A worker that dies of one article, for the tests of the batch."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from articleaudio import task
from articleaudio.plan import Job
from articleaudio.splitting import Part, Whole
from articleaudio.workers import Child


def studio_worker():
    """Give the real handler, but die by SIGSEGV when the poisonous title comes."""
    handle = task.studio_worker()

    def poisoned(request, emit):
        job = request.job if isinstance(request, Part | Whole) else request
        if isinstance(job, Job) and job.article.title == os.environ["ARTICLEAUDIO_TEST_POISON"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        return handle(request, emit)

    return poisoned


def hanging_worker():
    """Give the real handler, but hang with an engine's process below when the poisonous title comes."""
    handle = task.studio_worker()

    def poisoned(request, emit):
        if isinstance(request, Job) and request.article.title == os.environ["ARTICLEAUDIO_TEST_POISON"]:
            with Child("handlers:misbehave") as engine:
                program = engine.call("grandchild", deadline=60.0)
                with Path(os.environ["ARTICLEAUDIO_TEST_POISON_NOTES"]).open("a") as notes:
                    notes.write(f"{program}\n")
                engine.call("spin", deadline=600.0)
        return handle(request, emit)

    return poisoned
