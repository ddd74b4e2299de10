"""The worker process that speaks: opens engines by name as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articleaudio.errors import SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak import clips
from articleaudio.speak.contract import Engine, Prompt, Sound
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
        return clips.pack(_checked(engines[request.engine].speak(request.prompt, request.voice)))

    return handle


def _checked(sound: object) -> Sound:
    """Refuse what cannot be a sentence's sound, whichever engine made it."""
    if not isinstance(sound, Sound):
        raise SpeechFailedError(f"the engine gave {type(sound).__name__}, not a sound")
    if not any(sound.pcm):
        raise SpeechFailedError("the engine gave no sound")
    if len(sound.pcm) % 2 or not 4_000 <= sound.rate <= 192_000:
        raise SpeechFailedError(f"the engine gave {len(sound.pcm)} bytes at {sound.rate} samples a second")
    return sound
