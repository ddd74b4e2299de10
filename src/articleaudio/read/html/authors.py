"""Who wrote it: JSON-LD, meta tags and the page's own by-line, weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.read.html.data import words
from articleaudio.read.html.jsonld import texts
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.names import is_byline, names
from articleaudio.read.rich import clean

_TAGS = words("metadata", "authors")
_QUERIES = (
    ".//*[@itemprop='author']//*[@itemprop='name']",
    ".//*[@itemprop='author']",
    ".//a[@rel='author']",
    ".//*[contains(@class, 'author-name')]",
    ".//*[contains(@class, 'byline')]//a",
    ".//*[contains(@class, 'byline')]",
    ".//*[contains(@class, 'author')]//a",
)
"""Where a page names its author, the most telling place first."""
_LONGEST = 120
"""A by-line with more characters is something else."""
_FILLERS = re.compile(r"\W+|\bthe\b")


def authors_of(
    root: Element, pieces: list[Piece], meta: Mapping[str, str], data: Mapping[str, Any], site: str
) -> tuple[str, ...]:
    """Names of the authors, in order. The site itself counts only when nobody else is named."""
    stated = names(*texts(data.get("author"), "name"))
    tagged = names(*(meta[key] for key in _TAGS if key in meta and not meta[key].startswith("http")))
    houses = [site, *texts(data.get("publisher"), "name")]
    sources = [
        people
        for found in (stated, tagged, *_shown(root), _first_line(pieces))
        if (people := tuple(name for name in found if not _is_house(name, houses)))
    ]
    if not sources:
        return stated or tagged
    people = sources[0]
    # Machine-readable data often names the first author alone; whoever names them and others knows more.
    return next((other for other in sources if len(people) < len(other) < 6 and _among(people, other)), people)


def _among(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    return {name.casefold() for name in few} <= {name.casefold() for name in many}


def _is_house(name: str, houses: list[str]) -> bool:
    """Whether a name is the site's or the publisher's."""
    plain = _FILLERS.sub("", name.casefold())
    return plain in {"admin", "editor", "staff", *(_FILLERS.sub("", house.casefold()) for house in houses)}


def _shown(root: Element) -> Iterator[tuple[str, ...]]:
    """Names in elements that are marked as the author."""
    for query in _QUERIES:
        found: tuple[str, ...] = ()
        for element in root.xpath(query)[:6]:
            line = clean(element.text_content())
            people = names(line) if 0 < len(line) < _LONGEST else ()
            if found and people and not _near(element, root):
                break
            found += tuple(name for name in people if name not in found)
        if found:
            yield found[:5]


def _near(element: Element, root: Element) -> bool:
    """Whether an element that names somebody stands in the article's head, not among other articles."""
    return (
        not any(ancestor.tag in {"aside", "nav", "footer", "li", "section"} for ancestor in element.iterancestors())
        or element.getparent() is root
    )


def _first_line(pieces: list[Piece]) -> tuple[str, ...]:
    """Names in the first line of the page that begins with "By"."""
    for piece in pieces:
        if is_byline(piece.text) and len(piece.text) < _LONGEST:
            found = names(piece.text)
            if found and all(" " in name for name in found):
                return found
    return ()
