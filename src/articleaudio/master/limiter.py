"""A look-ahead limiter that works little: it turns down only around peaks, and lets none through.

The gain that a sample needs is known from its true peak. The minimum of it over a window, averaged over the same
window, is never above what any sample in it needs, and changes smoothly.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from articleaudio.master.peaks import Signal, points_above

AHEAD = 0.006
"""Seconds before and after a peak in which the gain goes down and up again."""


def limit(sound: Signal, rate: int, ceiling: float) -> Signal:
    """The sound (mono, full scale 1) with no true peak above `ceiling` (dBTP); itself where there is none."""
    most = 10 ** (ceiling / 20)
    places, peaks = points_above(sound, most)
    if not places.size:
        return sound
    ahead = round(AHEAD * rate)
    limited = sound.copy()
    for first, last in _groups(places, 2 * ahead + 1):
        start, end = max(0, places[first] - 2 * ahead), min(len(sound), places[last] + 2 * ahead + 1)
        needed = np.ones(end - start)
        needed[places[first : last + 1] - start] = most / peaks[first : last + 1]
        limited[start:end] *= _smooth(needed, ahead)
    return limited


def _groups(places: NDArray[np.intp], apart: int) -> Iterator[tuple[int, int]]:
    """First and last index of places that are nearer to each other than the gain needs to come back to one."""
    gaps = np.flatnonzero(np.diff(places) > 2 * apart)
    firsts = np.concatenate([[0], gaps + 1])
    lasts = np.concatenate([gaps, [len(places) - 1]])
    yield from zip(firsts.tolist(), lasts.tolist(), strict=True)


def _smooth(needed: Signal, ahead: int) -> Signal:
    """The minimum over `ahead` samples on both sides, averaged over as many: two means of half the width each."""
    half = ahead // 2
    return _mean(_mean(_minimum(needed, ahead), half), half)


def _minimum(values: Signal, reach: int) -> Signal:
    """The minimum of each value and its neighbours up to `reach` away, in linear time (van Herk 1992)."""
    width = 2 * reach + 1
    blocks = -(-(len(values) + 2 * reach) // width)
    padded = np.ones(blocks * width)
    padded[reach : reach + len(values)] = values
    table = padded.reshape(blocks, width)
    forward = np.minimum.accumulate(table, axis=1).ravel()
    backward = np.minimum.accumulate(table[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.asarray(np.minimum(backward[: len(values)], forward[width - 1 : width - 1 + len(values)]), np.float64)


def _mean(values: Signal, reach: int) -> Signal:
    """The mean of each value and its neighbours up to `reach` away; beyond the ends it stays as it is there."""
    total = np.cumsum(np.concatenate([[0.0], np.full(reach, values[0]), values, np.full(reach, values[-1])]))
    width = 2 * reach + 1
    return np.asarray((total[width:] - total[:-width]) / width, np.float64)
