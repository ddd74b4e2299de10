"""A house's rules for single hosts, laid over a page: they go before everything that the reader finds out itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector

from articleaudio.model import Mark, SiteRule
from articleaudio.read.html.page import Element
from articleaudio.read.rich import clean

if TYPE_CHECKING:
    from articleaudio.read.html.walk import Piece


class Verdict(StrEnum):
    """What a rule says of an element's text."""

    KEEP = "keep"
    """It is spoken."""
    DROP = "drop"
    """It is not."""
    NOTE = "note"
    """It is spoken last."""


_NONE: Mapping[Element, Verdict] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say about one page."""

    verdicts: Mapping[Element, Verdict] = field(default_factory=lambda: _NONE)
    """Elements that a rule names. Of several around a text the innermost counts."""
    body: Element | None = None
    """The element that holds the article."""
    title: str = ""
    """The headline."""


def ruled(root: Element, sites: Iterable[SiteRule], address: str) -> Ruled:
    """What those of the rules say that fit the host of an address; later ones win, and keep wins over drop."""
    verdicts: dict[Element, Verdict] = {}
    body: Element | None = None
    title = ""
    for rule in _fitting(sites, address):
        for verdict, selectors in ((Verdict.DROP, rule.drop), (Verdict.KEEP, rule.keep), (Verdict.NOTE, rule.note)):
            verdicts |= {element: verdict for selector in selectors for element in _named(root, selector)}
        body = next(iter(_named(root, rule.body)), body)
        titles = (clean(element.text_content()) for element in _named(root, rule.title))
        title = next((text for text in titles if text), title)
    return Ruled(verdicts, body, title)


def _fitting(sites: Iterable[SiteRule], address: str) -> Iterator[SiteRule]:
    try:
        host = _plain(urlsplit(address).hostname or "")
    except ValueError:
        host = ""
    for rule in sites:
        wanted = _plain(rule.host)
        if wanted in {"*", host} or host.endswith(f".{wanted}"):
            yield rule


def _plain(host: str) -> str:
    """A host name as the network knows it: "münchen.example" and "xn--mnchen-3ya.example" are one."""
    try:
        return host.lower().rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return host.lower()


def _named(root: Element, selector: str) -> list[Element]:
    """The elements that a selector names; none for an empty one."""
    return cast("list[Element]", _compiled(selector)(root)) if selector else []


@lru_cache(maxsize=500)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def settle(pieces: list[Piece]) -> list[Piece]:
    """The judged pieces with the rules' word as the last: kept ones are kept, and parts are cut out of their piece."""
    return [settled for piece in pieces for settled in _cut(piece)]


def _cut(piece: Piece) -> Iterator[Piece]:
    """A piece, or where rules name parts of it that must fare otherwise than the rest, those parts by themselves."""
    if piece.rule in {Verdict.KEEP, Verdict.NOTE}:
        piece.reason = ""
    at = 0
    for verdict, start, end in sorted(piece.ruled, key=lambda span: (span[1], -span[2])):
        apart = verdict is Verdict.NOTE if not piece.reason else verdict is not Verdict.DROP
        if apart and start >= at and piece.rule is not verdict:
            yield from _part(piece, at, start)
            for part in _part(piece, start, end):
                part.rule, part.reason = verdict, ""
                yield part
            at = end
    if at:
        yield from _part(piece, at, len(piece.text))
    else:
        yield piece


def _part(piece: Piece, start: int, end: int) -> Iterator[Piece]:
    """The part of a piece between two characters, unless nothing is there."""
    inner = piece.text[start:end]
    start += len(inner) - len(inner.lstrip())
    if text := inner.strip():
        end = start + len(text)
        marks = tuple(
            Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.value)
            for mark in piece.marks
            if mark.start < end and mark.end > start
        )
        yield replace(piece, text=text, marks=marks, ruled=())
