"""The podcast feed, on the standard library alone: RSS 2.0, iTunes, Podcasting 2.0 and atom:self.

The item's guid is the article's id, for good; the enclosure's name holds a hash of the sound, so that apps download
again exactly when the sound changed. Standards: RSS 2.0, Apple's podcast RSS, podcastindex.org/namespace/1.0.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from articleaudio.model import Show
from articleaudio.site.shelf import Shelved
from articleaudio.site.words import clock, words_for

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
PREFIXES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "content": CONTENT}
"""The namespaces, with the prefixes that every feed uses for them; some apps go by the prefix."""

GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of `podcast:guid`, given by its standard."""

HUMAN = frozenset(("digitalCapture", "negativeFilm", "positiveFilm", "print", "humanEdits", "digitalCreation"))
"""IPTC source types of sound that no machine made."""

SUMMARY_LIMIT = 4000
"""Bytes that Apple takes of a description."""


def feed_bytes(
    show: Show, episodes: Sequence[Shelved], *, name: str, language: str, guid: str, cover: str = ""
) -> bytes:
    """A feed of `episodes`, newest first.

    `name` is its file name below `show.base_url`, `guid` its podcast:guid, `cover` the cover's file name. The same
    episodes give the same bytes: the build date is that of the newest episode.
    """
    for prefix, address in PREFIXES.items():
        ET.register_namespace(prefix, address)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    _channel(channel, show, episodes, name=name, language=language, guid=guid, cover=cover)
    for episode in episodes:
        _item(ET.SubElement(channel, "item"), show, episode)
    ET.indent(rss)
    text: str = ET.tostring(rss, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def podcast_guid(address: str) -> str:
    """The podcast:guid of a feed that has none yet: UUIDv5 of its address without scheme and last slashes."""
    return str(uuid5(GUIDS, address.partition("://")[2].rstrip("/")))


def guid_in(path: Path) -> str:
    """The podcast:guid that a feed already carries, for it stays when the feed moves; empty when there is none."""
    with contextlib.suppress(OSError, ET.ParseError, ValueError):
        found = ET.fromstring(path.read_bytes()).findtext(f"channel/{{{PODCAST}}}guid")  # noqa: S314 - our own file
        return str(UUID((found or "").strip()))
    return ""


def absolute(show: Show, path: str) -> str:
    """Address of something in the output folder; `show.base_url` with or without its last slash."""
    return urljoin(show.base_url.rstrip("/") + "/", path)


def enclosure_address(show: Show, episode: Shelved) -> str:
    """Address of the MP3, behind the house's measuring prefix where it has one."""
    address = absolute(show, episode.path + episode.audio)
    if not show.enclosure_prefix:
        return address
    return f"{show.enclosure_prefix.rstrip('/')}/{address.partition('://')[2]}"


def made_by_machine(episode: Shelved) -> bool:
    """Whether the sound is synthetic; so it is unless its source type names a human recording."""
    return episode.source_type.rpartition("/")[2] not in HUMAN


def _channel(
    channel: ET.Element, show: Show, episodes: Sequence[Shelved], *, name: str, language: str, guid: str, cover: str
) -> None:
    _add(channel, "title", show.title)
    _add(channel, "link", show.link or absolute(show, ""))
    _add(channel, "description", _short(show.description or show.title))
    _add(channel, "language", language)
    ET.SubElement(channel, f"{{{ATOM}}}link", href=absolute(show, name), rel="self", type="application/rss+xml")
    _add(channel, "copyright", show.copyright)
    newest = max((episode.generated for episode in episodes), default=None)
    if newest:
        _add(channel, "lastBuildDate", _rfc822(newest))
    _add(channel, "generator", "articleaudio")
    _add(channel, f"{{{ITUNES}}}type", "episodic")
    _add(channel, f"{{{ITUNES}}}explicit", "true" if show.explicit else "false")
    _category(channel, show.category)
    if show.owner_email:
        owner = ET.SubElement(channel, f"{{{ITUNES}}}owner")
        _add(owner, f"{{{ITUNES}}}name", show.owner_name or show.author or show.title)
        _add(owner, f"{{{ITUNES}}}email", show.owner_email)
    _add(channel, f"{{{ITUNES}}}author", show.author)  # behind the owner, whom some readers take for the author
    if cover:
        address = absolute(show, cover)
        ET.SubElement(channel, f"{{{ITUNES}}}image", href=address)
        image = ET.SubElement(channel, "image")
        _add(image, "url", address)
        _add(image, "title", show.title)
        _add(image, "link", show.link or absolute(show, ""))
    _add(channel, f"{{{PODCAST}}}guid", guid)
    if any(map(made_by_machine, episodes)):
        _add(channel, f"{{{PODCAST}}}txt", "true", purpose="ai-content")


def _category(channel: ET.Element, category: str) -> None:
    """Apple's category; "News > Politics" names one inside another."""
    outer, _, inner = (part.strip() for part in category.partition(">"))
    if outer:
        element = ET.SubElement(channel, f"{{{ITUNES}}}category", text=outer)
        if inner:
            ET.SubElement(element, f"{{{ITUNES}}}category", text=inner)


def _item(item: ET.Element, show: Show, episode: Shelved) -> None:
    here = absolute(show, episode.path)
    _add(item, "title", episode.title)
    _add(item, "link", episode.url or here)
    _add(item, "guid", episode.id, isPermaLink="false")
    _add(item, "pubDate", _rfc822(episode.when))
    said = filter(None, (_short(episode.summary), episode.disclosure))
    _add(item, "description", "".join(f"<p>{_html(text)}</p>" for text in said))  # RSS takes it for HTML
    _add(item, f"{{{CONTENT}}}encoded", notes(episode, here))
    ET.SubElement(item, "enclosure", url=enclosure_address(show, episode), length=str(episode.size), type="audio/mpeg")
    _add(item, f"{{{ITUNES}}}duration", str(max(1, round(episode.duration))))
    _add(item, f"{{{ITUNES}}}episodeType", "full")
    _add(item, f"{{{ITUNES}}}author", ", ".join(episode.authors) or episode.site)
    _add(item, f"{{{ITUNES}}}explicit", "true" if show.explicit else "false")
    _add(item, "category", episode.section)
    for author in episode.authors:
        _add(item, f"{{{PODCAST}}}person", author, role="author", group="writing")
    chapters = f"{{{PODCAST}}}chapters"
    ET.SubElement(item, chapters, url=urljoin(here, "chapters.json"), type="application/json+chapters")
    transcript = f"{{{PODCAST}}}transcript"
    ET.SubElement(item, transcript, url=urljoin(here, "transcript.json"), type="application/json")
    # Last, for readers that keep only one: WebVTT is the one that all apps show.
    captions = {
        "url": urljoin(here, "captions.vtt"),
        "type": "text/vtt",
        "rel": "captions",
        "language": episode.language,
    }
    ET.SubElement(item, transcript, captions)
    if episode.url:
        _add(item, f"{{{PODCAST}}}contentLink", episode.title, href=episode.url)
    _alternate(item, show, episode)
    if made_by_machine(episode):
        _add(item, f"{{{PODCAST}}}txt", "true", purpose="ai-content")


def _alternate(item: ET.Element, show: Show, episode: Shelved) -> None:
    """The MP3 again with its hash, so that an app can tell a whole file from a broken one."""
    try:
        digest = bytes.fromhex(episode.sha256)
    except ValueError:
        return
    facts = {"type": "audio/mpeg", "length": str(episode.size), "default": "true"}
    if episode.bitrate:
        facts["bitrate"] = str(episode.bitrate)
    enclosure = ET.SubElement(item, f"{{{PODCAST}}}alternateEnclosure", facts)
    ET.SubElement(enclosure, f"{{{PODCAST}}}source", uri=absolute(show, episode.path + episode.audio))
    value = f"sha256-{base64.b64encode(digest).decode()}"
    ET.SubElement(enclosure, f"{{{PODCAST}}}integrity", type="sri", value=value)


def notes(episode: Shelved, page: str) -> str:
    """The show notes as HTML: what it is about, chapters by time, where to read it, and how it was made."""
    words = words_for(episode.language)
    parts = [f"<p>{_html(episode.summary)}</p>"] if episode.summary else []
    if len(episode.chapters) > 1:
        lines = (f"<li>{clock(chapter.start)} {_html(chapter.title)}</li>" for chapter in episode.chapters)
        parts.append(f"<ul>{''.join(lines)}</ul>")
    link = escape(episode.url or page)
    parts.append(f'<p><a href="{link}">{_html(words["article"])}</a></p>')
    if episode.disclosure:
        parts.append(f"<p><em>{_html(episode.disclosure)}</em></p>")
    return "".join(parts)


def _html(text: str) -> str:
    return escape(text, quote=False)


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    """Add an element, unless there is nothing to say."""
    if text:
        ET.SubElement(parent, tag, attributes).text = text


def _short(text: str) -> str:
    """Text cut to what directories take, between words."""
    if len(text.encode()) <= SUMMARY_LIMIT:
        return text
    return text.encode()[: SUMMARY_LIMIT - 3].decode("utf-8", "ignore").rpartition(" ")[0] + "…"


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))
