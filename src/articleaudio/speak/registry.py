"""Engines by name: our own, and those that installed packages bring. Listing them imports none of them."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable

from articleaudio.errors import ArticleAudioError, EngineError
from articleaudio.speak.contract import Engine

GROUP = "articleaudio.engines"
"""Entry-point group in which other packages name their engines' open functions."""

BUILT_IN = {
    "command": "articleaudio.speak.command:open_engine",
    "elevenlabs": "articleaudio.speak.services:open_elevenlabs",
    "kokoro": "articleaudio.speak.kokoro:open_engine",
    "openai": "articleaudio.speak.services:open_openai",
    "piper": "articleaudio.speak.piper:open_engine",
    "polly": "articleaudio.speak.services:open_polly",
    "pyttsx3": "articleaudio.speak.espeak:open_engine",
}
"""Our own engines: name → `module:function`, the function giving an Engine."""


def engine_names() -> tuple[str, ...]:
    """Names of all engines that are installed here, sorted; none is imported."""
    return tuple(sorted({**_brought(), **BUILT_IN}))


def open_engine(name: str) -> Engine:
    """Import an engine and open it. Raises EngineError when there is none by that name, or it fails to load."""
    target = BUILT_IN.get(name) or _brought().get(name)
    if target is None:
        near = difflib.get_close_matches(name, engine_names(), 1)
        meant = f"did you mean {near[0]!r}? " if near else ""
        raise EngineError(f"there is no engine {name!r}", hint=f"{meant}engines here: {', '.join(engine_names())}")
    module, _, function = target.partition(":")
    try:
        opened: Callable[[], Engine] = getattr(importlib.import_module(module), function)
        return opened()
    except ArticleAudioError:
        raise
    except Exception as error:
        raise EngineError(
            f"the engine {name!r} cannot be loaded: {type(error).__name__}: {error}",
            hint=f"reinstall the package that brings it ({module.partition('.')[0]})",
        ) from error


def _brought() -> dict[str, str]:
    from importlib.metadata import entry_points  # noqa: PLC0415 -- slow to import, and seldom asked

    return {entry.name: entry.value for entry in entry_points(group=GROUP)}
