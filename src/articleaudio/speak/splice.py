"""Splicing: the sounds of a segment's stretches, each by its own voice, become the segment's one sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articleaudio.model import WordTime
from articleaudio.speak.contract import Sound

EDGE = 0.01
"""Seconds of silence that stay before and after what is heard of a stretch, and in which it comes from and goes to
nothing: some voices hiss, and are off zero, where they say nothing."""

_QUIET = 32
"""What is no louder (-60 dB) is not heard."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One voice's part of a segment."""

    sound: Sound
    """Its sound."""
    words: tuple[WordTime, ...]
    """Its word times, counted from its start, the characters from the stretch's first."""
    offset: int
    """Where its text begins in the segment's `written`."""
    gain: float
    """Decibels that bring it to the level of the segment's own voice."""
    gap: float = 0.0
    """Seconds of silence before it, where it is not the first."""


def splice(stretches: Sequence[Stretch]) -> tuple[Sound, tuple[WordTime, ...]]:
    """Join the stretches at the highest of their rates, levelled, with a short gap between two; words move along."""
    import numpy as np  # noqa: PLC0415 -- few segments have more than one voice
    import soxr  # noqa: PLC0415 -- as above

    rate = max(stretch.sound.rate for stretch in stretches)
    parts: list[bytes] = []
    words: list[WordTime] = []
    at = 0
    for number, stretch in enumerate(stretches):
        samples = _centred(np.frombuffer(stretch.sound.pcm, "<i2").astype(np.float32))
        if stretch.sound.rate != rate:
            samples = soxr.resample(samples, stretch.sound.rate, rate)
        first, last = _heard(samples, int(EDGE * rate), keep_first=number == 0, keep_last=number == len(stretches) - 1)
        if number:
            parts.append(bytes(2 * int(stretch.gap * rate)))
            at += int(stretch.gap * rate)
        peak = float(np.abs(samples).max(initial=1.0))
        factor = min(10 ** (stretch.gain / 20), max(1.0, 32767 / peak))  # a little too quiet is better than distorted
        levelled = np.clip(_faded(samples[first:last], int(EDGE * rate)) * factor, -32768, 32767)
        parts.append(np.rint(levelled).astype("<i2").tobytes())
        start, end = at / rate, (at + last - first) / rate
        shift = start - first / rate
        for word in stretch.words:
            begun = min(end, max(start, word.start + shift))
            ended = min(end, max(begun, word.end + shift))
            words.append(WordTime(begun, ended, word.first + stretch.offset, word.last + stretch.offset))
        at += last - first
    warnings = tuple(dict.fromkeys(warning for stretch in stretches for warning in stretch.sound.warnings))
    return Sound(b"".join(parts), rate, (), warnings, all(stretch.sound.exact for stretch in stretches)), tuple(words)


def _centred(samples: Any) -> Any:  # noqa: ANN401 -- an array; numpy is imported late
    """The samples without an offset that would be heard as a click at each end."""
    import numpy as np  # noqa: PLC0415 -- few segments have more than one voice

    if not len(samples) or abs(float(samples.mean())) <= _QUIET / 2:
        return samples
    offset = float(np.median(samples))  # where it is silent, while a short sound's mean is its own
    return samples - offset if abs(offset) > _QUIET / 2 else samples


def _faded(samples: Any, edge: int) -> Any:  # noqa: ANN401 -- as above
    """The samples, their quiet ends brought up from nothing and down to it; not a sample that is heard is touched."""
    import numpy as np  # noqa: PLC0415 -- few segments have more than one voice

    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not len(loud):
        return samples
    gains = np.ones(len(samples), np.float32)
    up, down = min(edge, int(loud[0])), min(edge, len(samples) - 1 - int(loud[-1]))
    gains[:up] = np.linspace(0, 1, up, endpoint=False)
    gains[len(samples) - down :] = np.linspace(1, 0, down + 1)[1:]
    return samples * gains


def _heard(samples: object, edge: int, *, keep_first: bool, keep_last: bool) -> tuple[int, int]:
    """The stretch of samples that is heard, with a little silence; the segment's own edges stay as they are."""
    import numpy as np  # noqa: PLC0415 -- as above

    loud = np.flatnonzero(np.abs(np.asarray(samples)) > _QUIET)
    size = len(np.asarray(samples))
    if not len(loud):
        return 0, size
    first = 0 if keep_first else max(0, int(loud[0]) - edge)
    last = size if keep_last else min(size, int(loud[-1]) + 1 + edge)
    return first, last
