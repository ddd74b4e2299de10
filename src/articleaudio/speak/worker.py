"""The worker process that speaks: opens engines by name as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articleaudio.model import Voice
from articleaudio.speak.contract import Engine, Prompt, Sound
from articleaudio.speak.registry import open_engine

TARGET = "articleaudio.speak.worker:open_worker"
"""What the child process is started with."""


@dataclass(frozen=True, slots=True)
class Request:
    """One prompt to be spoken."""

    engine: str
    """Name of the engine."""
    prompt: Prompt
    """What to say."""
    voice: Voice
    """In which voice."""


def open_worker() -> Callable[[object, Callable[[object], None]], object]:
    """Give the handler: a Request in, a Sound out."""
    engines: dict[str, Engine] = {}

    def handle(request: object, _emit: Callable[[object], None]) -> Sound:
        assert isinstance(request, Request)  # noqa: S101 -- only the Speaker asks
        if request.engine not in engines:
            engines[request.engine] = open_engine(request.engine)
        return engines[request.engine].speak(request.prompt, request.voice)

    return handle
