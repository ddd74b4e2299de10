"""Handing out tasks: what all crews do alike, wherever the hands are that do them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from typing import Protocol

from articleaudio.model import Episode, Failure
from articleaudio.plan import Job
from articleaudio.splitting import Course, Outcome, Task
from articleaudio.task import Result

GRACE = 60.0
"""Seconds that workers may take to finish what they are at when the run is told to stop."""

_LOOK = 0.2
"""Seconds between looks whether the run is told to stop."""


class Hands(Protocol):
    """Workers of any kind, with what is handed out to them."""

    @property
    def room(self) -> bool:
        """Whether another task may be handed out."""
        ...

    @property
    def busy(self) -> bool:
        """Whether anything is handed out that has not ended."""
        ...

    def hand_out(self, task: Task) -> None:
        """Give a task to whoever is free next."""
        ...

    def next_ended(self, patience: float) -> tuple[Task, Outcome] | None:
        """The next task that has ended, and how; None when there is none for `patience` seconds."""
        ...

    def rest(self, grace: float) -> Iterator[tuple[Task, Outcome]]:
        """Take back what nobody has begun, and give what ends within `grace` seconds."""
        ...

    def end(self) -> None:
        """End every worker, whatever it is at."""
        ...


def handed_out(
    planned: Iterator[Job | Result], hands: Hands, course: Course, stop: threading.Event
) -> Generator[Result, None, None]:
    """Hand out what is planned, a few tasks at a time, and give results as they come.

    Told to stop, or closed early, it hands out nothing more and lets the workers finish what they are at, for GRACE
    seconds at most. Whatever else ends it ends them at once.
    """
    waiting: deque[Task] = deque()
    more = True
    try:
        while (more or waiting or hands.busy) and not stop.is_set():
            room = hands.room
            ended = hands.next_ended(0.0 if room and (more or waiting) else _LOOK)
            if ended is not None:
                yield from _settled(course, ended, waiting)
            elif waiting and room:
                hands.hand_out(waiting.popleft())
            elif more and room:
                item = next(planned, None)
                more = item is not None
                if isinstance(item, Job):
                    waiting.extend(course.tasks(item))
                elif item is not None:
                    yield item
        for ended in hands.rest(GRACE):
            yield from _settled(course, ended, waiting)
    except GeneratorExit:
        for _ in hands.rest(GRACE):
            pass
        raise
    finally:
        hands.end()


def _settled(course: Course, ended: tuple[Task, Outcome], waiting: deque[Task]) -> Iterator[Result]:
    """Give the article's result; what can be done now of one that is begun comes first among what waits."""
    then = course.ended(*ended)
    if isinstance(then, Episode | Failure):
        yield then
    else:
        waiting.extendleft(reversed(then))
