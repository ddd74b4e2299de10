"""A post's text as WordPress stores it → the HTML that a reader of the site is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articleaudio.model import Dropped
from articleaudio.read.rich import shorten
from articleaudio.read.wordpress.access import access_of, stricter
from articleaudio.read.wordpress.paragraphs import paragraphs
from articleaudio.read.wordpress.shortcodes import without_shortcodes

_BLOCK = re.compile(r"\s*(/?)wp:([a-z][a-z0-9_/-]*)(.*?)(/?)\s*$", re.DOTALL)
_SIDE = 200
"""Characters to either side in which a line is looked at."""
_TEXTLESS = frozenset({"separator", "spacer", "more", "nextpage", "image", "site-logo", "post-featured-image"})
"""Blocks without an end that have no text on the page either."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is shown of a stored text."""

    html: str
    """The body."""
    visibility: str = "public"
    """`members` or `paid` where a part of it is shown to those only."""
    dropped: tuple[Dropped, ...] = ()
    """What only the system itself could have filled in or shown to others."""


def content_of(raw: str) -> Content:
    """The shown content of a stored text: block comments, shortcodes and blank lines resolved."""
    blocks = "<!-- wp:" in raw
    walker = _Comments()
    html = walker.walk(raw)
    coded = without_shortcodes(html)
    return Content(
        html=coded.html if blocks else paragraphs(coded.html),
        visibility=stricter(walker.visibility, coded.visibility),
        dropped=tuple(walker.dropped) + coded.dropped,
    )


class _Comments:
    """Takes comments out of a stored text and learns from those that mean something."""

    def __init__(self) -> None:
        self.visibility = "public"
        self.dropped: list[Dropped] = []
        self._outsiders = 0
        """How deep in blocks for those who may not read on."""

    def walk(self, raw: str) -> str:
        """The text without its comments; a page break and a "more" of its own line part paragraphs."""
        kept: list[str] = []
        at = 0
        while (start := raw.find("<!--", at)) >= 0:
            end = raw.find("-->", start + 4)
            if end < 0:
                break
            self._keep(kept, raw[at:start])
            kept.append(self._comment(raw[start + 4 : end], raw, start, end + 3))
            at = end + 3
        self._keep(kept, raw[at:])
        return "".join(kept)

    def _keep(self, kept: list[str], text: str) -> None:
        if not self._outsiders:
            kept.append(text)
        elif words := shorten(" ".join(re.sub(r"<[^<>]*>", " ", text).split())):
            self.dropped.append(Dropped(words, "plea"))

    def _comment(self, comment: str, raw: str, start: int, end: int) -> str:
        """What stands for a comment in the shown text."""
        block = _BLOCK.match(comment)
        if block is not None:
            self._block(block[2], " ".join(block[3].split()), closing=bool(block[1]), closed=bool(block[4]))
            return ""
        word = comment.strip()
        before = raw[max(0, start - _SIDE) : start].rpartition("\n")[2]
        after = raw[end : end + _SIDE].partition("\n")[0]
        alone = word.startswith("more") and not before.strip() and not after.strip()
        return "\n\n" if alone or word == "nextpage" else ""

    def _block(self, name: str, attributes: str, *, closing: bool, closed: bool) -> None:
        """Learn from a block's begin or end, or from one that is nothing but its comment (`closed`)."""
        access = access_of(name)
        if access == "outsiders" and not closed:
            self._outsiders = max(0, self._outsiders + (-1 if closing else 1))
        elif access and not closing:
            self.visibility = stricter(self.visibility, access)
        elif closed and name not in _TEXTLESS:
            self.dropped.append(Dropped(shorten(f"[{name} {attributes}".rstrip() + "]", 200), "placeholder"))
