"""When it was published and changed: JSON-LD, meta tags, the page's own date line, its address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from articleaudio.read.dates import parse_date
from articleaudio.read.html.boxes import kind_of
from articleaudio.read.html.data import words
from articleaudio.read.html.page import Element
from articleaudio.read.rich import clean

_PUBLISHED = words("metadata", "published")
_UPDATED = words("metadata", "updated")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")


def published(root: Element, meta: Mapping[str, str], data: Mapping[str, Any], url: str) -> datetime | None:
    """When the article was published, with the zone where the page has one; None when it does not say."""
    shown = _shown(root)
    moment = _first(data.get("datePublished"), *(meta.get(key) for key in _PUBLISHED))
    if moment is not None:
        # Where nothing is shown, the address has the newsroom's day, often the one before that of UTC.
        return _as_shown(moment, shown or _day_before(moment, _in_address(url)))
    return shown or _in_address(url) or _searched(root)


def _day_before(moment: datetime, day: datetime | None) -> datetime | None:
    """The day, if it is the one before the moment's."""
    return day if day and (moment.date() - day.date()).days == 1 else None


def updated(meta: Mapping[str, str], data: Mapping[str, Any]) -> datetime | None:
    """When the article was last changed; None when the page does not say."""
    return _first(data.get("dateModified"), *(meta.get(key) for key in _UPDATED))


def _first(*values: object) -> datetime | None:
    """The first value that is a date; one with a time is preferred to the same day without."""
    moments = [moment for value in values if value and (moment := parse_date(_scalar(value)))]
    if not moments:
        return None
    day = moments[0]
    if (day.hour, day.minute) == (0, 0):
        return next((other for other in moments if other.date() == day.date() and other.hour + other.minute), day)
    return day


def _scalar(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _as_shown(moment: datetime, shown: datetime | None) -> datetime:
    """The moment on the page's own clock: machines say UTC, while readers are shown the day it was where it happened.

    The instant stays the same. The offset is what makes both agree: by the shown time of day, else the least one that
    puts the moment on the shown day.
    """
    if shown is None or moment.utcoffset() != timedelta(0) or shown.date() == moment.date():
        return moment
    if (shown.hour, shown.minute) != (0, 0):
        offset = shown.replace(tzinfo=None) - moment.replace(tzinfo=None, second=0, microsecond=0)
    elif shown.date() < moment.date():  # a later day may be that of a change
        offset = -timedelta(hours=moment.hour + 1)
    else:
        return moment
    quarters = timedelta(minutes=15 * round(offset / timedelta(minutes=15)))
    near = abs(offset - quarters) <= timedelta(minutes=1)
    if not near or not timedelta(hours=-12) <= quarters <= timedelta(hours=14):
        return moment
    return moment.astimezone(timezone(quarters))


def _shown(root: Element) -> datetime | None:
    """The date line that a reader sees: a `time` element, or one that is named like a date."""
    for element in root.iter("time"):
        stated, seen = parse_date(element.get("datetime")), parse_date(clean(element.text_content()))
        if stated or seen:
            return _as_shown(stated, seen) if stated else seen
    for element in root.xpath(
        ".//*[@itemprop='datePublished' or contains(@class, 'date') or contains(@class, 'time')]"
    )[:200]:
        if len(element) < 6 and kind_of(element).reason in {"date", "meta", ""}:
            text = clean(element.get("content") or element.get("datetime") or element.text_content())
            moment = parse_date(text) if 5 < len(text) < 80 else None
            if moment:
                return moment
    return None


def _in_address(url: str) -> datetime | None:
    match = _IN_ADDRESS.search(url)
    return parse_date("-".join(match.groups())) if match else None


def _searched(root: Element) -> datetime | None:
    """A date found by the extractor's own search through the page, day only."""
    from htmldate import find_date  # noqa: PLC0415 - comes with the extractor; only for pages that hide their date

    try:
        return parse_date(find_date(root, original_date=True, extensive_search=False))
    except (ValueError, TypeError, AttributeError, RecursionError):  # broken trees break it in more than one way
        return None
