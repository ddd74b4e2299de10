"""Word documents: the article in a manuscript, without its margins, changes and notes."""

from __future__ import annotations

from collections.abc import Iterator

from articleaudio.errors import SourceError
from articleaudio.model import Article
from articleaudio.read.source import Source

_ZIP = b"PK\x03\x04"
_EPUB = b"mimetypeapplication/epub+zip"
_OTHERS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Word document (.doc) or another file of old Office",
    b"{\\rtf": "a document in Rich Text Format (.rtf)",
    b"%PDF-": "a PDF, which holds pages rather than text",
}
"""Documents that people have articles in, and that cannot be read, by how they begin."""
_HINT = "open it in a word processor, save it as DOCX, and give that file"


class DocxReader:
    """Reads DOCX files; knows its older and other relatives, to say what to do with them."""

    name = "docx"
    extensions = (".docx", ".docm")
    binary = True

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take zip archives that are no book, and documents that must be saved as DOCX first."""
        del source_name
        is_zip = head.startswith(_ZIP) and _EPUB not in head[:100] and b"META-INF/container.xml" not in head
        return is_zip or head.lstrip()[:8].startswith(tuple(_OTHERS))

    def read(self, source: Source, text: str) -> Iterator[Article]:
        """Give the one article in the document."""
        del text
        data = source.load()
        other = next((what for start, what in _OTHERS.items() if data.lstrip()[:8].startswith(start)), "")
        if other or not data.startswith(b"PK"):
            raise SourceError(f"{source.name} is {other or 'no Word document'}", hint=_HINT)
        from articleaudio.read.docx.reader import read_document  # noqa: PLC0415 - lxml and mammoth only when needed

        yield read_document(source, data)


READER = DocxReader()
"""The reader for Word documents."""
