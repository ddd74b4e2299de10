"""Script → Clips: each segment spoken once, by an engine in a worker process, with the time of every word.

`Speaker` is what the pipeline uses. An engine is anything that keeps the `Engine` contract; other packages bring
theirs through the entry-point group `articleaudio.engines`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articleaudio.speak.contract import Engine, Prompt, Sound, WordEvent
from articleaudio.speak.registry import engine_names, open_engine

if TYPE_CHECKING:
    from articleaudio.speak.speaker import Speaker

__all__ = ["Engine", "Prompt", "Sound", "Speaker", "WordEvent", "engine_names", "open_engine"]


def __getattr__(name: str) -> object:
    """Import the Speaker when it is asked for: its worker process lives in this package too, and needs none of it."""
    if name != "Speaker":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from articleaudio.speak.speaker import Speaker  # noqa: PLC0415 -- see above

    return Speaker
