"""Dates as pages, feeds and authors write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_NAMES = (
    "jan january januar jänner januari janvier janv enero gennaio janeiro stycznia styczeń ledna січня января",
    "feb february februar februari février févr febrero febbraio fevereiro lutego luty února лютого февраля",
    "mar march märz mär mars marzo março maart marca marzec března березня марта",
    "apr april avril avr abril aprile kwietnia kwiecień dubna квітня апреля",
    "may mai mayo maggio maio mei maja maj května травня мая",
    "jun june juni juin junio giugno junho czerwca czerwiec června червня июня",
    "jul july juli juillet juil julio luglio julho lipca lipiec července липня июля",
    "aug august août agosto augustus augusti sierpnia sierpień srpna серпня августа",
    "sep sept september septembre septiembre setiembre settembre setembro września wrzesień září вересня сентября",
    "oct october oktober okt octobre octubre ottobre outubro października październik října жовтня октября",
    "nov november novembre noviembre novembro listopada listopad listopadu листопада ноября",
    "dec december dezember dez décembre déc diciembre dicembre dezembro grudnia grudzień prosince грудня декабря",
)
"""Names of the months, as dates have them, in the languages of feeds and pages."""
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN = (
    re.compile(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[,.]?\s+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?(?P<month>{_MONTH})\.?,?\s+(?:de\s+)?"
        r"(?P<year>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"),
    re.compile(r"(?P<year>(?:19|20)\d\d)\s?년\s?(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)\b"),
    # With strokes, only where the day is too large for a month: else nobody knows which is which.
    re.compile(r"\b(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d\d)\b"),
)
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?::\d\d)?\s*([ap])?\.?m?\b\.?", re.IGNORECASE)
_ZONES = {"utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "est": -5, "edt": -4, "cst": -6}
_ZONES |= {"cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_NAMED = re.compile(rf"(?<=\d) ?({'|'.join(_ZONES)})$", re.IGNORECASE)
_ZONE = re.compile(rf"\b({'|'.join(_ZONES)})\b", re.IGNORECASE)


def parse_date(value: object) -> datetime | None:
    """A moment from ISO 8601, RFC 2822, seconds since 1970 or a written date; None when it is none.

    Keeps the zone that is written and adds none. A date without a time is midnight.
    """
    if isinstance(value, datetime):
        return _sane(value)
    if isinstance(value, date):
        return _sane(datetime(value.year, value.month, value.day))  # noqa: DTZ001 - the source names no zone
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_seconds(float(value)) if abs(value) < 1e15 else None
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    if not text:
        return None
    return _iso(text) or _mail(text) or (_from_seconds(float(text)) if text.isdecimal() else None) or _written(text)


def _sane(moment: datetime) -> datetime | None:
    return moment if 1900 <= moment.year <= 2100 else None


def _from_seconds(seconds: float) -> datetime | None:
    if seconds > 1e11:  # milliseconds
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC) if 1e8 < seconds < 4e9 else None


def _iso(text: str) -> datetime | None:
    text = re.sub(r"\.(\d{1,9})(?=\D|$)", lambda match: "." + match.group(1)[:6].ljust(6, "0"), text)
    text = re.sub(r" ?([+-]\d\d:?\d\d)$", r"\1", text)
    text = _NAMED.sub(lambda match: f"{_ZONES[match[1].lower()]:+03d}:00", text)
    if len(text) < 8 or not text[:4].isdecimal():
        return None
    if text.isdecimal() and len(text) != 8:
        return None
    try:
        return _sane(datetime.fromisoformat(text))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    if not re.match(r"(?:[a-z]{3},? )?\d{1,2} [a-z]{3} \d{4} \d", text, re.IGNORECASE):
        return None
    try:
        return _sane(parsedate_to_datetime(text))
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    for pattern in _WRITTEN:
        match = pattern.search(text)
        if match is None:
            continue
        month = _MONTHS.get(match["month"].lower()) or (int(match["month"]) if match["month"].isdigit() else 0)
        rest = text[: match.start()] + " " + text[match.end() :]
        try:
            return _with_clock(datetime(int(match["year"]), month, int(match["day"])), rest)  # noqa: DTZ001 - see below
        except ValueError:
            continue
    return None


def _with_clock(day: datetime, rest: str) -> datetime:
    """The day with the time and the zone that stand beside it, if they do."""
    clock = _CLOCK.search(rest)
    if clock is None:
        return day
    hour, minute, half = int(clock[1]), int(clock[2]), (clock[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return day
    zone = _ZONE.search(rest)
    tz = timezone(timedelta(hours=_ZONES[zone[1].lower()])) if zone else None
    return day.replace(hour=hour, minute=minute, tzinfo=tz)
