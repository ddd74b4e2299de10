"""The worker's side of a cluster: each of its threads has a studio in a child process of its own.

So an article that crashes or hangs its engine costs what it costs on one machine, and the worker stays in the cluster.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass

from articleaudio import events
from articleaudio.crews.cluster_fit import Ticket, admit
from articleaudio.crews.supervised import Supervised
from articleaudio.splitting import Outcome, Task

IDLE = 60.0
"""Seconds after which a child process without work ends: its coordinator may be dead."""

RATE = 1.0
"""Seconds between two letters about the progress of a task: they all pass through the scheduler."""

_REMEMBERED = 1000
"""Tasks of a run that a worker remembers to have begun: more than can be on their way back to the coordinator."""

TOLD = {kind.__name__: kind for kind in (events.ArticleStarted, events.SegmentReady, events.Warned)}
"""Events that travel to the coordinator."""


class TakenBackError(Exception):
    """A task came to its worker when its run had ended."""


@dataclass(slots=True)
class _Seat:
    """The studio of one thread."""

    run: str
    studio: Supervised
    task: str = ""
    since: float = 0.0


@dataclass(slots=True)
class _Run:
    """What a worker knows of a run."""

    begun: deque[str]
    over: bool = False


_seats: dict[int, _Seat] = {}
_runs: dict[str, _Run] = {}
_lock = threading.Lock()
_watcher: threading.Thread | None = None


def perform(ticket: Ticket, task: Task) -> Outcome:
    """Do one task on this worker.

    Raises UnfitError where the worker cannot work for the run, and TakenBackError where the run has ended.
    """
    from distributed import get_worker  # noqa: PLC0415 -- an extra, and this runs in one of its workers

    worker = get_worker()
    key = str(worker.get_current_task())
    _begin(ticket.run, key)
    seat = _take(ticket, worker.address, key)
    letters = _Letters(lambda told: worker.log_event(ticket.topic, {"key": key, "events": told}))
    try:
        return seat.studio.do(task, letters.add)
    finally:
        letters.send()
        _leave(seat)


def stop(run: str) -> list[str]:
    """Begin no more tasks of a run on this worker; gives those that are begun, at hand or lately ended, by key."""
    with _lock:
        known = _runs.setdefault(run, _Run(deque(maxlen=_REMEMBERED)))
        known.over = True
        return list(known.begun)


def dismiss(run: str) -> None:
    """End all that works for a run here."""
    with _lock:
        _runs.pop(run, None)
    _close(lambda seat: seat.run == run)


class _Letters:
    """Events of one task, gathered so that few messages carry them."""

    def __init__(self, post: Callable[[list[object]], None]) -> None:
        self._post = post
        self._told: list[object] = []
        self._last = 0.0

    def add(self, event: events.Event) -> None:
        """Take an event along, if it is one that travels."""
        if type(event).__name__ in TOLD:
            self._told.append((type(event).__name__, asdict(event)))
        if time.monotonic() - self._last >= RATE:
            self.send()

    def send(self) -> None:
        """Send what was gathered."""
        if self._told:
            self._post(self._told)
        self._told, self._last = [], time.monotonic()


def _begin(run: str, key: str) -> None:
    """Note that a task is begun; what is begun and what is taken back must never be the same task."""
    with _lock:
        known = _runs.setdefault(run, _Run(deque(maxlen=_REMEMBERED)))
        if known.over:
            raise TakenBackError(key)
        known.begun.append(key)


def _take(ticket: Ticket, address: str, key: str) -> _Seat:
    """Give this thread's studio for the run, opening it if there is none."""
    global _watcher  # noqa: PLW0603 -- one for the whole process
    thread = threading.get_ident()
    with _lock:
        seat = _seats.get(thread)
        if seat and seat.run == ticket.run:
            seat.task = key
            return seat
    if seat:
        _close(lambda other: other is seat)
    seat = _Seat(ticket.run, Supervised(admit(ticket, address), ticket.worker), key)
    with _lock:
        _seats[thread] = seat
        if _watcher is None:
            _watcher = threading.Thread(target=_watch, name="articleaudio-watch", daemon=True)
            _watcher.start()
    return seat


def _leave(seat: _Seat) -> None:
    with _lock:
        seat.task, seat.since = "", time.monotonic()


def _watch() -> None:
    """End what has had no work for long, until nothing is left to watch."""
    global _watcher  # noqa: PLW0603 -- as above
    while True:
        time.sleep(IDLE / 4)
        _close(lambda seat: not seat.task and time.monotonic() - seat.since >= IDLE)
        with _lock:
            if not _seats:
                _runs.clear()
                _watcher = None
                return


def _close(which: Callable[[_Seat], bool]) -> None:
    with _lock:
        ended = {thread: seat for thread, seat in _seats.items() if which(seat)}
        for thread in ended:
            del _seats[thread]
    for seat in ended.values():
        seat.studio.close()
