"""Whether a page shows only the beginning of its article, and why: signs that are weighed, see `data/gate.toml`.

No sign is proof. Many pages say that they are not free and hold their whole text; many ask for a subscription below a
text that is whole. What tells them apart is that several signs come together where the text ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from articleaudio.model import BlockKind
from articleaudio.read.html import jsonld
from articleaudio.read.html.boxes import concealed, plain_names
from articleaudio.read.html.data import table
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import ends_sentence

_ATTRIBUTES = ("class", "id", "data-area", "data-testid", "data-component", "data-module", "data-name")
_FALSE = {"false", "no", "0"}
_DOTS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W{0,3}$")
_LONGEST = 700
"""A wall with more characters is a paragraph."""
_LARGEST = 2500
"""What is named like a wall and has more characters holds the gated text itself."""
_EMPTY = 120
"""A gated part with fewer characters holds no text."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a text that is cut short; the names of those that were found."""

    found: frozenset[str]
    """Names of weights in `data/gate.toml`."""
    wall: str = ""
    """The words of the wall."""

    @property
    def weight(self) -> int:
        """The sum of their weights."""
        weights = table("gate")["weights"]
        return sum(int(weights[name]) for name in self.found)


def cut(root: Element, pieces: list[Piece], data: Mapping[str, Any]) -> str:
    """Why the text on a page is not whole; empty where nothing says so.

    `pieces` are judged already; a wall that was taken for the end of the text is dropped now.
    """
    _drop_wall(pieces)
    signs = signs_of(root, pieces, data)
    if signs.weight < int(table("gate")["weights"]["enough"]):
        return ""
    if signs.wall:
        return f"the page stops where it says “{_shortened(signs.wall)}”"
    if "part" in signs.found or "flag" in signs.found:
        return "the page says that the article is not free, and holds only its beginning"
    return "the page holds only its beginning"


def signs_of(root: Element, pieces: list[Piece], data: Mapping[str, Any]) -> Signs:
    """Everything that speaks for and against a cut."""
    body = [piece for piece in pieces if not piece.reason]
    prose = [piece for piece in body if piece.kind is not BlockKind.HEADING]
    if not prose:
        return Signs(frozenset())
    last = max(index for index, piece in enumerate(pieces) if piece is prose[-1])
    words = sum(len(piece.text.split()) for piece in body)
    wall, found = _wall(pieces, last)
    limits = table("gate")["limits"]
    dots = bool(_DOTS.search(prose[-1].text)) or (
        prose[-1].kind is BlockKind.PARAGRAPH and len(prose[-1].text) > 60 and not ends_sentence(prose[-1].text)
    )
    claimed = _claimed(data)
    gated = is_gated(data)
    checks = {
        "flag": gated,
        "part": gated and _part_is_missing(root, data),
        "dots": dots,
        "claim": claimed > limits["short"] and words < limits["missing"] * claimed,
        "whole": claimed > limits["short"] and words >= limits["whole"] * claimed,
        "short": words < limits["short"],
        "long": words > limits["long"] and not dots,
    }
    found |= {name for name, holds in checks.items() if holds}
    if not found & {"wall", "ask", "box", "behind", "claim", "part", "flag"}:
        return Signs(frozenset())
    return Signs(frozenset(found), wall)


def _drop_wall(pieces: list[Piece]) -> None:
    """Drop what stands in a wall at the end of the text."""
    for piece in [piece for piece in pieces if not piece.reason][:-4:-1]:
        said = says(piece.text)
        plate = said == "wall" and (piece.kind is BlockKind.HEADING or not ends_sentence(piece.text))
        if len(piece.text) > _LONGEST or not said or not (plate or _in_wall(piece.element)):
            break
        piece.reason = "plea"


def _wall(pieces: list[Piece], last: int) -> tuple[str, set[str]]:
    """The wall behind the last piece of the text: its words, and the signs that it is."""
    found: set[str] = set()
    wall = ""
    behind = [piece for piece in pieces[last + 1 :] if piece.reason not in {"hidden", "comments", "code", "struck"}]
    near = int(table("gate")["limits"]["near"])
    for position, piece in enumerate(behind):
        if len(piece.text) > _LONGEST or _is_elsewhere(piece):
            continue
        kind = says(piece.text)
        boxed = bool(kind) and _in_wall(piece.element)
        if kind and position < near:
            found.add(kind)
            if boxed:
                found.add("box")
            if not wall or (kind == "wall" and says(wall) != "wall"):
                wall = piece.text
        elif kind == "wall" or boxed:
            found.add("behind")
    if "wall" in found:
        found.discard("ask")
    if "ask" in found and "box" not in found:  # a newsletter's box is no wall
        wall = ""
    return wall, found


def says(text: str) -> str:
    """What a text says of the rest of an article: `wall`, `ask`, or nothing."""
    return next((name for name, pattern in _patterns().items() if pattern.search(text)), "")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    rows = table("gate")["phrases"]
    return {name: re.compile("|".join(f"(?:{text})" for text in rows[name]), re.IGNORECASE) for name in ("wall", "ask")}


@cache
def _names() -> frozenset[str]:
    return frozenset(table("gate")["names"]["wall"].split())


def _is_elsewhere(piece: Piece) -> bool:
    """Whether a piece stands in the page's menu or foot, where every page asks for a log-in, or offers a newsletter."""
    around = (piece.element, *list(piece.element.iterancestors())[:4])
    if any("newsletter" in f"{one.get('class') or ''} {one.get('id') or ''}".lower() for one in around):
        return True
    return any(box.reason in {"navigation", "footer", "comments", "related", "consent"} for box in piece.boxes)


def _in_wall(element: Element) -> bool:
    """Whether an element, or one of the next six around it, is named like a wall, and is seen."""
    for count, around in enumerate((element, *element.iterancestors())):
        if count > 6 or around.tag in {"body", "html", "main", "article"}:
            return False
        given = " ".join(around.get(name) or "" for name in _ATTRIBUTES)
        if any(name in _names() for name in plain_names(given)):
            return not concealed(around) and len(around.text_content()) < _LARGEST
    return False


def is_gated(data: Mapping[str, Any]) -> bool:
    """Whether a page's data says that the article, or a part of it, is not free."""
    return any(_is_false(node.get("isAccessibleForFree")) for node in (data, *_parts(data)))


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] in _FALSE)


def _parts(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    parts = data.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, Mapping):
            yield part


def _part_is_missing(root: Element, data: Mapping[str, Any]) -> bool:
    """Whether the parts that the page names as not free are not on it, or hold no text."""
    from cssselect import SelectorError  # noqa: PLC0415 -- only for pages that name such a part

    selectors = [
        text
        for part in _parts(data)
        if _is_false(part.get("isAccessibleForFree"))
        for text in jsonld.texts(part.get("cssSelector"))
    ]
    found = 0
    for selector in selectors[:10]:
        try:
            found += sum(len(" ".join(element.text_content().split())) for element in root.cssselect(selector)[:50])
        except (SelectorError, ValueError):
            return False
    return bool(selectors) and found < _EMPTY


def _claimed(data: Mapping[str, Any]) -> int:
    """How many words the page's data says, or holds, that there are; 0 where it says nothing."""
    count = data.get("wordCount")
    said = int(count) if isinstance(count, int | float) or (isinstance(count, str) and count.strip().isdecimal()) else 0
    held = max((len(text.split()) for text in jsonld.texts(data.get("articleBody"))), default=0)
    return max(said, held)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"
