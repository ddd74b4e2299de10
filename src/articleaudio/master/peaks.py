"""True peaks: the highest points between samples too (ITU-R BS.1770-5, annex 2), looked for only where they can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]

NEAR = 0.75
"""A point between two samples is above a level only where one of them is above this share of it (2.5 dB)."""

_TAPS = 24
_PHASES = (0.25, 0.5, 0.75)
_AT_ONCE = 1 << 16
"""Samples that are looked at together: all of them may be loud in music."""


def _interpolators() -> Signal:
    """Windowed-sinc filters that give the points a quarter, a half and three quarters of the way to the next sample."""
    at = np.arange(_TAPS) - (_TAPS // 2 - 1)
    rows = []
    for phase in _PHASES:
        distance = at - phase
        row = np.sinc(distance) * (0.5 + 0.5 * np.cos(np.pi * distance / (_TAPS / 2)))
        rows.append(row / row.sum())
    return np.array(rows)


_FILTERS = _interpolators()


def points_above(sound: Signal, level: float) -> tuple[NDArray[np.intp], Signal]:
    """Samples that bind the gain at `level`, in order, each with the true peak around it; level is linear."""
    magnitude = np.abs(sound)
    near = magnitude > level * NEAR
    near[:-1] |= near[1:]
    candidates = np.flatnonzero(near)
    if not candidates.size:
        return candidates, np.empty(0)
    padded = np.concatenate([np.zeros(_TAPS // 2 - 1), sound, np.zeros(_TAPS // 2 + 1)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, _TAPS)
    parts = (candidates[at : at + _AT_ONCE] for at in range(0, candidates.size, _AT_ONCE))
    between = np.concatenate([np.abs(windows[part] @ _FILTERS.T).max(axis=1) for part in parts])
    peaks = np.maximum(magnitude[candidates], between)
    follows = np.flatnonzero(np.diff(candidates) == 1)
    peaks[follows + 1] = np.maximum(peaks[follows + 1], between[follows])  # a point between two samples binds both
    over = peaks > level
    return candidates[over], peaks[over]


def true_peak(sound: Signal) -> float:
    """The highest point of a sound of full scale 1, in dBTP; minus infinity for silence."""
    highest = float(np.abs(sound).max(initial=0.0))
    if not highest:
        return float("-inf")
    _, peaks = points_above(sound, highest * 0.999)
    return float(20 * np.log10(max(highest, peaks.max(initial=0.0))))
