"""Which feeds a show has, and the documents they come to: one for each language, and for the sections of the house."""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from articleaudio.model import Show
from articleaudio.site.cards import Card, Shelf
from articleaudio.site.feed.channel import GENERATOR, feed_bytes
from articleaudio.site.feed.guid import guid_in, podcast_guid
from articleaudio.site.feed.paging import pages_of
from articleaudio.site.feed.xml import absolute, document
from articleaudio.site.printing import Document
from articleaudio.site.words import primary

MAIN = "feed.xml"
"""The feed of the show's language."""

_LIKE_AN_ARCHIVE = re.compile(r"(?:.*-)?archive-\d+")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that the show has."""

    name: str
    """File name: `feed.xml`, `feed.uk.xml`, `feed-world.xml`, `feed-world.uk.xml`."""
    title: str
    """What it is called."""
    language: str
    """BCP 47 tag, lower case."""
    section: str
    """The section it holds; empty for all."""
    episodes: Shelf
    """Newest first."""


def feeds_of(show: Show, shelf: Shelf) -> tuple[Feed, ...]:
    """The feeds of a show; none where the show has no base URL. No episode is read.

    The first is `feed.xml`, in the show's language, and is there even when it is empty.
    """
    if not show.base_url:
        return ()
    ours = primary(show.language)
    names = _section_names(show.sections)
    shelves: dict[tuple[str, str], list[Card]] = {("", ours): []}
    for card in shelf.cards:
        language = card.language
        if not (language.isascii() and language.isalnum()):
            continue
        shelves.setdefault(("", language), []).append(card)
        if names and (section := _folded(card.section)) in names:
            shelves.setdefault((section, language), []).append(card)
    for section in names:
        if not any(key[0] == section for key in shelves):
            shelves[section, ours] = []  # apps may be told of it before its first episode
    order = sorted(shelves, key=lambda key: (list(names).index(key[0]) if key[0] else -1, key[1] != ours, key[1]))
    return tuple(
        _feed(show, names, section, language, shelf.of(shelves[section, language])) for section, language in order
    )


def documents(out: Path, show: Show, feeds: Sequence[Feed], cover: str = "") -> Iterator[Document]:
    """The documents of the feeds, in the order to write them: what is linked before what links.

    Behind them come those that the show had and no longer has: emptied, for apps must be told that there is nothing
    left, and what was withdrawn must not stay in any.
    """
    names = set()
    for feed in feeds:
        own = show.guid if feed.name == MAIN else ""
        guid = own or guid_in(out / feed.name) or podcast_guid(absolute(show, feed.name))
        facts = {"title": feed.title, "language": feed.language, "guid": guid, "cover": cover}
        for page in pages_of(feed.name, feed.episodes, show.feed_items):
            names.add(page.name)
            cards = page.episodes.cards
            yield Document(page.name, cards, partial(feed_bytes, show, page, **facts), f"{guid} {page.links}")
    for path in sorted(out.glob("feed*.xml")) if feeds else ():
        if path.name not in names and (data := _emptied(path)):
            yield Document(path.name, (), partial(bytes, data), hashlib.sha256(data).hexdigest())


def _feed(show: Show, names: dict[str, tuple[str, str]], section: str, language: str, shelf: Shelf) -> Feed:
    slug, shown = names.get(section, ("", ""))
    ours = language == primary(show.language)
    title = f"{show.title}: {shown}" if shown else show.title
    return Feed(
        name=f"feed{slug and f'-{slug}'}{'' if ours else f'.{language}'}.xml",
        title=title if ours else f"{title} ({language})",
        language=(show.language if ours else language).replace("_", "-").lower(),
        section=shown,
        episodes=shelf,
    )


def _section_names(sections: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Section, folded → what stands for it in file names, and the section as the house writes it."""
    names: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for section in sections:
        folded = _folded(section)
        if not folded or folded in names:
            continue
        slug = _slug(folded)
        if slug in taken or _LIKE_AN_ARCHIVE.fullmatch(slug):
            slug = f"{slug}-{_digits(folded)}"
        taken.add(slug)
        names[folded] = (slug, " ".join(section.split()))
    return names


def _slug(folded: str) -> str:
    letters = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")
    return slug or f"section-{_digits(folded)}"  # of another script


def _digits(folded: str) -> str:
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:6]


def _folded(section: str) -> str:
    return unicodedata.normalize("NFC", " ".join(section.split())).casefold()


def _emptied(path: Path) -> bytes:
    """One of our documents without its items; nothing for what is not ours."""
    with contextlib.suppress(OSError, ET.ParseError, ValueError):
        channel = ET.fromstring(path.read_bytes()).find("channel")  # noqa: S314 -- our own file
        if channel is not None and channel.findtext("generator") == GENERATOR:
            for item in channel.findall("item"):
                channel.remove(item)
            return document(channel)
    return b""
