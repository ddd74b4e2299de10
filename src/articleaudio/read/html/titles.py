"""The headline as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from articleaudio.read.html.jsonld import texts
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import clean

_TITLE_TAILS = re.compile(r"\s+(?:[|»«•·:]|[-–—])\s+")
_WORD = re.compile(r"\w+")
_LINE = 20
"""A headline that is known by its letters alone has as many characters."""
_GENERIC = re.compile(r"^(?:home|news|blog|article|untitled|index|post)$", re.IGNORECASE)


def title_of(root: Element, pieces: list[Piece], meta: Mapping[str, str], data: Mapping[str, Any], site: str) -> str:
    """The headline as a reader sees it: the top heading that is most like what the page calls itself."""
    window = clean(root.findtext(".//title") or "")
    stated = [clean(text) for text in (meta.get("og:title", ""), meta.get("twitter:title", ""), window)]
    stated += [clean(text) for text in texts(data.get("headline"))]
    stated = [text for text in stated if text]
    best, score = "", 0.0
    shown = [p for p in pieces if (p.level in {1, 2, 3} or p.names.title) and p.text and len(p.text) < 300]
    known = [_Stated(text) for text in dict.fromkeys(text.casefold() for text in stated)]
    for rank, piece in enumerate(shown[:40]):
        likeness = max((text.likeness(piece.text.casefold()) for text in known), default=0.0)
        likeness += 0.15 * (piece.level == 1) + 0.05 * piece.names.title - 0.1 * (piece.level == 3) - 0.002 * rank
        if any(box.reason in {"related", "navigation", "feed", "footer"} for box in piece.boxes):
            likeness -= 0.2
        if likeness > score:
            best, score = piece.text, likeness
    if score >= 0.6:
        return best
    if not any(piece.level == 1 for piece in shown) and (bold := _in_bold(pieces, known)):
        return bold
    tops = [piece.text for piece in shown if piece.level == 1 and piece.text.casefold() != site.casefold()]
    if len(tops) == 1 and len(tops[0].split()) > 2:
        return tops[0]
    spoken = next((text for text in stated if not _GENERIC.match(text)), "")
    return _without_site(spoken, site) or next(iter(tops), "")


def _in_bold(pieces: list[Piece], known: list[_Stated]) -> str:
    """The line in bold that the page is called by, in part or in whole: what headlines were before headings."""
    lines = [p.text for p in pieces if p.bold > 0.9 and p.link < 0.5 and _LINE <= len(p.text) < 200]
    return next((text for text in lines if any(text.casefold() in stated.text for stated in known)), "")


class _Stated:
    """What a page calls itself in one place, in lower case, ready to be compared with many headings."""

    def __init__(self, text: str) -> None:
        parts = _TITLE_TAILS.split(text)
        self.text = text
        self.word = re.compile(rf"\b{re.escape(text)}\b") if len(text) > 2 else None
        # The site's name may stand after a dash.
        self.forms = list(dict.fromkeys([text, *(" ".join(parts[: end + 1]) for end in range(len(parts)))]))[:5]

    def likeness(self, shown: str) -> float:
        """How much alike a heading is, 0 … 1, the site's name left aside."""
        if len(shown) > 15 and shown in self.text:
            return max(0.95, _ratio(shown, self.text))
        likest = max(_ratio(shown, form) for form in self.forms)
        if self.word is not None and self.word.search(shown):  # a short name for the page
            return max(likest, 0.6)
        return likest


def _ratio(one: str, other: str) -> float:
    """How much alike two texts are, 0 … 1; 0 as soon as it is plain that they are not."""
    if min(len(one), len(other)) > 24 and not _words(one) & _words(other):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.55 and matcher.quick_ratio() > 0.55 else 0.0


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    """The longer words of a text, by which titles that are alike are known."""
    return frozenset(word for word in _WORD.findall(text) if len(word) > 3)


def _without_site(text: str, site: str) -> str:
    """A window title without the site's name at its end."""
    pieces = _TITLE_TAILS.split(text)
    if len(pieces) > 1:
        tail = text[len(text) - len(pieces[-1]) :]
        if (site and SequenceMatcher(None, tail.casefold(), site.casefold()).ratio() > 0.6) or len(tail.split()) <= 3:
            return text[: len(text) - len(tail)].rstrip(" |»«•·:-–—")
    return text
