"""Rules on where a piece stands: in a box that is none of the article's, or outside of its region."""

from __future__ import annotations

from collections import Counter

from articleaudio.model import BlockKind
from articleaudio.read.html.boxes import Box
from articleaudio.read.html.rules.page import Page, hint
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note

_BIG = 0.4
"""A box that holds a larger part of the anchored text is the article's own."""
_CAPTION = 300
"""A picture with more characters of text around it is more than that."""
_READ = 80
"""Where what is called hidden has as many characters that an extractor keeps, it is hidden from some readers only."""
_LABEL = 40
"""What names a field of a form or a page has fewer characters."""


def by_box(page: Page) -> None:
    """Drop what lies in a box that is no part of the article, unless much of the article lies in it."""
    total = sum(len(piece.text) for piece in page.pieces if piece.anchored) or 1
    for piece in page.pieces:
        for box in set(piece.boxes):
            box.length += len(piece.text)
            box.anchored += len(piece.text) if piece.anchored else 0
    for box in _gates(page.pieces, total):
        box.strong, box.anchored = False, box.length  # told to whom the text is shown, not what it is
    for box in _veils(page.pieces):
        box.strong = True
    for piece in page.pieces:
        if piece.reason or is_note(piece.text) or piece.names.note:
            continue
        foreign = [box for box in piece.boxes if _foreign(box, piece, total)]
        if any(box.pictured for box in foreign):
            piece.reason = hint(piece) or "caption"
        elif foreign:  # a name that is enough by itself says more about a piece than the vague ones around it
            piece.reason = next((box.reason for box in foreign if box.strong), "") or hint(piece) or foreign[0].reason


def _veils(pieces: list[Piece]) -> list[Box]:
    """Boxes that are vaguely called hidden, on a page where no paragraph of the article is called so."""
    boxes = {box for piece in pieces for box in piece.boxes if box.reason == "hidden" and not box.strong}
    return [] if any(box.anchored >= _READ for box in boxes) else list(boxes)


def _gates(pieces: list[Piece], total: int) -> list[Box]:
    """Boxes by one and the same name, "subscriber-only", around most paragraphs of the article, one by one."""
    boxes: dict[str, list[Box]] = {}
    held: Counter[str] = Counter()
    for piece in pieces:
        for word in {box.word for box in piece.boxes if box.reason == "plea"}:
            held[word] += len(piece.text) if piece.anchored else 0
        for box in piece.boxes:
            if box.reason == "plea":
                boxes.setdefault(box.word, []).append(box)
    return [box for word, named in boxes.items() if held[word] > _BIG * total for box in named]


def _foreign(box: Box, piece: Piece, total: int) -> bool:
    if box.anchored > _BIG * total:
        return False
    if box.reason == "pull-quote":
        return False  # whether it is said elsewhere decides
    if box.strong:
        return True
    if box.pictured and box.length <= _CAPTION and piece.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return True
    if box.reason == "meta" and box.length == len(piece.text) < _LABEL and piece.text.endswith(":"):
        return True
    return not piece.anchored and piece.kind is not BlockKind.QUOTE and box.anchored < 0.5 * box.length


def by_place(page: Page) -> None:
    """Drop what lies outside of the region; notes are kept wherever they stand in the container."""
    region = page.region
    for index, piece in enumerate(page.pieces):
        if piece.reason:
            continue
        inside = index in region.inside
        if inside and region.first <= index <= region.last:
            continue
        if inside and is_note(piece.text):
            continue
        piece.reason = hint(piece) or "outside"
