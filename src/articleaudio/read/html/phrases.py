"""Sentences that surround articles everywhere: the data in `data/phrases.toml`, walked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from articleaudio.read.html.data import table


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    limit: int
    pattern: re.Pattern[str]


def reason(text: str) -> str:
    """Why a block with this text is no part of an article; empty when nothing says so."""
    size = len(text)
    for group in _groups():
        if size <= group.limit and group.pattern.search(text):
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
    rows = table("phrases")["group"]
    return tuple(_Group(row["reason"], row["limit"], _pattern(row)) for row in rows)


def _pattern(row: dict[str, list[str]]) -> re.Pattern[str]:
    lead = r"^[\s\W]{0,4}"
    parts = [rf"{lead}(?:{text})" for text in row.get("starts", [])]
    parts += [rf"{lead}(?:{text})\W{{0,3}}$" for text in row.get("whole", [])]
    parts += row.get("contains", [])
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


@cache
def _sections() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("phrases")["sections"]
    return tuple(
        (name, re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE)) for name, texts in rows.items()
    )
