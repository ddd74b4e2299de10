"""Pages that stand where an article should be: log-in, consent, "not found", lists; see `data/noarticle.toml`.

A page is refused for what it is only while it has little running text, so that articles about paywalls, cookies and
errors are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NoReturn
from urllib.parse import urlsplit

from articleaudio.errors import CutShortError, NoArticleError
from articleaudio.model import BlockKind
from articleaudio.read.html import gate, jsonld
from articleaudio.read.html.boxes import plain_names
from articleaudio.read.html.data import table
from articleaudio.read.html.page import Element, body_of
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import clean

_TAILS = re.compile(r"\s+[|»«•·–—-]\s+|\s*\|\s*")
_ENOUGH = 12
"""A paragraph with as many words is running text."""
_SEEN = 6000
"""Characters of a page that are looked through for what it says of itself."""


def refuse_empty(root: Element, pieces: list[Piece], name: str) -> NoReturn:
    """Raise NoArticleError for a page on which no article was found, saying what it is instead."""
    _refuse_kind(root, pieces, name, prose=0)
    if _titles(pieces, 0, len(pieces)) >= table("noarticle")["listing"]["titles"]:
        raise _error("listing", name)
    empty = table("noarticle")["empty"]
    if sum(len(piece.text.split()) for piece in pieces if piece.reason not in {"hidden", "code"}) < empty["few"]:
        raise _error("empty", name)
    raise NoArticleError(
        f"there is no article in {name}", hint="give a page with at least one paragraph of running text"
    )


def refuse(root: Element, pieces: list[Piece], name: str, site: str = "", url: str = "") -> None:
    """Raise NoArticleError when what was found is no article; `pieces` are judged already."""
    body = [piece for piece in pieces if not piece.reason and piece.kind is not BlockKind.HEADING]
    prose = sum(words for piece in body if (words := len(piece.text.split())) >= _ENOUGH and piece.link < 0.5)
    _refuse_kind(root, pieces, name, prose=prose, site=site)
    if _is_listing(root, pieces, prose, url):
        raise _error("listing", name)
    if not body:
        wall = next((piece.text for piece in pieces if gate.says(piece.text) == "wall"), "")
        if wall:
            closed = table("noarticle")["closed"]
            raise CutShortError(closed["message"].format(name=name, wall=wall[:100]), hint=closed["hint"])
        refuse_empty(root, pieces, name)


def _refuse_kind(root: Element, pieces: list[Piece], name: str, *, prose: int, site: str = "") -> None:
    titles = _names_of(root, pieces, site)
    seen = " ".join(piece.text for piece in pieces if piece.reason not in {"hidden", "footer", "code"})[:_SEEN]
    noscript = " ".join(clean(tag.text_content()) for tag in list(root.iter("noscript"))[:5])[:_SEEN]
    for row, title, text in _kinds():
        if prose > row["limit"]:
            continue
        where = f"{seen} {noscript}" if row["name"] == "script" and not prose else seen
        said = text is not None and text.search(where) is not None and (prose < 40 or row["name"] == "check")
        if said or any(title.fullmatch(one) for one in titles):
            raise NoArticleError(row["message"].format(name=name), hint=row["hint"])


@cache
def _kinds() -> tuple[tuple[Mapping[str, Any], re.Pattern[str], re.Pattern[str] | None], ...]:
    def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{text})" for text in patterns), re.IGNORECASE)

    return tuple(
        (row, compiled(row["title"]), compiled(row["text"]) if row["text"] else None)
        for row in table("noarticle")["kind"]
    )


def _names_of(root: Element, pieces: list[Piece], site: str) -> list[str]:
    """What the page calls itself: its window title, in whole and without its tails, and its headlines."""
    window = clean(root.findtext(".//title") or "")
    tops = [piece.text for piece in pieces if piece.level == 1 and piece.reason != "hidden"]
    parts = _TAILS.split(window)
    return [text.strip(" .!|-–—") for text in (window, parts[0], parts[-1], *tops[:2]) if text and text != site]


def _is_listing(root: Element, pieces: list[Piece], prose: int, url: str) -> bool:
    """Whether what was kept is a row of headings that lead elsewhere, with a teaser below each."""
    listing = table("noarticle")["listing"]
    data = jsonld.article_data(root)
    if data.get("articleBody") or any(tag.get("property") == "article:published_time" for tag in root.iter("meta")):
        return False
    kept = [index for index, piece in enumerate(pieces) if not piece.reason]
    titles = _titles(pieces, kept[0], kept[-1] + 1) if kept else 0
    is_row = titles >= listing["titles"] and prose < listing["prose"] * titles
    is_rest = prose < listing["alone"] and _titles(pieces, 0, len(pieces)) >= listing["titles"]
    return (is_row or is_rest) and (_is_front(url) or _is_called_listing(root))


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.netloc) and not parts.path.strip("/") and not parts.query


def _titles(pieces: list[Piece], first: int, last: int) -> int:
    """How many headings lead elsewhere."""
    return sum(piece.kind is BlockKind.HEADING and piece.link > 0.8 for piece in pieces[first:last])


def _is_called_listing(root: Element) -> bool:
    """Whether the page says in its data or its names that it is a list."""
    listing = table("noarticle")["listing"]
    kinds = {kind.casefold() for kind in jsonld.kinds(root)}
    stated = {(tag.get("content") or "").casefold() for tag in root.iter("meta") if tag.get("property") == "og:type"}
    if any("article" in kind or "posting" in kind for kind in kinds | stated):
        return False
    body = body_of(root)
    names = plain_names(f"{body.get('class') or ''} {body.get('id') or ''}")
    return bool((kinds | stated) & set(listing["types"].split()) or set(names) & set(listing["names"].split()))


def _error(row: str, name: str) -> NoArticleError:
    found = table("noarticle")[row]
    return NoArticleError(found["message"].format(name=name), hint=found["hint"])
