"""Rules on headings: paragraphs that are styled as such, and parts that are opened by one but are no article."""

from __future__ import annotations

import re

from articleaudio.model import BlockKind
from articleaudio.read.html import phrases
from articleaudio.read.html.rules.page import Page
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_LONGEST = 120
"""A heading that has more characters and ends as a sentence does is a paragraph."""
_NUMBER = re.compile(r"\d+")


def make_headings(page: Page) -> None:
    """Make headings of short paragraphs that are styled as such: by name, or wholly in bold."""
    kept = page.kept()
    for index in kept:
        piece = page.pieces[index]
        if piece.kind is BlockKind.HEADING and len(piece.text) > _LONGEST and ends_sentence(piece.text):
            piece.kind = BlockKind.PARAGRAPH  # an unclosed heading, or big letters
    plain = [index for index in kept if page.pieces[index].kind is BlockKind.PARAGRAPH]
    levels = [page.pieces[index].level for index in kept if page.pieces[index].kind is BlockKind.HEADING]
    level = 3 if 2 in levels else 2
    bold = [index for index in plain if _bold_heading(page.pieces[index])]
    few = len(bold) <= 0.34 * len(plain)
    for position, index in enumerate(kept):
        piece = page.pieces[index]
        after = page.pieces[kept[position + 1]] if position + 1 < len(kept) else None
        if piece.kind is not BlockKind.PARAGRAPH or after is None or after.kind is BlockKind.HEADING:
            continue
        named = piece.names.heading and len(piece.text) <= _LONGEST
        if named or (few and index in bold and index not in {i - 1 for i in bold}):
            piece.kind, piece.level = BlockKind.HEADING, level


def _bold_heading(piece: Piece) -> bool:
    return (
        piece.bold >= 0.95
        and piece.link < 0.5
        and 2 < len(piece.text) <= 90
        and not piece.text.endswith((".", ":", ";", ",", "…", "”", '"', "–", "-"))
        and any(character.isalpha() for character in piece.text)
        and len(_NUMBER.findall(piece.text)) < 2  # a score
    )


def by_section(page: Page) -> None:
    """Drop parts that a heading such as "Sources" opens; drop headings with nothing beneath them."""
    reason = ""
    level = 0
    for index in page.kept():
        piece = page.pieces[index]
        if piece.kind is BlockKind.HEADING:
            if not reason or piece.level <= level:
                reason, level = phrases.section(piece.text), piece.level
        elif not reason and piece.bold > 0.9 and len(piece.text) < 60:
            reason, level = phrases.section(piece.text.rstrip(":")), 7
        if reason and not is_note(piece.text):
            piece.reason = reason
    kept = page.kept()
    for index in reversed(kept):
        if page.pieces[index].kind is not BlockKind.HEADING:
            break
        page.pieces[index].reason = "heading-only"
