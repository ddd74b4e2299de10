"""The gate before a service: how many may be in, how often it is knocked at, and when it is shut. For threads."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from articleaudio.errors import EngineError

IN_A_ROW = 5
"""Failures in a row after which a service is left alone."""
REST = 60.0
"""Seconds that a service is left alone."""
LONG_REST = 300.0
"""Seconds that a service is left alone that refuses the key, or has no credit left: asking again will not help."""
STEADY = 20
"""Answers in a row after which one more may be in again, where a service complained of too many."""


class Gate:
    """Lets a few requests in at a time, not too many a minute, and none while the service is left alone."""

    def __init__(
        self, at_once: int, per_minute: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        """Take the limits (`per_minute` 0 is none), the clock, and how to wait."""
        self._most = self._room = at_once
        self._per_minute = per_minute
        self._clock, self._sleep = clock, sleep
        self._changed = threading.Condition()
        self._inside = 0
        self._recent: deque[float] = deque()
        self._failed = self._answered = 0
        self._shut_until = float("-inf")
        self._why = ""

    def check(self) -> None:
        """Raise EngineError while the service is left alone."""
        with self._changed:
            left = self._shut_until - self._clock()
            if left > 0:
                raise EngineError(
                    f"{self._why}; it is left alone for {left:.0f} more seconds",
                    hint="mend the cause and run again: what is spoken is kept; `fallback` speaks meanwhile",
                )

    def enter(self) -> float:
        """Wait for room and for the minute's limit, and give the seconds that it took."""
        began = self._clock()
        with self._changed:
            while self._inside >= self._room:
                self._changed.wait()
            self._inside += 1
            due = self._reserve()
        if due > self._clock():
            self._sleep(due - self._clock())
        return self._clock() - began

    def leave(self) -> None:
        """Make room."""
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def answered(self) -> None:
        """Take note that the service does its work."""
        with self._changed:
            self._failed = 0
            self._answered += 1
            if self._room < self._most and self._answered >= STEADY:
                self._room, self._answered = self._room + 1, 0
                self._changed.notify_all()

    def crowded(self) -> None:
        """Take note that the service complains of too many at once: one less from now on."""
        with self._changed:
            self._room, self._answered = max(1, self._room - 1), 0

    def failed(self, why: str) -> None:
        """Take note of a failure; after several in a row the service is left alone."""
        with self._changed:
            self._failed += 1
            if self._failed >= IN_A_ROW:
                self._shut(f"{self._failed} requests in a row failed ({why})", REST)

    def stop(self, why: str) -> None:
        """Take note that asking again will not help."""
        with self._changed:
            self._shut(why, LONG_REST)

    def _shut(self, why: str, seconds: float) -> None:
        self._why, self._shut_until = why, self._clock() + seconds

    def _reserve(self) -> float:
        """Note a request, and give when it may be made."""
        now = self._clock()
        if not self._per_minute:
            return now
        many = max(1, int(self._per_minute))
        while self._recent and self._recent[0] <= now - 60.0:
            self._recent.popleft()
        due = max(now, self._recent[-many] + 60.0) if len(self._recent) >= many else now
        self._recent.append(due)
        return due
