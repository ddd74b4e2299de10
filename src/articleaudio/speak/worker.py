"""The worker process that speaks: opens engines by name as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articleaudio.model import Voice
from articleaudio.speak import clips
from articleaudio.speak.checks import checked
from articleaudio.speak.contract import Engine, Prompt, traits_of
from articleaudio.speak.registry import open_engine

TARGET = "articleaudio.speak.worker:open_worker"
"""What the child process is started with."""

READY = "ready"
"""What a worker emits before it speaks for the first time: from here on a crash is the text's fault."""


@dataclass(frozen=True, slots=True)
class Request:
    """One prompt to be spoken."""

    engine: str
    """Name of the engine."""
    prompt: Prompt
    """What to say."""
    voice: Voice
    """In which voice."""


def spoken(engine: Engine, request: Request) -> bytes:
    """Speak a prompt, look at the sound, and give it as the cache will keep it. Raises as `Engine.speak` does."""
    traits = traits_of(engine, request.voice)
    sound = checked(engine.speak(request.prompt, request.voice), request.prompt, request.voice, traits)
    return clips.pack(sound, dear=traits.dear)


def open_worker() -> Callable[[object, Callable[[object], None]], object]:
    """Give the handler: a Request in, the sound out, as the cache will keep it.

    It emits READY when it has opened an engine and is about to speak for the first time.
    """
    engines: dict[str, Engine] = {}

    def handle(request: object, emit: Callable[[object], None]) -> bytes:
        assert isinstance(request, Request)  # noqa: S101 -- only the Speaker asks
        if request.engine not in engines:
            engines[request.engine] = open_engine(request.engine)
            emit(READY)
        return spoken(engines[request.engine], request)

    return handle
