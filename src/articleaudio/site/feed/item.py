"""One episode as an item of a feed.

The guid is the article's id, for good; the enclosure's name holds a hash of the sound, so that apps download again
exactly when the sound changed. Standards: RSS 2.0, Apple's podcast RSS, podcastindex.org/namespace/1.0.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from articleaudio.model import Show
from articleaudio.site.feed.xml import absolute, add, beside, put, shortened, uri
from articleaudio.site.shelved import Form, Shelved
from articleaudio.site.words import clock, words_for

HUMAN = frozenset(("digitalCapture", "negativeFilm", "positiveFilm", "print", "humanEdits", "digitalCreation"))
"""IPTC source types of sound that no machine made."""

TRANSCRIPTS = (
    ("transcript.html", "text/html", ""),
    ("captions.srt", "application/x-subrip", "captions"),
    ("transcript.json", "application/json", ""),
    ("captions.vtt", "text/vtt", "captions"),
)
"""File, type and relation. WebVTT is last, for readers that keep only one: all apps show it."""

SUMMARY_LIMIT, AUTHOR_LIMIT, PERSON_LIMIT = 4000, 255, 128
"""Bytes that directories take of a description, of `itunes:author` and of `podcast:person`."""


def item(show: Show, episode: Shelved) -> ET.Element:
    """Make the item of an episode."""
    made = ET.Element("item")
    here = absolute(show, episode.path)
    explicit = "true" if show.explicit else "false"
    add(made, "title", episode.title)
    add(made, "itunes:title", episode.title)
    add(made, "link", uri(episode.url) or here)
    add(made, "guid", episode.id, isPermaLink="false")
    add(made, "pubDate", rfc822(episode.when))
    add(made, "description", _description(episode))
    add(made, "content:encoded", notes(episode, here))
    put(made, "enclosure", url=enclosure_address(show, episode), length=str(episode.size), type="audio/mpeg")
    add(made, "itunes:duration", str(max(1, round(episode.duration))))
    add(made, "itunes:episodeType", "full")
    add(made, "itunes:author", shortened(", ".join(episode.authors) or episode.site, AUTHOR_LIMIT))
    add(made, "itunes:explicit", explicit)
    add(made, "category", episode.section)
    for author in episode.authors:
        add(made, "podcast:person", shortened(author, PERSON_LIMIT), role="author", group="writing")
    _beside(made, episode, here)
    if article := uri(episode.url):
        add(made, "podcast:contentLink", words_for(episode.language)["article"], href=article)
    main = Form(episode.audio, "audio/mpeg", episode.size, episode.sha256, episode.bitrate, "")
    for form in (main, *episode.alternates):
        _enclosure(made, episode, form, here, default="true" if form is main else "")
    if made_by_machine(episode):
        add(made, "podcast:txt", "true", purpose="ai-content")
    return made


def made_by_machine(episode: Shelved) -> bool:
    """Whether the sound is synthetic; so it is unless its source type names a human recording."""
    return episode.source_type.rpartition("/")[2] not in HUMAN


def enclosure_address(show: Show, episode: Shelved) -> str:
    """Address of the MP3, behind the house's measuring prefix where it has one."""
    address = absolute(show, episode.path + episode.audio)
    prefix = uri(show.enclosure_prefix)
    return f"{prefix.rstrip('/')}/{address.partition('://')[2]}" if prefix else address


def rfc822(moment: datetime) -> str:
    """A moment as RSS tells it."""
    try:
        return format_datetime(moment.astimezone(UTC))
    except OverflowError:  # within a day of the first or the last year
        return format_datetime(moment.replace(tzinfo=UTC))


def notes(episode: Shelved, page: str) -> str:
    """The show notes as HTML: what it is about, chapters by time, where to read it, how it was made, whose voice."""
    words = words_for(episode.language)
    opening = '<p dir="rtl">' if words.direction == "rtl" else "<p>"
    parts = [f"{opening}{_html(episode.summary)}</p>"] if episode.summary else []
    if len(episode.chapters) > 1:
        lines = (f"<li>{clock(chapter.start)} {_html(chapter.title)}</li>" for chapter in episode.chapters)
        parts.append(f"<ul>{''.join(lines)}</ul>")
    parts.append(f'{opening}<a href="{escape(uri(episode.url) or page)}">{_html(words["article"])}</a></p>')
    if episode.disclosure:
        parts.append(f"{opening}<em>{_html(episode.disclosure)}</em></p>")
    if episode.attribution:
        parts.append(f"<p>{_html(episode.attribution)}</p>")
    return "".join(parts)


def _description(episode: Shelved) -> str:
    """Summary and disclosure; RSS takes it for HTML. What is too long is cut, but the disclosure has its place."""
    disclosure = _paragraph(episode.disclosure, SUMMARY_LIMIT // 4)
    return _paragraph(episode.summary, SUMMARY_LIMIT - len(disclosure.encode())) + disclosure


def _paragraph(text: str, room: int) -> str:
    """A paragraph of at most `room` bytes, which has to be a few hundred at least."""
    limit = room - len("<p></p>")
    shown = _html(shortened(text, limit))
    while len(shown.encode()) > room - len("<p></p>"):  # escaping makes it longer, at most five times
        limit = limit * 4 // 5
        shown = _html(shortened(text, limit))
    return f"<p>{shown}</p>" if shown else ""


def _beside(made: ET.Element, episode: Shelved, here: str) -> None:
    """Chapters and transcripts, of those files that are there: what an older version made may lack some."""
    if (episode.folder / "chapters.json").is_file():
        put(made, "podcast:chapters", url=beside(here, "chapters.json"), type="application/json+chapters")
    for name, kind, relation in TRANSCRIPTS:
        if (episode.folder / name).is_file():
            address = beside(here, name)
            put(made, "podcast:transcript", url=address, type=kind, language=episode.language, rel=relation)


def _enclosure(made: ET.Element, episode: Shelved, form: Form, here: str, *, default: str) -> None:
    """A form of the recording with its hash, so that an app can tell a whole file from a broken one."""
    facts = {"type": form.type, "length": str(form.size), "bitrate": str(form.bitrate or ""), "default": default}
    outer = put(made, "podcast:alternateEnclosure", lang=episode.language, title=form.profile, **facts)
    put(outer, "podcast:source", uri=beside(here, form.file))
    try:
        digest = base64.b64encode(bytes.fromhex(form.sha256)).decode()
    except ValueError:
        return
    if digest:
        put(outer, "podcast:integrity", type="sri", value=f"sha256-{digest}")


def _html(text: str) -> str:
    return escape(text, quote=False)
