"""WordPress: posts as its interface gives them (JSON), and the export of a whole site (WXR)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articleaudio.model import Article, Failure
from articleaudio.read.feed.prolog import root_of
from articleaudio.read.jsondata import outline
from articleaudio.read.source import Source

_EXPORT = re.compile(rb"http://wordpress\.org/export/|<wp:wxr_version>")
_CONTENT = frozenset({"content.rendered", "content.raw", "content.protected"})
_POST = frozenset({"date_gmt", "modified_gmt", "yoast_head_json", "_embedded.author", "_links.self"})
_RENDERED = frozenset({"title.rendered", "title.raw", "guid.rendered", "excerpt.rendered"})
_FAMILY = ("_embedded.wp:", "_links.wp:")


class WordPressReader:
    """Reads posts of WordPress's interface and its exports."""

    name = "wordpress"
    extensions = (".json", ".xml", ".wxr")
    binary = True

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take JSON that has a post's fields, and XML that has an export's name space."""
        del source_name
        head = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if head.startswith(b"<"):
            return root_of(head) == "rss" and bool(_EXPORT.search(head))
        told = outline(head)
        keys = {path.removeprefix("[].") for path in told}
        post = keys & _CONTENT or (keys & _POST and keys & _RENDERED) or any(key.startswith(_FAMILY) for key in keys)
        return bool(post) or told.get("code", "").startswith("rest_")

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the posts, in the source's order. Raises SourceError."""
        del text
        from articleaudio.read.wordpress import export, rest  # noqa: PLC0415 -- so that choosing a reader stays cheap

        data = source.load()
        is_export = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")
        yield from (export.articles(source, data) if is_export else rest.articles(source, data))


READER = WordPressReader()
"""The reader for WordPress."""
