"""What a feed says of itself."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from articleaudio.model import Show
from articleaudio.site.feed.item import item, made_by_machine, rfc822
from articleaudio.site.feed.paging import Page
from articleaudio.site.feed.xml import absolute, add, document, put, shortened, uri

GENERATOR = "articleaudio"
"""How our feeds are known again."""

DESCRIPTION_LIMIT, NAME_LIMIT = 4000, 255
"""Bytes that Apple takes of a description and of names."""


def feed_bytes(show: Show, page: Page, *, title: str, language: str, guid: str, cover: str = "") -> bytes:
    """One document of a feed; `cover` is the cover's file name.

    The same episodes give the same bytes: the build date is that of the newest recording in it. An archive says of the
    show what the feed says, for apps take each document for a feed.
    """
    channel = ET.Element("channel")
    home = uri(show.link) or absolute(show, "")
    add(channel, "title", title)
    add(channel, "link", home)
    add(channel, "description", shortened(show.description or title, DESCRIPTION_LIMIT))
    add(channel, "language", language)
    _links(channel, show, page)
    add(channel, "copyright", show.copyright)
    newest = max((episode.generated for episode in page.episodes), default=None)
    add(channel, "lastBuildDate", rfc822(newest) if newest else "")
    add(channel, "generator", GENERATOR)
    _apple(channel, show)
    if cover:
        put(channel, "itunes:image", href=absolute(show, cover))
        image = put(channel, "image")
        add(image, "url", absolute(show, cover))
        add(image, "title", title)
        add(image, "link", home)
    add(channel, "podcast:guid", guid)
    add(channel, "podcast:medium", "podcast")
    if show.owner_email:
        add(channel, "podcast:locked", "yes" if show.locked else "no", owner=show.owner_email)
    if any(map(made_by_machine, page.episodes)):
        add(channel, "podcast:txt", "true", purpose="ai-content")
    for episode in page.episodes:
        channel.append(item(show, episode))
    return document(channel)


def _links(channel: ET.Element, show: Show, page: Page) -> None:
    """This document's own address, and the documents around it."""
    for relation, name in (("self", page.name), *page.links):
        put(channel, "atom:link", href=absolute(show, name), rel=relation, type="application/rss+xml")
    if page.archive:
        put(channel, "fh:archive")


def _apple(channel: ET.Element, show: Show) -> None:
    """Apple's facts of a show. "News > Politics" names a category inside another."""
    add(channel, "itunes:type", "episodic")
    add(channel, "itunes:explicit", "true" if show.explicit else "false")
    outer, _, inner = (part.strip() for part in show.category.partition(">"))
    if outer:
        category = put(channel, "itunes:category", text=outer)
        if inner:
            put(category, "itunes:category", text=inner)
    if show.owner_email:
        owner = put(channel, "itunes:owner")
        add(owner, "itunes:name", shortened(show.owner_name or show.author or show.title, NAME_LIMIT))
        add(owner, "itunes:email", show.owner_email)
    # Behind the owner, whom some readers take for the author.
    add(channel, "itunes:author", shortened(show.author, NAME_LIMIT))
