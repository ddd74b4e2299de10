"""How long a text takes to say, roughly, in any script: the least and the most."""

from __future__ import annotations

import re
import unicodedata

from articleaudio.speak.checks import bounds

_LONE = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
"""A letter between no others."""
_SPELLED = re.compile(r"(?<![^\W\d_])(?:[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz]{2,}|[A-Za-z]+[A-Z][A-Za-z]*)(?![^\W\d_])")
"""A word that engines are likely to spell: without a vowel, or with capitals inside."""
_RUN = re.compile(r"(\w)\1{3,}")
MARKS = re.compile(r"[,;:—–.!?…،。、，；：](?=[\s\"”’)]|$)|[。、，；：]")
"""Punctuation at which an engine pauses."""


class _Seconds(dict[str, tuple[float, float]]):
    """The least and the most seconds of each character, worked out when one is first met."""

    def __missing__(self, character: str) -> tuple[float, float]:
        found = self[character] = _character(character)
        return found


_KNOWN = _Seconds()


def least(text: str, language: str) -> float:
    """Give the least seconds that a text takes at `bounds.PACE` words a minute."""
    text = _RUN.sub(r"\1\1", text)
    return bounds.START + sum([low for low, _ in map(_KNOWN.__getitem__, text)]) * _factor(language)


def most(text: str, language: str) -> float:
    """Give the most seconds that a text takes at `bounds.PACE` words a minute."""
    named = len(_LONE.findall(text)) + sum(map(len, _SPELLED.findall(text)))
    extra = named * (bounds.NAMED - bounds.LETTER) + len(MARKS.findall(text.rstrip())) * bounds.MARK
    return at_most(text, language) + extra


def at_most(text: str, language: str) -> float:
    """Give the same without what pauses and letters named by themselves may add: quick, and enough for most sounds."""
    return bounds.START + sum([high for _, high in map(_KNOWN.__getitem__, text)]) * _factor(language)


def _factor(language: str) -> float:
    return bounds.LANGUAGES.get(language.partition("-")[0].lower(), 1.0)


def _character(character: str) -> tuple[float, float]:
    category = unicodedata.category(character)
    if category[0] == "L":
        script = unicodedata.name(character, "").partition(" ")[0]
        letter = bounds.SCRIPTS.get(script, bounds.LETTER)
        return letter, letter
    if category[0] == "N":
        return bounds.DIGIT / 2, bounds.DIGIT
    if category in {"Sc", "Sm", "So"} or character in "%‰&@#§/+":
        return 0.0, bounds.SYMBOL
    return 0.0, 0.0
