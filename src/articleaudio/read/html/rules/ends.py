"""Rules on the two ends of an article: labels above it, and what only signs it or announces something not spoken."""

from __future__ import annotations

import re

from articleaudio.model import BlockKind
from articleaudio.read.html.rules.page import Page, hint
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_SIGNED = re.compile(r"^(?:[-–—~/]|\.\./)[-–—~/.\s]*[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}$")
"""A name behind dashes or slashes."""
_INITIALS = re.compile(r"^(?:\([^\W\d_A-Z]{2,4}\)|[^\W\d_A-Z]{2,4}(?:/[^\W\d_]{2,6}){1,4}|/[^\W\d_]{2,4}/?)$")
"""Initials of who wrote it, as agencies and German papers set them: "(is)", "ist/dpa"."""
_FIRST = 60
"""A label above the text has no more characters."""
_ANNOUNCED = 160
"""What announces something has fewer characters."""


def by_start(page: Page) -> None:
    """Drop labels above the text that no extractor keeps: what names a tool, a desk or a picture."""
    for index in page.kept():
        piece = page.pieces[index]
        label = len(piece.text) <= _FIRST and not ends_sentence(piece.text) and not is_note(piece.text)
        if piece.anchored or piece.kind is not BlockKind.PARAGRAPH or not label:
            break
        piece.reason = hint(piece) or "outside"


def by_end(page: Page) -> None:
    """Drop the last block where it is only a name, or ends in a colon with nothing spoken after it."""
    for index in reversed(page.kept()):
        piece = page.pieces[index]
        if piece.kind is not BlockKind.PARAGRAPH or is_note(piece.text):
            break
        if _SIGNED.match(piece.text) or _INITIALS.match(piece.text):
            piece.reason = "byline"
        elif piece.text.endswith(":") and len(piece.text) < _ANNOUNCED:
            piece.reason = "related"
        else:
            break
