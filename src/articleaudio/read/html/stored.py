"""The text of a page whose body is empty until its scripts run: in its data, or in what browsers without scripts show.

It is put where a reader would see it, and read like any other. What the page calls not free is left alone.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from articleaudio.read.html import jsonld
from articleaudio.read.html.gate import is_gated, says
from articleaudio.read.html.page import Element, body_of, parse
from articleaudio.read.html.walk import Piece

_ENOUGH = 60
"""A text with fewer words is no article."""
_PROSE = 60
"""A paragraph in a list of the page's data has as many characters."""
_MARKED = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)
_LINE = re.compile(r"\s*\n\s*")
_UNWANTED = re.compile(r"<(script|style|iframe|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_DEPTH = 40
"""Data is looked through so deep."""
_LARGEST = 5_000_000
"""Data with more characters is not looked through."""


def fill(root: Element, pieces: Iterable[Piece]) -> bool:
    """Put the text that a page without one holds elsewhere into its body; whether there was any.

    `pieces` are what the page shows.
    """
    data = jsonld.article_data(root)
    walled = any(says(piece.text) == "wall" for piece in pieces)
    if walled or is_gated(data) or not (data or _is_article(root)):
        return False
    noscripts = [
        tag for tag in body_of(root).iter("noscript") if _is_text(tag.text_content(), len(tag.findall(".//p")))
    ]
    for tag in noscripts:
        tag.tag = "div"
    if noscripts:
        return True
    text = next((text for text in jsonld.texts(data.get("articleBody")) if _is_text(text)), "") or _in_scripts(root)
    if not text:
        return False
    marked = text if _MARKED.search(text) else "".join(f"<p>{html.escape(line)}</p>" for line in _LINE.split(text))
    body_of(root).append(body_of(parse(f"<article>{_UNWANTED.sub('', marked)}</article>", "the page's data"))[0])
    return True


def _is_article(root: Element) -> bool:
    """Whether a page says that it is an article, or shows a headline."""
    kinds = (tag.get("content") or "" for tag in root.iter("meta") if tag.get("property") == "og:type")
    return "article" in kinds or next(root.iter("h1"), None) is not None


def _is_text(text: str, paragraphs: int = 2) -> bool:
    return paragraphs > 1 and len(text.split()) >= _ENOUGH


def _in_scripts(root: Element) -> str:
    """The longest text in the data that the page's scripts are given: marked up, or a list of paragraphs."""
    found = (text for script in root.iter("script") for text in _texts(_loaded(script), 0))
    return max((text for text in found if _is_text(text)), key=len, default="")


def _loaded(script: Element) -> object:
    kind, text = (script.get("type") or "").lower(), script.text or ""
    if kind != "application/json" or len(text) > _LARGEST:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _texts(value: object, depth: int) -> Iterator[str]:
    """Texts in a piece of data that may be an article's."""
    if isinstance(value, str):
        if len(_MARKED.findall(value)) > 1:
            yield value
    elif depth < _DEPTH and isinstance(value, list | Mapping):
        inner: Iterable[object] = value.values() if isinstance(value, Mapping) else value
        if isinstance(value, list):
            yield "".join(f"<p>{text}</p>" for text in _paragraphs(value))
        for item in inner:
            yield from _texts(item, depth + 1)


def _paragraphs(items: list[Any]) -> Iterator[str]:
    """The paragraphs that a list of blocks holds: of each its one string that is long enough to be a sentence."""
    for item in items:
        held = item.values() if isinstance(item, Mapping) else [item]
        long = [text for text in held if isinstance(text, str) and len(text) >= _PROSE and " " in text]
        if len(long) == 1:
            yield long[0]
