"""What every reader keeps."""
# ruff: noqa: S101 -- these are tests: assert is how they speak

from __future__ import annotations

import json
import unicodedata
from typing import ClassVar

from articleaudio.errors import SourceError
from articleaudio.model import Article, BlockKind
from articleaudio.plain import dump
from articleaudio.read import Reader, Source
from articleaudio.read.decode import decode
from articleaudio.read.registry import SNIFF


class ReaderContract:
    """What every reader keeps. Inherit it as `class TestMine(ReaderContract)`; give `reader` and `sources`."""

    reader: ClassVar[Reader]
    """The reader under test."""
    sources: ClassVar[tuple[bytes, ...]]
    """Contents with an article in them."""

    def articles(self) -> list[Article]:
        """Read all the sources, each by itself."""
        found = []
        for number, data in enumerate(self.sources):
            source = Source(name=f"case-{number}", data=data, relative=f"case-{number}")
            text = "" if self.reader.binary else decode(data, source.name)
            articles = [item for item in self.reader.read(source, text) if isinstance(item, Article)]
            assert articles
            found += articles
        return found

    def test_names_itself(self) -> None:
        """It has a name, and extensions with their dot."""
        assert self.reader.name
        assert all(extension.startswith(".") and extension.islower() for extension in self.reader.extensions)

    def test_accepts_its_own(self) -> None:
        """It knows its own kind by the first bytes."""
        assert all(self.reader.accepts("-", data[:SNIFF]) for data in self.sources)

    def test_articles_can_be_spoken(self) -> None:
        """Every article has a title and something to say."""
        for article in self.articles():
            assert article.title
            assert any(block.kind is not BlockKind.HEADING for block in article.blocks)
            assert article.language == article.language.lower()

    def test_ids_are_stable(self) -> None:
        """Reading again gives the same article, known by something."""
        first, second = self.articles(), self.articles()
        assert first == second
        assert all(article.aliases for article in first)

    def test_text_is_clean(self) -> None:
        """Text is NFC with single spaces, and only headings have levels."""
        for article in self.articles():
            for block in article.blocks:
                assert block.text == " ".join(block.text.split())
                assert unicodedata.is_normalized("NFC", block.text)
                assert (block.kind is BlockKind.HEADING) == (1 <= block.level <= 6)

    def test_marks_lie_in_the_text(self) -> None:
        """Marks lie inside their block, in order."""
        for article in self.articles():
            for block in article.blocks:
                assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)
                assert [mark.start for mark in block.marks] == sorted(mark.start for mark in block.marks)

    def test_notes_come_last(self) -> None:
        """Corrections and notes stand at the end."""
        for article in self.articles():
            kinds = [block.kind is BlockKind.NOTE for block in article.blocks]
            assert kinds == sorted(kinds)

    def test_every_drop_has_a_reason(self) -> None:
        """The ledger gives a text and a reason for each piece."""
        for article in self.articles():
            assert all(piece.text and piece.reason for piece in article.dropped)

    def test_articles_can_be_written_as_json(self) -> None:
        """An article survives being written."""
        for article in self.articles():
            assert json.loads(dump(article))["title"] == article.title

    def test_nothing_to_read_is_an_error_or_nothing(self) -> None:
        """White space gives a SourceError, or no article."""
        try:
            left = list(self.reader.read(Source(name="empty", data=b" "), " "))
        except SourceError:
            return
        assert all(not article.blocks for article in left if isinstance(article, Article))
