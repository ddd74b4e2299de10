"""Rules on captions that are set as ordinary paragraphs: beside a picture, and in the dress of a caption."""

from __future__ import annotations

import re
from collections import defaultdict

from articleaudio.model import BlockKind, MarkKind
from articleaudio.read.html.page import Element
from articleaudio.read.html.rules.page import Page
from articleaudio.read.html.walk import PICTURES, Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import clean, ends_sentence

_CAPTION = 320
"""A caption has fewer characters."""
_WORDS = 60
"""What is set in the middle and has more characters is no caption for that alone."""
_CREDIT = re.compile(
    r"(?:\b(?:photos?|images?|pictures?|fotos?|bild|illustrations?|credits?|fot)\W{0,2}\s*(?:by\b|courtesy\b|[:/©])"
    r"|\bcourtesy of\b|©)[^.!?]{0,70}\W*$"
    r"|\([^()]{2,60}/[^()]{2,60}\)\W*$|/(?:getty|ap|afp|reuters|dpa|epa|imago)\b[^.!?]{0,40}\W*$",
    re.IGNORECASE,
)
"""Ends in the name of who made the picture."""
_PROSE = 80
"""A paragraph of running text has as many characters."""
_MARKED_UP = 0.8
"""Share of the article's paragraphs that are marked up as such."""
_FEW = 3
"""An element that is one line has no more elements in it."""
_CLOSE = 4
"""The box around a picture and its caption is no further away."""
_LINES = 3
"""A caption and its credit have no more lines."""
_COUNT = re.compile(r"^\W*\d{1,3}\s*(?:of|/|von|sur|de|з)\s*\d{1,3}\W*$", re.IGNORECASE)
"""Says which picture of how many it is."""
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_NAME = re.compile(r"(?:^|[\s_-])(?:text-?)?(?:center|centered|centre)(?:$|\s)", re.IGNORECASE)


def by_picture(page: Page) -> None:
    """Drop short paragraphs right below a picture that name its maker, or are dressed as captions."""
    for position, index in enumerate(page.kept()):
        piece = page.pieces[index]
        if piece.kind is not BlockKind.PARAGRAPH or len(piece.text) > _CAPTION or is_note(piece.text):
            continue
        dressed = position > 0 and _is_dressed(piece)  # the first may be a standfirst
        if (dressed or _CREDIT.search(piece.text)) and _below_picture(piece.element):
            piece.reason = "caption"


def by_frame(page: Page) -> None:
    """Drop the few words in a box around a picture, where the article's paragraphs are marked up as such and these not.

    Where the box counts pictures ("2 of 4"), or names who made one, paragraphs in it are captions, too.
    """
    prose = [page.pieces[index] for index in page.kept() if len(page.pieces[index].text) >= _PROSE]
    if sum(piece.element.tag == "p" for piece in prose) < _MARKED_UP * max(len(prose), 3):
        return
    around: dict[Element, list[Piece]] = defaultdict(list)
    for piece in page.pieces:
        for element in (piece.element, *list(piece.element.iterancestors())[:_CLOSE]):
            around[element].append(piece)
    for picture in page.region.container.iter(*PICTURES):
        box = next((element for element in list(picture.iterancestors())[:_CLOSE] if element in around), None)
        pieces = around[box] if box is not None and box is not page.region.container else []
        counted = any(_COUNT.match(piece.text) for piece in pieces)
        few = 0 < len(pieces) <= _LINES and sum(len(piece.text) for piece in pieces) <= _CAPTION
        told = counted or any(piece.reason in {"caption", "credit", "copyright"} for piece in pieces)
        if few and all(_is_bare(piece) or (told and _is_paragraph(piece)) for piece in pieces):
            for piece in pieces:
                piece.reason = piece.reason or ("gallery" if counted else "caption")


def _is_paragraph(piece: Piece) -> bool:
    return piece.kind is BlockKind.PARAGRAPH and not is_note(piece.text)


def _is_bare(piece: Piece) -> bool:
    """Whether a piece is neither marked up as a paragraph or more, nor a link."""
    bare = piece.kind is BlockKind.PARAGRAPH and piece.element.tag in {"div", "span", "section", "figure"}
    return bare and piece.link < 0.5 and not is_note(piece.text)


def _below_picture(element: Element) -> bool:
    """Whether nothing but pictures stands right above an element, or above the text in it."""
    if len(element) and not (element.text or "").strip() and next(element[0].iter(*PICTURES), None) is not None:
        return True
    above = element.getprevious()
    while above is not None and above.tag in {"br", "noscript", "script"}:
        above = above.getprevious()
    if above is None or not isinstance(above.tag, str) or (above.tail or "").strip():
        return False
    return next(above.iter(*PICTURES), None) is not None and not above.text_content().strip()


def _is_dressed(piece: Piece) -> bool:
    """Whether a paragraph is set in italics, in small print, or as a few words in the middle."""
    size = len(piece.text)
    italic = sum(mark.end - mark.start for mark in piece.marks if mark.kind is MarkKind.EMPHASIS) >= 0.9 * size
    small = piece.element.iter("small") if len(piece.element) <= _FEW else ()
    if (italic and piece.bold < 0.5) or any(clean(inner.text_content()) == piece.text for inner in small):
        return True
    if size > _WORDS or ends_sentence(piece.text):
        return False
    element = piece.element
    centred = (
        element.get("align") == "center"
        or _CENTRED.search(element.get("style") or "")
        or _CENTRED_NAME.search(element.get("class") or "")
    )
    return bool(centred)
