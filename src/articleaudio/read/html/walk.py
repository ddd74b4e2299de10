"""One walk over the page: every stretch of text becomes a piece, in order, with what is known about its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from articleaudio.model import BlockKind, Mark
from articleaudio.read.html.boxes import Box, Kind, box_of, kind_of
from articleaudio.read.html.data import words
from articleaudio.read.html.inline import SILENT, Run, feed, seen_text
from articleaudio.read.html.page import Element
from articleaudio.read.rich import RichBuilder, clean

BLOCKS = frozenset(words("elements", "blocks"))
"""Elements that begin a block of their own."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(eq=False, slots=True)
class Piece:
    """A stretch of the page's text: a block if it is kept, an entry in the ledger if it is not."""

    kind: BlockKind
    """What it would be to a reader."""
    text: str
    """As in a Block."""
    element: Element
    """The element whose own text it is."""
    marks: tuple[Mark, ...] = ()
    """As in a Block."""
    level: int = 0
    """Heading level."""
    anchor: str = ""
    """The `id` to jump to."""
    boxes: tuple[Box, ...] = ()
    """The doubtful boxes around it, outermost first."""
    link: float = 0.0
    """Share of its characters in links."""
    bold: float = 0.0
    """Share of its characters in bold."""
    names: Kind = field(default_factory=Kind)
    """What the names of its element, or of one close around it, say."""
    reason: str = ""
    """Why it is dropped; empty while it is kept."""
    anchored: bool = False
    """Whether an extractor keeps it."""


class _Place(NamedTuple):
    """What the elements around a piece say about it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    anchor: str = ""
    boxes: tuple[Box, ...] = ()
    names: Kind = Kind()
    linked: bool = False


def walk(root: Element) -> list[Piece]:
    """All pieces of the text below an element, in order."""
    walker = _Walker(_holders(root))
    walker.block(root, _Place())
    return walker.pieces


def _holders(root: Element) -> set[Element]:
    """Elements that hold block-level elements (or paragraphs parted by double line breaks), so are not text runs."""
    holders: set[Element] = set()
    for element in root.iter():
        if element.tag in BLOCKS or (element.tag == "br" and _double(element)):
            parent = element.getparent()
            while parent is not None and parent not in holders:
                holders.add(parent)
                parent = parent.getparent()
    return holders


def _double(element: Element) -> bool:
    """Whether a `br` is followed at once by another."""
    after = element.getnext()
    return after is not None and after.tag == "br" and not (element.tail or "").strip()


class _Walker:
    """Walks block elements; inline content goes to a Run."""

    def __init__(self, holders: set[Element]) -> None:
        self.holders = holders
        self.pieces: list[Piece] = []

    def block(self, element: Element, place: _Place) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SILENT:
            return
        kind = kind_of(element)
        place = self._placed(element, tag, kind, place)
        if tag == "pre" or (tag == "table" and not _is_layout(element)):
            (self._code if tag == "pre" else self._table)(element, place)
        else:
            self._children(element, place)

    def _placed(self, element: Element, tag: str, kind: Kind, place: _Place) -> _Place:
        """The place inside an element."""
        box = box_of(kind)
        quoted = tag == "footer" and place.kind is BlockKind.QUOTE  # whom a quotation is from
        if box is not None and not quoted and not (tag == "figure" and _is_content(element)):
            place = place._replace(boxes=(*place.boxes, box))
        if kind.note or kind.dek or kind.title or kind.heading:
            place = place._replace(names=kind)
        if element.get("id") and (tag in HEADINGS or tag == "section" or kind.heading):
            place = place._replace(anchor=element.get("id"))
        if tag in HEADINGS and _is_heading(element, self.holders):
            return place._replace(kind=BlockKind.HEADING, level=HEADINGS[tag])
        if tag in {"li", "dd"}:
            return place._replace(kind=BlockKind.LIST_ITEM, level=0)
        if tag == "blockquote":
            return place._replace(kind=BlockKind.QUOTE, level=0)
        return place

    def _children(self, element: Element, place: _Place) -> None:
        self._flush(self._flow(Run(), element, element, place), element, place)

    def _flow(self, run: Run, inner: Element, element: Element, place: _Place) -> Run:
        """Read what is in `inner`, an element or an inline part of it that holds blocks; give the run left open."""
        run.text(inner.text)
        broken = False
        for child in inner:
            if child.tag in BLOCKS:
                self._flush(run, element, place)
                run = Run()
                self.block(child, place)
                place = place._replace(anchor="")
            elif child in self.holders and child.tag not in SILENT:
                inside = self._inside(child, place)
                run = self._flow(run, child, element, inside)
                if inside.linked:
                    run.link = run.builder.length
            elif child.tag == "br" and (broken or _double(child)):
                self._flush(run, element, place)
                run = Run()
            else:
                run.anchor = run.anchor or child.get("id") or ""
                feed(run, child)
            broken = child.tag == "br" and not (child.tail or "").strip()
            run.text(child.tail)
        return run

    def _inside(self, element: Element, place: _Place) -> _Place:
        """The place inside an inline element that holds blocks: a link around a card, an unclosed `b`."""
        kind = kind_of(element)
        box = box_of(kind)
        boxes = place.boxes if box is None else (*place.boxes, box)
        return place._replace(boxes=boxes, linked=place.linked or (element.tag == "a" and bool(element.get("href"))))

    def _flush(self, run: Run, element: Element, place: _Place) -> None:
        """Make a piece of a run, and one of everything that was left out of it."""
        rich, dropped = run.finish()
        if rich.text:
            size = len(rich.text)
            whole = [kind for kind, start, end in run.boxes if end - start >= 0.9 * size]
            boxes = tuple(box for kind in whole if (box := box_of(kind)))
            own = place.names if not whole else next((kind for kind in whole if kind.note), place.names)
            self.pieces.append(
                Piece(
                    kind=place.kind,
                    text=rich.text,
                    element=element,
                    marks=rich.marks,
                    level=place.level,
                    anchor=(place.anchor or run.anchor) if place.kind is BlockKind.HEADING else element.get("id") or "",
                    boxes=place.boxes + boxes,
                    link=1.0 if place.linked else min(1.0, run.link / size),
                    bold=min(1.0, run.bold / size),
                    names=own,
                )
            )
        self._leave(dropped, element, place)

    def _leave(self, dropped: Iterable[tuple[str, str]], element: Element, place: _Place) -> None:
        for text, reason in dropped:
            self.pieces.append(Piece(place.kind, text, element, boxes=place.boxes, reason=reason))

    def _code(self, element: Element, place: _Place) -> None:
        """Program text: nobody wants to hear it. Poems and letters set in `pre` are text."""
        if element.find(".//code") is None and element.getparent().tag not in {"figure", "code"}:
            self._children(element, place)
            return
        text = clean(seen_text(element))
        if text:
            self._leave([(text, "code")], element, place)

    def _table(self, element: Element, place: _Place) -> None:
        """A table of data: one piece a row, its cells parted by semicolons."""
        place = place._replace(kind=BlockKind.TABLE_ROW, level=0)
        for caption in element.iter("caption"):
            self.block(caption, place)
        for row in element.iter("tr"):
            builder = RichBuilder()
            link = 0
            dropped: list[tuple[str, str]] = []
            for cell in row:
                if cell.tag not in {"td", "th"}:
                    continue
                run = Run()
                _flat(run, cell)
                rich, left = run.finish()
                dropped += left
                if rich.text:
                    builder.add(("; " if builder.length else "") + rich.text)
                    link += run.link
            rich = builder.finish()
            if rich.text:
                share = link / len(rich.text)
                self.pieces.append(Piece(place.kind, rich.text, row, boxes=place.boxes, link=share))
            self._leave(dropped, row, place)


def _flat(run: Run, element: Element) -> None:
    """Read everything in a cell as one run of text, its block elements parted by spaces."""
    run.text(element.text)
    for child in element:
        if child.tag in BLOCKS:
            run.text(" ")
            if child.tag not in SILENT:
                _flat(run, child)
            run.text(" ")
        else:
            feed(run, child)
        run.text(child.tail)


def _is_layout(table: Element) -> bool:
    """Whether a table arranges the page rather than data."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    cells = list(table.iter("td", "th"))
    rows = sum(1 for _ in table.iter("tr"))
    paragraphs = sum(1 for _ in table.iter("p", "div", "h1", "h2", "h3", "ul", "blockquote"))
    text = sum(len(cell.text_content()) for cell in cells)
    return not cells or len(cells) <= rows or (paragraphs > len(cells)) or text > 220 * len(cells)


def _is_content(figure: Element) -> bool:
    """Whether a figure shows text: a table or a quotation, rather than a picture."""
    return any(figure.find(f".//{tag}") is not None for tag in ("table", "blockquote", "pre"))


def _is_heading(element: Element, holders: set[Element]) -> bool:
    """Whether a heading element is one: an unclosed one holds the rest of the page."""
    if element not in holders:
        return True
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p", "div", "li")) < 200
