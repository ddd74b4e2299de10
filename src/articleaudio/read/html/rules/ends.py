"""Rules on how an article ends: what only announces something that is not spoken, or signs it."""

from __future__ import annotations

import re

from articleaudio.model import BlockKind
from articleaudio.read.html.rules.page import Page
from articleaudio.read.notes import is_note

_SIGNED = re.compile(r"^(?:[-–—~/]|\.\./)[-–—~/.\s]*[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}$")
"""A name behind dashes or slashes."""
_ANNOUNCED = 160
"""What announces something has fewer characters."""


def by_end(page: Page) -> None:
    """Drop the last block where it is only a name, or ends in a colon with nothing spoken after it."""
    for index in reversed(page.kept()):
        piece = page.pieces[index]
        if piece.kind is not BlockKind.PARAGRAPH or is_note(piece.text):
            break
        if _SIGNED.match(piece.text):
            piece.reason = "byline"
        elif piece.text.endswith(":") and len(piece.text) < _ANNOUNCED:
            piece.reason = "related"
        else:
            break
