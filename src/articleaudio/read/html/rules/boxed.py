"""Rules on small boxes without a telling name: what lies in one beside a form, a call to act or a chart goes too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from articleaudio.model import BlockKind
from articleaudio.read.html import phrases
from articleaudio.read.html.page import Element
from articleaudio.read.html.rules.cards import beside
from articleaudio.read.html.rules.page import Page, dress
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_FOREIGN = {"related", "signup", "plea", "promo", "share", "form", "player", "embed", "feed", "comments", "advert"}
_FOREIGN |= {"byline", "bio", "contact", "tags", "rating"}
"""Reasons that say of a piece that its box is no part of the article."""
_REST = 300
"""What is left of such a box has no more characters."""
_OF_ALL = 0.25
"""Nor is it a larger part of the article."""
_PROSE = 80
"""A paragraph of running text has as many characters."""
_MOST = 4000
"""On a page of more pieces no form is looked for."""
_HEADS = 60
"""So many headings are looked at."""
_FIELDS = "input[@type='email' or @type='text' or @type='tel' or @type='search' or @type='password'] | .//textarea"
_ASKED = ".//form//input[@type='radio' or @type='checkbox']"
_GRAPHICS = ("svg", "iframe", "canvas", "img", "picture")
_SOURCE = re.compile(
    r"^\W*(?:charts?|sources?|graphics?|maps?|data|quellen?|grafik|daten|infografik)\s*:", re.IGNORECASE
)


def by_boxed(page: Page) -> None:
    """Drop what is left of a small box that ends in a call to act, shows a chart, or was foreign in two pieces."""
    total = sum(len(page.pieces[index].text) for index in page.kept())
    looks = _looks(page)
    for index, piece in enumerate(page.pieces):
        if piece.reason not in _FOREIGN and not _SOURCE.match(piece.text):
            continue
        box = beside(page, index)
        rest = [other for other in box if not other.reason]
        size = sum(len(other.text) for other in rest)
        if rest and size <= min(_REST, _OF_ALL * total) and not any(_is_articles(looks, box, other) for other in rest):
            reason = _why(box, rest)
            for other in rest if reason else ():
                other.reason = reason


def by_form(page: Page) -> None:
    """Drop what stands beside the fields of a form in a small box."""
    total = sum(len(page.pieces[index].text) for index in page.kept())
    looks = _looks(page)
    for field in _fields(page.region.container) if len(page.pieces) <= _MOST else ():
        box = beside(page, element=field)
        rest = [other for other in box if not other.reason]
        size = sum(len(other.text) for other in rest)
        if rest and size <= min(_REST, _OF_ALL * total) and not any(_is_articles(looks, box, other) for other in rest):
            for other in rest:
                other.reason = "form"


def _fields(container: Element) -> Iterator[Element]:
    yield from container.xpath(f".//{_FIELDS} | {_ASKED}")[:12]


def _why(box: list[Piece], rest: list[Piece]) -> str:
    """Why the rest of a small box goes; empty when it stays."""
    foreign = [piece for piece in box if piece.reason in _FOREIGN]
    if len(foreign) > 1:
        return foreign[0].reason
    headed = any(piece.kind is BlockKind.HEADING for piece in rest)
    if foreign and headed and box[-1] is foreign[0] and foreign[0].link >= 0.9:
        return foreign[0].reason
    charted = any(_SOURCE.match(piece.text) for piece in box if piece.reason)
    if charted and not any(ends_sentence(piece.text) for piece in rest) and _has_graphic(box):
        return "embed"
    return ""


def _has_graphic(box: list[Piece]) -> bool:
    around = set(box[0].element.iterancestors()).intersection(*(piece.element.iterancestors() for piece in box[1:]))
    inner = max(around, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    return inner is not None and next(inner.iter(*_GRAPHICS), None) is not None


def _looks(page: Page) -> Counter[object]:
    """What the article's paragraphs look like, and how many do so."""
    return Counter(dress(piece) for piece in page.pieces if _is_prose(piece))


def _is_prose(piece: Piece) -> bool:
    return not piece.reason and piece.kind is not BlockKind.HEADING and len(piece.text) >= _PROSE


def _is_articles(looks: Counter[object], box: list[Piece], piece: Piece) -> bool:
    """Whether a piece is a note, or a paragraph like those of the article around the box."""
    if is_note(piece.text) or piece.names.note:
        return True
    own = dress(piece)
    return _is_prose(piece) and looks[own] > sum(_is_prose(other) and dress(other) == own for other in box)


def by_opened(page: Page) -> None:
    """Drop what stands in a box below a dropped heading that says what the box is: comments, the author's life."""
    total = sum(len(page.pieces[index].text) for index in page.kept())
    heads = [piece for piece in page.pieces if piece.reason and piece.kind is BlockKind.HEADING]
    for piece in [piece for piece in heads if phrases.section(piece.text)][:_HEADS]:
        reason = phrases.section(piece.text)
        box = piece.element.getparent()
        if box is None or box is page.region.container or page.region.container not in box.iterancestors():
            continue
        inside = [other for other in page.pieces if not other.reason and box in other.element.iterancestors()]
        if sum(len(other.text) for other in inside) < _OF_ALL * total:
            for other in inside:
                other.reason = "" if is_note(other.text) else reason
