"""What a finished stretch of MP3 sounds like: decoded and measured once, when it is made."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articleaudio.master.loudness import spectral_energies
from articleaudio.master.peaks import true_peak

QUIET = 10 ** (-60 / 20)
"""What is not louder than this counts as silence."""

_CLIPPED = 32_767


@dataclass(frozen=True, slots=True)
class Measures:
    """Numbers of a decoded stretch, from which those of the whole are added up."""

    energies: tuple[float, ...]
    """K-weighted energy of each frame (sum of squares, full scale 1)."""
    peak: float
    """True peak, dBTP."""
    silence: float
    """Longest silence between two sounds in it, seconds."""
    clipped: int
    """Samples at full scale."""


def decode(stream: bytes) -> tuple[NDArray[np.int16], int]:
    """MP3 frames → 16-bit samples and their rate, the decoder's delay included. Raises ValueError for what is none."""
    import soundfile  # noqa: PLC0415 -- kept pieces are measured already

    try:
        samples, rate = soundfile.read(io.BytesIO(stream), dtype="int16", always_2d=False)
    except soundfile.LibsndfileError as error:
        raise ValueError(f"this is no MP3 that can be decoded: {error}") from error
    return samples, int(rate)


def measure(samples: NDArray[np.int16], rate: int, frame: int) -> Measures:
    """Measure decoded mono samples in frames of `frame` samples."""
    sound = samples / 32_768.0
    return Measures(
        energies=tuple(float(f"{energy:.6g}") for energy in spectral_energies(sound, rate, frame)),
        peak=round(true_peak(sound), 2),
        silence=round(longest_silence(samples, rate), 3),
        clipped=int(np.count_nonzero((samples >= _CLIPPED) | (samples <= -_CLIPPED))),
    )


def longest_silence(samples: NDArray[np.int16], rate: int) -> float:
    """The longest silence between two sounds, in seconds; edges do not count."""
    quiet = int(QUIET * 32_768)
    loud = np.flatnonzero((samples > quiet) | (samples < -quiet))
    gaps = np.diff(loud)
    return float(gaps.max() - 1) / rate if gaps.size and math.isfinite(gaps.max()) else 0.0
