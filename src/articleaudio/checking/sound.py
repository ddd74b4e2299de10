"""A finished MP3 decoded whole, block by block in flat memory, and measured again from it alone.

Loudness is the exact form of what mastering adds up from pieces (ITU-R BS.1770-5). Of every second only a few numbers
are kept: an hour takes no more memory than a few megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articleaudio.checking.clicks import SIDE, clicks
from articleaudio.checking.findings import Measures
from articleaudio.master.level import PEAK
from articleaudio.master.loudness import frame_energies, loudness
from articleaudio.master.measure import QUIET
from articleaudio.master.peaks import points_above

STEP = 0.01
"""Seconds of a step of the envelope."""
LONGEST_SILENCE = 2.5
"""Seconds of nothing, between two sounds, after which a listener takes the player for broken."""

_FRAMES = 40
"""Tenths of a second in a block."""
_MEMORY = 10
"""Tenths of a second before a block that the weighting filter still hears."""
_EDGE = 32
"""Samples at a block's edges whose true peaks need the next block."""
_CLIPPED = 32_767
_KEPT = 10_000
"""So many places are kept of a kind; nobody listens to more."""


@dataclass(slots=True)
class Sound:
    """What was heard in a file."""

    rate: int
    """Samples a second."""
    channels: int
    """How many; more than one are mixed."""
    samples: int = 0
    """Decoded, of each channel."""
    peak: float = 0.0
    """True peak, full scale 1."""
    peaks: dict[int, float] = field(default_factory=dict)
    """Second → highest true peak in it, where that is above the limit (full scale 1)."""
    clipped: dict[int, int] = field(default_factory=dict)
    """Second → samples at full scale."""
    clicks: list[tuple[float, float]] = field(default_factory=list)
    """Sudden jumps: second, and height of the jump (full scale 1)."""
    silences: list[tuple[float, float]] = field(default_factory=list)
    """Silences that are too long: from, to."""
    silence: tuple[float, float] = (0.0, 0.0)
    """The longest silence between two sounds: from, to."""
    first: float = 0.0
    """Second of the first sound."""
    last: float = 0.0
    """Second of the last sound."""
    envelope: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    """Highest sample of each step, full scale 1."""
    energies: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """K-weighted energy of each tenth of a second."""

    @property
    def frame(self) -> int:
        """Samples of a tenth of a second."""
        return round(self.rate / 10)

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.samples / self.rate

    def measures(self) -> Measures:
        """The figures in a row."""
        return Measures(
            duration=round(self.duration, 4),
            rate=self.rate,
            channels=self.channels,
            integrated=round(loudness(self.energies, self.rate, self.frame), 2),
            peak=round(decibels(self.peak), 2),
            silence=round(self.silence[1] - self.silence[0], 3),
            silence_at=round(self.silence[0], 3),
            clipped=sum(self.clipped.values()),
            clicks=len(self.clicks),
        )


def decibels(height: float) -> float:
    """A height of full scale 1 in decibels; minus infinity for nothing."""
    return float(20 * np.log10(height)) if height > 0 else float("-inf")


def listen(path: Path) -> Sound:
    """Decode a file to its end. Raises ValueError for what cannot be decoded, and OSError."""
    import soundfile  # noqa: PLC0415 -- only where something is decoded

    from articleaudio.master.forward import ForwardFile  # noqa: PLC0415 -- as above

    try:
        with path.open("rb") as handle, ForwardFile(handle) as file:
            sound = Sound(int(file.samplerate), int(file.channels))
            _hear(sound, _blocks(file, sound.frame * _FRAMES))
    except soundfile.LibsndfileError as error:
        raise ValueError(str(error)) from error
    return sound


def _blocks(file: object, size: int) -> Iterator[tuple[NDArray[np.int16], bool]]:
    """Mono blocks, each with whether it is the last."""
    waiting = _block(file, size)
    while len(waiting):
        following = _block(file, size)
        yield waiting, not len(following)
        waiting = following


def _block(file: object, size: int) -> NDArray[np.int16]:
    samples: NDArray[np.int16] = file.read(size, dtype="int16", always_2d=True)  # type: ignore[attr-defined] # soundfile has no types
    return samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1).astype(np.int16)


def _hear(sound: Sound, blocks: Iterator[tuple[NDArray[np.int16], bool]]) -> None:
    """Take all blocks in."""
    memory = np.zeros(sound.frame * _MEMORY, np.int16)
    energies: list[NDArray[np.float64]] = []
    envelope: list[NDArray[np.float32]] = []
    loud = -1
    for block, is_last in blocks:
        heard = np.concatenate([memory, block])
        start = sound.samples - len(memory)
        energies.append(frame_energies(heard.astype("<i2").tobytes(), sound.rate, sound.frame)[_MEMORY:])
        envelope.append(_envelope(block, sound.rate * STEP))
        _note_peaks(sound, heard[-len(block) - 2 * _EDGE :] / 32_768.0, sound.samples - 2 * _EDGE, is_last=is_last)
        _note_clicks(sound, heard, start, len(block), is_last=is_last)
        _note_clipped(sound, block)
        loud = _note_silences(sound, block, loud)
        sound.samples += len(block)
        memory = heard[-len(memory) :]
    sound.last = max(0, loud) / sound.rate
    if energies:
        sound.energies, sound.envelope = np.concatenate(energies), np.concatenate(envelope)


def _envelope(block: NDArray[np.int16], step: float) -> NDArray[np.float32]:
    edges = np.arange(int(np.ceil(len(block) / step - 1e-9))) * step
    height = np.maximum.reduceat(np.abs(block.astype(np.int32)), np.round(edges).astype(np.intp))
    return (height / 32_768.0).astype(np.float32)


def _note_peaks(sound: Sound, window: NDArray[np.float64], start: int, *, is_last: bool) -> None:
    """True peaks of a block; those at its end are looked at together with the next one."""
    highest = float(np.abs(window).max(initial=0.0))
    if not highest:
        return
    limit = 10 ** (PEAK / 20)
    places, heights = points_above(window, min(highest * 0.9, limit))
    inside = (places >= _EDGE) & (is_last | (places < len(window) - _EDGE))
    sound.peak = max(sound.peak, float(heights[inside].max(initial=0.0)))
    above = inside & (np.round(20 * np.log10(heights), 2) > PEAK)
    for place, height in zip(places[above].tolist(), heights[above].tolist(), strict=True):
        second = (start + place) // sound.rate
        sound.peaks[second] = max(sound.peaks.get(second, 0.0), height)


def _note_clicks(sound: Sound, heard: NDArray[np.int16], start: int, fresh: int, *, is_last: bool) -> None:
    """Sudden jumps of a block; those at its end are looked at together with the next one."""
    side = round(SIDE * sound.rate)
    window = heard[-fresh - 2 * side :] / 32_768.0
    begin = start + len(heard) - len(window)
    if is_last:  # a sound that is still there at the end stops with a jump
        window = np.concatenate([window, np.zeros(2 * side)])
    for place, height in clicks(window, sound.rate):
        second = max(0, begin + place) / sound.rate
        fits = side <= place < len(window) - side
        known = sound.clicks and second - sound.clicks[-1][0] < SIDE
        if fits and not known and len(sound.clicks) < _KEPT:
            sound.clicks.append((round(second, 3), height))


def _note_clipped(sound: Sound, block: NDArray[np.int16]) -> None:
    places = np.flatnonzero((block >= _CLIPPED) | (block <= -_CLIPPED))
    seconds, counts = np.unique((places + sound.samples) // sound.rate, return_counts=True)
    for second, count in zip(seconds.tolist(), counts.tolist(), strict=True):
        sound.clipped[second] = sound.clipped.get(second, 0) + count


def _note_silences(sound: Sound, block: NDArray[np.int16], last: int) -> int:
    """Silences that end in a block; gives the last loud sample so far."""
    quiet = int(QUIET * 32_768)
    loud = np.flatnonzero((block > quiet) | (block < -quiet)) + sound.samples
    if not loud.size:
        return last
    if last < 0:
        sound.first = float(loud[0]) / sound.rate
        last = int(loud[0])
    places = np.concatenate([[last], loud])
    gaps = np.diff(places)
    for at in np.unique([*np.flatnonzero(gaps > LONGEST_SILENCE * sound.rate), int(gaps.argmax())]).tolist():
        gap = (float(places[at]) / sound.rate, float(places[at + 1]) / sound.rate)
        if gap[1] - gap[0] > sound.silence[1] - sound.silence[0]:
            sound.silence = gap
        if gap[1] - gap[0] > LONGEST_SILENCE and len(sound.silences) < _KEPT:
            sound.silences.append(gap)
    return int(loud[-1])
