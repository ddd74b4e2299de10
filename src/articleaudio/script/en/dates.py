"""Dates: months with days and years, days before months, figures only, ranges."""

from __future__ import annotations

import re

from articleaudio.script.en.attributive import NOT_NOUNS
from articleaudio.script.en.data_dates import MONTH_NAMES, MONTHS, RISKY_MONTHS, WEEKDAYS
from articleaudio.script.en.numbers import below_hundred, ordinal, pair, year
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

MONTH = (
    r"(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
SUFFIX = r"(?:st|nd|rd|th)?"
NOT_MORE = r"(?-i:(?![0-9]|,[0-9]{3}(?![0-9])|[.:/][0-9]|[%°$€£]|'?[a-z]))"
MONTH_DAY = re.compile(MONTH + r"\.?(?:[ \u00a0]+|-)([0-9]{1,2})" + SUFFIX + NOT_MORE, re.IGNORECASE)
MONTH_DAY_S = re.compile(MONTH + r"\.?[ \u00a0]+([0-9]{1,2})(?:st|nd|rd|th)(?='s)", re.IGNORECASE)
TO_DAY = re.compile(r" ?[-–—] ?(?:" + MONTH + r"\.?[ \u00a0]+)?([0-9]{1,2})" + SUFFIX + NOT_MORE, re.IGNORECASE)
THEN_YEAR = re.compile(r"(?:,? |,|-)([12][0-9]{3})(?![0-9]|,[0-9]|\.[0-9]|[%°]|-[a-z])")
MONTH_YEAR = re.compile(
    MONTH + r"\.?,?(?:[ \u00a0]+|-)(?:([12][0-9]{3})|'([0-9]{2}))(?![0-9]|,[0-9]{3}|\.[0-9]|[%°$€£]|-[a-z])",
    re.IGNORECASE,
)
MONTH_TO = re.compile(MONTH + r"\.? ?[-–—] ?" + MONTH + r"\b\.?", re.IGNORECASE)
MONTH_ALONE = re.compile(r"(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(\.?)")
BARE_MONTHS = words("Feb Apr Aug Sept Sep Oct Nov")
DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?(?: ?[-–—] ?([0-9]{1,2})(?:st|nd|rd|th)?)?[ \u00a0-]" + MONTH + r"\b\.?",
    re.IGNORECASE,
)
_DAYS = r"(Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)"
WEEKDAY_PAIR = re.compile(_DAYS + r"\.? ?[-–] ?" + _DAYS + r"\b\.?")
WEEKDAY = re.compile(r"(Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)(\.,?|,)(?= (?:[A-Z][a-z]{2}|[0-9]))")
WEEKDAY_ALONE = re.compile(_DAYS + r"\.(?!\w)")
LOWER_WEEKDAY = re.compile(
    r"(mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(\.,?|,)"
    r"(?= [0-9]{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
PARTS_OF_DAY = words("night morning afternoon evening nights mornings at and")
YMD = re.compile(r"([12][0-9]{3})([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12][0-9]|3[01])(?![0-9]|[-/.][0-9])")
TWO_TWO = re.compile(r"([0-3]?[0-9])([/.-])([0-3]?[0-9])\2([12][0-9]{3}|[0-9]{2})(?![0-9]|[-/.][0-9])")
QUARTER = re.compile(r"([1-4])([QH])[ ']?([0-9]{4}|[0-9]{2})?(?![0-9A-Za-z])")
QUARTER_FIRST = re.compile(r"Q([1-4])(?: ((?:19|20)[0-9]{2}|'[0-9]{2}))?(?![\w-]|\.[0-9])")
PREPOSITIONS = words("in for during since from of through to by until till after before over and between than with at")
QUARTER_YEAR = re.compile(r"FY ?'?([0-9]{4}|[0-9]{2})(?:[-–/]([0-9]{2}))?(?![0-9])")


def _month(written: str) -> str:
    return MONTHS[written.lower()]


def _valid_day(day: str) -> bool:
    return 1 <= int(day) <= 31


def _with_year(line: Line, end: int, say: str, comma: str = ",") -> tuple[int, str]:
    """A date with the year that may follow it."""
    found = THEN_YEAR.match(line.text, end)
    if found:
        return found.end(), f"{say}{comma} {year(found[1])}"
    return end, say


def month_day(line: Line, at: int) -> Reading | None:
    """A month and a day, a range of days, a year: "Nov. 30-Dec. 2, 2024"."""
    text = line.text
    found = MONTH_DAY.match(text, at) or MONTH_DAY_S.match(text, at)
    if not found or not _valid_day(found[2]):
        return None
    end = found.end()
    if found[1].islower() and found[1] in RISKY_MONTHS and not _date_like(text, end):
        return None
    say = f"{_month(found[1])} {ordinal(found[2])}"
    more = TO_DAY.match(text, end)
    if more and _valid_day(more[2]):
        month = f"{_month(more[1])} " if more[1] else ""
        say, end = f"{say} to {month}{ordinal(more[2])}", more.end()
    end, say = _with_year(line, end, say)
    return said(at, end, say)


def _date_like(text: str, end: int) -> bool:
    """Whether what follows a day lets a lower-case "may 5" be a date."""
    return end >= len(text.rstrip()) or text[end] in ",.;)" or bool(THEN_YEAR.match(text, end))


def month_year(line: Line, at: int) -> Reading | None:
    """A month and a year: "July 1876", "Jan '24"."""
    found = MONTH_YEAR.match(line.text, at)
    if not found:
        return None
    spoken = year(found[2]) if found[2] else pair(int(found[3]))
    return said(at, found.end(), f"{_month(found[1])} {spoken}")


def month_range(line: Line, at: int) -> Reading | None:
    """Two months: "Jan.-March"."""
    found = MONTH_TO.match(line.text, at)
    if not found or found[1].islower():
        return None
    say = f"{_month(found[1])} to {_month(found[2])}"
    following = THEN_YEAR.match(line.text, found.end())
    if following:
        return said(at, following.end(), f"{say} {year(following[1])}")
    return said(at, found.end(), say)


def month_alone(line: Line, at: int) -> Reading | None:
    """A shortened month by itself: "in Feb."."""
    found = MONTH_ALONE.match(line.text, at)
    if not found or (not found[2] and found[1] not in BARE_MONTHS):
        return None
    following = line.after(found.end())
    if found[2] and found[1] in ("Jan", "Mar") and not line.word_before(at) and not following[:1].islower():
        return None
    return said(at, line.stop(found.end()), _month(found[1]))


def day_month(line: Line, at: int) -> Reading | None:
    """A day before its month: "4 March 1951", "27th April", "5–6 June"."""
    found = DAY_MONTH.match(line.text, at)
    if not found or not _valid_day(found[1]) or (found[2] and not _valid_day(found[2])):
        return None
    end = found.end() if found[3].lower() not in MONTH_NAMES_LOWER else found.end(3)
    if found[3].islower() and found[3] in RISKY_MONTHS and not _date_like(line.text, end):
        return None
    the = "" if line.word_before(at) == "the" else "the "
    days = ordinal(found[1]) + (f" to the {ordinal(found[2])}" if found[2] else "")
    end, say = _with_year(line, end, f"{the}{days} of {_month(found[3])}", "")
    return said(at, end, say)


MONTH_NAMES_LOWER = frozenset(name.lower() for name in MONTH_NAMES)


def weekday(line: Line, at: int) -> Reading | None:
    """A shortened weekday before a date: "Mon., Feb. 4"."""
    pair = WEEKDAY_PAIR.match(line.text, at)
    if pair:
        return said(at, line.stop(pair.end()), f"{WEEKDAYS[pair[1].lower()]} to {WEEKDAYS[pair[2].lower()]}")
    found = WEEKDAY.match(line.text, at) or LOWER_WEEKDAY.match(line.text, at)
    if found:
        return said(at, found.end() - (found[2][-1] == ","), WEEKDAYS[found[1].lower()])
    found = WEEKDAY_ALONE.match(line.text, at)
    if not found:
        return None
    following = line.word_after(found.end())
    sure = found[1] not in ("Sat", "Sun", "Mon") or following in PARTS_OF_DAY
    if sure or line.word_before(at) in ("on", "next", "last", "and", "until", "by"):
        return said(at, line.stop(found.end()), WEEKDAYS[found[1].lower()])
    return None


def figures(line: Line, at: int) -> Reading | None:
    """A date in figures: ISO, or month first unless that cannot be ("24/04/2020")."""
    text = line.text
    found = YMD.match(text, at)
    if found:
        return said(at, found.end(), _said_date(int(found[3]), found[4], year(found[1])))
    found = TWO_TWO.match(text, at)
    if not found or (len(found[4]) == 2 and found[2] != "/"):
        return None
    first, second = int(found[1]), int(found[3])
    day_first = first > 12 or (found[2] == "." and second <= 12)
    month, day = (second, found[1]) if day_first else (first, found[3])
    if not 1 <= month <= 12 or not _valid_day(day):
        return None
    spoken = year(found[4]) if len(found[4]) == 4 else pair(int(found[4]))
    return said(at, found.end(), _said_date(month, day, spoken))


def _said_date(month: int, day: str, spoken_year: str) -> str:
    return f"{MONTH_NAMES[month - 1]} {ordinal(day)}, {spoken_year}"


def quarter(line: Line, at: int) -> Reading | None:
    """Quarters and halves of a year as analysts write them: "2Q22", "1H23"."""
    found = QUARTER.match(line.text, at)
    if not found or (found[2] == "H" and not found[3]):
        return None
    part = "quarter" if found[2] == "Q" else "half"
    the = "" if line.word_before(at) in ("the", "its", "their", "our", "this", "a") else "the "
    of = ""
    if found[3]:
        of = f" of {year(found[3])}" if len(found[3]) == 4 else f" of {below_hundred(int(found[3]))}"
    return said(at, found.end(), f"{the}{ordinal(found[1])} {part}{of}")


def quarter_first(line: Line, at: int) -> Reading | None:
    """Quarters as headlines write them: "in Q3", "Q3 profit", "Q3 2024"."""
    found = QUARTER_FIRST.match(line.text, at)
    if not found:
        return None
    words_ = f"{ordinal(found[1])} quarter"
    if found[2]:
        digits = found[2].lstrip("'")
        spoken = year(digits) if len(digits) == 4 else below_hundred(int(digits))
        words_ = f"{words_} of {spoken}"
    following = line.word_after(found.end())
    described = following[:1].isalpha() and following not in NOT_NOUNS and not found[2]
    before = line.word_before(at)
    the = (found[2] or before in PREPOSITIONS) and not described and before not in ("the", "its", "their", "this", "a")
    return said(at, found.end(), f"the {words_}" if the else words_)


def fiscal(line: Line, at: int) -> Reading | None:
    """A fiscal year: "FY2024", "FY24"."""
    found = QUARTER_YEAR.match(line.text, at)
    if not found:
        return None
    spoken = year(found[1]) if len(found[1]) == 4 else f"twenty {pair(int(found[1]))}"
    if found[2]:
        spoken += f" {pair(int(found[2]))}"
    return said(at, found.end(), f"fiscal year {spoken}")
