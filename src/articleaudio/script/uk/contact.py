"""Addresses on the net, handles and hashtags."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.uk.numbers import cardinal, spelled

DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.(?:com|org|net|ua|eu|info|gov|edu|io|me|tv|news|media|uk|us|pl|de))"
    r"((?:/[\w./-]*\w)?)/?(?![\w@])"
)
EMAIL = re.compile(r"([A-Za-z0-9][\w.+-]{0,63})@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})")
HANDLE = re.compile(r"([@#])(\w{1,60})")
TLDS = {
    "com": "ком",
    "org": "орг",
    "net": "нет",
    "ua": "юа",
    "gov": "гов",
    "info": "інфо",
    "eu": "єу",
    "edu": "еду",
    "io": "іо",
    "me": "ме",
}
PAIRS = {
    "shch": "щ", "kh": "х", "zh": "ж", "ch": "ч", "sh": "ш", "ts": "ц", "ya": "я", "yu": "ю", "ye": "є", "yi": "ї",
    "oo": "у", "ee": "і", "ck": "к", "ph": "ф", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г",
    "h": "г", "i": "і", "j": "дж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р",
    "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "и", "z": "з",
}  # fmt: skip
LATIN = re.compile("|".join(sorted(PAIRS, key=len, reverse=True)))
SIGNS = {".": "крапка", "-": "дефіс", "_": "підкреслення", "/": "слеш", "+": "плюс"}


def cyrillic(text: str) -> str:
    """Latin letters as a Ukrainian reader would say them: "pravda" → "правда"."""
    return LATIN.sub(lambda found: PAIRS[found[0]], text.lower())


def domain(line: Line, at: int) -> Reading | None:
    """Web addresses: "pravda.com.ua" → "правда крапка ком крапка юа"."""
    found = DOMAIN.match(line.text, at)
    if not found or (at and line.text[at - 1] in ".@"):
        return None
    return said(at, found.end(), _host(found[1]) + (f" {_spell(found[2])}" if found[2] else ""))


def _host(host: str) -> str:
    return " крапка ".join(TLDS.get(label) or _spell(label) for label in host.split("."))


def email(line: Line, at: int) -> Reading | None:
    """E-mail addresses."""
    found = EMAIL.match(line.text, at)
    return said(at, found.end(), f"{_spell(found[1])} равлик {_host(found[2])}") if found else None


def handle(line: Line, at: int) -> Reading | None:
    """Handles and hashtags."""
    found = HANDLE.match(line.text, at)
    if not found or (at and line.text[at - 1].isalnum()):
        return said(at, at + 1, " равлик " if line.text[at] == "@" else "номер ")
    word = "равлик" if found[1] == "@" else "хештег"
    name = found[2] if not found[2].isascii() else _spell(found[2])
    return said(at, found.end(), f"{word} {name}")


def _spell(text: str) -> str:
    return " ".join(map(_part, re.findall(r"[A-Za-z]+|[0-9]+|[^\W\d_]+|.", text)))


def _part(part: str) -> str:
    """A part of an address: words in Cyrillic letters, numbers, signs by name."""
    if part.isdecimal():
        return cardinal(part) if len(part) < 4 else spelled(part)
    return SIGNS.get(part) or cyrillic(part)
