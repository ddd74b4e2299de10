"""Plain text: blank lines part paragraphs, wrapped lines are joined, what stands above and below the text is known."""

from __future__ import annotations

from collections.abc import Iterator

from articleaudio.errors import SourceError
from articleaudio.model import Article
from articleaudio.read.source import Source


class TextReader:
    """Reads plain text files: manuscripts, wire copy, press releases, transcripts, mails."""

    name = "text"
    extensions = (".txt", ".text")
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take whatever no other reader wants."""
        del source_name
        return b"\x00" not in head

    def read(self, source: Source, text: str) -> Iterator[Article]:
        """Give the one article in the text."""
        if text.lstrip()[:5] in {"{\\rtf", "%PDF-"}:
            raise SourceError(
                f"{source.name} is no plain text, but a document of a word processor",
                hint="open it there, save it as DOCX, and give that file",
            )
        from articleaudio.read.text.reader import read_text  # noqa: PLC0415 - only once something is read

        yield read_text(source, text)


READER = TextReader()
"""The reader for plain text."""
