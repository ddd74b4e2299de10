"""The feeds of an output folder: every link has to lead to a file that is there, an enclosure with its length."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from articleaudio.checking.findings import Finding, some
from articleaudio.checking.links import REBUILD, Site

_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PLACE = re.compile(r"/episodes/([a-z0-9-]+)/([^/]+)$")
_HEAD = 1 << 16
_SELF = re.compile(r"""<atom:link href="([^"]*/)feed\.xml" rel="self\"""")
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARCHIVED = re.compile(r"-archive-\d{4,}(?=\.xml$)")


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


def read_feeds(out: Path) -> Iterator[Item | Finding]:
    """The entries of all feeds, in order, and what is wrong with a feed: it cannot be read, or a link leads nowhere."""
    for path in sorted(out.glob("feed*.xml")):
        try:
            data = path.read_bytes()
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                yield Finding("feed", "it declares entities, which no feed needs", path.name, hint=REBUILD)
                continue
            channel = ET.fromstring(data).find("channel")  # noqa: S314 -- without entities there is nothing to expand
        except (OSError, ET.ParseError, ValueError, LookupError) as error:
            yield Finding("feed", f"it cannot be read: {error}", path.name, hint=REBUILD)
            continue
        if channel is None:
            yield Finding("feed", "it has no channel", path.name, hint=REBUILD)
            continue
        yield from some(_lost(channel, path.name, Site(out, _base(channel, path.name))))
        yield from (_item(path.name, item) for item in channel.iter("item"))


def base_in(out: Path) -> str:
    """Address of the output folder, as its feed tells it; empty where there is no feed."""
    with contextlib.suppress(OSError), (out / "feed.xml").open("rb") as file:
        found = _SELF.search(file.read(_HEAD).decode("utf-8", "replace"))
        return unescape(found[1]) if found else ""
    return ""


def family(feed: str) -> str:
    """The podcast that a feed's file belongs to: an archived page has the name of the feed, and a number."""
    return f"{_ARCHIVED.sub('', feed)}"


def _base(channel: ET.Element, name: str) -> str:
    """Address of the output folder, as the feed tells its own; empty where it does not."""
    own = next((link.get("href", "") for link in channel.iter(f"{_ATOM}link") if link.get("rel") == "self"), "")
    return own.removesuffix(name) if own.endswith(f"/{name}") else ""


def _lost(channel: ET.Element, name: str, site: Site) -> Iterator[Finding]:
    """Links of a feed that lead into the output, and to nothing there; enclosures are looked at with their episodes."""
    for element in channel.iter():
        if element.tag == "enclosure":
            continue
        addresses = [element.get(key, "") for key in ("href", "url", "uri")]
        addresses += [(element.text or "").strip()] if element.tag == "link" else []
        for address in filter(None, addresses):
            if (lost := site.lost(address)) is not None:
                yield Finding("link", f"it leads to {lost}, which is not there", name, hint=REBUILD)


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
        yield Finding("feed", f"the enclosure leads nowhere: {item.slug}/{item.file}", item.feed, hint=REBUILD)
    elif item.length != str(size):
        yield Finding("feed", f"{item.file} has {size} bytes, the feed says {item.length}", item.feed, hint=REBUILD)
    if item.duration and not (item.duration.isdigit() and abs(int(item.duration) - duration) <= 1):
        yield Finding("feed", f"it lasts {duration:.0f} s, the feed says {item.duration}", item.feed, hint=REBUILD)
