"""What the rules may look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articleaudio.model import BlockKind
from articleaudio.read.html import phrases
from articleaudio.read.html.container import Region
from articleaudio.read.html.metadata import Metadata
from articleaudio.read.html.walk import Piece
from articleaudio.read.names import is_byline, names
from articleaudio.read.rich import ends_sentence

_WORD = re.compile(r"\w+")
_PROSE = 60
"""A paragraph of running text has as many characters."""
_LINKED = 0.3
"""Nor is a larger part of it a link."""
_LOOKED = 200
"""The text above is looked at as many pieces back."""


@dataclass(slots=True)
class Page:
    """What the rules may look at."""

    pieces: list[Piece]
    """All pieces of the page; rules write `reason` (and now and then `kind`) into them."""
    region: Region
    """Where the body lies."""
    about: Metadata
    """Title, authors and so on."""
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Words of a piece, by index, once asked for."""

    def words_of(self, index: int) -> tuple[str, ...]:
        """The piece's words, lower-case."""
        if index not in self.words:
            self.words[index] = words_in(self.pieces[index].text)
        return self.words[index]

    def kept(self) -> list[int]:
        """Indices of the pieces that no rule has dropped so far."""
        return [index for index, piece in enumerate(self.pieces) if not piece.reason]


def words_in(text: str) -> tuple[str, ...]:
    """A text's words, lower-case."""
    return tuple(_WORD.findall(text.casefold()))


def overlap(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of their words that two texts have in common, 0 … 1."""
    return len(set(one) & set(other)) / max(1, len(set(one) | set(other)))


def hint(piece: Piece) -> str:
    """What the text of a piece says it is, for the ledger; empty when it does not."""
    return phrases.reason(piece.text, link=piece.link) or (
        "byline" if is_byline(piece.text) and names(piece.text) else ""
    )


def opens_text(page: Page, index: int) -> bool:
    """Whether text like that of the article stands right below a heading, in the same element, and not in links."""
    after = next((other for other in page.pieces[index + 1 : index + 4] if not other.reason), None)
    if after is None or after.kind is not BlockKind.PARAGRAPH or after.link > _LINKED or len(after.text) < _PROSE:
        return False
    if not after.anchored or after.element.getparent() is not page.pieces[index].element.getparent():
        return False
    return ends_sentence(after.text) and any(
        dress(other) == dress(after) for other in page.pieces[max(0, index - _LOOKED) : index]
    )


def dress(piece: Piece) -> tuple[object, ...]:
    """What a piece looks like: its element and the one around it, by tag and class."""
    parent = piece.element.getparent()
    around = () if parent is None else (parent.tag, parent.get("class"))
    return (piece.element.tag, piece.element.get("class"), *around)
