"""What is not spoken, as the script's page shows it: struck through, in its place, each piece with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from articleaudio.model import Article, Dropped

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_FEW = 5
"""A run of more pieces is folded: what surrounds an article is longer than the article."""


def safe(text: str) -> str:
    """Text as HTML: escaped, without characters that a page cannot hold or that turn its direction."""
    return escape(_CONTROLS.sub("\ufffd", str(text)))


class Left:
    """The article's ledger, given out place by place as the page is written."""

    def __init__(self, article: Article) -> None:
        """Sort what was left out by the block before which it stood."""
        self._placed = sorted((piece for piece in article.dropped if piece.before is not None), key=_place)
        self._unplaced = [piece for piece in article.dropped if piece.before is None]

    def before(self, block: int | None) -> str:
        """What stood before a block and was not shown yet; nothing for what is no block (headline, by-line)."""
        if block is None:
            return ""
        count = sum(_place(piece) <= block for piece in self._placed)
        return self._row(count)

    def after(self) -> str:
        """What stood after the last block."""
        return self._row(len(self._placed))

    def elsewhere(self) -> str:
        """What was left out of the source where the place is not known."""
        if not self._unplaced:
            return ""
        return (
            '<aside class="dropped"><h2 lang="en">Left out elsewhere in the source</h2>'
            f"{_items(self._unplaced)}</aside>\n"
        )

    def _row(self, count: int) -> str:
        pieces, self._placed = self._placed[:count], self._placed[count:]
        if not pieces:
            return ""
        return f'<section class="row left"><span class="role" lang="en">left out</span>{_folded(pieces)}</section>\n'


def _place(piece: Dropped) -> int:
    return piece.before or 0


def _folded(pieces: Sequence[Dropped]) -> str:
    """A run of pieces; a long one can be opened and tells what is in it."""
    if len(pieces) <= _FEW:
        return _items(pieces)
    counts = Counter(piece.reason for piece in pieces).most_common()
    told = ", ".join(f"{safe(reason)} {count}" for reason, count in counts)
    summary = f'<summary lang="en">{len(pieces)} pieces <span class="reasons">{told}</span></summary>'
    return f"<details>{summary}{_items(pieces)}</details>"


def _items(pieces: Iterable[Dropped]) -> str:
    items = "".join(
        f'<li><span class="reason" lang="en">{safe(piece.reason)}</span> <del>{safe(piece.text)}</del></li>'
        for piece in pieces
    )
    return f'<ul class="pieces">{items}</ul>'
