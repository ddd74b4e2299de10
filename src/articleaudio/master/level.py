"""How loud a recording is to be, and whether it is.

As a listener hears a mono file on two speakers: −16 LUFS, the level that podcast directories ask for, and no true peak
above −1 dBTP, both on the decoded MP3.
"""

from __future__ import annotations

TARGET = -16.0
"""LUFS, integrated."""

PEAK = -1.0
"""dBTP; never above."""

STEP = 0.25
"""Decibels in which a recording's own gain is counted, so that pieces can be kept."""

_CLOSE = 0.05
"""LU within the tolerance that are kept for differences between meters."""

_TOLERANCES = ((120.0, 0.3), (15.0, 1.0), (0.0, 1.5))
"""From so many seconds up, a recording may be so many LU off: short ones have few windows to measure."""


def tolerance(seconds: float) -> float:
    """LU that a recording of this length may be off the target."""
    return next(allowed for length, allowed in _TOLERANCES if seconds >= length)


def step_for(integrated: float, seconds: float) -> float:
    """Decibels, in whole steps, that bring a recording of this length to the target; 0 where it is right, or silent."""
    off = TARGET - integrated
    if not -30 < off < 30 or abs(off) <= tolerance(seconds) - _CLOSE:
        return 0.0
    return round(off / STEP) * STEP
