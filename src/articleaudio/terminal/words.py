"""How figures are written for people."""

from __future__ import annotations

WIDTH_IN_A_PIPE = 120
"""Columns of the table where nobody tells how wide the reader is."""


def clock(seconds: float) -> str:
    """Write a length as a player shows it: `4:05`, `1:02:09`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def megabytes(size: int) -> str:
    """Write a size in bytes for people."""
    return f"{size / 1_000_000:.2f} MB"
