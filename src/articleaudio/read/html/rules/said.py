"""Rules on what a piece says: set phrases, nothing but links."""

from __future__ import annotations

import re
from itertools import takewhile

from articleaudio.model import BlockKind, MarkKind
from articleaudio.read.html import phrases
from articleaudio.read.html.rules.page import Page, opens_text
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_LABELS = 2
"""As many labelled paragraphs below another make labels a way of writing."""
_ASKING = {"related", "signup", "plea", "contact"}
"""What is called an editor's note and asks for something is none."""
_LABEL = re.compile(r"^[\W\d_]*(?:[\W\d_]*\b[A-Z]{2,}(?:['’][A-Z])?\b[\W\d_]*){0,4}$")
"""What is left of a paragraph of links: nothing, or a few words in capitals ("READ MORE:", "[VIDEO]")."""
_POINTER = re.compile(r"^\W*[^\W\d_]{2,15}(?:\s[^\W\d_]{1,12}){0,2}\s*:\W*$")
"""A bold label before a link that is all the rest: "Important:"."""
_LABELLED = 60
"""A label above a list has no more characters."""


def by_phrase(page: Page) -> None:
    """Drop sentences that surround articles everywhere: see `data/phrases.toml`."""
    for index in page.kept():
        piece = page.pieces[index]
        if is_note(piece.text) or piece.kind is BlockKind.TABLE_ROW:
            continue
        reason = phrases.reason(piece.text, link=piece.link, quoted=piece.kind is BlockKind.QUOTE)
        if reason == "related" and piece.kind is BlockKind.HEADING and opens_text(page, index):
            continue  # "Up next" above a sentence on the next match
        if reason == "syndication" and _is_labelled(piece) and _goes_on_labelled(page, index):
            continue  # the house's way to write: "Source: …", "Details: …"
        if not piece.names.note or reason in _ASKING:
            piece.reason = reason


def _is_labelled(piece: Piece) -> bool:
    """Whether a paragraph opens with a label in bold."""
    first = piece.element[0] if len(piece.element) and not (piece.element.text or "").strip() else None
    if first is None or first.tag not in {"b", "strong"}:
        return False
    label = first.text_content().strip()
    return 0 < len(label) <= _LABELLED and (label.endswith(":") or (first.tail or "").lstrip().startswith(":"))


def _goes_on_labelled(page: Page, index: int) -> bool:
    """Whether paragraphs below this one open with labels, too."""
    return sum(_is_labelled(page.pieces[other]) for other in page.kept() if other > index) >= _LABELS


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
    _drop_summaries(page)
    for index, piece in enumerate(page.pieces):
        if piece.reason != "related" or piece.kind is BlockKind.LIST_ITEM or len(piece.text) > _LABELLED:
            continue
        items = list(takewhile(lambda other: other.kind is BlockKind.LIST_ITEM, page.pieces[index + 1 :]))
        if all(item.reason or item.link or not ends_sentence(item.text) for item in items):
            for item in items:
                item.reason = item.reason or "related"


def _drop_summaries(page: Page) -> None:
    """Drop the list below a line that says a machine made it, and the heading right above the line."""
    for index, piece in enumerate(page.pieces):
        if piece.reason != "promo" or phrases.reason(piece.text) != "promo":
            continue
        items = takewhile(lambda other: other.kind is BlockKind.LIST_ITEM, page.pieces[index + 1 :])
        for other in (*(above for above in page.pieces[max(0, index - 1) : index]), *items):
            other.reason = other.reason or "promo"


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
    rest += piece.text[at:]
    pointer = piece.kind is BlockKind.PARAGRAPH and piece.bold > 0 and _POINTER.match(rest)
    return bool(pointer or _LABEL.match(rest))
