"""Loudness, as a listener hears a mono file on two speakers, and true peak; added up from what is known of pieces.

Sources: ITU-R BS.1770-5 (K-weighting, gates, true peak), EBU Tech 3341. Filter constants as in libebur128. A
recording is whole frames of pieces and silence, so weighted energies are taken frame by frame: those of the pieces, and
zeros for the pauses, in a row, are those of the recording, and no sound has to be read again.
"""

from __future__ import annotations

import math
from array import array
from functools import lru_cache

import numpy as np
import soxr
from numpy.typing import NDArray

SILENCE = float("-inf")
"""Loudness and peak of nothing."""

_TWO_SPEAKERS = 2.0
"""A mono file comes out of two speakers: twice the power, 3.01 dB more."""
_OFFSET = -0.691
"""Decibels by which BS.1770 calibrates its scale."""
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_STEP = 0.1
"""Seconds between the beginnings of windows."""
_STEPS = 4
"""Steps in a window."""
_MANY = 8192
"""Frames that are taken together."""
_RINGING = 0.25
"""Seconds in which the weighting filter dies away."""


def frame_energies(pcm: bytes, rate: int, frame: int) -> NDArray[np.float64]:
    """K-weighted energy (sum of squares, full scale 1) of each whole or begun frame of 16-bit mono PCM."""
    sound = np.frombuffer(pcm, "<i2") / 32_768.0
    frames = -(-len(sound) // frame)
    size = 1 << (len(sound) + round(_RINGING * rate)).bit_length()
    weighted = np.fft.irfft(np.fft.rfft(sound, size) * _weights(size, rate), size)[: frames * frame]
    squares = np.square(np.pad(weighted, (0, frames * frame - len(weighted))))
    return np.asarray(squares.reshape(frames, frame).sum(axis=1), np.float64)


def spectral_energies(sound: NDArray[np.float64], rate: int, frame: int) -> NDArray[np.float64]:
    """As `frame_energies`, within 0.05 LU for speech, at a fifth of the cost: each frame weighted by its spectrum."""
    frames = -(-len(sound) // frame)
    rows = np.zeros((frames, frame), np.float32)
    rows.ravel()[: len(sound)] = sound
    spectrum = np.fft.rfft(rows, axis=1)
    powers = np.square(spectrum.real) + np.square(spectrum.imag)
    return np.asarray(powers @ _power_weights(frame, rate), np.float64)


class Meter:
    """Integrated loudness of frames that come in a row; of an hour, only its tenths of a second are kept."""

    def __init__(self, rate: int, frame: int, *, delay: int = 0) -> None:
        """Take samples a second and a frame.

        The first `delay` samples are not heard: windows begin behind them, for in a short recording it matters where
        they lie.
        """
        self._rate, self._frame, self._delay = rate, frame, delay
        self._frames = 0
        self._total = 0.0
        self._waiting: list[NDArray[np.float64]] = []
        self._wait = 0
        self._marks = array("d")  # energy up to each tenth of a second, the delay left out

    def add(self, energies: NDArray[np.float64]) -> None:
        """Take the weighted energies of the next frames."""
        self._waiting.append(energies)
        self._wait += len(energies)
        if self._wait >= _MANY:
            self._fold()

    def loudness(self) -> float:
        """LUFS of all frames so far; SILENCE when nothing is louder than the absolute gate.

        What is shorter than a window of 0.4 seconds counts as one window.
        """
        self._fold()
        marks = np.frombuffer(self._marks) if self._marks else np.full(1, self._total)
        windows = marks[_STEPS:] - marks[:-_STEPS] if len(marks) > _STEPS else np.array([self._total - marks[0]])
        powers = _TWO_SPEAKERS * windows / (_STEPS * _STEP * self._rate)
        gated = powers[_level(powers) > _ABSOLUTE_GATE]
        if not gated.size:
            return SILENCE
        gated = gated[_level(gated) > _level(gated.mean()) + _RELATIVE_GATE]
        return float(_level(gated.mean()))

    def _fold(self) -> None:
        """Keep of the frames that wait what they come to at each tenth of a second within them."""
        if not self._wait:
            return
        summed = np.cumsum(np.concatenate([[self._total], *self._waiting]))
        edges = np.arange(self._frames, self._frames + self._wait + 1) * self._frame
        first = len(self._marks)
        last = math.floor((edges[-1] - self._delay) / (_STEP * self._rate) + 1e-9)
        marks = self._delay + np.arange(first, last + 1) * (_STEP * self._rate)
        self._marks.frombytes(np.interp(marks, edges, summed).tobytes())
        self._frames += self._wait
        self._total = float(summed[-1])
        self._waiting.clear()
        self._wait = 0


def loudness(energies: NDArray[np.float64], rate: int, frame: int) -> float:
    """Integrated loudness in LUFS of frames in a row, as a Meter gives it."""
    meter = Meter(rate, frame)
    meter.add(energies)
    return meter.loudness()


def true_peak(pcm: bytes, rate: int) -> float:
    """The highest point between samples too, in dB below full scale (dBTP), from four times the rate."""
    sound = np.frombuffer(pcm, "<i2") / 32_768.0
    if not sound.any():
        return SILENCE
    between = soxr.resample(np.pad(sound, 64), rate, 4 * rate, quality="HQ")
    return float(20 * np.log10(max(np.abs(between).max(), np.abs(sound).max())))


def _level(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(_OFFSET + 10 * np.log10(np.maximum(power, 1e-30)), np.float64)


@lru_cache(maxsize=8)
def _power_weights(size: int, rate: int) -> NDArray[np.float32]:
    """What each line of a power spectrum adds to the weighted energy (Parseval; all but the first count twice)."""
    lines = np.square(np.abs(_weights(size, rate))) * 2 / size
    lines[0] /= 2
    return lines.astype(np.float32)


@lru_cache(maxsize=8)
def _weights(size: int, rate: int) -> NDArray[np.complex128]:
    """Give the weighting's response at the frequencies of a transform of `size` points: head and high-pass filter."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    k, q = np.tan(np.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    head = ((high + band * k / q + k * k) + 2 * (k * k - high) * z + (high - band * k / q + k * k) * z**2) / (
        (1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z**2
    )
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    below = 1 + k / q + k * k
    passed = (1 - 2 * z + z**2) / (1 + 2 * (k * k - 1) / below * z + (1 - k / q + k * k) / below * z**2)
    return np.asarray(head * passed, np.complex128)
