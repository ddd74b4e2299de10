"""Our own readers keep the contract."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from articleaudio.read import Reader
from articleaudio.read.html import READER as HTML
from articleaudio.read.markdown import READER as MARKDOWN
from articleaudio.read.text import READER as TEXT
from articleaudio.testing import ReaderContract

PAGES = Path(__file__).parent / "pages"


class TestHtml(ReaderContract):
    reader: ClassVar[Reader] = HTML
    sources: ClassVar[tuple[bytes, ...]] = tuple(page.read_bytes() for page in sorted(PAGES.glob("*.html")))


class TestMarkdown(ReaderContract):
    reader: ClassVar[Reader] = MARKDOWN
    sources: ClassVar[tuple[bytes, ...]] = (
        b"---\ntitle: Rain\nlang: en-GB\n---\n\nIt rained **all day**.\n\n## Later\n\n> It stopped.\n",
        b"# Rain\n\nIt rained.[^1]\n\n- a\n- b\n\n*Correction: It did not.*\n\nSo they say.\n\n[^1]: All day.\n",
    )


class TestText(ReaderContract):
    reader: ClassVar[Reader] = TEXT
    sources: ClassVar[tuple[bytes, ...]] = (b"Rain\n\nIt rained all day.\n\nCorrection: it did not.\n\nThen it did.\n",)
