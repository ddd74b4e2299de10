"""Politeness in time: a pause between two requests to one host, and coming again when a busy server says so."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from articleaudio.errors import FetchError
from articleaudio.read.web.deadline import Deadline

MOST = 60.0
"""Seconds; a server that asks for a longer pause gets none, but an error says so."""


class Pace:
    """When each host was asked last."""

    def __init__(self) -> None:
        """Begin with no host asked."""
        self._asked: dict[str, float] = {}

    def keep(self, host: str, delay: float, deadline: Deadline) -> None:
        """Wait until `delay` seconds have passed since the host was last asked, and note that it is asked now.

        Raises FetchError when that is too long a wait.
        """
        last = self._asked.get(host)
        wait = 0.0 if last is None else last + delay - time.monotonic()
        if wait > MOST:
            raise FetchError(
                f"{host} asks programs to wait {delay:.0f} seconds between two pages",
                hint="save the pages and give the files; for a site of your own, name it under own_sites in [fetch]",
            )
        deadline.wait(wait)
        self._asked[host] = time.monotonic()


def retry_after(header: str) -> float | None:
    """Seconds after which a server wants to be asked again; None where it does not say, or wants a wait too long."""
    text = header.strip()
    try:
        seconds = (
            float(text[:20])
            if text.isdecimal()
            else (parsedate_to_datetime(text).astimezone(UTC) - datetime.now(UTC)).total_seconds()
        )
    except (ValueError, OverflowError, TypeError):
        return None
    return max(seconds, 0.0) if seconds <= MOST else None
