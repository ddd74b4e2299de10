"""Speaking ahead: while mastering works on one segment, the worker speaks the next few into the cache."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from articleaudio.errors import ArticleAudioError
from articleaudio.model import Segment

AHEAD = 8
"""How many segments at most are spoken before they are asked for."""


class Ahead:
    """A thread that goes through segments in order, never far before the one that was asked for last."""

    def __init__(self, segments: Sequence[Segment], speak: Callable[[Segment], None]) -> None:
        """Start. `speak` puts a segment's sound into the cache, unless it is there."""
        self._segments = segments
        self._speak = speak
        self._places = {id(segment): place for place, segment in enumerate(segments)}
        self._asked = -1
        self._stopped = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="speaking ahead", daemon=True)
        self._thread.start()

    def asked(self, segment: Segment) -> None:
        """Take note that a segment is wanted now: go on from there."""
        with self._changed:
            self._asked = max(self._asked, self._places.get(id(segment), -1))
            self._changed.notify()

    def stop(self) -> None:
        """End the thread after the segment that it is at."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def join(self) -> None:
        """Wait for the end of the thread."""
        self._thread.join()

    def _run(self) -> None:
        for place, segment in enumerate(self._segments):
            with self._changed:
                while not self._stopped and place > self._asked + AHEAD:
                    self._changed.wait()
                if self._stopped:
                    return
                late = place <= self._asked
            if late:
                continue
            try:
                self._speak(segment)
            except (ArticleAudioError, RuntimeError):
                return  # whoever asks for the segment meets the error in its turn
