"""The crew of many machines: articles are tasks of a Dask cluster, and their sound never passes through it.

Workers write episodes, receipts and pieces where all machines see them; what travels is the article on the way out and
a small result on the way back. Only a few tasks are out at a time, so that neither the scheduler nor we grow with the
run. Nothing is kept in the cluster: when it goes away, the same run goes on from what is finished.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Iterator

from articleaudio import events
from articleaudio.crews.cluster_link import Certificates, Cluster, connect
from articleaudio.crews.cluster_roll import Roll
from articleaudio.crews.cluster_tasks import Tasks
from articleaudio.crews.handing import handed_out
from articleaudio.crews.supervised import WORKER
from articleaudio.plan import Job
from articleaudio.splitting import Course
from articleaudio.task import Result, Setting

__all__ = ["Certificates", "Cluster", "cluster_crew"]


def cluster_crew(
    planned: Iterator[Job | Result],
    setting: Setting,
    emit: events.Listener,
    stop: threading.Event,
    *,
    cluster: Cluster,
) -> Generator[Result, None, None]:
    """Hand tasks to the workers of a cluster, a few at a time.

    Raises EngineError without Dask, ClusterError when the cluster cannot be used, ClusterLostError when it goes away.
    """
    with contextlib.closing(connect(cluster)) as client:
        roll = Roll(client, cluster, emit)
        roll.wait()
        ticket = roll.admitted(setting, WORKER)
        # Parts are handed on in the cache: where each machine has its own, a whole article is one machine's.
        whole = setting.force or roll.caches_apart
        course = Course(0 if whole else setting.split_above)
        tasks = Tasks(client, roll, ticket, course, emit)
        yield from handed_out(planned, tasks, course, stop)
