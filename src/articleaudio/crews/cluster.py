"""The crew of many machines: articles are tasks of a Dask cluster, and their sound never passes through it.

Workers write episodes, receipts and pieces where all machines see them; what travels is the article on the way out and
a small result on the way back. Only a few tasks are out at a time, so that neither the scheduler nor we grow with the
run. Nothing is kept in the cluster: when it goes away, the same run goes on from what is finished.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Generator, Iterator

from articleaudio import events
from articleaudio.crews.cluster_link import Certificates, Cluster, connect
from articleaudio.crews.cluster_roll import Roll
from articleaudio.crews.cluster_tasks import Tasks
from articleaudio.crews.supervised import WORKER
from articleaudio.plan import Job
from articleaudio.splitting import Course, Outcome, Task
from articleaudio.task import Result, Setting

__all__ = ["Certificates", "Cluster", "cluster_crew"]

GRACE = 60.0
"""Seconds that workers may take to finish what is at hand when the run is told to stop."""

_LOOK = 0.2
"""Seconds between looks whether the run is told to stop."""


def cluster_crew(
    planned: Iterator[Job | Result],
    setting: Setting,
    emit: events.Listener,
    stop: threading.Event,
    *,
    cluster: Cluster,
) -> Generator[Result, None, None]:
    """Hand tasks to the workers of a cluster, a few at a time.

    Told to stop, or closed early, it takes back what nobody has begun and lets the workers finish what they are at, for
    GRACE seconds at most. Whatever else ends it ends them at once.

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
        try:
            yield from _results(planned, tasks, course, stop)
        except GeneratorExit:
            for _ in tasks.rest(GRACE):
                pass
            raise
        finally:
            tasks.end()


def _results(planned: Iterator[Job | Result], tasks: Tasks, course: Course, stop: threading.Event) -> Iterator[Result]:
    waiting: deque[Task] = deque()
    more = True
    while (more or waiting or tasks.out) and not stop.is_set():
        room = tasks.room
        ended = tasks.next_ended(0.0 if room and (more or waiting) else _LOOK)
        if ended is not None:
            yield from _settled(course, ended, waiting)
        elif waiting and room:
            tasks.hand_out(waiting.popleft())
        elif more and room:
            item = next(planned, None)
            more = item is not None
            if isinstance(item, Job):
                waiting.extend(course.tasks(item))
            elif item is not None:
                yield item
    for ended in tasks.rest(GRACE):
        yield from _settled(course, ended, waiting)


def _settled(course: Course, ended: tuple[Task, Outcome], waiting: deque[Task]) -> Iterator[Result]:
    """Give the article's result; where all its parts are done, the whole comes first among what waits."""
    then = course.ended(*ended)
    if isinstance(then, Job):
        waiting.appendleft(then)
    elif then is not None:
        yield then
