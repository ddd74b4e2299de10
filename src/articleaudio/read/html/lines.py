"""Lines of a paragraph, parted by single line breaks, that are blocks of their own: a heading, a pointer, a credit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from articleaudio.read.html import phrases
from articleaudio.read.html.data import words
from articleaudio.read.html.inline import BLOCKS, SILENT, is_bold, seen_text
from articleaudio.read.html.page import Element
from articleaudio.read.names import is_byline, names
from articleaudio.read.rich import clean, ends_sentence

_FOREIGN = frozenset(words("elements", "own_lines"))
"""Reasons for which a line is no part of the paragraph it stands in."""
_LONGEST = 260
"""A line with more characters belongs to its paragraph."""
_TITLE = 90
"""A heading has no more characters."""
_BODY = 80
"""The text below a heading has at least as many, and so has a paragraph that a single break ends."""
_ENDS = BLOCKS | {"br"}
"""What ends a line."""
_LETTER = re.compile(r"\w")


class _Line(NamedTuple):
    text: str
    """What a reader sees of it."""
    bold: bool
    """Whether all of it is in bold."""


def parted(br: Element) -> bool:
    """Whether a single `br` parts two blocks: a heading from its text, or what is no text from what is."""
    before, after, ended = _before(br), *_after(br)
    if _is_title(before) and len(after.text) >= _BODY:
        return True
    if ended and before.text and _is_title(after):
        return True
    if min(len(before.text), len(after.text)) >= _BODY and ends_sentence(before.text):  # paragraphs
        return True
    return any(
        0 < len(line.text) <= _LONGEST and (phrases.reason(line.text) in _FOREIGN or _is_signed(line.text))
        for line in (before, after)
    )


def _is_signed(text: str) -> bool:
    """Whether a line says who wrote it, and nothing else."""
    return is_byline(text) and len(text) <= _BODY and any(" " in name for name in names(text))


def _is_title(line: _Line) -> bool:
    whole = ends_sentence(line.text) and not line.text.endswith("?")
    return line.bold and 2 < len(line.text) <= _TITLE and not whole and line.text[-1] not in ",–-"


def _before(br: Element) -> _Line:
    nodes: list[Element] = []
    node = br.getprevious()
    while node is not None and node.tag not in _ENDS:
        nodes.append(node)
        node = node.getprevious()
    opening = br.getparent().text if node is None else node.tail
    return _line(opening, reversed(nodes))


def _after(br: Element) -> tuple[_Line, bool]:
    """The line after a break, and whether another break, or a block, ends it."""
    nodes: list[Element] = []
    node = br.getnext()
    while node is not None and node.tag not in _ENDS:
        nodes.append(node)
        node = node.getnext()
    return _line(br.tail, nodes), node is not None


def _line(opening: str | None, nodes: Iterable[Element]) -> _Line:
    """A line from the text it opens with and the elements on it."""
    parts = [opening or ""]
    bold = not _LETTER.search(parts[0])
    for node in nodes:
        tail = node.tail or ""
        text = seen_text(node) if isinstance(node.tag, str) and node.tag not in SILENT else ""
        bold = bold and (is_bold(node) or not _LETTER.search(text)) and not _LETTER.search(tail)
        parts += [text, tail]
    return _Line(clean("".join(parts)), bold)
