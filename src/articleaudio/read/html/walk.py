"""One walk over the page: every stretch of text becomes a piece, in order, with what is known about its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from articleaudio.model import BlockKind, Mark, MarkKind
from articleaudio.read.html import lines, tables
from articleaudio.read.html.boxes import Box, Kind, box_of, kind_of
from articleaudio.read.html.inline import BLOCKS, SILENT, Run, feed, is_bold, tongue, whole_text
from articleaudio.read.html.page import Element
from articleaudio.read.html.sites import Ruled, Verdict
from articleaudio.read.rich import Rich, clean

__all__ = ["BLOCKS", "HEADINGS", "Piece", "walk"]

PICTURES = ("img", "picture", "amp-img")
"""Elements that show a picture."""
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
    rule: Verdict | None = None
    """What the house's rule for the site says of it."""
    ruled: tuple[tuple[Verdict, int, int], ...] = ()
    """What it says of parts of the text: verdict, first character, one past the last."""


_LEVELS = frozenset("123456")
_TOLD = frozenset({"p", "blockquote", "li", "dd", "dt", "ul", "ol", *HEADINGS})
"""Elements whose `lang` is meant for their text; wider ones say it of pages, by habit or by mistake."""


class _Place(NamedTuple):
    """What the elements around a piece say about it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    anchor: str = ""
    boxes: tuple[Box, ...] = ()
    names: Kind = Kind()
    linked: bool = False
    rule: Verdict | None = None
    language: str = ""


def walk(root: Element, rules: Ruled | None = None) -> list[Piece]:
    """All pieces of the text below an element, in order. `rules` are the house's for the site."""
    walker = _Walker(_holders(root), rules or Ruled())
    walker.block(root, _Place())
    return walker.pieces


def _holders(root: Element) -> set[Element]:
    """Elements that hold block-level elements (or paragraphs parted by double line breaks), so are not text runs."""
    holders: set[Element] = set()
    for element in root.iter():
        if element.tag in BLOCKS or (element.tag == "br" and (_double(element) or _is_inner(element))):
            parent = element.getparent()
            while parent is not None and parent not in holders:
                holders.add(parent)
                parent = parent.getparent()
    return holders


def _is_inner(element: Element) -> bool:
    """Whether a `br` parts two blocks inside of an inline element."""
    return element.getparent().tag not in BLOCKS and lines.parted(element)


def _double(element: Element) -> bool:
    """Whether a `br` is followed at once by another."""
    after = element.getnext()
    return after is not None and after.tag == "br" and not (element.tail or "").strip()


class _Walker:
    """Walks block elements; inline content goes to a Run."""

    def __init__(self, holders: set[Element], rules: Ruled) -> None:
        self.holders = holders
        self.rules = rules
        self.pieces: list[Piece] = []

    def block(self, element: Element, place: _Place) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SILENT:
            return
        place = self._ruled(element, self._placed(element, tag, kind_of(element), place))
        if tag == "pre" or (tag == "table" and not tables.is_layout(element)):
            (self._code if tag == "pre" else self._table)(element, place)
        else:
            self._children(element, place)

    def _placed(self, element: Element, tag: str, kind: Kind, place: _Place) -> _Place:
        """The place inside an element."""
        box = box_of(kind)
        quoted = tag == "footer" and place.kind is BlockKind.QUOTE  # whom a quotation is from
        if box is not None and not quoted and not (tag == "figure" and _is_content(element)):
            box.pictured = box.reason == "embed" and not box.strong and any(True for _ in element.iter(*PICTURES))
            place = place._replace(boxes=(*place.boxes, box))
        if kind.note or kind.dek or kind.title or kind.heading:
            place = place._replace(names=kind)
        if element.get("id") and (tag in HEADINGS or tag == "section" or kind.heading):
            place = place._replace(anchor=element.get("id"))
        if tag in _TOLD and (language := tongue(element)):
            place = place._replace(language=language)
        if tag in HEADINGS and _is_heading(element, self.holders):
            return place._replace(kind=BlockKind.HEADING, level=HEADINGS[tag])
        if element.get("role") == "heading" and _is_heading(element, self.holders):
            level = element.get("aria-level") or ""
            return place._replace(kind=BlockKind.HEADING, level=int(level) if level in _LEVELS else 2)
        if tag in {"li", "dd"}:
            return place._replace(kind=BlockKind.LIST_ITEM, level=0)
        if tag == "blockquote":
            return place._replace(kind=BlockKind.QUOTE, level=0)
        return place

    def _ruled(self, element: Element, place: _Place) -> _Place:
        """The place with what the house's rules say of an element."""
        if element is self.rules.body:
            place = place._replace(boxes=())
        return place._replace(rule=self.rules.verdicts.get(element, place.rule))

    def _run(self) -> Run:
        return Run(rules=self.rules)

    def _children(self, element: Element, place: _Place) -> None:
        self._flush(self._flow(self._run(), element, element, place), element, place)

    def _flow(self, run: Run, inner: Element, element: Element, place: _Place) -> Run:
        """Read what is in `inner`, an element or an inline part of it that holds blocks; give the run left open."""
        run.text(inner.text)
        broken = False
        for child in inner:
            if child.tag in BLOCKS:
                self._flush(run, element, place)
                run = self._run()
                self.block(child, place)
                place = place._replace(anchor="")
            elif child in self.holders and child.tag not in SILENT:
                inside = self._inside(child, place)
                run = self._flow(run, child, element, inside)
                if inside.linked:
                    run.link = run.builder.length
            elif child.tag == "br" and (broken or _double(child) or lines.parted(child)):
                self._flush(run, element, place)
                run = self._run()
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
        place = self._ruled(element, place)
        return place._replace(boxes=boxes, linked=place.linked or (element.tag == "a" and bool(element.get("href"))))

    def _flush(self, run: Run, element: Element, place: _Place) -> None:
        """Make a piece of a run, and one of everything that was left out of it."""
        if not run.builder.length and not run.dropped:
            return
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
                    marks=(Mark(MarkKind.LANGUAGE, 0, size, place.language), *rich.marks)
                    if place.language
                    else rich.marks,
                    level=place.level,
                    anchor=(place.anchor or run.anchor) if place.kind is BlockKind.HEADING else element.get("id") or "",
                    boxes=place.boxes + boxes,
                    link=1.0 if place.linked else _share_of_links(place.kind, rich, run.link),
                    bold=1.0 if element.tag == "p" and is_bold(element) else min(1.0, run.bold / size),
                    names=own,
                    reason="site-rule" if place.rule is Verdict.DROP else "",
                    rule=place.rule,
                    ruled=tuple(run.ruled),
                )
            )
        self._leave(dropped, element, place)

    def _leave(self, dropped: Iterable[tuple[str, str]], element: Element, place: _Place) -> None:
        for text, reason in dropped:
            self.pieces.append(Piece(place.kind, text, element, boxes=place.boxes, reason=reason))

    def _code(self, element: Element, place: _Place) -> None:
        """Program text: nobody wants to hear it. Poems and letters set in `pre` are text."""
        wanted = place.rule in {Verdict.KEEP, Verdict.NOTE}
        if wanted or (element.find(".//code") is None and element.getparent().tag not in {"figure", "code"}):
            self._children(element, place)
            return
        text = clean(whole_text(element))
        if text:
            self._leave([(text, "code")], element, place)

    def _table(self, element: Element, place: _Place) -> None:
        """A table of data: one piece a row. What stands between its cells goes before it, as browsers have it."""
        self._between(element, place)
        place = place._replace(kind=BlockKind.TABLE_ROW, level=0)
        for parts, cells in tables.rows(element):
            inside = place
            for part in parts:
                inside = self._ruled(part, inside)
            self._row(parts[-1], cells, inside)

    def _row(self, row: Element, cells: list[Element], place: _Place) -> None:
        """A row of a table: its cells parted by semicolons."""
        rich, link, dropped = tables.row_of(cells, self.rules)
        if rich.text:
            piece = Piece(place.kind, rich.text, row, boxes=place.boxes, link=link, rule=place.rule)
            piece.reason = "site-rule" if place.rule is Verdict.DROP else ""
            self.pieces.append(piece)
        self._leave(dropped, row, place)

    def _between(self, element: Element, place: _Place) -> None:
        """What stands in a table, but in no cell of it."""
        run = self._run()
        run.text(element.text)
        for child in element:
            if child.tag in BLOCKS or (child in self.holders and child.tag not in SILENT):
                self._flush(run, element, place)
                run = self._run()
                if child.tag == "caption":
                    self.block(child, place._replace(kind=BlockKind.TABLE_ROW, level=0))
                elif child.tag not in tables.GRID:
                    self.block(child, place)
                elif child.tag not in tables.FILLED:
                    self._between(child, place)
            else:
                feed(run, child)
            run.text(child.tail)
        self._flush(run, element, place)


def _share_of_links(kind: BlockKind, rich: Rich, linked: int) -> float:
    """Share of a text that is links; a heading that links to its own place on the page is none."""
    targets = [mark.value for mark in rich.marks if mark.kind is MarkKind.LINK]
    if kind is BlockKind.HEADING and all(target.startswith("#") for target in targets):
        return 0.0
    return min(1.0, linked / len(rich.text))


def _is_content(figure: Element) -> bool:
    """Whether a figure shows text: a table or a quotation, rather than a picture."""
    return any(figure.find(f".//{tag}") is not None for tag in ("table", "blockquote", "pre"))


def _is_heading(element: Element, holders: set[Element]) -> bool:
    """Whether a heading element is one: an unclosed one holds the rest of the page."""
    if element not in holders:
        return True
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p", "div", "li")) < 200
