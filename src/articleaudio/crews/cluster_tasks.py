"""Tasks that are out in a cluster. All of it happens in the run's own thread: the engine's threads fill the inbox."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from articleaudio import events
from articleaudio.crews import cluster_hands as hands
from articleaudio.crews.cluster_fit import Ticket, UnfitError
from articleaudio.crews.cluster_roll import Roll
from articleaudio.model import Failure
from articleaudio.plan import Job
from articleaudio.splitting import Course, Outcome, Task

ATTEMPTS = 3
"""How often a task is handed out whose worker could not take it."""

RESULT = 5.0
"""Seconds that a finished result may take to come; then its worker is dead, and the cluster makes it again."""

_MADE_AGAIN = ("lost", "pending")
"""States of a task that had ended: its worker died before the result was fetched, and the cluster does it again."""

_POLL = 0.2
"""Seconds between looks at what comes in while waiting for the rest."""


@dataclass(frozen=True, slots=True)
class _Out:
    """A task that is out."""

    task: Task
    future: Any
    attempts: int
    bound: bool


class Tasks:
    """What is handed out and has not ended."""

    def __init__(self, client: Any, roll: Roll, ticket: Ticket, course: Course, emit: events.Listener) -> None:  # noqa: ANN401 -- the engine's
        self.out: dict[str, _Out] = {}
        """By key."""
        self._client = client
        self._roll = roll
        self._ticket = ticket
        self._course = course
        self._emit = emit
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._lost = False
        client.subscribe_topic(ticket.topic, self._inbox.put)

    @property
    def busy(self) -> bool:
        """Whether anything is handed out that has not ended."""
        return bool(self.out)

    @property
    def room(self) -> bool:
        """Whether more tasks may be out."""
        return len(self.out) < self._roll.window

    def hand_out(self, task: Task, attempts: int = 0) -> None:
        """Give a task to the cluster."""
        wishes = self._roll.wishes(task if isinstance(task, Job) else task.job)
        with self._roll.answering():
            future = self._client.submit(hands.perform, self._ticket, task, pure=False, **wishes)
        self.out[future.key] = _Out(task, future, attempts, "resources" in wishes)
        future.add_done_callback(self._inbox.put)

    def next_ended(self, patience: float) -> tuple[Task, Outcome] | None:
        """The next task that has ended, and how; None when there is none for `patience` seconds.

        Raises ClusterLostError.
        """
        self._roll.look()
        if not self._roll.has_gpu:
            self._unbind()
        try:
            message = self._inbox.get(timeout=patience) if patience else self._inbox.get_nowait()
        except queue.Empty:
            return None
        if isinstance(message, tuple):  # of a worker: when, and what
            self._hear(message[1])
            return None
        return self._ended(message)

    def rest(self, grace: float) -> Iterator[tuple[Task, Outcome]]:
        """Take back what nobody has begun, and give what ends within `grace` seconds."""
        if not self.out:
            return
        with self._roll.answering():
            begun = {key for keys in self._ask(hands.stop, self._ticket.run) for key in keys}
            for key in [key for key in self.out if key not in begun]:
                self._take_back(key)
        end = time.monotonic() + grace
        while self.out and time.monotonic() < end:
            if (ended := self.next_ended(_POLL)) is not None:
                yield ended

    def end(self) -> None:
        """Take back whatever is out, and end the child processes that worked for the run."""
        with contextlib.suppress(OSError, ValueError):
            if self._lost or self._client.status != "running":
                return
            for key in list(self.out):
                self._take_back(key)
            self._ask(hands.dismiss, self._ticket.run)

    def _hear(self, told: dict[str, Any]) -> None:
        if out := self.out.get(told["key"]):
            for kind, facts in told["events"]:
                event = self._course.heard(out.task, hands.TOLD[kind](**facts))
                if event is not None:
                    self._emit(event)

    def _ended(self, future: Any) -> tuple[Task, Outcome] | None:  # noqa: ANN401 -- the engine's
        """How a task ended; None where it is out again, or is not ours any more."""
        out = self.out.get(future.key)
        if out is None:
            return None
        if future.status in _MADE_AGAIN:
            future.add_done_callback(self._inbox.put)
            return None
        if future.status == "finished":
            try:
                outcome: Outcome = future.result(timeout=RESULT)
            except TimeoutError:
                future.add_done_callback(self._inbox.put)
                return None
            except (OSError, CancelledError) as error:
                raise self._roll.lost(f"the line to it broke: {error}") from error
            del self.out[future.key]
            future.release()
            return out.task, outcome
        del self.out[future.key]
        if future.status == "error":
            return self._failed(out, future.exception())
        self._lost = True
        raise self._roll.lost("its scheduler ended, or the network did")

    def _failed(self, out: _Out, error: Exception) -> tuple[Task, Outcome] | None:
        source = out.task.source if isinstance(out.task, Job) else out.task.job.source
        if type(error).__name__ == "KilledWorker":
            told = f"the workers that were at it died one after the other: {error}"
            return out.task, Failure(source, told, "try it alone, without --cluster", 1)
        if isinstance(error, UnfitError):
            self._roll.pass_over(error)
        if out.attempts + 1 >= ATTEMPTS:
            told = f"no worker could take it: {type(error).__name__}: {error}"
            return out.task, Failure(source, told, "run again; the workers' own log says more", 1)
        self.hand_out(out.task, out.attempts + 1)
        return None

    def _unbind(self) -> None:
        """Let others do what waits for a graphics card, now that none is left."""
        for key, out in [(key, out) for key, out in self.out.items() if out.bound]:
            self._take_back(key)
            self.hand_out(out.task, out.attempts)

    def _take_back(self, key: str) -> None:
        self._client.cancel([self.out.pop(key).future], force=True)

    def _ask(self, what: Any, *args: object) -> list[Any]:  # noqa: ANN401 -- any function
        answers = self._client.run(what, *args, on_error="return")
        return [answer for answer in answers.values() if not isinstance(answer, Exception)]
