"""Sentences that surround articles everywhere: the data in `data/phrases.toml`, walked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from articleaudio.read.html.data import table

_LEAD = r"""^[^\w“”"„«‘']{0,4}"""
"""What may stand before the first word; a quotation mark may not."""
_LABEL_END = r"\s*(?:»|>>|>|\||:|→|：)"


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    limit: int
    link: float
    quotes: bool
    pattern: re.Pattern[str]


def reason(text: str, *, link: float = 0.0, quoted: bool = False) -> str:
    """Why a block with this text is no part of an article; empty when nothing says so.

    `link` is the share of it that is links, `quoted` tells that it stands in a quotation.
    """
    size = len(text)
    for group in _groups():
        fits = size <= group.limit and link >= group.link and (group.quotes or not quoted)
        if fits and group.pattern.search(text):
            return group.reason
    return ""


def section(heading: str) -> str:
    """What a heading opens that is no longer the article; empty when it opens a part of it."""
    for name, pattern in _sections():
        if pattern.fullmatch(heading.strip(" :.…#*")):
            return name
    return ""


@cache
def _groups() -> tuple[_Group, ...]:
    return tuple(
        _Group(row["reason"], row["limit"], row.get("link", 0.0), row.get("quotes", False), _pattern(row))
        for row in table("phrases")["group"]
    )


def _pattern(row: Mapping[str, Any]) -> re.Pattern[str]:
    parts = [rf"{_LEAD}(?:{text})" for text in row.get("starts", [])]
    parts += [rf"{_LEAD}(?:{text}){_LABEL_END}" for text in row.get("labels", [])]
    parts += [rf"{_LEAD}(?:{text})\W{{0,3}}$" for text in row.get("whole", [])]
    parts += row.get("contains", [])
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


@cache
def _sections() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows: Mapping[str, list[str]] = table("phrases")["sections"]
    return tuple(
        (name, re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE)) for name, texts in rows.items()
    )
