"""Speaking ahead: while mastering works on one segment, the worker speaks the next few into the cache."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from articleaudio.errors import ArticleAudioError
from articleaudio.model import Segment

AHEAD = 8
"""How many segments at most are spoken before they are asked for."""


class Ahead:
    """Threads that go through segments in order, never far before the one that was asked for last."""

    def __init__(self, segments: Sequence[Segment], speak: Callable[[Segment], None], at_once: int = 1) -> None:
        """Start `at_once` threads. `speak` puts a segment's sound into the cache, unless it is there."""
        self._segments = segments
        self._ahead = max(AHEAD, 2 * at_once)
        self._next = 0
        self._speak = speak
        self._places = {id(segment): place for place, segment in enumerate(segments)}
        self._asked = -1
        self._stopped = False
        self._changed = threading.Condition()
        self._threads = [
            threading.Thread(target=self._run, name=f"speaking ahead {number}", daemon=True)
            for number in range(at_once)
        ]
        for thread in self._threads:
            thread.start()

    def asked(self, segment: Segment) -> None:
        """Take note that a segment is wanted now: go on from there."""
        with self._changed:
            self._asked = max(self._asked, self._places.get(id(segment), -1))
            self._changed.notify_all()

    def stop(self) -> None:
        """End the threads after the segments that they are at."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait for the end of the threads."""
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._stopped and self._next < len(self._segments) and self._next > self._asked + self._ahead:
                    self._changed.wait()
                # Who asks for a segment speaks it; the next ones are for these threads.
                self._next = max(self._next, self._asked + 1)
                if self._stopped or self._next >= len(self._segments):
                    return
                segment = self._segments[self._next]
                self._next += 1
            try:
                self._speak(segment)
            except (ArticleAudioError, RuntimeError):
                return  # whoever asks for the segment meets the error in its turn


class Busy:
    """Sees to it that one sound is spoken by one thread only."""

    def __init__(self) -> None:
        """Nobody speaks yet."""
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    def at(self, key: str) -> threading.Lock:
        """The lock of a sound."""
        with self._guard:
            return self._locks.setdefault(key, threading.Lock())
