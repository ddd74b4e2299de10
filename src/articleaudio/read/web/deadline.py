"""The time that one fetch may take, however slowly a server dribbles."""

from __future__ import annotations

import time
from collections.abc import Callable

from articleaudio.errors import FetchError


class Deadline:
    """A clock that runs out. Time spent waiting out of politeness does not count."""

    def __init__(self, seconds: float, what: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """Start the clock now; `what` is fetched, for the message."""
        self._seconds = seconds
        self._what = what
        self._sleep = sleep
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than none. Raises FetchError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.over()
        return left

    def over(self) -> FetchError:
        """The error for time that has run out."""
        return FetchError(
            f"{self._what} takes longer than {self._seconds:g} seconds",
            hint="try again later, or save the page and give the file",
        )

    def wait(self, seconds: float) -> None:
        """Wait, with the clock standing still."""
        before = time.monotonic()
        if seconds > 0:
            self._sleep(seconds)
        self._end += time.monotonic() - before
