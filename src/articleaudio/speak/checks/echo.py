"""Whether an engine says the end of its text twice, as neural ones do at times. Imports numpy: only asked of those."""

from __future__ import annotations

import itertools
import re

import numpy as np
import numpy.typing as npt

from articleaudio.speak.checks import bounds

_HOP = 0.02
_BANDS = 18
_STEM = 3
_LOWEST, _HIGHEST = 120.0, 3_800.0


def repeats(text: str) -> bool:
    """Whether a text ends with a word that it has before, or, in scripts without spaces, with such letters."""
    words = re.findall(r"\w+", text.casefold())
    if not words:
        return True
    last = words[-1][: max(_STEM, len(words[-1]) - _STEM)]
    if any(word.startswith(last) for word in words[:-1]):
        return True
    return not words[-1].isascii() and len(words[-1]) >= _STEM and words[-1][-2:] in "".join(words)[:-2]


def echo(pcm: bytes, rate: int, slow: float = 1.0) -> tuple[float, float]:
    """Give how many seconds before the end there is what the end repeats, and how alike both are (0 to 1, the same).

    The likeness of two moments is that of their spectra; it is asked of at least the last `bounds.ECHO_SHORTEST`
    seconds, `slow` times as many for a voice that speaks so much slower than usual.
    """
    spectra = _spectra(np.frombuffer(pcm, "<i2").astype(np.float32), rate)
    shortest, longest = round(slow * bounds.ECHO_SHORTEST / _HOP), round(slow * bounds.ECHO_LONGEST / _HOP)
    best = (0.0, 0.0)
    for lag in range(shortest, min(longest, len(spectra) - shortest) + 1):
        count = min(lag, len(spectra) - lag)
        moments = np.einsum("ij,ij->i", spectra[-count:], spectra[-count - lag : -lag])[::-1]
        alike = float((np.cumsum(moments)[shortest - 1 :] / np.arange(shortest, count + 1)).max())
        if alike > best[1]:
            best = (lag * _HOP, alike)
    return best


def _spectra(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float32]:
    """Give a unit vector for each moment that sounds: how its loudness is spread over the bands, against the mean."""
    hop, size = round(_HOP * rate), 2 * round(_HOP * rate)
    count = (len(samples) - size) // hop + 1
    if count < 2 * round(bounds.ECHO_SHORTEST / _HOP):
        return np.zeros((0, _BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop][:count] * np.hanning(size)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    edges = np.geomspace(_LOWEST, min(_HIGHEST, rate / 2.1), _BANDS + 1) * size / rate
    starts = np.maximum.accumulate(np.round(edges).astype(int))
    bands = np.stack([power[:, a : max(b, a + 1)].sum(axis=1) for a, b in itertools.pairwise(starts)], 1)
    sounding = power.sum(axis=1) > power.sum(axis=1).max() * 1e-5
    first, last = np.flatnonzero(sounding)[[0, -1]]
    logs = np.log(bands[first : last + 1] + power.max() * 1e-7)
    logs -= logs.mean(axis=0)
    unit: npt.NDArray[np.float32] = (logs / (np.linalg.norm(logs, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
    return unit
