"""A worker that dies of one article, for the tests of the batch."""

from __future__ import annotations

import os
import signal

from articleaudio import task
from articleaudio.plan import Job
from articleaudio.splitting import Part


def studio_worker():
    """Give the real handler, but die by SIGSEGV when the poisonous title comes."""
    handle = task.studio_worker()

    def poisoned(request, emit):
        job = request.job if isinstance(request, Part) else request
        if isinstance(job, Job) and job.article.title == os.environ["ARTICLEAUDIO_TEST_POISON"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        return handle(request, emit)

    return poisoned
