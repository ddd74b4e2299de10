"""Books in EPUB 2 and 3: one article a chapter."""

from __future__ import annotations

from collections.abc import Iterator

from articleaudio.model import Article, Failure
from articleaudio.read.source import Source

_ZIP = b"PK\x03\x04"


class EpubReader:
    """Reads EPUB files chapter by chapter; cover, contents, index and the like are passed over."""

    name = "epub"
    extensions = (".epub",)
    binary = True

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take zip archives that say they are a book, or hold what only books hold."""
        del source_name
        return head.startswith(_ZIP) and (
            b"mimetypeapplication/epub+zip" in head[:100] or b"META-INF/container.xml" in head
        )

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the book's chapters, in reading order."""
        del text
        from articleaudio.read.epub.reader import read_book  # noqa: PLC0415 - lxml only once a book is read

        yield from read_book(source, source.load())


READER = EpubReader()
"""The reader for books."""
