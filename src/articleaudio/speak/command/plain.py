"""Putting text into the letters that a program knows."""

from __future__ import annotations

import unicodedata

_CONTROLS = dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000)], " ")
"""Control characters, which some programs take as commands, and lone surrogates are read as spaces."""

_NEAREST = str.maketrans(
    {
        "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-",
        "–": " - ", "—": " - ", "…": "...", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ı": "i", "\u200c": "", "\u200d": "",
    }
)  # fmt: skip


def clean(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join(text.translate(_CONTROLS).split())


def encoded(text: str, encoding: str) -> tuple[bytes, str]:
    """Write a text in an encoding, each character that it does not have as the nearest that it has.

    Also gives the characters for which there is none: these are left out.
    """
    kept: list[str] = []
    lost: dict[str, None] = {}
    for character in text:
        written = next((form for form in _forms(character) if _fits(form, encoding)), None)
        if written is None:
            lost[character] = None
        kept.append(" " if written is None else written)
    return "".join(kept).encode(encoding), "".join(lost)


def _forms(character: str) -> tuple[str, ...]:
    split = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in split if not unicodedata.combining(part))
    return character, character.translate(_NEAREST), bare.translate(_NEAREST)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
