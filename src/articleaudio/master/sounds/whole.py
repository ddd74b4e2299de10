"""Whether a WAV, AIFF or Ogg file holds all that it says it holds: its decoder plays what is there without a word."""

from __future__ import annotations

import os
from typing import BinaryIO, Literal

_UNTOLD = 0x7FF0_0000
"""Sizes from here on, and 0, were written before the size was known."""
_CHUNKS = 1_000
_LARGEST_PAGE = 27 + 255 + 255 * 255


def breaks_off(file: BinaryIO) -> bool:
    """Whether the end of a file is missing, as far as its form tells. Leaves the file at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(12)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        cut = _sound_is_cut(file, size, b"data", "little")
    elif head[:4] == b"FORM":
        cut = _sound_is_cut(file, size, b"SSND", "big")
    else:
        cut = head[:4] == b"OggS" and _page_is_cut(file, size)
    file.seek(0)
    return cut


def _sound_is_cut(file: BinaryIO, size: int, name: bytes, order: Literal["little", "big"]) -> bool:
    """Walk the chunks to that of the sound; one that nobody could measure beforehand may be of any size."""
    at = 12
    for _ in range(_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return False  # there is no sound in it, as its decoder tells
        told = int.from_bytes(head[4:], order)
        at += 8
        if head[:4] == name:
            return 0 < told < _UNTOLD and told > size - at
        at += told + told % 2
    return False


def _page_is_cut(file: BinaryIO, size: int) -> bool:
    """Look at the last page."""
    file.seek(max(0, size - _LARGEST_PAGE))
    end = file.read()
    page = end[max(0, end.rfind(b"OggS")) :]
    if len(page) < 27 or len(page) < 27 + page[26]:
        return True
    table = page[27 : 27 + page[26]]
    return len(page) < 27 + len(table) + sum(table)
