"""Talking to somebody who may have gone: a reader of a pipe that ended, a log on a disk that is full.

A run is there for its files, and what it says is in its report. So it goes on without a word, and no article fails.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import IO, NoReturn

from rich.console import Console


@contextlib.contextmanager
def heard_or_not(stream: IO[str]) -> Iterator[None]:
    """Write to a stream within; where that fails once, all that is written there from now on goes nowhere."""
    try:
        yield
    except OSError:
        with contextlib.suppress(OSError, ValueError):  # a stream need not lead to a file
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class Talk(Console):
    """A console that leaves it to its user what a broken pipe means."""

    def on_broken_pipe(self) -> NoReturn:
        """Let the error through: rich ends the thread that prints, and that may be one that has other work to do."""
        raise BrokenPipeError
