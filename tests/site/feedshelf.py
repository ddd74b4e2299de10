"""Episodes for feeds, as many as wanted, without making each of them: copies of one that was published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

import newsroom
from articleaudio.publish.library import Library
from articleaudio.site.cards import Shelf, card_of
from articleaudio.site.feed import documents, feeds_of
from articleaudio.site.feed.xml import tag
from articleaudio.site.shelf import read_episode
from articleaudio.site.shelved import Form, Shelved

BASE = newsroom.SHOW.base_url
FLAC = Form("sample.0a1b2c3d.flac", "audio/flac", 4_321_987, "ab" * 32, 411_000, "archive")
DAY = datetime(2026, 1, 1, 6, tzinfo=UTC)


def published(folder: Path) -> Shelved:
    """One episode as publishing makes it."""
    made = newsroom.publish(Library(folder / "out", folder / "state"), newsroom.article())
    return read_episode(made.folder / "episode.json")


def shelf(sample: Shelved, count: int, *, first: int = 1, **facts) -> list[Shelved]:
    """That many episodes, newest first; a number tells them apart, and the highest is the newest."""
    return [
        replace(
            sample,
            id=str(uuid5(NAMESPACE_URL, f"https://harbour.example/{number}")),
            slug=f"story-{number}",
            title=f"Story {number}",
            audio=f"story-{number}.{number:08x}.mp3",
            url=f"https://harbour.example/news/{number}",
            published=DAY + timedelta(hours=number),
            generated=DAY + timedelta(hours=number, minutes=5),
            **facts,
        )
        for number in range(first + count - 1, first - 1, -1)
    ]


def on_shelf(episodes: Sequence[Shelved]) -> Shelf:
    """Episodes as the site has them, in the order given."""
    cards = [card_of(episode, hashlib.sha256(repr(episode).encode()).hexdigest()) for episode in episodes]
    return Shelf(cards, {episode.slug: episode for episode in episodes}.get)


def feeds(out: Path, episodes: Sequence[Shelved], show=newsroom.SHOW, cover: str = "") -> dict[str, bytes]:
    """All documents by file name."""
    made = documents(out, show, feeds_of(show, on_shelf(episodes)), cover)
    return {one.path: one.make() for one in made}


def write_all(out: Path, files: dict[str, bytes]) -> None:
    """Put documents where they belong."""
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)


def channel_of(data: bytes) -> ET.Element:
    """The channel of a document."""
    return ET.fromstring(data).find("channel")


def titles(data: bytes) -> list[str]:
    """The titles of a document's items."""
    return [item.findtext("title") for item in channel_of(data).findall("item")]


def links(data: bytes) -> dict[str, str]:
    """Relation → file name of what a document links to."""
    found = channel_of(data).findall(tag("atom:link"))
    return {link.get("rel"): link.get("href").removeprefix(BASE) for link in found}
