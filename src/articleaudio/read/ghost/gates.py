"""Text that not everybody may read: what stands below a post's paywall, and gated blocks in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articleaudio.model import Dropped
from articleaudio.read.rich import shorten

_PAYWALL = re.compile(r"<!--\s*members-only\s*-->")
_GATED = re.compile(r"<!--\s*kg-gated-block:begin\s([^>]*?)-->(.*?)<!--\s*kg-gated-block:end\s*-->", re.DOTALL)
_NOT_FOR_ALL = re.compile(r"nonMember:\s*false")
_NO_MEMBER = re.compile(r"memberSegment:\s*(?:\"\"|'')")


@dataclass(frozen=True, slots=True)
class Shown:
    """A body as a reader sees it."""

    html: str
    """What the reader sees."""
    dropped: tuple[Dropped, ...] = ()
    """What the reader does not see."""


def for_everybody(html: str) -> Shown:
    """A public post as a visitor sees it: down to the paywall, without blocks for members."""
    html, dropped = _without(html, _NOT_FOR_ALL)
    above, *below = _PAYWALL.split(html, maxsplit=1)
    return Shown(above, dropped + _ledger("".join(below)))


def for_members(html: str) -> Shown:
    """A members' post as a member sees it: without blocks that are shown to no member."""
    html, dropped = _without(html, _NO_MEMBER)
    return Shown(html, dropped)


def _without(html: str, closed: re.Pattern[str]) -> tuple[str, tuple[Dropped, ...]]:
    dropped: list[Dropped] = []

    def seen(block: re.Match[str]) -> str:
        if not closed.search(block[1]):
            return block[2]
        dropped.extend(_ledger(block[2]))
        return ""

    return _GATED.sub(seen, html), tuple(dropped)


def _ledger(html: str) -> tuple[Dropped, ...]:
    from articleaudio.read.html.reader import read_body  # noqa: PLC0415 -- lxml only where something is gated

    body = read_body(html)
    texts = [block.text for block in body.blocks] + [piece.text for piece in body.dropped]
    return tuple(Dropped(shorten(text), "members") for text in texts)
