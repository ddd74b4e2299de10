"""Where on the page the article lies: the smallest element that holds nearly all anchors, from first to last one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from articleaudio.model import BlockKind
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import ends_sentence

_SHARE = 0.85
"""Part of the anchors' characters that the container must hold."""

_SHORT = 40
"""A line with fewer characters that does not end as a sentence above the anchors is a label."""


@dataclass(frozen=True, slots=True)
class Region:
    """The part of the page's pieces that the body is made of."""

    container: Element
    """The smallest element that holds nearly all of the article."""
    inside: frozenset[int]
    """Indices of the pieces below it."""
    first: int
    """Index of the first piece of the body."""
    last: int
    """Index of the last piece of the body."""


def find_region(pieces: list[Piece]) -> Region | None:
    """The article's place among the pieces, or None when no piece is an anchor."""
    weights: dict[Element, int] = defaultdict(int)
    order: dict[Element, int] = {}
    total = 0
    for piece in pieces:
        if not piece.anchored:
            continue
        size = len(piece.text)
        total += size
        for depth, element in enumerate(reversed([piece.element, *piece.element.iterancestors()])):
            weights[element] += size
            order[element] = depth
    if not total:
        return None
    held = [element for element, weight in weights.items() if weight >= total * _SHARE]
    container = max(held, key=lambda element: order[element])
    inside = frozenset(i for i, piece in enumerate(pieces) if _below(piece.element, container))
    anchors = [i for i in sorted(inside) if pieces[i].anchored]
    first, last = _stretched(pieces, inside, anchors[0], anchors[-1])
    return Region(container, inside, first, last)


def whole(root: Element, pieces: list[Piece]) -> Region:
    """The region of a source that is nothing but a body: all of it."""
    return Region(root, frozenset(range(len(pieces))), 0, len(pieces) - 1)


def _below(element: Element, container: Element) -> bool:
    return element is container or any(ancestor is container for ancestor in element.iterancestors())


def _stretched(pieces: list[Piece], inside: frozenset[int], first: int, last: int) -> tuple[int, int]:
    """First and last piece of the body: plain paragraphs beside the anchors belong to it too."""
    homes = {pieces[i].element.getparent() for i in range(first, last + 1) if i in inside and pieces[i].anchored}
    for i in range(first - 1, -1, -1):
        if i in inside and pieces[i].element.getparent() in homes and _plain(pieces[i]) and not _is_label(pieces[i]):
            first = i
    for i in range(last + 1, len(pieces)):
        if i in inside and pieces[i].element.getparent() in homes and _plain(pieces[i]):
            last = i
    before = first - 1
    if before in inside and pieces[before].kind is BlockKind.HEADING and pieces[before].level > 1:
        first = before
    return first, last


def _is_label(piece: Piece) -> bool:
    return len(piece.text) < _SHORT and not ends_sentence(piece.text)


def _plain(piece: Piece) -> bool:
    return not piece.reason and not piece.boxes and piece.link < 0.5 and piece.kind is not BlockKind.HEADING
