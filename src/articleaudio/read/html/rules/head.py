"""Rules on what belongs to the article's head or foot: headline, standfirst, by-line, date, the author's life."""

from __future__ import annotations

import re
from collections import Counter

from articleaudio.model import BlockKind, MarkKind
from articleaudio.read.html.rules.page import Page, hint, overlap, words_in
from articleaudio.read.html.walk import Piece
from articleaudio.read.names import is_byline, names
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_VAGUE = {"outside", "navigation", "meta"}
"""Reasons that say where a piece lay, not what it was."""
_DEK = 400
"""A standfirst has fewer characters."""
_PROSE = 80
"""A paragraph of running text has as many characters."""
_LEAD = 120
"""A heading that has more characters and ends as a sentence does is a paragraph."""
_TOLD = 5
"""A standfirst has as many words."""
_SIGNED = 12
"""Who wrote it and when is said in no more words."""
_DATED = re.compile(r"\b(?:19|20)\d\d\b.{0,20}$|\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\W*(?:[A-Z]{2,4})?$")
"""Ends in a year or a time of day."""
_BIO = re.compile(
    r"\s(?:\([^)]*\)\s)?,?\s?(?:is|was|are|covers?|writes?|reports?|has|joined|works?|worked|edits?|teaches|serves?|lives?|"
    r"contributed|can be)\b"
)
_FOR_THIS = re.compile(r"^.{10,240}\bfor this (?:article|story|report|piece|column)$")
"""What the authors did "for this article" belongs to their by-line."""
_LINES = 8
"""The author's life is told in one of so many last pieces."""
_WRITER = re.compile(
    r"\((?:the|our) (?:authors?|writers?|columnists?)\s(?:is|are|was|were|has|have)\b[^()]*\)\.?", re.IGNORECASE
)
"""The same in brackets, without a name."""
_NAME = re.compile(r"^(?:[A-Z][\w.’'-]+\s?){2,4}")


def by_title(page: Page) -> None:
    """Drop the headline where the body repeats it."""
    title = words_in(page.about.title)
    for index, piece in enumerate(page.pieces):
        if title and piece.reason in _VAGUE and page.words_of(index) == title:
            piece.reason = "title"
    kept = page.kept()
    for position, index in enumerate(kept[:12]):
        piece = page.pieces[index]
        if title and (
            page.words_of(index) == title
            or (piece.level == 1 and overlap(page.words_of(index), title) > 0.8)
            or (not position and _is_head(piece, page.words_of(index), title))
        ):
            piece.reason = "title"
            above = [page.pieces[i] for i in kept[:position]]
            if sum(len(other.text) for other in above) < 300:  # the article begins below its headline
                for other in above:
                    other.reason = other.reason or hint(other) or "outside"
    for index in kept[12:]:
        if page.pieces[index].level == 1 and page.words_of(index) == title:
            page.pieces[index].reason = "title"


def _is_head(piece: Piece, said: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a piece is the headline with a few words behind it: who wrote it, and when."""
    more = len(said) - len(title)
    return len(title) > 2 and said[: len(title)] == title and 0 < more <= _SIGNED and not ends_sentence(piece.text)


def by_dek(page: Page) -> None:
    """Drop the standfirst from the body: it belongs to the head of the article."""
    named = [piece for index in page.kept() if (piece := page.pieces[index]).names.dek and not piece.names.note]
    homes = Counter(piece.element.getparent() for piece in page.pieces if piece.anchored and not piece.reason)
    for index in page.kept()[:3]:
        piece = page.pieces[index]
        # Many pieces, or one among its like: then the name means the text itself.
        single = named == [piece] and homes[piece.element.getparent()] < 3 and len(piece.text) < _DEK
        if single or (piece.kind is BlockKind.HEADING and _like(piece.text, page.about.description)):
            piece.reason = "dek"
        else:
            break


def by_top(page: Page) -> None:
    """Drop a heading right below the headline that has no like further down: a standfirst, or the name of a section."""
    kept = page.kept()
    if len(kept) < 2 or not any(piece.reason == "title" for piece in page.pieces[: kept[0]]):
        return
    first, after = page.pieces[kept[0]], page.pieces[kept[1]]
    prose = after.kind is BlockKind.PARAGRAPH and len(after.text) >= _PROSE
    lead = len(first.text) > _LEAD and ends_sentence(first.text)  # the text itself, in big letters
    if first.kind is not BlockKind.HEADING or not prose or lead or is_note(first.text):
        return
    others = [page.pieces[index] for index in kept[1:] if page.pieces[index].kind is BlockKind.HEADING]
    if not any(other.level == first.level for other in others):
        first.reason = "dek" if len(page.words_of(kept[0])) >= _TOLD else "meta"


def by_byline(page: Page) -> None:
    """Drop lines that name the author, and such as say when it was written, at either end of the body."""
    known = {name.casefold() for name in page.about.authors}
    kept = page.kept()
    for position, index in enumerate(kept):
        piece = page.pieces[index]
        plain = piece.text.casefold().strip(" –—-|·•.,*")
        edge = position < 4 or position >= len(kept) - 4
        if plain in known or (edge and _FOR_THIS.search(plain) and any(plain.startswith(name) for name in known)):
            piece.reason = "byline"
        if piece.reason or not edge or len(plain) > 110 or piece.kind is BlockKind.QUOTE or ends_sentence(piece.text):
            continue
        if any(name in plain for name in known) or (is_byline(piece.text) and names(piece.text)):
            piece.reason = "byline"
        elif position < 3 and piece.kind is BlockKind.PARAGRAPH and _DATED.search(piece.text):
            piece.reason = "date"


def by_bio(page: Page) -> None:
    """Drop what is told of the author below the article."""
    kept = page.kept()
    for index in kept[-_LINES:]:
        piece = page.pieces[index]
        if piece.kind is BlockKind.HEADING or len(piece.text) > 600 or is_note(piece.text):
            continue
        name = next((name for name in page.about.authors if piece.text.startswith(name)), "")
        own = bool(name and _BIO.match(piece.text[len(name) :]))
        italic = _is_italic(piece)
        if index in kept[-3:]:
            italic = italic and bool(told_of(piece.text) or _WRITER.match(piece.text))
            if own or italic or _WRITER.fullmatch(piece.text):
                piece.reason = "bio"
        elif own and italic:
            piece.reason = "bio"


def told_of(text: str) -> str:
    """Whose life lines such as "Ada Quill is a reporter" tell; empty when they tell nobody's."""
    match = _NAME.match(text)
    return match[0].strip() if match and _BIO.match(text[len(match[0].rstrip()) :]) else ""


def _is_italic(piece: Piece) -> bool:
    """Whether a piece is set in italics, but for linked titles in it."""
    marked = {MarkKind.EMPHASIS: 0, MarkKind.LINK: 0}
    for mark in piece.marks:
        if mark.kind in marked:
            marked[mark.kind] += mark.end - mark.start
    italic, linked, size = marked[MarkKind.EMPHASIS], marked[MarkKind.LINK], len(piece.text)
    return italic >= 0.6 * size and italic + linked >= 0.9 * size and piece.bold < 0.5


def _like(text: str, other: str) -> bool:
    return bool(other) and overlap(words_in(text), words_in(other)) > 0.7
