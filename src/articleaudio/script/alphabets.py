"""Alphabets: which letters a language is written in, and which language a word's letters tell of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from articleaudio.script.words import listed

LATIN = "latin"
"""The alphabet of every language that no row of the table names."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """One row of the table."""

    letters: str
    """Its letters, as ranges for a regular expression."""
    languages: tuple[str, ...]
    """Languages written in it; the first one is meant where nothing tells."""
    telling: tuple[tuple[str, str], ...] = ()
    """Letters that tell a language, as regular expressions; the first that is found decides."""
    mask: str = "Qq"
    """A capital and a small letter that stand for a foreign word in a line of this alphabet."""
    signs: bool = False
    """Whether a single sign may be a word."""


ALPHABETS = {
    LATIN: Alphabet("A-Za-zªºÀ-ÖØ-öø-ʸḀ-ỿＡ-Ｚａ-ｚ", ()),
    "cyrillic": Alphabet(
        "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
        listed("uk ru bg be sr mk kk ky mn tg"),
        (
            *(("ў", "be"), ("[іїєґ]", "uk"), ("[ђћџљњј]", "sr"), ("[ѓќѕ]", "mk"), ("[әғқңұһ]", "kk"), ("[ыэё]", "ru")),
            *(("ъ(?=[еюя])", "ru"), ("ъ", "bg")),
        ),
        "Щщ",
    ),
    "greek": Alphabet("\u0370-\u03ff\u1f00-\u1fff", ("el",)),
    "hebrew": Alphabet("\u0590-\u05ff\ufb1d-\ufb4f", listed("he yi")),
    "arabic": Alphabet(
        "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
        listed("ar fa ur ps"),
        (("[ٹڈڑے]", "ur"), ("[پچژگ]", "fa")),
    ),
    "armenian": Alphabet("\u0530-\u058f", ("hy",)),
    "georgian": Alphabet("\u10a0-\u10ff\u1c90-\u1cbf", ("ka",)),
    "devanagari": Alphabet("\u0900-\u097f", listed("hi mr ne")),
    "thai": Alphabet("\u0e00-\u0e7f", ("th",)),
    "hangul": Alphabet("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", ("ko",), signs=True),
    "han": Alphabet(
        "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff", listed("zh ja"), (("[ぁ-ゖァ-ヺ]", "ja"),), signs=True
    ),
}
"""The alphabets that voices can be told apart by."""

SCRIPT_TAGS = {"latn": LATIN, "cyrl": "cyrillic", "grek": "greek", "hebr": "hebrew", "arab": "arabic"}
"""Script subtags of BCP 47 that may contradict what a language is usually written in."""

_OF_LANGUAGE = {language: name for name, row in ALPHABETS.items() for language in row.languages}
FOREIGN = re.compile(f"[{''.join(row.letters for name, row in ALPHABETS.items() if name != LATIN)}]")
"""A letter of any alphabet but the Latin one."""


@cache
def _letters(name: str) -> re.Pattern[str]:
    """The letters of an alphabet; made when an article has some, for wide ranges are dear to compile."""
    return re.compile(f"[{ALPHABETS[name].letters}]")


def primary(tag: str) -> str:
    """The language of a BCP 47 tag, without region and script."""
    return tag.lower().partition("-")[0]


def alphabet_of(tag: str) -> str:
    """The name of the alphabet that a language is written in, by its BCP 47 tag."""
    for part in tag.lower().split("-")[1:]:
        if part in SCRIPT_TAGS:
            return SCRIPT_TAGS[part]
    return _OF_LANGUAGE.get(primary(tag), LATIN)


@cache
def alphabet_of_letter(letter: str) -> str:
    """The name of the alphabet that a letter is of; empty for a letter of none in the table."""
    return next((name for name in ALPHABETS if _letters(name).match(letter)), "")


def fits(text: str, tag: str) -> bool:
    """Whether a text can be in a language: it has a letter of its alphabet, or no letters at all but figures."""
    if _letters(alphabet_of(tag)).search(text):
        return alphabet_of(tag) == _OF_LANGUAGE.get(primary(tag), LATIN)  # a Ukrainian voice reads no Latin letters
    return any(map(str.isdecimal, text)) and not any(map(str.isalpha, text))


def language_of(text: str, alphabet: str, spoken: Collection[str] | None) -> str:
    """The language of words in an alphabet: the one that their letters tell, else the first one that has a voice."""
    low = text.lower()
    for signs, language in ALPHABETS[alphabet].telling:
        if re.search(signs, low):
            return language
    languages = ALPHABETS[alphabet].languages
    return next((language for language in languages if spoken is None or language in spoken), languages[0])
