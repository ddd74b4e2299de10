"""The podcast feeds, on the standard library alone: RSS 2.0, iTunes, Podcasting 2.0, archives after RFC 5005."""

from __future__ import annotations

from articleaudio.site.feed.guid import guid_in, podcast_guid
from articleaudio.site.feed.plan import Feed, documents, feeds_of
from articleaudio.site.feed.usable import usable_show
from articleaudio.site.feed.xml import absolute

__all__ = ["Feed", "absolute", "documents", "feeds_of", "guid_in", "podcast_guid", "usable_show"]
