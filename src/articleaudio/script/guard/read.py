"""Reading values out of written text, by its digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from articleaudio.model import Segment, Token
from articleaudio.script.fold import fold
from articleaudio.script.guard.data import MAGNITUDES, SURE_MAGNITUDES
from articleaudio.script.guard.hear import plain

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
NUMBER = {
    "en": re.compile(r"([0-9]{1,3}(?:[,\u00a0][0-9]{3})+(?![0-9])|[0-9]*)(?:\.([0-9]+))?"),
    "uk": re.compile(r"([0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?![0-9])|[0-9]+)(?:[,.]([0-9]{1,4})(?![0-9]))?"),
}
MAGNITUDE = re.compile(r"[ \u00a0-]?([A-Za-zа-яіїє]{1,11})(?![\w])")
FIGURES = re.compile(r"(?<![0-9])[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}(?![0-9])")
UNIT_POWER = re.compile(r"(?<=[A-Za-zа-я])[²³]|(?<=[0-9 ckdm/][mм])[23](?![0-9])|(?<=ft)[23](?![0-9])")


class Written(NamedTuple):
    """One number in the written text: the ways in which it may be said."""

    text: str
    """As written."""
    forms: tuple[tuple[str, ...], ...]
    """Each way: the values that must be heard one after another."""


def with_languages(segment: Segment) -> Iterator[tuple[Token, str]]:
    """Each token of a segment, with the primary subtag of the language it is said in."""
    others = iter(segment.switches)
    switch = next(others, None)
    for token in segment.tokens:
        while switch is not None and switch.end <= token.start:
            switch = next(others, None)
        inside = switch is not None and switch.start <= token.start
        tag = switch.language if inside and switch is not None else segment.language
        yield token, tag.lower().partition("-")[0]


def written_numbers(written: str, language: str, said: str = "") -> list[Written]:
    """The numbers in a stretch of written text, in order; `said` tells whether "m" may be a unit."""
    text = UNIT_POWER.sub("", fold(written)).translate(SUPERSCRIPTS)
    if FIGURES.search(text):
        text = re.sub(r"(?<=[0-9])[-./](?=[0-9])", " ", text)
    for sign, spelled in VULGAR.items():
        text = text.replace(sign, f" {spelled}")
    found: list[Written] = []
    pattern = NUMBER.get(language, NUMBER["en"])
    at = 0
    while at < len(text):
        match = pattern.match(text, at) if text[at].isdecimal() or text[at] == "." else None
        if not match or match.end() == at:
            at += 1
            continue
        found.append(_written(text, match, said))
        at = match.end()
    return found


def _written(text: str, match: re.Match[str], said: str) -> Written:
    whole, part = re.sub(r"[,\u00a0 ]", "", match[1]), match[2] or ""
    value = f"{whole or '0'}.{part}" if part else whole
    forms: list[tuple[str, ...]] = []
    following = MAGNITUDE.match(text, match.end())
    power = MAGNITUDES.get(following[1]) if following else None
    money = bool(re.search(r"[$€£₴¥₽₩₹]", text))
    scaled = power is not None and following is not None
    if scaled and power is not None:
        forms.append((plain(Decimal(value).scaleb(power)),))
    sure = following is not None and scaled and _is_magnitude(following[1], said, money=money)
    if not sure:
        forms.append((plain(Decimal(value)),))
        if whole and not part:
            forms.append((whole,))
        forms += _parts(whole, part)
    return Written(match[0], tuple(dict.fromkeys(forms)))


def _is_magnitude(short: str, said: str, *, money: bool) -> bool:
    """Whether what follows a number can only be a magnitude."""
    return money or short in SURE_MAGNITUDES or not _is_unit(short, said)


def _is_unit(short: str, said: str) -> bool:
    """Whether a letter behind a number is heard as a letter or a unit, not as a magnitude."""
    return f"{short.upper()}." in said or bool(
        re.search(r"met(?:er|re)|tons?\b|byte|minut|month|метр|тонн|kelvin|bar", said)
    )


def _parts(whole: str, part: str) -> list[tuple[str, ...]]:
    """The ways in which a number with a point is said as two: "$12.50", "5.30 p.m.", ".45 caliber"."""
    if not part:
        return []
    head = whole.lstrip("0")
    cents = part.ljust(2, "0").lstrip("0")
    if not head:
        return [(part,), (cents,)] if cents else [(part,)]
    forms: list[tuple[str, ...]] = [(head, part)]
    forms.append((head, cents) if cents else (head,))
    forms.append((head, *part))
    return forms
