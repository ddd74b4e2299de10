"""The feeds of an output folder: every enclosure has to lead to a file that is there, with its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from articleaudio.checking.findings import Finding

_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PLACE = re.compile(r"/episodes/([a-z0-9-]+)/([^/]+)$")
_REBUILD = "run `articleaudio feed` on the folder"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed."""

    feed: str
    """File name of the feed."""
    id: str
    """Its guid."""
    slug: str
    """Folder its enclosure lies in; empty where the address leads to no episode."""
    file: str
    """File name of its enclosure."""
    length: str
    """Bytes of the enclosure, as the feed tells them."""
    duration: str
    """Seconds, as the feed tells them."""


def read_feeds(out: Path) -> tuple[list[Item], list[Finding]]:
    """The entries of all feeds, and what keeps a feed from being read."""
    items: list[Item] = []
    found: list[Finding] = []
    for path in sorted(out.glob("feed*.xml")):
        try:
            data = path.read_bytes()
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                found.append(Finding("feed", "it declares entities, which no feed needs", path.name, hint=_REBUILD))
                continue
            channel = ET.fromstring(data).find("channel")  # noqa: S314 -- without entities there is nothing to expand
        except (OSError, ET.ParseError, ValueError, LookupError) as error:
            found.append(Finding("feed", f"it cannot be read: {error}", path.name, hint=_REBUILD))
            continue
        if channel is None:
            found.append(Finding("feed", "it has no channel", path.name, hint=_REBUILD))
        items += [_item(path.name, item) for item in (channel.iter("item") if channel is not None else ())]
    return items, found


def _item(feed: str, item: ET.Element) -> Item:
    enclosure = item.find("enclosure")
    facts = enclosure.attrib if enclosure is not None else {}
    address = facts.get("url", "")
    place = _PLACE.search(unquote(urlsplit(address).path)) if address else None
    return Item(
        feed,
        (item.findtext("guid") or "").strip(),
        place[1] if place else "",
        place[2] if place else address,
        facts.get("length", ""),
        (item.findtext(f"{_ITUNES}duration") or "").strip(),
    )


def item_findings(item: Item, folder: Path, duration: float) -> Iterator[Finding]:
    """What is wrong with the entry of an episode whose files lie in `folder`."""
    try:
        size = (folder / item.file).stat().st_size if item.slug == folder.name else -1
    except OSError:
        size = -1
    if size < 0:
        yield Finding("feed", f"the enclosure leads nowhere: {item.slug}/{item.file}", item.feed, hint=_REBUILD)
    elif item.length != str(size):
        yield Finding("feed", f"{item.file} has {size} bytes, the feed says {item.length}", item.feed, hint=_REBUILD)
    if item.duration and not (item.duration.isdigit() and abs(int(item.duration) - duration) <= 1):
        yield Finding("feed", f"it lasts {duration:.0f} s, the feed says {item.duration}", item.feed, hint=_REBUILD)


def stray_findings(items: list[Item], ids: frozenset[str]) -> Iterator[Finding]:
    """Entries of episodes that are not there, and entries that stand twice in a feed."""
    seen: set[tuple[str, str]] = set()
    for item in items:
        if item.id not in ids:
            what = f"an entry without an episode: {item.slug or item.file or item.id}"
            yield Finding("feed", what, item.feed, hint=_REBUILD)
        if (item.feed, item.id) in seen:
            yield Finding("feed", f"two entries have the guid {item.id}", item.feed, hint=_REBUILD)
        seen.add((item.feed, item.id))
