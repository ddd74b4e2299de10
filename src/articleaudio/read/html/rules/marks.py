"""Rules on footnotes: what the marks in the text lead to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from articleaudio.model import BlockKind
from articleaudio.read.html.inline import NOTE_MARK
from articleaudio.read.html.page import Element
from articleaudio.read.html.rules.page import Page

_MOST = 400
"""No article has more notes."""
_NOTES = {"li", "p", "dd", "div", "aside"}
_NOTE = 800
"""A note has fewer characters."""
_AMONG = 20
"""So many characters around a link make running text."""
_AROUND = 3
"""The `id` of a note is on its own element, or on one as close around it."""


def by_mark(page: Page) -> None:
    """Drop paragraphs and list items that a note mark in the text leads to."""
    targets = set(islice(_targets(page.region.container), _MOST))
    if not targets:
        return
    for index in page.kept():
        piece = page.pieces[index]
        if piece.kind is not BlockKind.HEADING and targets & set(_ids(piece.element)):
            piece.reason = "footnote"


def _targets(container: Element) -> Iterator[str]:
    """Where marks such as "1" or "[a]" in running text lead, further down on the page."""
    above: set[str] = set()
    for element in container.iter():
        if name := element.get("id"):
            above.add(name)
        target = (element.get("href") or "").removeprefix("#") if element.tag == "a" else ""
        if target and element.get("href", "").startswith("#") and target not in above and _is_mark(element):
            yield target


def _is_mark(link: Element) -> bool:
    """Whether a link is a mark, with text around it."""
    parent = link.getparent()
    parent = parent.getparent() if parent is not None and parent.tag in {"sup", "span"} else parent
    text = (link.text_content() or "").strip()
    return bool(NOTE_MARK.match(text)) and parent is not None and len(parent.text_content()) > len(text) + _AMONG


def _ids(element: Element) -> list[str]:
    """The names of the note that an element is, or lies in."""
    return [
        name
        for other in (element, *list(element.iterancestors())[:_AROUND])
        if other.tag in _NOTES and (name := other.get("id")) and len(other.text_content()) < _NOTE
    ]
