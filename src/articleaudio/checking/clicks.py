"""Clicks: jumps from one sample to the next that stand alone.

A voice has steep slopes too, one for each beat of the glottis, but never one alone: another as steep follows or comes
before within 20 milliseconds. Measured on mastered speech, the steepest slope of a stretch is at most 2.9 times as
steep as those around it, and no slope is higher than 0.3 of full scale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 0.03
"""Seconds on both sides of a jump that are looked at."""

_ALONE = 5.0
"""A jump is a click when it is so many times as high as the slopes around it …"""
_LEAST = 0.04
"""… and at least so high (full scale 1): fainter ones drown."""
_ALWAYS = 0.6
"""A jump as high as this is a click wherever it stands."""
_NEAR = 2
_FAR = 20
"""Milliseconds around a jump that belong to it, and those it is compared with."""


def clicks(sound: NDArray[np.float64], rate: int) -> list[tuple[int, float]]:
    """Samples where a sound of full scale 1 jumps, each with the height of the jump."""
    step = max(1, round(rate / 1000))
    slopes = np.abs(np.diff(sound, prepend=sound[:1]))
    count = len(slopes) // step
    rows = slopes[: count * step].reshape(count, step)
    highest = rows.max(axis=1) if count else np.zeros(0)
    candidates = np.flatnonzero(highest > _LEAST)
    if not candidates.size:
        return []
    padded = np.pad(highest, _FAR)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _FAR + 1)[candidates].copy()
    around[:, _FAR - _NEAR + 1 : _FAR + _NEAR] = 0
    before, after = around[:, :_FAR].max(axis=1), around[:, _FAR + 1 :].max(axis=1)
    found = candidates[(highest[candidates] > _ALONE * np.maximum(before, after)) | (highest[candidates] > _ALWAYS)]
    return [(int(at * step + rows[at].argmax()), float(highest[at])) for at in found.tolist()]
