"""Web pages: the article among everything that surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articleaudio.model import Article
from articleaudio.read.source import Source

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|h[1-6]|p|meta|title)\b", re.IGNORECASE
)


class HtmlReader:
    """Reads HTML pages."""

    name = "html"
    extensions = (".html", ".htm", ".xhtml")
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take what opens with a tag that pages are made of."""
        del source_name
        start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return start.startswith(b"<") and bool(_MARKUP.search(start))

    def read(self, source: Source, text: str) -> Iterator[Article]:
        """Give the one article on the page."""
        from articleaudio.read.html.reader import read_page  # noqa: PLC0415 - lxml only once a page is read

        yield read_page(source, text)


READER = HtmlReader()
"""The reader for web pages."""
