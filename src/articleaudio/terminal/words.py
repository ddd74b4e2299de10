"""How figures and foreign text are written for people."""

from __future__ import annotations

import unicodedata

WIDTH_IN_A_PIPE = 120
"""Columns of the table where nobody tells how wide the reader is."""

_UNSHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows, our own words included."""


def clock(seconds: float) -> str:
    """Write a length as a player shows it: `4:05`, `1:02:09`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def megabytes(size: int) -> str:
    """Write a size in bytes for people."""
    return f"{size / 1_000_000:.2f} MB"


def in_line(text: str) -> str:
    """Text of others as part of a line: nothing in it steers a terminal, breaks the line or cannot be encoded."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if _is_unshown(sign) else sign for sign in text.replace("\n", " ").replace("\t", " "))


def _is_unshown(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSHOWN or sign in _TURNS
