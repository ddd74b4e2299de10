"""One look at a sound: how loud it is from window to window. Cheap enough for an engine of a few milliseconds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from articleaudio.model import Voice
from articleaudio.speak.checks import bounds
from articleaudio.speak.contract import Prompt, Sound, Traits

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Python 3.11 and 3.12 announce that 3.13 takes it from a package, as we do
    import audioop  # numpy would be as quick, but costs a worker process 80 ms to import: as much as 15 sentences

WINDOW = 0.05
"""Seconds of a window."""


@dataclass(frozen=True, slots=True)
class Look:
    """A sound that is to be judged, and what it should be."""

    sound: Sound
    """What the engine gave; not empty, of whole samples."""
    prompt: Prompt
    """What it was to say."""
    voice: Voice
    """In which voice."""
    traits: Traits
    """What kind of engine it is."""
    levels: tuple[int, ...]
    """The highest sample of each window, without sign."""
    peak: int
    """The highest of them."""
    loud: tuple[int, ...]
    """Windows that are no pause, in order; empty only for a silent sound."""

    @property
    def begin(self) -> float:
        """Seconds at which something is first heard."""
        return self.loud[0] * WINDOW

    @property
    def end(self) -> float:
        """Seconds at which something is last heard."""
        return min(self.sound.duration, (self.loud[-1] + 1) * WINDOW)

    def pauses(self) -> Iterator[tuple[float, float]]:
        """Give the seconds at which each pause inside begins, and how long it is."""
        for before, after in zip(self.loud, self.loud[1:], strict=False):
            if after - before > 1:
                yield (before + 1) * WINDOW, (after - before - 1) * WINDOW

    def edge(self, *, last: bool) -> float:
        """Give how loud the first or last few milliseconds are, as a share of the peak."""
        size = 2 * max(1, round(bounds.EDGE_SECONDS * self.sound.rate))
        pcm = self.sound.pcm
        return audioop.max(pcm[-size:] if last else pcm[:size], 2) / self.peak

    def clipped(self) -> float:
        """Give the share of windows in which the sound is cut off at full scale."""
        size = _size(self.sound)
        full = [i for i, level in enumerate(self.levels) if level >= bounds.FULL_SCALE]
        return sum(_flat(self.sound.pcm[i * size : (i + 1) * size]) for i in full) / len(self.levels)


def look_at(sound: Sound, prompt: Prompt, voice: Voice, traits: Traits) -> Look:
    """Measure a sound, once: all of it, or a quarter of each window where the engine is quick and never at a loss."""
    size = _size(sound)
    whole = traits.random or traits.remote or traits.dear
    levels = _levels(sound.pcm, size, size if whole else size // 8 * 2)
    if not whole and max(levels) < bounds.FAINT * 32_768:
        levels = _levels(sound.pcm, size, size)
    peak = max(levels)
    floor = max(1, peak * bounds.QUIET)
    loud = tuple([i for i, level in enumerate(levels) if level >= floor])
    return Look(sound, prompt, voice, traits, levels, peak, loud)


def _levels(pcm: bytes, size: int, seen: int) -> tuple[int, ...]:
    highest = audioop.max
    return tuple([highest(pcm[at : at + seen], 2) for at in range(0, len(pcm), size)])


def _size(sound: Sound) -> int:
    return 2 * max(1, round(WINDOW * sound.rate))


def _flat(pcm: bytes) -> bool:
    return any(level * 3 in pcm for level in (b"\xff\x7f", b"\x00\x80", b"\x01\x80"))
