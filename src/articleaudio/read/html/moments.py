"""When it was published and changed: JSON-LD, meta tags, the page's own date line, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import Any

from articleaudio.model import BlockKind
from articleaudio.read.dates import parse_date
from articleaudio.read.html.boxes import kind_of
from articleaudio.read.html.data import table, words
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import clean

_PUBLISHED = words("metadata", "published")
_UPDATED = words("metadata", "updated")
_IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)"),
    re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/(\d{1,2})/", re.IGNORECASE),
    re.compile(r"/((?:19|20)\d\d)/[a-z_-]+/(\d{1,2})/(\d{1,2})/", re.IGNORECASE),
    re.compile(r"[/_-]((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?=[/_.-]|$)"),
)
"""A day in an address: "/2026/05/04/", "/2026/may/04/", "/2026/world/05/04/", "-20260504."."""
_UPDATED_SAID = re.compile(str(table("metadata")["said_updated"]), re.IGNORECASE)
_PUBLISHED_SAID = re.compile(str(table("metadata")["said_published"]), re.IGNORECASE)
_LINE = 9
"""A line with the date, and with the author's name, has no more words that hold no figure."""
_PLAIN = re.compile(r"[^\W\d_]{2,}")
_ELSEWHERE = frozenset({"related", "navigation", "feed", "footer", "comments", "sidebar", "consent"})
"""Boxes whose dates are those of other things."""


def published(
    root: Element, meta: Mapping[str, str], data: Mapping[str, Any], url: str, head: Sequence[Piece] = ()
) -> datetime | None:
    """When the article was published, with the zone where the page has one; None when it does not say.

    `head` is the headline and the pieces below it.
    """
    moment = _first(data.get("datePublished"), *(meta.get(key) for key in _PUBLISHED))
    if moment is not None:
        return _on_its_clock(moment, root, url)
    below, shown = _below(head), _shown(root)
    same_day = below is not None and shown is not None and below.date() == shown.date()
    return (shown if same_day and _has_time(shown) else below or shown) or _in_address(url) or _searched(root)


def _on_its_clock(moment: datetime, root: Element, url: str) -> datetime:
    """The moment on the clock of the first date on the page that shows it.

    Where nothing is shown, the address has the newsroom's day, often the one before that of UTC.
    """
    dates = list(islice(_dates(root), 8)) if moment.utcoffset() == timedelta(0) else []
    for shown, is_change in dates:
        if shown.utcoffset() == moment.utcoffset() and shown == moment:  # the machine's date once more
            continue
        local = _as_shown(moment, shown)
        if local.utcoffset() != moment.utcoffset() or (shown.date() == moment.date() and not is_change):
            return local
    return moment if dates else _as_shown(moment, _in_address(url))


def updated(meta: Mapping[str, str], data: Mapping[str, Any]) -> datetime | None:
    """When the article was last changed; None when the page does not say."""
    return _first(data.get("dateModified"), *(meta.get(key) for key in _UPDATED))


def _first(*values: object) -> datetime | None:
    """The first value that is a date; one with a time is preferred to the same day without."""
    moments = [moment for value in values if value and (moment := parse_date(_scalar(value)))]
    if not moments:
        return None
    day = moments[0]
    if _has_time(day):
        return day
    return next((other for other in moments if other.date() == day.date() and _has_time(other)), day)


def _scalar(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _as_shown(moment: datetime, shown: datetime | None) -> datetime:
    """The moment on the page's own clock: machines say UTC, while readers are shown the day it was where it happened.

    The instant stays the same. The offset is what makes both agree: by the shown time of day, else the least one that
    puts the moment on the shown day.
    """
    if shown is None or moment.utcoffset() != timedelta(0) or shown.date() == moment.date():
        return moment
    if _has_time(shown):
        offset = shown.replace(tzinfo=None) - moment.replace(tzinfo=None, second=0, microsecond=0)
    elif (moment.date() - shown.date()).days == 1:  # a later day may be that of a change
        offset = -timedelta(hours=moment.hour + 1)
    else:
        return moment
    quarters = timedelta(minutes=15 * round(offset / timedelta(minutes=15)))
    near = abs(offset - quarters) <= timedelta(minutes=1)
    if not near or not timedelta(hours=-12) <= quarters <= timedelta(hours=14):
        return moment
    return moment.astimezone(timezone(quarters))


def _has_time(moment: datetime | None) -> bool:
    return moment is not None and (moment.hour, moment.minute) != (0, 0)


def _below(head: Sequence[Piece]) -> datetime | None:
    """The date in the lines below the headline: one further up may be that of the day on which the page was seen."""
    lines = [
        piece.text
        for piece in head[1:]
        if piece.kind is not BlockKind.QUOTE
        and len(_PLAIN.findall(piece.text)) <= _LINE
        and not any(box.strong and box.reason in _ELSEWHERE for box in piece.boxes)
    ]
    return next((moment for text in lines if not _is_change(text) and (moment := _said(text))), None)


def _said(text: str) -> datetime | None:
    """The date in a line: the one that is called that of publication, where there are two."""
    published_said = _PUBLISHED_SAID.search(text)
    return parse_date(text[published_said.end() :] if published_said else text)


def _shown(root: Element) -> datetime | None:
    """The date line that a reader sees: a `time` element, or one that is named like a date.

    A date that is said to be that of a change counts only where there is no other.
    """
    changed: datetime | None = None
    for moment, is_change in _dates(root):
        if not is_change:
            return moment
        changed = changed or moment
    return changed


def _dates(root: Element) -> Iterator[tuple[datetime, bool]]:
    """Dates that a reader sees, in order, each with whether it is said to be that of a change."""
    for element in list(root.iter("time"))[:50]:
        shown = clean(element.text_content())
        stated, seen = parse_date(element.get("datetime")), parse_date(shown)
        moment = (_as_shown(stated, seen) if stated else seen) or None
        if moment and not _is_elsewhere(element):
            yield moment, _is_change(f"{_before(element)} {shown} {element.get('class') or ''}")
    for element in root.xpath(
        ".//*[@itemprop='datePublished' or contains(@class, 'date') or contains(@class, 'time')]"
    )[:200]:
        if len(element) < 6 and kind_of(element).reason in {"date", "meta", ""}:
            text = clean(element.get("content") or element.get("datetime") or element.text_content())
            if 5 < len(text) < 120 and (moment := _said(text)):
                yield moment, _is_change(f"{_before(element)} {text}")


def _is_change(text: str) -> bool:
    return bool(_UPDATED_SAID.search(text)) and not _PUBLISHED_SAID.search(text)


def _before(element: Element) -> str:
    """The words right before an element."""
    previous = element.getprevious()
    parent = element.getparent()
    words = (
        (previous.tail or previous.text or "")
        if previous is not None
        else (parent.text or "")
        if parent is not None
        else ""
    )
    return clean(words)[-40:]


def _is_elsewhere(element: Element) -> bool:
    kinds = [kind_of(around) for around in list(element.iterancestors())[:6]]
    return any(kind.strong and kind.reason in _ELSEWHERE for kind in kinds)


def _in_address(url: str) -> datetime | None:
    for pattern in _IN_ADDRESS:
        match = pattern.search(url)
        if match:
            year, month, day = match.groups()
            return parse_date(f"{day} {month} {year}" if month.isalpha() else f"{year}-{month}-{day}")
    return None


def _searched(root: Element) -> datetime | None:
    """A date found by the extractor's own search through the page, day only."""
    from htmldate import find_date  # noqa: PLC0415 - comes with the extractor; only for pages that hide their date

    try:
        return parse_date(find_date(root, original_date=True, extensive_search=False))
    except (ValueError, TypeError, AttributeError, RecursionError):  # broken trees break it in more than one way
        return None
