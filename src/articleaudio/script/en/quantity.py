"""Amounts: a number, a mixed fraction or a range, with or without a magnitude, before anything that may follow it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from articleaudio.script.en.data_money import LONG_MAGNITUDES, MAGNITUDES, PLAIN_MAGNITUDES
from articleaudio.script.en.numbers import cardinal, decimal, fraction, spelled

NUMBER = re.compile(r"([0-9]{1,3}(?:[,\u00a0][0-9]{3})+(?![0-9])|[0-9]*)(?:\.([0-9]+))?")
EUROPEAN = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3}){1,4}),([0-9]{1,2})(?![0-9,])")
MIXED = re.compile(r"[ -]([0-9]{1,2})[/⁄]([0-9]{1,3})(?![\w/])")
DASH = re.compile(r"(?:-| ?[–—] ?| - )(?=[0-9.])")
LONG = re.compile(
    r"(?:[ \u00a0]|-)(hundred|thousand|million|billion|trillion|quadrillion|quintillion|lakh|crore)(?![\w])"
)
SHORT = re.compile(r"[ \u00a0-]?([A-Za-z]{1,8})\b\.?")
VULGAR = {
    "½": ("1", "2"), "⅓": ("1", "3"), "⅔": ("2", "3"), "¼": ("1", "4"), "¾": ("3", "4"), "⅕": ("1", "5"),
    "⅖": ("2", "5"), "⅗": ("3", "5"), "⅘": ("4", "5"), "⅙": ("1", "6"), "⅚": ("5", "6"), "⅛": ("1", "8"),
    "⅜": ("3", "8"), "⅝": ("5", "8"), "⅞": ("7", "8"), "⅐": ("1", "7"), "⅑": ("1", "9"), "⅒": ("1", "10"),
}  # fmt: skip
"""Vulgar fractions in one character."""


class Number(NamedTuple):
    """One number as written."""

    end: int
    """One past its last character."""
    whole: str
    """Digits before the point, without commas; may be empty."""
    part: str
    """Digits behind the point; empty for a whole number."""
    grouped: bool
    """Whether it is written with commas."""
    words: str
    """How it is said."""

    @property
    def one(self) -> bool:
        """Whether it is exactly one."""
        return self.whole.lstrip("0") == "1" and not self.part


@lru_cache(maxsize=32)  # asked for with and without range, with and without money
def number(text: str, at: int) -> Number | None:
    """The number that starts at a place, with its mixed fraction ("4 1/2", "2½"); None if there is none."""
    european = EUROPEAN.match(text, at)
    if european:
        whole, part = european[1].replace(".", ""), european[2]
        return Number(end=european.end(), whole=whole, part=part, grouped=True, words=decimal(whole, part))
    found = NUMBER.match(text, at)
    if not found or found.end() == at:
        return None
    raw, part = found[1], found[2] or ""
    whole = raw.replace(",", "").replace("\u00a0", "")
    end = found.end()
    if part:
        return Number(end, whole, part, raw != whole, decimal(whole, part))
    words = plain(whole)
    nextchar = text[end : end + 1]
    if nextchar in VULGAR and nextchar:
        top, bottom = VULGAR[nextchar]
        return Number(
            end=end + 1, whole=whole, part="5", grouped=False, words=f"{words} and {_with_article(top, bottom)}"
        )
    mixed = MIXED.match(text, end) if len(whole) < 4 else None
    if mixed and 0 < int(mixed[1]) < int(mixed[2]):
        return Number(
            end=mixed.end(),
            whole=whole,
            part="5",
            grouped=False,
            words=f"{words} and {_with_article(mixed[1], mixed[2])}",
        )
    return Number(end, whole, "", raw != whole, words)


def _with_article(top: str, bottom: str) -> str:
    """A fraction behind a whole number: "a half", "two thirds"."""
    return "a half" if (top, bottom) == ("1", "2") else fraction(top, bottom)


def plain(whole: str) -> str:
    """A whole number as it is said where nothing else is known: leading zeros are said."""
    if whole[:1] == "0" and len(whole) > 1:
        return spelled(whole)
    return cardinal(whole)


class Quantity(NamedTuple):
    """An amount as written."""

    end: int
    """One past its last character."""
    words: str
    """How it is said, magnitude included."""
    one: bool
    """Whether what follows is singular."""
    first: Number
    """The number, or the lower end of the range."""
    last: Number | None
    """The upper end of a range."""
    magnitude: str
    """The magnitude's word, or empty."""


@lru_cache(maxsize=32)  # several rules in a row ask for the same amount
def quantity(text: str, at: int, *, money: bool = False, ranged: bool = True) -> Quantity | None:
    """The amount that starts at a place. `money` lets short magnitudes count ("4.5bn", "250K", "3m")."""
    first = number(text, at)
    if first is None:
        return None
    end, words, last = first.end, first.words, None
    low, end_low = _magnitude(text, end, money=money)
    if ranged:
        dash = DASH.match(text, end_low)
        last = number(text, dash.end()) if dash else None
        if last and not _is_range(text, first, last):
            last = None
    if last:
        head = f"{words} {low}".rstrip()
        magnitude, end = _magnitude(text, last.end, money=money)
        return Quantity(
            end, f"{head} to {last.words} {magnitude}".rstrip(), one=False, first=first, last=last, magnitude=magnitude
        )
    return Quantity(end_low, f"{words} {low}".rstrip(), first.one and not low, first, None, low)


def _is_range(text: str, first: Number, last: Number) -> bool:
    """Whether two numbers with a dash between them may be a range: not a chain, not a phone number, not a fraction."""
    follow = text[last.end : last.end + 2]
    return not (follow[:1] in ("-", "–", "/") and follow[1:].isdecimal()) and len(first.whole) < 16 > len(last.whole)


MODEL_NOUNS = re.compile(
    r" ?(?:tv|tvs|video|videos|resolution|display|uhd|camera|monitor|screen|hdr|run|race|walk)\b", re.IGNORECASE
)


AREA = re.compile(r" (?:sq|square|cu|cubic|bpd|b/d|barrels|tons|tonnes|acres|people|users|euros|dollars|pounds)\b")
FEW = re.compile(r"(?:^|[^0-9.,])[0-9]{1,2}$")
MANY_NOUNS = re.compile(r" (?:people|users|[a-z]{3,}s)\b")


def _is_model(text: str, end: int, unit: str, after: int) -> bool:
    """Whether a capital behind a number names a thing ("4K TV", "Apt. 3B", "a 5K run"), not a magnitude."""
    if unit not in ("K", "k", "B", "M"):
        return False
    if unit == "B":
        return text[max(0, end - 2) : end - 1] != "." and not re.match(r" [a-z]+s?\b", text[after : after + 12])
    if unit == "M" and text[max(0, end - 2) : end].strip() == "3" and not MANY_NOUNS.match(text, after):
        return True
    if MODEL_NOUNS.match(text, after):
        return unit in "Kk"
    return unit == "K" and bool(FEW.search(text, max(0, end - 4), end)) and not MANY_NOUNS.match(text, after)


def _magnitude(text: str, end: int, *, money: bool) -> tuple[str, int]:
    """The magnitude behind a number and where it ends."""
    if text[end : end + 1] not in (" ", "\u00a0", "-") and not text[end : end + 1].isalpha():
        return "", end
    found = LONG.match(text, end)
    if found:
        return found[1], found.end()
    short = SHORT.match(text, end)
    if short is None or short[1] in LONG_MAGNITUDES:
        return "", end
    tight = text[end].isalpha()
    if short[1] == "m" and tight and AREA.match(text, short.end(1)):
        return "million", short.end(1)
    word = MAGNITUDES.get(short[1]) if money else PLAIN_MAGNITUDES.get(short[1])
    if not word or (not tight and len(short[1]) < 2):
        return "", end
    if (not tight and text[end] == "-") or (not money and _is_model(text, end, short[1], short.end(1))):
        return "", end
    return word, short.end(1)
