"""What a page says of itself in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.read.html.page import Element

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|CreativeWork)$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


def article_data(root: Element) -> Mapping[str, Any]:
    """The object that describes the article; empty when there is none."""
    best: Mapping[str, Any] = {}
    for node in _nodes(root):
        if any(_ARTICLE.search(name) for name in _kinds(node)) and len(node) > len(best):
            best = node
    return best


def kinds(root: Element) -> set[str]:
    """All types of what the page describes."""
    return {kind for node in _nodes(root) for kind in _kinds(node)}


def typed(root: Element, kind: str) -> Mapping[str, Any]:
    """The first object of a type; empty when there is none."""
    return next((node for node in _nodes(root) if kind in _kinds(node)), {})


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    named = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return [name.rpartition("/")[2] for name in named if isinstance(name, str)]


def texts(value: object, *keys: str) -> list[str]:
    """Strings in a value: itself, its items, or what its objects hold under the first of the keys they have."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts(item, *keys)]
    if isinstance(value, Mapping):
        for key in keys:
            if value.get(key):
                return texts(value[key], *keys)
    return []


def _nodes(root: Element) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        yield from _flat(_loads(script.text or ""), 0)


def _flat(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _flat(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if key in value:
                yield from _flat(value[key], depth + 1)


def _loads(text: str) -> object:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
