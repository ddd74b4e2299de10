"""What a recogniser gives, and which there are."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from articleaudio.errors import EngineError


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that was heard."""

    word: str
    """As the recogniser writes it."""
    start: float
    """Seconds from the start of the sound."""
    end: float
    """Seconds, never before `start`."""
    sure: float
    """How sure the recogniser is, 0 to 1, by its own measure."""


class Recogniser(Protocol):
    """Turns speech into words."""

    @property
    def name(self) -> str:
        """What it is called, with its model."""
        ...

    def understands(self, language: str) -> bool:
        """Whether it knows a language, a BCP 47 tag."""
        ...

    def hear(self, pcm: bytes, rate: int, language: str) -> tuple[Heard, ...]:
        """Give the words of 16-bit mono samples, in order."""
        ...


def open_recogniser(model: Path | None = None) -> Recogniser:
    """Open faster-whisper with the model in a folder, or pocketsphinx with its own of US English.

    Nothing is ever downloaded. Raises EngineError where the package or the model is missing.
    """
    if model is None:
        _need("pocketsphinx")
        from articleaudio.speak.hearing.pocketsphinx import PocketsphinxRecogniser  # noqa: PLC0415 -- only to hear

        return PocketsphinxRecogniser()
    _need("faster_whisper")
    from articleaudio.speak.hearing.whisper import WhisperRecogniser  # noqa: PLC0415 -- only to hear

    return WhisperRecogniser(model)


def _need(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        name = package.replace("_", "-")
        raise EngineError(f"hearing needs {name}, which is not here", hint="pip install 'articleaudio[asr]'")


def at_16_khz(pcm: bytes, rate: int) -> bytes:
    """Bring samples to the rate that recognisers are trained at."""
    if rate == 16_000:
        return pcm
    import numpy as np  # noqa: PLC0415 -- only to hear
    import soxr  # noqa: PLC0415 -- as above

    resampled: bytes = soxr.resample(np.frombuffer(pcm, "<i2"), rate, 16_000).astype("<i2").tobytes()
    return resampled
