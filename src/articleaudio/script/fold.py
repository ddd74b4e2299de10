"""Folding: one character in, one character out, so that positions in folded and written text are the same."""

from __future__ import annotations

import unicodedata

MARK = "ʹ"
"""Stands for what is part of a word but neither seen nor said (soft hyphen, joiner, combining mark): a letter."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u034f"
"""Characters inside words that nobody sees or says."""

_FOLD = {ord(char): MARK for char in INVISIBLE}
_FOLD |= dict.fromkeys(range(768, 880), MARK)
_FOLD |= {ord(char): "'" for char in "’ʼ‘‛`´＇"}
_FOLD |= {ord(char): "-" for char in "‐‑−﹣－"}
_FOLD |= {ord(char): "\u00a0" for char in "\u202f\u2007\u2009\u200a"}
_FOLD |= {ord(char): " " for char in "\t\n\r\v\f\u2002\u2003\u2004\u2005\u2006\u2008\u3000\u2028\u2029"}
_FOLD |= {ord(char): "⁄" for char in "∕"}
_FOLD |= {0xFF01 + at: chr(0x21 + at) for at in range(94) if chr(0x21 + at) not in "'-"}
_FOLD |= {ord(char): str(at) for at, char in enumerate("₀₁₂₃₄₅₆₇₈₉")}
_GONE = dict.fromkeys(map(ord, INVISIBLE))


def fold(text: str) -> str:
    """The text with look-alikes made one: digits of every script, apostrophes, hyphens, minus signs, spaces."""
    if text.isascii() and not _controls(text):
        return text
    folded = text.translate(_FOLD)
    foreign = {
        ord(char): str(unicodedata.decimal(char)) for char in set(folded) if char.isdecimal() and not char.isascii()
    }
    return folded.translate(foreign) if foreign else folded


def _controls(text: str) -> bool:
    """Whether there is white space other than the plain space."""
    return "\n" in text or "\t" in text or "\r" in text or "\v" in text or "\f" in text


def clean(written: str) -> str:
    """What is said for a plain word: as written, without what is invisible."""
    return written.translate(_GONE)
