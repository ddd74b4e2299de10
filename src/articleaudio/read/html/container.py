"""Where on the page the article lies: the smallest element that holds nearly all anchors, from first to last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from articleaudio.model import BlockKind
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import ends_sentence

_SHARE = 0.85
"""Part of the anchors' characters that the container must hold."""

_ADDED = 0.6
"""Part that anchors must have in what a larger container would add."""
_PROSE = 80
"""Bare text beside the anchors that has as many characters is a paragraph."""
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
    lengths, anchored = _weigh(pieces)
    total = sum(len(piece.text) for piece in pieces if piece.anchored)
    if not total:
        return None
    held = [element for element, weight in anchored.items() if weight >= total * _SHARE]
    container = max(held, key=lambda element: sum(1 for _ in element.iterancestors()))
    container = _climbed(container, lengths, anchored)
    inside = frozenset(i for i, piece in enumerate(pieces) if _below(piece.element, container))
    anchors = [i for i in sorted(inside) if pieces[i].anchored]
    first, last = _stretched(pieces, inside, anchors[0], anchors[-1])
    return Region(container, inside, first, last)


def _weigh(pieces: list[Piece]) -> tuple[Mapping[Element, int], Mapping[Element, int]]:
    """Characters below every element: all, and those of anchors."""
    lengths: dict[Element, int] = defaultdict(int)
    anchored: dict[Element, int] = defaultdict(int)
    for piece in pieces:
        size = len(piece.text)
        for element in (piece.element, *piece.element.iterancestors()):
            lengths[element] += size
            if piece.anchored:
                anchored[element] += size
    return lengths, anchored


def _climbed(container: Element, lengths: Mapping[Element, int], anchored: Mapping[Element, int]) -> Element:
    """The outermost element around the container that adds nearly nothing but anchors to it.

    Where tags were never closed, each paragraph lies inside of the one before.
    """
    outer = container.getparent()
    while outer is not None:
        more = lengths[outer] - lengths[container]
        if more and anchored[outer] - anchored[container] < _ADDED * more:
            break
        container = outer if more else container
        outer = outer.getparent()
    return container


def whole(root: Element, pieces: list[Piece]) -> Region:
    """The region of a source that is nothing but a body: all of it."""
    return Region(root, frozenset(range(len(pieces))), 0, len(pieces) - 1)


def below(element: Element | None, pieces: list[Piece]) -> Region | None:
    """The region that an element is; None where there is no element, or no text that can be spoken in it."""
    if element is None:
        return None
    inside = [i for i, piece in enumerate(pieces) if _below(piece.element, element)]
    spoken = any(not pieces[i].reason for i in inside)
    return Region(element, frozenset(inside), inside[0], inside[-1]) if spoken else None


def _below(element: Element, container: Element) -> bool:
    return element is container or any(ancestor is container for ancestor in element.iterancestors())


def _stretched(pieces: list[Piece], inside: frozenset[int], first: int, last: int) -> tuple[int, int]:
    """First and last piece of the body: plain paragraphs beside the anchors belong to it too."""
    homes = {pieces[i].element.getparent() for i in range(first, last + 1) if i in inside and pieces[i].anchored}
    for i in range(first - 1, -1, -1):
        if i in inside and _at_home(pieces[i], homes) and _plain(pieces[i]) and not _is_label(pieces[i]):
            first = i
    for i in range(last + 1, len(pieces)):
        if i in inside and _at_home(pieces[i], homes) and _plain(pieces[i]):
            last = i
    before = first - 1
    if before in inside and pieces[before].kind is BlockKind.HEADING and pieces[before].level > 1:
        first = before
    return first, last


def _at_home(piece: Piece, homes: set[Element | None]) -> bool:
    """Whether a piece stands beside the anchors, as an element of its own or as bare text."""
    return piece.element.getparent() in homes or (piece.element in homes and len(piece.text) >= _PROSE)


def _is_label(piece: Piece) -> bool:
    return len(piece.text) < _SHORT and not ends_sentence(piece.text)


def _plain(piece: Piece) -> bool:
    return not piece.reason and not piece.boxes and piece.link < 0.5 and piece.kind is not BlockKind.HEADING
