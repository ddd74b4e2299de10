"""Text of others, made fit to be shown: in a line of a terminal, in a log, on a page."""

from __future__ import annotations

import unicodedata

_UNSHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows, our own words included."""


def in_line(text: str) -> str:
    """Text of others as part of a line: nothing in it steers a terminal, breaks the line or cannot be encoded."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if _is_unshown(sign) else sign for sign in text.replace("\n", " ").replace("\t", " "))


def _is_unshown(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSHOWN or sign in _TURNS
