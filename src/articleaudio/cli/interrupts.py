"""Ctrl-C and SIGTERM: the first asks a run to finish what is at hand, the second ends it at once."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Who sends the second one (Docker, systemd, a job scheduler) means what a user means by the first."""


@contextlib.contextmanager
def heeding_interrupts() -> Iterator[threading.Event]:
    """Give an event that is set when the run shall stop; the next signal is a KeyboardInterrupt."""
    stop = threading.Event()

    def heed(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 -- what the system hands over
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        with contextlib.suppress(OSError):  # past Python's streams, which may be in the middle of a line
            os.write(2, b"\nfinishing what is at hand; once more ends at once\n")

    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield stop
        return
    before = {number: signal.signal(number, heed) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
