"""Text as a tag can hold it, and as a player can show it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from mutagen import id3

LONGEST_CHAPTER = 200
"""Characters of a chapter's title in the tag: more than any display shows. chapters.json has it whole."""

_BREAKS = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAG = range(0x1F1E6, 0x1F200)
_EARLIEST_SPACE = 0.75
"""Of the longest title: a space before that is no place to cut."""


def held(text: str) -> str:
    """Replace what a tag cannot hold: control characters, byte order marks, half surrogate pairs, odd line breaks."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub(" ", text)))


def paragraphs(text: str) -> str:
    """Give text of several lines."""
    return held(text).strip()


def line(text: str) -> str:
    """Give text on one line."""
    return " ".join(held(text).split())


def cut(text: str, longest: int = LONGEST_CHAPTER) -> str:
    """Shorten a line: at a space if there is one near, never within a letter with its marks or a joined emoji."""
    if len(text) <= longest:
        return text
    end = longest - 1
    space = text.rfind(" ", 0, end + 1)
    if space >= end * _EARLIEST_SPACE:
        end = space
    while end > 1 and _belongs(text, end):
        end -= 1
    return text[:end].rstrip(" ,;:.–—-…" + _JOINER) + "…"


def cut_to_bytes(text: str, most: int) -> str:
    """Shorten a line as `cut` does, until it has no more than `most` bytes in UTF-8."""
    longest = min(len(text), most)
    while len((shown := cut(text, longest)).encode()) > most:
        longest -= 1
    return shown


def encoding(text: str) -> int:
    """Plain ASCII as it is, all else as UTF-16: old players read the upper half of Latin-1 as they please."""
    return int(id3.Encoding.LATIN1 if text.isascii() else id3.Encoding.UTF16)


def address(url: str) -> str:
    """Percent-encode what is not ASCII, for ID3 has no other way to write an address."""
    return quote(line(url), safe="%/:=&?~#+!$,;'@()*[]")


def _belongs(text: str, at: int) -> bool:
    """Whether the character there is part of what stands before it."""
    here, before = text[at], text[at - 1]
    if _JOINER in {before, here} or ord(here) in _SKIN or unicodedata.category(here).startswith("M"):
        return True
    if ord(here) not in _FLAG:
        return False
    flags = 0
    while flags < at and ord(text[at - 1 - flags]) in _FLAG:
        flags += 1
    return flags % 2 == 1
