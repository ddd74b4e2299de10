"""Live blogs: read as dated entries, each below a heading of its time and its headline, in the page's order.

A listener cannot see where one entry ends, so every entry becomes a section: "14:05: Bridge opens again", or "14:05"
where it has no headline. The time is the one that a reader is shown; where that is only "two hours ago", it is the
clock's time in the zone that the page names. A page that says that it is a live blog, but whose entries cannot be told
apart, is refused: as one text it would jump from matter to matter, newest first, with no word of when.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from articleaudio.errors import NoArticleError
from articleaudio.model import BlockKind
from articleaudio.read.dates import parse_date
from articleaudio.read.html import jsonld
from articleaudio.read.html.boxes import concealed, plain_names
from articleaudio.read.html.data import table
from articleaudio.read.html.page import Element, body_of
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import clean

_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_AGO = re.compile(r"\b(?:ago|vor|il y a|hace|fa|geleden|temu|тому)\b", re.IGNORECASE)
_LONGEST = 60
"""A line of time with more characters is a sentence."""
_LEVEL = 2
"""Level of the headings that entries get."""
_TIMES = (".//time", ".//*[contains(@class, 'time') or contains(@class, 'date')]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a live blog."""

    element: Element
    """What holds it."""
    time: str
    """When it was written, as a reader is shown it; empty where nothing says so."""


def entries_of(root: Element) -> list[Entry] | None:
    """The entries of a live blog in the page's order; empty when they cannot be told apart, None when it is none."""
    data = jsonld.typed(root, "LiveBlogPosting")
    elements = _stated(root, data) or _named(root)
    fewest = int(table("live")["fewest"])
    called = bool(data.get("liveBlogUpdate")) or _is_called_live(root)
    if len(elements) < fewest:
        return [] if called else None
    entries = [Entry(element, _time_of(element)) for element in elements]
    dated = sum(bool(entry.time) for entry in entries)
    if dated >= fewest and dated >= 0.6 * len(entries):
        return entries
    return [] if called else None


def hold(entries: Iterable[Entry], pieces: list[Piece]) -> None:
    """Mark the text of entries as the article's, whatever the extractors thought of it."""
    held = {entry.element for entry in entries}
    for piece in pieces:
        if not piece.reason and _entry_of(piece, held) is not None:
            piece.anchored = piece.anchored or not any(box.strong for box in piece.boxes)


def stamp(entries: list[Entry], pieces: list[Piece], name: str) -> None:
    """Give every entry that is kept its heading; `pieces` are judged already. Raises NoArticleError, see above."""
    if not entries:
        live = table("live")
        raise NoArticleError(live["message"].format(name=name), hint=live["hint"])
    times = {entry.element: entry.time for entry in entries}
    groups: dict[Element, list[Piece]] = defaultdict(list)
    for piece in pieces:
        element = _entry_of(piece, set(times))
        if element is not None:
            groups[element].append(piece)
    for element, group in groups.items():
        _drop_time(group, times[element])
        kept = [piece for piece in group if not piece.reason]
        if kept and times[element]:
            _head(kept[0], times[element], pieces)


def _head(first: Piece, time: str, pieces: list[Piece]) -> None:
    """Put the time before an entry's headline, or in place of one."""
    if first.kind is BlockKind.HEADING:
        shift = len(time) + 2
        first.marks = tuple(replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in first.marks)
        first.text, first.level = f"{time}: {first.text}", _LEVEL
        return
    heading = Piece(BlockKind.HEADING, time, first.element, level=_LEVEL)
    pieces.insert(next(index for index, piece in enumerate(pieces) if piece is first), heading)


def _drop_time(group: list[Piece], time: str) -> None:
    """Drop the line of the time: the heading says it."""
    for piece in group[:4]:
        if not piece.reason and piece.text == time:
            piece.reason = "date"


def _entry_of(piece: Piece, held: set[Element] | Mapping[Element, Any]) -> Element | None:
    """The innermost entry that a piece stands in."""
    return next((one for one in (piece.element, *piece.element.iterancestors()) if one in held), None)


def _stated(root: Element, data: Mapping[str, Any]) -> list[Element]:
    """Elements whose ids the page's data names as those of its entries, or that are marked up as such."""
    marked = root.xpath(".//*[@itemprop='liveBlogUpdate']")
    if marked:
        return _apart(marked)
    updates = data.get("liveBlogUpdate")
    ids = set()
    for update in updates if isinstance(updates, list) else []:
        if isinstance(update, Mapping):
            for text in jsonld.texts([update.get("url"), update.get("@id")]):
                fragment = _fragment(text)
                if fragment:
                    ids.add(fragment)
    return _apart(element for element in root.iter() if ids and element.get("id") in ids)


def _fragment(address: str) -> str:
    try:
        return urlsplit(address).fragment
    except ValueError:
        return ""


def _named(root: Element) -> list[Element]:
    """Elements that are named like an entry: those of the most telling name that several bear."""
    names = table("live")["entries"].split()
    found: dict[str, list[Element]] = defaultdict(list)
    for element in body_of(root).iter("div", "article", "section", "li"):
        given = f"{element.get('class') or ''} {element.get('data-component') or ''} {element.get('data-testid') or ''}"
        if given.strip():
            for name in set(plain_names(given)).intersection(names):
                found[name].append(element)
    for name in names:
        elements = _apart(found[name]) if name in found else []
        if len(elements) >= int(table("live")["fewest"]):
            return elements
    return []


def _apart(elements: Iterable[Element]) -> list[Element]:
    """Elements that are seen and do not lie in one another."""
    held: dict[Element, None] = {}
    for element in elements:
        if not concealed(element) and not any(above in held for above in element.iterancestors()):
            held[element] = None
    return list(held)


def _is_called_live(root: Element) -> bool:
    """Whether the page or its body is named like a live blog."""
    names = set(table("live")["pages"].split())
    tops = [body_of(root), *root.iter("main", "article")][:3]
    return any(names & set(plain_names(f"{top.get('class') or ''} {top.get('id') or ''}")) for top in tops)


def _time_of(element: Element) -> str:
    """When an entry was written, as a reader is shown it."""
    for query in _TIMES:
        for found in element.xpath(query)[:5]:
            shown = clean(found.text_content())
            clock = _CLOCK.search(shown)
            if clock and len(shown) <= _LONGEST:
                return clock[0] if _AGO.search(shown) else shown
            moment = parse_date(found.get("datetime"))
            if moment is not None:
                return f"{moment:%H:%M}"
    first = next((text for part in element.itertext() if (text := clean(part))), "")
    return first if _CLOCK.match(first) and len(first) <= _LONGEST else ""
