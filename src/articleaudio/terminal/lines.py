"""Events for machines: JSON lines on stdout."""

from __future__ import annotations

import json
import sys
import threading
from types import TracebackType
from typing import Self

from articleaudio import events
from articleaudio.plain import plain
from articleaudio.terminal.unheard import heard_or_not


class JsonLines:
    """Writes every event as one JSON object on stdout, `event` naming its kind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with heard_or_not(sys.stdout):
            sys.stdout.flush()

    def __call__(self, event: events.Event) -> None:
        """Write one event; whole, from whichever thread it comes."""
        facts = plain(event)
        assert isinstance(facts, dict)  # noqa: S101 -- events are dataclasses
        line = json.dumps({"event": type(event).__name__} | facts)
        with self._lock, heard_or_not(sys.stdout):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
