"""Anchors: the pieces that independent extractors take for the article. They say where it is, not what is spoken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from articleaudio.model import BlockKind
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece

_WORD = re.compile(r"\w+")
_RUN = 4
"""Words that must follow each other for a piece to be found again."""
_PROSE = 80
"""A paragraph this long, in characters, with few links is running text."""


def anchor(root: Element, pieces: list[Piece]) -> None:
    """Mark the pieces that trafilatura keeps, and those that the densest part of the page holds."""
    kept = _Kept(extracted(root))
    for piece in pieces:
        piece.anchored = not piece.reason and kept.holds(piece.text)
    found = sum(len(piece.text) for piece in pieces if piece.anchored)
    dense = densest(pieces)
    size = sum(len(piece.text) for piece in dense)
    if found < size * 0.67 or not found:
        for piece in dense:
            piece.anchored = True


def extracted(root: Element) -> str:
    """The main text as trafilatura sees it; empty when it finds none."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second to import, needed for pages only

    try:
        document = bare_extraction(root, fast=True, include_comments=False, with_metadata=False)
    except (RecursionError, ValueError, AttributeError, TypeError):  # broken trees break it in more than one way
        return ""
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""


def densest(pieces: Iterable[Piece]) -> list[Piece]:
    """Running text under the element that holds most of it, near to it counting most."""
    prose = [piece for piece in pieces if is_prose(piece)]
    scores: dict[Element, float] = defaultdict(float)
    for piece in prose:
        weight = min(len(piece.text), 600) + 50.0
        element = piece.element.getparent()
        for share in (1.0, 0.5, 0.25):
            if element is None or element.tag in {"body", "html"}:
                break
            scores[element] += weight * share
            element = element.getparent()
    if not scores:
        return prose
    best = max(scores, key=lambda element: scores[element])
    return [piece for piece in prose if best is piece.element or best in piece.element.iterancestors()]


def is_prose(piece: Piece) -> bool:
    """Whether a piece is a paragraph of running text outside of strongly named boxes."""
    return (
        not piece.reason
        and piece.kind is not BlockKind.HEADING
        and len(piece.text) >= _PROSE
        and piece.link < 0.4
        and not any(box.strong for box in piece.boxes)
    )


class _Kept:
    """The text an extractor kept, to look pieces up in."""

    def __init__(self, text: str) -> None:
        self.runs: set[tuple[str, ...]] = set()
        self.lines: set[tuple[str, ...]] = set()
        for line in text.splitlines():
            words = tuple(_WORD.findall(line.lower()))
            self.lines.add(words)
            self.runs.update(zip(*(words[offset:] for offset in range(_RUN)), strict=False))

    def holds(self, text: str) -> bool:
        """Whether most of a piece is in it, or, when it is short, all of it as a line of its own."""
        words = tuple(_WORD.findall(text.lower()))
        if not words:
            return False
        if len(words) < _RUN + 2:
            return words in self.lines
        runs = list(zip(*(words[offset:] for offset in range(_RUN)), strict=False))
        return sum(run in self.runs for run in runs) >= 0.6 * len(runs)
