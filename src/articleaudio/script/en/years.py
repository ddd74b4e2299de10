"""Years, decades, eras; and whether four digits are a year or a count."""

from __future__ import annotations

import re

from articleaudio.script.en.data_dates import COUNT_CUES, COUNTED, NOT_PLURALS, STRONG_YEAR_CUES, YEAR_CUES
from articleaudio.script.en.numbers import cardinal, pair, plural, serial, year
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, letters, said

DECADE = re.compile(r"([0-9]{1,3}0|[0-9]{2,4}|(?<![\w.])6)'?s(?![\w'])")
SHORT_DECADE = re.compile(r"'([0-9]0)'?s(?!\w)")
SHORT_YEAR = re.compile(r"'([0-9]{2})(?![\w'%])")
ERA = re.compile(r"([0-9]{1,4})(?:[-–—]([0-9]{1,4}))? ?(B\.C\.E\.|B\.C\.|A\.D\.|C\.E\.|BCE|BC|AD|CE)(?!\w)")
RANGE = re.compile(r"([12][0-9]{3}) ?[-–—] ?([12][0-9]{3}|[0-9]{2})(?![0-9]|,[0-9]|\.[0-9]|[-–—/%][0-9]|%)")
SEASON = re.compile(r"((?:19|20)[0-9]{2})/([0-9]{2}|(?:19|20)[0-9]{2})(?![0-9/])")
FOUR = re.compile(r"([12][0-9]{3})(?![0-9]|,[0-9]{3}|\.[0-9]|%|/[0-9])")


def is_plural_noun(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun that may be counted."""
    return len(word) > 3 and word.isalpha() and word[-1] == "s" and not word.endswith("ss") and word not in NOT_PLURALS


def is_year(line: Line, at: int, end: int, digits: str) -> bool:
    """Whether four digits are a year: by the words around them."""
    if not 1000 <= int(digits) <= 2199:
        return False
    before, after = line.word_before(at), line.after(end)
    following = line.word_after(end)
    if line.text[end : end + 1] == "-" and line.text[end + 1 : end + 2].isalpha():
        return following.strip("-") in ("era", "born", "style", "vintage", "model")
    counted = after[:1].islower() and (following in COUNTED or is_plural_noun(following))
    if counted and following not in ("of", "and"):
        if before in COUNT_CUES or before not in STRONG_YEAR_CUES:
            return False
        return 1900 <= int(digits) <= 2060 or following not in COUNTED
    if before in ("no", "number", "room", "page", "than", "some") and line.before(at) != "No":
        return False
    if int(digits) < 1100 or int(digits) >= 2100:
        return before in YEAR_CUES
    return True


def decade(line: Line, at: int) -> Reading | None:
    """Decades and plurals of numbers: "1990s", "in his 40s", "747s"."""
    found = DECADE.match(line.text, at)
    if not found:
        return None
    digits = found[1]
    if "'" in found[0] and not digits.endswith("0"):
        return None
    if len(digits) == 4 and digits[0] in "12" and digits.endswith("0"):
        say = plural(year(digits))
    elif digits.endswith("00"):
        say = cardinal(digits).removeprefix("one ") + "s"
    elif len(digits) == 2 or digits.endswith("000"):
        say = plural(cardinal(digits))
    else:
        say = plural(serial(digits))
    return said(at, found.end(), say)


def short_decade(line: Line, at: int) -> Reading | None:
    """Decades and years with an apostrophe: "the '90s", "the class of '68"."""
    text = line.text
    found = SHORT_DECADE.match(text, at)
    if found:
        return said(at, found.end(), plural(cardinal(found[1])))
    found = SHORT_YEAR.match(text, at)
    if (
        found
        and not (at and text[at - 1].isalnum())
        and (line.word_before(at) in YEAR_CUES or "'" not in text[found.end() : found.end() + 40])
    ):
        return said(at, found.end(), pair(int(found[1])))
    return None


def era(line: Line, at: int) -> Reading | None:
    """Years of an era: "312 B.C.", "1021 BC"."""
    found = ERA.match(line.text, at)
    if not found:
        return None
    say = year(found[1])
    if found[2]:
        say += f" to {year(found[2])}"
    if found.start(3) == found.end(2 if found[2] else 1):
        say += " "
    name = found[3].replace(".", "")
    return (Piece(at, found.end(2 if found[2] else 1), say), letters(found.start(3), line.stop(found.end()), name))


def year_range(line: Line, at: int) -> Reading | None:
    """Two years: "1941–1945", "the 2024-25 season"."""
    found = RANGE.match(line.text, at)
    if not found:
        return None
    first, second = found[1], found[2]
    if len(second) == 4:
        if int(second) < int(first) or not is_year(line, at, found.end(), second):
            return None
        return said(at, found.end(), f"{year(first)} to {year(second)}")
    if (int(second) - int(first[2:])) % 100 not in range(1, 60) or not 1100 <= int(first) <= 2099:
        return None
    return said(at, found.end(), f"{year(first)} to {pair(int(second))}")


def season(line: Line, at: int) -> Reading | None:
    """A season across two years: "2023/24"."""
    found = SEASON.match(line.text, at)
    if not found or (int(found[2][-2:]) - int(found[1][2:])) % 100 != 1:
        return None
    second = pair(int(found[2])) if len(found[2]) == 2 else year(found[2])
    return said(at, found.end(), f"{year(found[1])} {second}")


def single(line: Line, at: int) -> Reading | None:
    """A year by itself: "in 1990"."""
    found = FOUR.match(line.text, at)
    if not found or not is_year(line, at, found.end(), found[1]):
        return None
    if line.text[found.end() : found.end() + 1].isalnum():
        return None
    return said(at, found.end(), year(found[1]))
