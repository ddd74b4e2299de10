"""Rules on cards: small boxes between paragraphs, with the title of another article or a request."""

from __future__ import annotations

from articleaudio.model import BlockKind
from articleaudio.read.html.page import Element
from articleaudio.read.html.rules.page import Page
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note

_CARD = 420
"""A card has fewer characters."""
_FOREIGN = {"related", "signup", "plea", "promo", "share", "form", "player", "embed", "feed", "comments", "advert"}
"""Reasons that say what a box is, so what its heading is."""
_LEVELS = 8
"""A card has no more boxes within each other."""
_PIECES = 5
"""A card has no more pieces."""


def by_card(page: Page) -> None:
    """Drop what stands in a small box with a title that was dropped because it leads to another article."""
    for index, piece in enumerate(page.pieces):
        if piece.reason != "related" or piece.kind is not BlockKind.HEADING or piece.link < 0.9:
            continue
        for other in beside(page, index):
            if not other.reason and not is_note(other.text):
                other.reason = "related"


def by_hollow(page: Page) -> None:
    """Drop a heading when all else in the small box around it was dropped as foreign to the article."""
    for index, piece in enumerate(page.pieces):
        if piece.reason or piece.kind is not BlockKind.HEADING:
            continue
        others = [other for other in beside(page, index) if other is not piece]
        if others and all(other.reason in _FOREIGN for other in others):
            piece.reason = others[0].reason


def beside(page: Page, index: int = -1, *, element: Element | None = None) -> list[Piece]:
    """The pieces of the largest box around a piece, or an element, that is still as small as a card."""
    box: Element | None = None
    outer = element
    if outer is None:
        outer = page.pieces[index].element  # which may be the box itself, but for a heading's
    if element is not None or page.pieces[index].kind is BlockKind.HEADING:
        outer = outer.getparent()
    for _ in range(_LEVELS):
        if outer is None or outer is page.region.container:
            break
        inside = _within(page, index, outer)
        if len(inside) > _PIECES or sum(len(piece.text) for piece in inside) > _CARD:
            break
        box, outer = outer, outer.getparent()
    return [] if box is None or outer is None else _within(page, index, box)


def _within(page: Page, index: int, box: Element) -> list[Piece]:
    """The pieces in a box, those around `index` looked at where there is one, in order; one too many is enough."""
    near = page.pieces if index < 0 else page.pieces[max(0, index - _PIECES - 1) : index + _PIECES + 2]
    return [piece for piece in near if box is piece.element or box in piece.element.iterancestors()]
