"""Rules on what is said twice: pull quotes, whom they are from, paragraphs that were there before."""

from __future__ import annotations

from collections import Counter
from math import inf

from articleaudio.model import BlockKind
from articleaudio.read.html.rules.page import Page
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import ends_sentence

_QUOTABLE = 6
"""What has fewer words may well be said twice."""
_QUOTED = 3
"""What is named a pull quote and has fewer words cannot be told from anything else."""
_CALLED = 5
"""In a box that may be named like a pull quote by chance, a text has as many before it is looked for."""
_LOOKED = 60
"""So many paragraphs of a page are looked for; more are no pull quotes."""
_PULLED = 45
"""A paragraph in large letters has no more words."""
_LIKE_A_TITLE = 9
"""Without quotation marks, as many words may be a title that a sentence names again."""
_SPEAKER = 100
"""Whom a quotation is from is said in no more characters."""
_BESIDE = 20
"""A box that holds a pull quote and its speaker alone has no more characters besides: marks, spaces."""
_QUOTES = frozenset('“”„«»"‘')
_ENDS = frozenset("“”„«»\"’'")
_MARKS = 3
"""A paragraph that stands alone has no more characters beside it in its element."""
_NEARLY = 0.95
"""Share of a paragraph that is said elsewhere before it is looked for there word for word."""
_FEW = 5
"""Such a box has fewer elements."""
_RETOLD = 0.7
"""A pull quote has as many of its words in one paragraph that it retells."""
_TELLING = 4
"""Words with as many letters tell one sentence from another."""
_FEWEST = 3
"""A pull quote has as many of them."""
_TITLE = 10
"""A heading that is taken from the text has no more words."""
_SECTION = 3
"""Nor is it of a lower level."""
_REPEATED = 12
"""A paragraph with as many words is not said twice on purpose."""


def by_repetition(page: Page) -> None:
    """Drop pull quotes that say again what another block says, and paragraphs that were there word for word before."""
    kept = page.kept()
    runs = {index: _runs(page.words_of(index)) for index in kept}
    holders = Counter(run for index in kept for run in runs[index])
    before: set[tuple[str, ...]] = set()
    looked = 0
    for index in kept:
        piece, words = page.pieces[index], page.words_of(index)
        if len(words) < (_QUOTED if _is_named(piece) else _CALLED if _is_called(piece) else _QUOTABLE):
            continue
        again = sum(holders[run] > 1 for run in runs[index]) / len(runs[index])
        pulled = _NEARLY <= again < _share(piece) and looked < _LOOKED
        retold = _is_boxed(piece) and again < _share(piece) and looked < _LOOKED
        looked += pulled or retold
        if piece.kind is BlockKind.HEADING and not _is_boxed(piece) and _is_quoted_below(page, kept, index):
            continue
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
    if home is not None and _beside(one) <= len(other.text) + _BESIDE:
        return other.element in {home, *home, *one.element}
    quotes = set(one.element.iterancestors("blockquote", "figure")) | (
        {one.element} if one.element.tag == "blockquote" else set()
    )
    return other.element in quotes or any(
        quote in quotes for quote in other.element.iterancestors("blockquote", "figure")
    )


def _beside(piece: Piece) -> float:
    """How many characters stand beside a piece in the element around it; infinitely many where that holds much."""
    home = piece.element.getparent()
    if home is None or len(home) >= _FEW or len(piece.element) >= _FEW:
        return inf
    return len(home.text_content()) - len(piece.text)


def _is_pulled(page: Page, kept: list[int], index: int) -> bool:
    """Whether a short paragraph is, word for word, a part of a longer block."""
    words = page.words_of(index)
    piece = page.pieces[index]
    signed = 3 < _beside(piece) <= _SPEAKER  # in a box of its own, with a name below it
    least = _QUOTABLE if signed or piece.text[0] in _QUOTES else _LIKE_A_TITLE
    if piece.kind is not BlockKind.PARAGRAPH or not least < len(words) <= _PULLED:
        return False
    said = f" {' '.join(words)} "
    return any(
        len(page.words_of(other)) > len(words) and said in f" {' '.join(page.words_of(other))} "
        for other in kept
        if other != index and not page.pieces[other].reason
    )


def _is_boxed(piece: Piece) -> bool:
    """Whether a piece stands in a box that is named like a pull quote."""
    return any(box.reason == "pull-quote" for box in piece.boxes)


def _is_called(piece: Piece) -> bool:
    """Whether it is no heading, and stands in such a box."""
    return piece.kind is not BlockKind.HEADING and _is_boxed(piece)


def _is_named(piece: Piece) -> bool:
    """Whether a piece stands in a box whose name alone says that it is a pull quote."""
    return any(box.reason == "pull-quote" and box.strong for box in piece.boxes)


def _is_retold(page: Page, kept: list[int], index: int) -> bool:
    """Whether a pull quote says in nearly the same words what a paragraph says."""
    words = set(page.words_of(index))
    telling = {word for word in words if len(word) >= _TELLING}
    if len(telling) < _FEWEST:
        return False
    others = (set(page.words_of(other)) for other in kept if other != index and not page.pieces[other].reason)
    return any(
        len(words & other) >= _RETOLD * len(words) and len(telling & other) >= _RETOLD * len(telling)
        for other in others
    )


def _is_quoted_below(page: Page, kept: list[int], index: int) -> bool:
    """Whether a short heading is taken from the text right below it, as newspapers take theirs from what is said."""
    words = page.words_of(index)
    if page.pieces[index].level > _SECTION or len(words) > _TITLE:
        return False
    said = f" {' '.join(words)} "
    for other in (other for other in kept if other > index):
        if page.pieces[other].kind is BlockKind.HEADING:
            return False
        if said in f" {' '.join(page.words_of(other))} ":
            return True
    return False


def _share(piece: Piece) -> float:
    """Which part of a piece must be said elsewhere too for it to be a pull quote; more than all of it: it never is."""
    if _is_boxed(piece):
        return 0.5
    if piece.kind is BlockKind.QUOTE:
        return 0.6
    if piece.kind is BlockKind.PARAGRAPH and _is_alone(piece):
        return 0.75
    return 0.8 if piece.kind is BlockKind.HEADING else 1.1


def _is_alone(piece: Piece) -> bool:
    """Whether a paragraph is all quotation, in an element of its own."""
    text = piece.text
    return text[0] in _QUOTES and text.rstrip(" .,!?…")[-1:] in _ENDS and _beside(piece) <= _MARKS


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Every three words in a row."""
    return set(zip(words, words[1:], words[2:], strict=False))
