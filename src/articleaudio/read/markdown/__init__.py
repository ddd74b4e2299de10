"""Markdown, with or without front matter, in the dialects that writers' tools speak."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articleaudio.model import Article
from articleaudio.read.source import Source


class MarkdownReader:
    """Reads Markdown files; front matter gives title, author(s), date, updated, lang, url, id, slug, image and more."""

    name = "markdown"
    extensions = (".md", ".markdown", ".mdown", ".mdx")
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take what opens with front matter or a Markdown heading."""
        del source_name
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return bool(re.match(rb"---[ \t]*\r?\n[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n|#{1,6} \S", start))

    def read(self, source: Source, text: str) -> Iterator[Article]:
        """Give the one article in the file."""
        from articleaudio.read.markdown.reader import read_markdown  # noqa: PLC0415 - only once something is read

        yield read_markdown(source, text)


READER = MarkdownReader()
"""The reader for Markdown."""
