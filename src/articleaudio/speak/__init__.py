"""Script → Clips: each segment spoken once, by an engine in a worker process, with the time of every word.

`Speaker` is what the pipeline uses. An engine is anything that keeps the `Engine` contract; other packages bring
theirs through the entry-point group `articleaudio.engines`.
"""

from __future__ import annotations

from articleaudio.speak.contract import Engine, Prompt, Sound, WordEvent
from articleaudio.speak.registry import engine_names, open_engine
from articleaudio.speak.speaker import Speaker

__all__ = ["Engine", "Prompt", "Sound", "Speaker", "WordEvent", "engine_names", "open_engine"]
