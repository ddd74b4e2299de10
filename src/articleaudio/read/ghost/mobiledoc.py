"""Mobiledoc, the older editor's JSON → HTML: sections of marked text, atoms and cards, in order."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from articleaudio.model import Dropped
from articleaudio.read.ghost.cards import Body, card
from articleaudio.read.jsondata import mapping, text_of

_SECTIONS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"})
_MARKUPS = frozenset({"a", "b", "code", "em", "i", "mark", "s", "strong", "sub", "sup", "u"})
_TEXT, _LIST, _CARD = 1, 3, 10
"""Kinds of sections that hold words."""


def body(document: Mapping[str, Any]) -> Body:
    """The body that a document holds."""
    return _Document(document).body()


class _Document:
    """A document while it is being read."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._sections = _list(document.get("sections"))
        self._markups = _list(document.get("markups"))
        self._atoms = _list(document.get("atoms"))
        self._cards = _list(document.get("cards"))
        self._dropped: list[Dropped] = []

    def body(self) -> Body:
        """Everything in order."""
        html = "".join(self._section(_list(section)) for section in self._sections)
        return Body(html, tuple(self._dropped))

    def _section(self, section: list[Any]) -> str:
        kind, first, second = _at(section, 0), _at(section, 1), _at(section, 2)
        if kind == _TEXT:
            tag = first if isinstance(first, str) and first in _SECTIONS else "p"
            tag = "blockquote" if tag == "aside" else tag
            return f"<{tag}>{self._markers(_list(second))}</{tag}>"
        if kind == _LIST:
            tag = "ol" if first == "ol" else "ul"
            items = "".join(f"<li>{self._markers(_list(item))}</li>" for item in _list(second))
            return f"<{tag}>{items}</{tag}>"
        if kind == _CARD:
            found = _list(_at(self._cards, first))
            made = card(text_of(_at(found, 0)), mapping(_at(found, 1)))
            self._dropped.extend(made.dropped)
            return made.html
        return ""  # a picture

    def _markers(self, markers: list[Any]) -> str:
        html = ""
        open_tags: list[str] = []
        for marker in map(_list, markers):
            for number in _list(_at(marker, 1)):
                tag, opened = self._markup(number)
                open_tags.append(tag)
                html += opened
            value = _at(marker, 3)
            html += escape(value) if isinstance(value, str) else self._atom(value) if _at(marker, 0) == 1 else ""
            closed = _at(marker, 2)
            for _ in range(min(closed, len(open_tags)) if isinstance(closed, int) else 0):
                html += f"</{open_tags.pop()}>"
        return html + "".join(f"</{tag}>" for tag in reversed(open_tags))

    def _markup(self, number: object) -> tuple[str, str]:
        """An element's name and its opening tag."""
        markup = _list(_at(self._markups, number))
        name = _at(markup, 0)
        tag = name if isinstance(name, str) and name in _MARKUPS else "span"
        attributes = _list(_at(markup, 1))
        pairs = zip(attributes[::2], attributes[1::2], strict=False)
        href = next((value for key, value in pairs if key == "href" and isinstance(value, str)), "")
        return tag, f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>"

    def _atom(self, number: object) -> str:
        atom = _list(_at(self._atoms, number))
        return "<br>" if _at(atom, 0) == "soft-return" else escape(text_of(_at(atom, 1)))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(items: list[Any], index: object) -> Any:  # noqa: ANN401 -- JSON holds anything
    return items[index] if isinstance(index, int) and 0 <= index < len(items) else None
