"""Clock times, zones, durations."""

from __future__ import annotations

import re
from typing import NamedTuple

from articleaudio.script.en.data_dates import ZONES
from articleaudio.script.en.numbers import below_hundred, cardinal, decimal, pair
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, letters, said
from articleaudio.script.words import words

TIME = re.compile(r"([0-2]?[0-9])(?:[:.]([0-5][0-9]))?(?:[ \u00a0]?([AaPp])\.?[ ]?[Mm]\b(\.?))?(?![0-9]|:[0-9])")
MERIDIEM = re.compile(r"[ \u00a0]?([AaPp])\.?[Mm]\b(\.?)")
DASH = re.compile(r" ?[-–—] ?(?=[0-9])")
ZONE = re.compile(r"[ \u00a0]\(?([A-Z]{1,4}|[a-z]{3})\b\)?")
COLON = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]+))?)?(?![0-9:])")
SECONDS = re.compile(r"([0-9]{1,2}):([0-5][0-9])\.([0-9]{1,3})(?![0-9])")
MILITARY = re.compile(
    r"([01][0-9]|2[0-4])([0-5][0-9])(?=[ \u00a0]?(?:GMT|UTC|EST|EDT|CET|EET|hours\b|hrs\b|local time\b|Z\b))"
)
SPOKEN_ZONES = {"ET": "Eastern time", "CT": "Central time", "MT": "Mountain time", "PT": "Pacific time"}
"""Zones whose short form is written, not said."""
RATIO_WORDS = words("ratio odds scale rate proportion ratios by at")


class Clock(NamedTuple):
    """One written time."""

    end: int
    """One past its last character."""
    hour: int
    """0–24."""
    minute: int | None
    """Minutes, if they are written."""
    half: str
    """"A" or "P", or empty."""
    half_start: int
    """Where "a.m." starts."""
    digits_end: int
    """Where the digits end."""


def _clock(text: str, at: int) -> Clock | None:
    found = TIME.match(text, at)
    if not found or int(found[1]) > 24 or (found[2] and found[0][len(found[1])] == "." and not found[3]):
        return None
    half = (found[3] or "").upper()
    if half and int(found[1]) > 23:
        return None
    digits_end = found.end(2) if found[2] else found.end(1)
    minute = int(found[2]) if found[2] else None
    return Clock(found.end(), int(found[1]), minute, half, found.start(3), digits_end)


def _words(clock: Clock, *, half: str, plain: bool = False) -> str:
    """How the digits of a time are said; `plain` leaves "o'clock" away."""
    hour, minute = clock.hour, clock.minute
    if half and hour == 0:
        hour = 12
    if minute is None or (minute == 0 and (half or plain)):
        return below_hundred(hour)
    if minute == 0:
        if hour in (0, 24):
            return "midnight"
        return f"{below_hundred(hour)} o'clock" if hour <= 12 else f"{below_hundred(hour)} hundred"
    if hour == 0:
        return f"twelve {pair(minute)} A.M."
    return f"{below_hundred(hour)} {pair(minute)}"


def _pieces(line: Line, at: int, clock: Clock, *, half: str = "", plain: bool = False) -> list[Piece]:
    """The tokens of one time."""
    say = _words(clock, half=clock.half or half, plain=plain)
    if not clock.half:
        return [Piece(at, clock.digits_end, say)]
    touching = clock.half_start == clock.digits_end
    end = clock.end
    return [
        Piece(at, clock.digits_end, say + " " if touching else say),
        letters(clock.half_start, line.stop(end), clock.half + "M"),
    ]


def _zone(line: Line, end: int) -> tuple[Piece, ...]:
    """The time zone behind a time, as a token; lower-case letters are letters too."""
    found = ZONE.match(line.text, end)
    if (
        not found
        or found[1].upper() not in ZONES
        or (found[1].islower() and found[1] not in ("est", "edt", "gmt", "utc", "cet", "pst", "cst"))
    ):
        return ()
    say = SPOKEN_ZONES.get(found[1])
    if say:
        return (Piece(found.start(1), found.end(1), say),)
    return (letters(found.start(1), found.end(1), found[1].upper()),)


def time(line: Line, at: int) -> Reading | None:
    """A clock time or two: "5:30 p.m.", "9 a.m.-11 a.m. ET", "16:00"."""
    text = line.text
    first = _clock(text, at)
    if not first or _is_ratio(line, at, first):
        return None
    dash = DASH.match(text, first.end)
    second = _clock(text, dash.end()) if dash else None
    if (
        second
        and dash
        and (first.half or second.half or (first.minute is not None and second.minute is not None))
        and second.hour <= 24
    ):
        if not second.half and second.minute is None and not first.half:
            return None
        plain = bool(first.half or second.half)
        parts = _pieces(line, at, first, half=second.half, plain=plain)
        parts.append(Piece(parts[-1].end, dash.end(), " to "))
        parts += _pieces(line, dash.end(), second, half=first.half, plain=plain)
        return (*parts, *_zone(line, second.end))
    if not first.half and (first.minute is None or text[first.digits_end - 3] != ":"):
        return None
    plain = text.startswith(" o'clock", first.end)
    return (*_pieces(line, at, first, plain=plain), *_zone(line, first.end))


def _is_ratio(line: Line, at: int, clock: Clock) -> bool:
    """Whether "10:15" is a proportion."""
    return (not clock.half and line.word_before(at) in ("ratio", "odds", "scale")) or (
        not clock.half and line.word_before(at) == "of" and line.word_before(at, 2) in ("ratio", "scale", "rate")
    )


def duration(line: Line, at: int) -> Reading | None:
    """Hours, minutes and seconds: "1:01:01"."""
    found = SECONDS.match(line.text, at)
    if found:
        return said(at, found.end(), f"{_count(found[1], 'minute')} {decimal(found[2].lstrip('0'), found[3])} seconds")
    found = COLON.match(line.text, at)
    if not found or not found[3]:
        return None
    parts = [_count(found[1], "hour"), _count(found[2], "minute")]
    seconds = _count(found[3], "second")
    if found[4]:
        seconds = f"{cardinal(found[3])} point {' '.join(cardinal(digit) for digit in found[4])} seconds"
    if line.text.startswith((" a.m", " p.m", " AM", " PM", " am", " pm"), found.end()):
        head = (
            f"{below_hundred(int(found[1]))} {pair(int(found[2]))}" if int(found[2]) else below_hundred(int(found[1]))
        )
        return said(at, found.end(), f"{head} and {seconds}")
    return said(at, found.end(), f"{' '.join(parts)} and {seconds}")


def _count(digits: str, unit: str) -> str:
    number = int(digits)
    return f"{below_hundred(number)} {unit}{'' if number == 1 else 's'}"


def military(line: Line, at: int) -> Reading | None:
    """Four digits before a zone or "hours": "1430 GMT"."""
    found = MILITARY.match(line.text, at)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    head = pair(hour) if found[1][0] == "0" else below_hundred(hour)
    if hour == 0:
        head = "zero zero" if minute == 0 else "zero"
    tail = "hundred" if minute == 0 else pair(minute)
    return (Piece(at, found.end(), f"{head} {tail}"), *_zone(line, found.end()))
