"""Text that not everybody may read: what stands below a post's paywall, and gated blocks in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articleaudio.model import Dropped
from articleaudio.read.rich import shorten

_PAYWALL = re.compile(r"<!--\s*members-only\s*-->")
_BEGIN = re.compile(r"<!--\s*kg-gated-block:begin\s([^<>]{0,500}?)-->")
_END = re.compile(r"<!--\s*kg-gated-block:end\s*-->")
_FOR_VISITORS = re.compile(r"\bnonMember:[\"']?true\b")
_FOR_MEMBERS = re.compile(r"\bmemberSegment:[\"']?[^\"'\s]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A body as a reader sees it."""

    html: str
    """What the reader sees."""
    dropped: tuple[Dropped, ...] = ()
    """What the reader does not see."""


def for_everybody(html: str) -> Shown:
    """A public post as a visitor sees it: down to the paywall, without blocks for members."""
    html, dropped = _without(html, _FOR_VISITORS)
    above, *below = _PAYWALL.split(html, maxsplit=1)
    return Shown(above, dropped + _ledger("".join(below)))


def for_members(html: str) -> Shown:
    """A members' post as a member sees it: without blocks that are shown to no member."""
    html, dropped = _without(html, _FOR_MEMBERS)
    return Shown(html, dropped)


def _without(html: str, seen: re.Pattern[str]) -> tuple[str, tuple[Dropped, ...]]:
    """The body without the gated blocks whose first mark does not say that they are seen."""
    shown: list[str] = []
    dropped: list[Dropped] = []
    at = 0
    for begin in _BEGIN.finditer(html):
        if begin.start() < at:
            continue
        end = _END.search(html, begin.end())
        if end is None:
            break
        shown.append(html[at : begin.start()])
        block = html[begin.end() : end.start()]
        if seen.search(begin[1]):
            shown.append(block)
        else:
            dropped.extend(_ledger(block))
        at = end.end()
    return "".join((*shown, html[at:])), tuple(dropped)


def _ledger(html: str) -> tuple[Dropped, ...]:
    from articleaudio.read.html.reader import read_body  # noqa: PLC0415 -- lxml only where something is gated

    body = read_body(html)
    texts = [block.text for block in body.blocks] + [piece.text for piece in body.dropped]
    return tuple(Dropped(shorten(text), "members") for text in texts)
