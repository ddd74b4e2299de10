"""Words: none that is written may be lost, and beside figures none may be heard that means nothing there."""

from __future__ import annotations

import re
from functools import lru_cache

from articleaudio.script.fold import fold
from articleaudio.script.guard.data import UKRAINIAN
from articleaudio.script.guard.hear import number_of, scale_of
from articleaudio.script.guard.vocabulary import HEARD_BESIDE, SHORT, UKRAINIAN_BESIDE

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
LETTERS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\. ?)+")
UNSAID = re.compile("[²³⁰¹⁴-⁹]|(?<=[0-9])-[а-яіїє]{1,3}(?![^\\W\\d_])")
"""Raised figures, and the Ukrainian endings of ordinals."""
NUMERAL = re.compile("[ivxlcdm]+|[іхcv]+")
PINT = re.compile(r"\bpt|pint")
LONGEST_SHORT = 6
"""Letters of the longest word that may be a short form the guard does not know."""
SPELLED = frozenset(
    (
        "telephone", "url", "sign", "slash", "heteronym", "raised", "sum",
        "scientific", "version", "footnote", "latin", "phrase", "mixed-case", "latin-letters",
        "acronym", "initial", "left-over", "silent", "parenthesis", "dash", "unit",
    )
)  # fmt: skip
"""Rules that say letters and signs one by one, or set phrases: words are not expected to stay."""
PARTLY = frozenset(("designator", "model", "roman", "alphanumeric"))
"""Rules of which only capitals and numerals are said one by one."""
AMOUNTS = frozenset(
    (
        "number", "measure", "money", "money-before-sign", "percent", "magnitude", "range", "fraction", "ratio",
        "temperature", "sign-before-amount", "ordinal", "year", "years", "bare-year", "month-day", "month-year",
        "day-month", "date", "decade", "caliber", "height", "point", "duration", "time", "hour", "vulgar-fraction",
    )
)  # fmt: skip
"""Rules of figures: what is heard is number words and words of measure."""


def lost_word(written: str, said: str, rule: str, language: str) -> str:
    """A written word that is not heard in any form; empty when there is none."""
    if rule in SPELLED:
        return ""
    low = said.lower().replace("’", "'")
    heard: list[str] = WORD.findall(low)
    original: str
    spelled = "".join("".join(WORD.findall(run)) for run in LETTERS.findall(low))
    for original in WORD.findall(UNSAID.sub("", fold(written))):
        word = original.lower()
        if rule in PARTLY and (not original.islower() or len(word) < 3 or NUMERAL.fullmatch(word)):
            continue
        if language == "uk" and word.isascii() and word not in SHORT:  # said in Ukrainian letters
            continue
        if len(word) > 1 and word not in heard and not _heard(original, low, heard, spelled=spelled, language=language):
            return original
    return ""


def _heard(original: str, low: str, heard: list[str], *, spelled: str, language: str) -> bool:
    """Whether a written word that is not said as it stands is heard in another form."""
    word = original.lower()
    expected = SHORT.get(word)
    if expected:
        return _ordinal_ending(word) or re.search(rf"\b(?:{expected.lower()})\b", low) is not None
    if len(word) > 4 and (word in spelled or word in "".join(heard)):  # "@StandWithUs" is said as three words
        return True
    if word in spelled or (len(word) > 3 and any(word in one for one in heard)):
        return True
    stem = word.removesuffix("'s")
    if language == "uk":
        root = word[: max(3, len(word) - 3)]
        if any(one.startswith(root) for one in heard) and len(word) > 3:
            return True
    elif any(one in (stem, stem.removesuffix("s"), stem + "s") for one in heard):
        return True
    if _ordinal_ending(word) or _plural(word, low):
        return True
    return len(word) <= LONGEST_SHORT and (len(word) < 4 or not original.islower()) and _abbreviates(word, low)


def _ordinal_ending(word: str) -> bool:
    """Whether letters behind figures are an ending and no word."""
    return word in ("st", "nd", "rd", "th", "s", "rds", "ths", "am", "pm")


def _plural(word: str, low: str) -> bool:
    """Whether a noun of measure stands in its odd singular."""
    return (
        (word == "feet" and "foot" in low) or (word == "inches" and "inch" in low) or (word == "foot" and "feet" in low)
    )


def _abbreviates(word: str, low: str) -> bool:
    """Whether the letters of a short form are found, in order, from the beginning of a word on."""
    return re.search(r"\b" + ".*?".join(map(re.escape, word)), low) is not None


def strange_word(written: str, said: str, rule: str, language: str) -> str:
    """A word heard beside figures that belongs to no figure and is not written; empty when there is none."""
    if rule not in AMOUNTS or language not in ("en", "uk"):
        return ""
    low = fold(written).lower()
    word: str
    for word in WORD.findall(said.lower().replace("’", "'")):
        if len(word) > 1 and word not in low and not _known(word, language):
            return word
        if word.startswith("pint") and not PINT.search(low):  # all but "point"
            return word
    return ""


@lru_cache(maxsize=4096)
def _known(word: str, language: str) -> bool:
    """Whether a word may be heard beside figures."""
    if language == "en":
        return word in HEARD_BESIDE or number_of(word, "en") is not None or scale_of(word, "en") is not None
    return word in UKRAINIAN_BESIDE or _whole_number(word)


NUMBER_ENDING = re.compile(
    "(?:а|о|у|и|і|ь|я|ю|є|е|их|ий|ої|ого|ому|им|ими|ій|ою|ьох|ох|ом|ьом|ьома|ома|ма|ьма|ам|ами|ах|ям|ями|ях|ів|ов|ста"
    r"|н\w{1,3}|еро|ень|ем|ові|ьов\w{1,3}|(?<=трет)[яюєі]\w{0,2}|(?<=трет)ь\w{2,3}|\w{0,4}(?:тисяч|мільйон|мільярд)\w{1,5}"
    "|(?<=о)(?:х|м|ма|го|му)|(?<=[аіеє])(?:х|м)|(?<=м)а)?"
)
"""What may follow the stem of a Ukrainian number word."""


def _whole_number(word: str) -> bool:
    """Whether a Ukrainian number word is whole to its ending."""
    if number_of(word, "uk") is None and scale_of(word, "uk") is None:
        return False
    stems = [stem for stem, _ in UKRAINIAN if word.startswith(stem)]
    return not stems or NUMBER_ENDING.fullmatch(word, len(max(stems, key=len))) is not None
