"""Character positions as JavaScript counts them."""

from __future__ import annotations

from itertools import accumulate


def utf16_offsets(text: str) -> list[int]:
    """Position of each character of `text`, and of its end, in UTF-16 code units: an emoji takes two."""
    return list(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))


def utf16_length(text: str) -> int:
    """Length of `text` in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)
