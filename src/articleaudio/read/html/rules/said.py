"""Rules on what a piece says: set phrases, nothing but links, what was said already."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from articleaudio.model import BlockKind, MarkKind
from articleaudio.read.html import phrases
from articleaudio.read.html.rules.page import Page
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_ASKING = {"related", "signup", "plea", "contact"}
"""What is called an editor's note and asks for something is none."""
_LABEL = re.compile(r"^[\W\d_]*(?:[\W\d_]*\b[A-Z]{2,}(?:['’][A-Z])?\b[\W\d_]*){0,4}$")
"""What is left of a paragraph of links: nothing, or a few words in capitals ("READ MORE:", "[VIDEO]")."""
_QUOTABLE = 6
"""What has fewer words may well be said twice."""
_QUOTED = 3
"""What is named a pull quote and has fewer words cannot be told from anything else."""
_LOOKED = 60
"""So many paragraphs of a page are looked for; more are no pull quotes."""
_PULLED = 45
"""A paragraph in large letters has no more words."""
_LABELLED = 60
"""A label above a list has no more characters."""
_LIKE_A_TITLE = 9
"""Without quotation marks, as many words may be a title that a sentence names again."""
_SPEAKER = 100
"""Whom a quotation is from is said in no more characters."""
_BESIDE = 20
"""A box that holds a pull quote and its speaker alone has no more characters besides: marks, spaces."""
_QUOTES = frozenset('“”„«»"‘')
_NEARLY = 0.95
"""Share of a paragraph that is said elsewhere before it is looked for there word for word."""
_FEW = 5
"""Such a box has fewer elements."""
_RETOLD = 0.7
"""A pull quote has as many of its words in one paragraph that it retells."""
_REPEATED = 12
"""A paragraph with as many words is not said twice on purpose."""


def by_phrase(page: Page) -> None:
    """Drop sentences that surround articles everywhere: see `data/phrases.toml`."""
    for index in page.kept():
        piece = page.pieces[index]
        if is_note(piece.text) or piece.kind is BlockKind.TABLE_ROW:
            continue
        reason = phrases.reason(piece.text, link=piece.link, quoted=piece.kind is BlockKind.QUOTE)
        if not piece.names.note or reason in _ASKING:
            piece.reason = reason


def by_links(page: Page) -> None:
    """Drop paragraphs and list items that are nothing but a link."""
    kept = page.kept()
    linked = [index for index in kept if page.pieces[index].link >= 0.9 or _only_links(page.pieces[index])]
    headings = [index for index in kept if page.pieces[index].kind is BlockKind.HEADING]
    titles = [index for index in linked if page.pieces[index].kind is BlockKind.HEADING and _leads(page, kept, index)]
    listed = set(titles) if len(titles) >= max(3, 0.8 * len(headings)) else set()
    for index in linked:
        piece = page.pieces[index]
        if index in listed:
            continue
        if piece.kind is BlockKind.QUOTE or piece.kind is BlockKind.TABLE_ROW:
            continue
        piece.reason = "related"


def by_list(page: Page) -> None:
    """Drop the items of a list that a dropped label such as "Related articles:" stands above: titles, linked or not."""
    for index, piece in enumerate(page.pieces):
        if piece.reason != "related" or piece.kind is BlockKind.LIST_ITEM or len(piece.text) > _LABELLED:
            continue
        items = list(takewhile(lambda other: other.kind is BlockKind.LIST_ITEM, page.pieces[index + 1 :]))
        if all(item.reason or item.link or not ends_sentence(item.text) for item in items):
            for item in items:
                item.reason = item.reason or "related"


def _leads(page: Page, kept: list[int], index: int) -> bool:
    """Whether a heading leads to the paragraph that stands beside it, rather than to another page."""
    after = next((page.pieces[other] for other in kept if other > index), None)
    return after is not None and after.element.getparent() is page.pieces[index].element.getparent()


def _only_links(piece: Piece) -> bool:
    """Whether nothing but a label stands beside the links of a piece."""
    if piece.link < 0.5:
        return False
    rest, at = "", 0
    for mark in piece.marks:
        if mark.kind is MarkKind.LINK:
            rest, at = rest + piece.text[at : mark.start] + " ", mark.end
    return bool(_LABEL.match(rest + piece.text[at:]))


def by_repetition(page: Page) -> None:
    """Drop pull quotes that say again what another block says, and paragraphs that were there word for word before."""
    kept = page.kept()
    runs = {index: _runs(page.words_of(index)) for index in kept}
    holders = Counter(run for index in kept for run in runs[index])
    before: set[tuple[str, ...]] = set()
    looked = 0
    for index in kept:
        piece, words = page.pieces[index], page.words_of(index)
        if len(words) < (_QUOTED if _is_named(piece) else _QUOTABLE):
            continue
        again = sum(holders[run] > 1 for run in runs[index]) / len(runs[index])
        pulled = _NEARLY <= again < _share(piece) and looked < _LOOKED
        retold = _is_named(piece) and again < _share(piece) and looked < _LOOKED
        looked += pulled or retold
        if (
            again >= _share(piece)
            or (pulled and _is_pulled(page, kept, index))
            or (retold and _is_retold(page, kept, index))
        ):
            piece.reason = "pull-quote"
            holders.subtract(runs[index])
        elif len(words) >= _REPEATED and words in before:
            piece.reason = "duplicate"
        before.add(words)
    _drop_speakers(page)


def _drop_speakers(page: Page) -> None:
    """Drop whom a dropped pull quote is from: a few words beside it in its box."""
    for index, piece in enumerate(page.pieces):
        if piece.reason != "pull-quote":
            continue
        for other in page.pieces[index + 1 : index + 3]:
            named = len(other.text) <= _SPEAKER and not ends_sentence(other.text) and not other.reason
            if not named or other.kind is BlockKind.HEADING or not _share_a_box(piece, other):
                break
            other.reason = "pull-quote"


def _share_a_box(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand in one box of their own: a quotation, or what is named like one."""
    boxes = {box for box in one.boxes if box.reason == "pull-quote"}
    if boxes.intersection(other.boxes):
        return True
    home = one.element.getparent()
    near = home is not None and len(home) < _FEW and other.element.getparent() in {home, one.element}
    if near and len(home.text_content()) <= len(one.text) + len(other.text) + _BESIDE:
        return True
    quotes = set(one.element.iterancestors("blockquote", "figure")) | (
        {one.element} if one.element.tag == "blockquote" else set()
    )
    return other.element in quotes or any(
        quote in quotes for quote in other.element.iterancestors("blockquote", "figure")
    )


def _is_pulled(page: Page, kept: list[int], index: int) -> bool:
    """Whether a short paragraph is, word for word, a part of a longer block."""
    words = page.words_of(index)
    piece = page.pieces[index]
    least = _QUOTABLE if piece.text[0] in _QUOTES else _LIKE_A_TITLE
    if piece.kind is not BlockKind.PARAGRAPH or not least < len(words) <= _PULLED:
        return False
    said = f" {' '.join(words)} "
    return any(
        len(page.words_of(other)) > len(words) and said in f" {' '.join(page.words_of(other))} "
        for other in kept
        if other != index and not page.pieces[other].reason
    )


def _is_named(piece: Piece) -> bool:
    """Whether a piece stands in a box whose name alone says that it is a pull quote."""
    return any(box.reason == "pull-quote" and box.strong for box in piece.boxes)


def _is_retold(page: Page, kept: list[int], index: int) -> bool:
    """Whether a pull quote says in nearly the same words what a paragraph says."""
    words = set(page.words_of(index))
    others = (set(page.words_of(other)) for other in kept if other != index and not page.pieces[other].reason)
    return any(len(words & other) >= _RETOLD * len(words) for other in others)


def _share(piece: Piece) -> float:
    """Which part of a piece must be said elsewhere too for it to be a pull quote; more than all of it: it never is."""
    if any(box.reason == "pull-quote" for box in piece.boxes):
        return 0.5
    if piece.kind is BlockKind.QUOTE:
        return 0.6
    return 0.8 if piece.kind is BlockKind.HEADING else 1.1


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Every three words in a row."""
    return set(zip(words, words[1:], words[2:], strict=False))
