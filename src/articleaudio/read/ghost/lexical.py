"""The Lexical editor's JSON → HTML: text, lists, quotes, links and cards, in order."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from articleaudio.model import Dropped
from articleaudio.read.ghost.cards import Body, card
from articleaudio.read.jsondata import mapping, records, text_of

_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"), (128, "mark"))
"""Bits of a text's `format`."""
_ELEMENTS = {
    "aside": "blockquote",
    "listitem": "li",
    "paragraph": "p",
    "quote": "blockquote",
    "table": "table",
    "tablerow": "tr",
    "tablecell": "td",
}
"""Nodes that are one element, by type."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXTS = frozenset({"text", "tk", "code-highlight"})
_BREAKS = {"linebreak": "<br>", "tab": " ", "zwnj": ""}


def body(state: Mapping[str, Any]) -> Body:
    """The body that an editor's state holds."""
    ledger: list[Dropped] = []
    return Body(_children(mapping(state.get("root")), ledger), tuple(ledger))


def _children(node: Mapping[str, Any], ledger: list[Dropped]) -> str:
    return "".join(_node(child, ledger) for child in records(node.get("children")))


def _node(node: Mapping[str, Any], ledger: list[Dropped]) -> str:
    kind = text_of(node.get("type")).removeprefix("extended-")
    if kind in _TEXTS:
        return _text(node)
    if kind in _BREAKS:
        return _BREAKS[kind]
    if kind in _ELEMENTS:
        return f"<{_ELEMENTS[kind]}>{_children(node, ledger)}</{_ELEMENTS[kind]}>"
    if kind == "heading":
        tag = text_of(node.get("tag"))
        tag = tag if tag in _HEADINGS else "h2"
        return f"<{tag}>{_children(node, ledger)}</{tag}>"
    if kind == "list":
        tag = "ol" if node.get("tag") == "ol" or node.get("listType") == "number" else "ul"
        return f"<{tag}>{_children(node, ledger)}</{tag}>"
    if kind in {"link", "autolink"}:
        return f'<a href="{escape(text_of(node.get("url")))}">{_children(node, ledger)}</a>'
    if isinstance(node.get("children"), list):  # an element of a kind to come: its text is text
        return f"<div>{_children(node, ledger)}</div>"
    made = card(kind, node)
    ledger.extend(made.dropped)
    return made.html


def _text(node: Mapping[str, Any]) -> str:
    value = node.get("text")
    html = escape(value) if isinstance(value, str) else ""
    given = node.get("format")
    bits = given if html and isinstance(given, int) else 0
    for bit, tag in _FORMATS:
        html = f"<{tag}>{html}</{tag}>" if bits & bit else html
    return html
