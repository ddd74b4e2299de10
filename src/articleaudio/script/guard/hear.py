"""Hearing values: a words-to-number reader for English and Ukrainian."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from articleaudio.script.guard.data import ENGLISH, ENGLISH_SCALES, MONTHS, UKRAINIAN, UKRAINIAN_SCALES

HUNDRED_OF = re.compile(r"сто(?:річ|літ|метр|грам|градус|відсотк|тисяч|мільйон|кілометр|п'ят|двад|трид|сорок)")
HUNDRED_AND = re.compile("сто(?:п'ят|двад|трид|сорок)")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|,")


class Heard(NamedTuple):
    """One value heard."""

    value: str
    """As a plain decimal."""
    optional: bool = False
    """Whether the word may as well be something else ("second")."""
    month: bool = False
    """Whether it is the name of a month."""


def plain(value: Decimal) -> str:
    """A decimal without exponent or needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def heard(spoken: str, language: str) -> list[Heard]:
    """The values in spoken words, in order."""
    words = WORD.findall(spoken.lower().replace("’", "'"))
    return Reader(language).read(words)


class Reader:
    """A words-to-number reader: gathers number words into values as a listener would."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.values: list[Heard] = []
        self.total = self.group = 0
        self.open = False
        self.optional = False
        self.fresh = 0
        self.decimals: str | None = None
        self.power = 99
        self.whole = False
        self.after_decimal = False

    def read(self, words: list[str]) -> list[Heard]:
        """The values of a row of words."""
        for place, word in enumerate(words):
            if self.language == "uk" and word.startswith("ціл") and self.open:
                self.decimals = ""
                continue
            if word in ("point", "крапка") and self.language != "uk":
                self._point(words[place + 1 : place + 2])
                continue
            if word == "and" and self.open and self.decimals is None:
                continue
            self._word(word, words[place - 1] if place else "")
        self._close()
        return self.values

    def _point(self, following: list[str]) -> None:
        if following and number_of(following[0], self.language) is not None:
            self.decimals = ""
            self.open = True
        else:
            self._close()

    def _word(self, word: str, before: str) -> None:
        power = scale_of(word, self.language)
        if power is not None and not word.startswith("тисячн"):
            self._scale(power)
            return
        self.after_decimal = False
        if word == ",":
            self._close()
            return
        if word == "second" and (before == "per" or self.decimals is not None):
            self._close()
            return
        value = number_of(word, self.language)
        month = next((row.index(word) + 1 for row in MONTHS if word in row), None)
        if value is None:
            if self.decimals and self.language == "uk" and word.startswith(("десят", "сот", "тисячн")):
                return
            self._close()
            if month is not None:
                self.values.append(Heard(str(month), month=True))
            return
        if self.decimals is not None:
            self._decimal(word, value)
            return
        if not self._fits(value):
            self._close()
        if word in ("half", "quarter") and before in ("a", "an"):
            self._close()
            self.values.append(Heard("1"))
        self.group += value
        self.fresh = value
        self.open = True
        self.optional = word in ("second", "half", "quarter", "quarters", "third")
        if word.endswith(("th", "st", "nd", "rd", "ths", "halves", "thirds")) or word in ("first", "second", "third"):
            self._close()

    def _decimal(self, word: str, value: int) -> None:
        """A digit behind the point (English), or the tenths (Ukrainian)."""
        if self.language == "uk":
            if self.decimals and value in (10, 100) and word.startswith(("десят", "сот")):
                width = 1 if value == 10 else 2
                self.decimals = self.decimals.rjust(width, "0")
                self.whole = True
                self._close()
                self.after_decimal = True
                return
            self.decimals = str(int(self.decimals or "0") + value)
            return
        if value > 9:
            self._close()
            self._word(word, "")
            return
        self.decimals = (self.decimals or "") + str(value)

    def _fits(self, value: int) -> bool:
        """Whether a number word continues the number that is open."""
        if not self.open:
            return True
        if self.group == 0:
            return self.total > 0 and value > 0
        rest = self.group % 100
        if value >= 100:
            return False
        if rest == 0:
            return self.group >= 100
        return rest >= 20 and rest % 10 == 0 and 0 < value < 10

    def _scale(self, power: int) -> None:
        """A power of ten behind what is open."""
        if self.after_decimal:
            last = self.values.pop()
            self.values.append(Heard(plain(Decimal(last.value).scaleb(power))))
            self.after_decimal = False
            return
        if power >= self.power and power != 2:
            self._close()
        if self.decimals is not None:
            number = Decimal(f"{self.total + self.group}.{self.decimals or '0'}").scaleb(power)
            self._reset()
            self.values.append(Heard(plain(number)))
            return
        if power == 2:
            self.group = (self.group or 1) * 100
        else:
            self.total += (self.group or 1) * 10**power
            self.group = 0
            self.power = power
        self.open = True

    def _close(self) -> None:
        """End the number that is open."""
        if self.open:
            value = str(self.total + self.group)
            if self.language == "uk" and self.decimals is not None and not self.whole:
                value = "?"
            elif self.decimals:
                value = plain(Decimal(f"{value}.{self.decimals}"))
            self.values.append(Heard(value, optional=self.optional))
        self._reset()

    def _reset(self) -> None:
        self.total = self.group = 0
        self.open = False
        self.optional = False
        self.decimals = None
        self.whole = False
        self.power = 99


@lru_cache(maxsize=4096)
def number_of(word: str, language: str) -> int | None:
    """The value of one number word, in any of its forms."""
    if language == "uk":
        return _ukrainian(word)
    if word == "seconds":
        return None
    for form in _singulars(word):
        if form in ENGLISH:
            return ENGLISH[form]
    return None


def _ukrainian(word: str) -> int | None:
    """A Ukrainian number word, or the first half of a compound ("сорокап'ятирічна")."""
    if word in ("сто", "ста") or HUNDRED_OF.match(word):
        return 100 + ((_ukrainian(word[3:]) or 0) if HUNDRED_AND.match(word) else 0)
    total, at = None, 0
    while at < len(word):
        found = next(
            (
                (stem, value)
                for skip in range(4)
                for stem, value in UKRAINIAN
                if word.startswith(stem, at + skip) and (skip == 0 or total)
            ),
            None,
        )
        if not found or (total is not None and found[1] >= (10 if total % 100 else 100)):
            break
        total = (total or 0) + found[1]
        at = word.index(found[0], at) + len(found[0])
        if found[1] < 20 and found[1] != 0 and found[1] % 10:
            break
    if total is not None and re.match(r"\w{0,3}тисячн", word[at:]):
        return total * 1000
    return 1000 if total is None and word.startswith("тисячн") else total


def _singulars(word: str) -> list[str]:
    """What a word may be a plural or an ordinal of."""
    forms = [word]
    for ending, instead in (
        ("ieths", "y"),
        ("ieth", "y"),
        ("ths", ""),
        ("th", ""),
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending):
            forms.append(word[: -len(ending)] + instead)
    return forms


@lru_cache(maxsize=4096)
def scale_of(word: str, language: str) -> int | None:
    """The power of ten that a word names."""
    if language == "uk":
        return next((power for stem, power in UKRAINIAN_SCALES if word.startswith(stem)), None)
    for form in _singulars(word):
        if form in ENGLISH_SCALES:
            return ENGLISH_SCALES[form]
    return None
