"""Rules on the two ends of an article: labels above it, and what only signs it or announces something not spoken."""

from __future__ import annotations

import re
from itertools import takewhile

from articleaudio.model import BlockKind
from articleaudio.read.html.rules.page import Page, dress, hint
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_SIGNED = re.compile(r"^(?:[-–—~/]|\.\./)[-–—~/.\s]*[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}$")
"""A name behind dashes or slashes."""
_INITIALS = re.compile(
    r"^(?:\([^\W\d_A-Z]{2,4}\)|[^\W\d_A-Z]{2,4}(?:/[^\W\d_]{2,6}){1,4}|/[^\W\d_]{2,4}/?|\*[^\W\d_A-Z]{2,5})$"
)
"""Initials of who wrote it, as agencies and German papers set them: "(is)", "ist/dpa"."""
_TAB = 25
"""A tab has no more characters."""
_LABELS = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
"""What a label may be: a list of them is a row of tabs."""
_FIRST = 60
"""A label above the text has no more characters."""
_REST = 0.15
"""What is left of the page's foot is no larger part of the text."""
_ROW = 5
"""So many foreign pieces in a row end an article."""
_PROSE = 80
"""A paragraph of running text has as many characters."""
_FOREIGN = {
    "related",
    "share",
    "comments",
    "navigation",
    "footer",
    "signup",
    "feed",
    "tags",
    "sidebar",
    "promo",
    "gallery",
}
"""Reasons that say of a piece that it is no part of any article."""
_ANNOUNCED = 160
"""What announces something has fewer characters."""


def by_start(page: Page) -> None:
    """Drop labels above the text that no extractor keeps: what names a tool, a desk or a picture.

    What is styled as a heading and stands above the by-line or the date is the standfirst.
    """
    kept = page.kept()
    if len(kept) > 1 and page.pieces[kept[0]].names.heading and page.pieces[kept[0]].kind is BlockKind.PARAGRAPH:
        between = page.pieces[kept[0] + 1 : kept[1]]
        page.pieces[kept[0]].reason = "dek" if any(piece.reason in {"byline", "date"} for piece in between) else ""
    for index in page.kept():
        piece = page.pieces[index]
        label = len(piece.text) <= _FIRST and not ends_sentence(piece.text) and not is_note(piece.text)
        if piece.kind not in _LABELS or not label or (piece.anchored and not _is_tab(page, index)):
            break
        piece.reason = hint(piece) or "outside"


def _is_tab(page: Page, index: int) -> bool:
    """Whether one or two words stand above the by-line or the date that the text begins below."""
    below = takewhile(lambda piece: piece.reason or len(piece.text) <= _TAB, page.pieces[index + 1 :])
    return len(page.pieces[index].text) <= _TAB and any(piece.reason in {"byline", "date"} for piece in below)


def by_rest(page: Page) -> None:
    """Drop what is left of the page's foot: scraps behind a row of foreign boxes, unlike the text before them."""
    kept = page.kept()
    size = sum(len(page.pieces[index].text) for index in kept)
    for position in range(len(kept) - 1, 0, -1):
        between = page.pieces[kept[position - 1] + 1 : kept[position]]
        rest = [page.pieces[index] for index in kept[position:]]
        if sum(len(piece.text) for piece in rest) > _REST * size:
            break
        if sum(piece.reason in _FOREIGN for piece in between) < _ROW or any(_is_said(piece) for piece in rest):
            continue
        looks = {dress(page.pieces[index]) for index in kept[:position] if len(page.pieces[index].text) >= _PROSE}
        if not any(dress(piece) in looks for piece in rest):
            for piece in rest:
                piece.reason = hint(piece) or "outside"


def _is_said(piece: Piece) -> bool:
    """Whether a piece is a note, or a paragraph that an extractor keeps."""
    prose = piece.anchored and len(piece.text) >= _PROSE and ends_sentence(piece.text)
    return prose or piece.names.note or is_note(piece.text)


def by_end(page: Page) -> None:
    """Drop the last block where it is only a name, or ends in a colon with nothing spoken after it."""
    for index in reversed(page.kept()):
        piece = page.pieces[index]
        if piece.kind is not BlockKind.PARAGRAPH or is_note(piece.text):
            break
        if _SIGNED.match(piece.text) or _INITIALS.match(piece.text):
            piece.reason = "byline"
        elif piece.text.endswith(":") and len(piece.text) < _ANNOUNCED:
            piece.reason = "related"
        else:
            break
