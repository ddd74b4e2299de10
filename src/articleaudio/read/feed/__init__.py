"""Feeds: RSS in all its versions, and Atom."""

from __future__ import annotations

from collections.abc import Iterator

from articleaudio.model import Article, Failure
from articleaudio.read.feed.prolog import root_of
from articleaudio.read.source import Source

_ROOTS = frozenset({"rss", "feed", "rdf"})
_EXPORT = b"http://wordpress.org/export/"


class FeedReader:
    """Reads RSS and Atom feeds: the text they hold, or the page that an item leads to."""

    name = "feed"
    extensions = (".xml", ".rss", ".atom")
    binary = True

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take XML whose root element is that of a feed."""
        del source_name
        head = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        prefix, _, name = root_of(head).lower().rpartition(":")
        return (name in _ROOTS and prefix in {"", "rdf", "atom", "a"}) and _EXPORT not in head

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the articles of a feed's items, in order. Raises SourceError when it cannot be read as a feed."""
        del text
        from articleaudio.read.feed.items import articles  # noqa: PLC0415 -- so that choosing a reader stays cheap

        yield from articles(source, source.load())


READER = FeedReader()
"""The reader for feeds."""
