"""A document's text made plain before it is converted: changes accepted, margins gone, boxes in their place."""

from __future__ import annotations

from copy import deepcopy

from articleaudio.model import Dropped
from articleaudio.read.archive import Element
from articleaudio.read.docx.styles import Styles, W, is_on, value
from articleaudio.read.rich import clean, shorten

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DELETED = (f"{W}del", f"{W}moveFrom")
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_NO_TEXT = ("footnoteReference", "endnoteReference", "commentReference", "footnoteRef", "endnoteRef", "rt", "rubyPr")
_KEPT = frozenset(
    f"{W}{tag}"
    for tag in ("p", "pPr", "r", "rPr", "t", "tbl", "tr", "tc", "hyperlink", "tab", "br", "sym", "noBreakHyphen")
)
"""Elements that the conversion is shown; every other one gives way to what it holds."""
_EMPTY = frozenset(f"{W}{tag}" for tag in ("tab", "br", "sym", "noBreakHyphen"))
_GALLERIES = {"table of contents": "navigation", "bibliographies": "sources", "cover pages": ""}
"""What Word's building blocks are, where they are not the article."""


class Tidier:
    """Makes one document's body plain, in place, and keeps the ledger."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.dropped: list[Dropped] = []
        """What was left out, in order of the steps below."""

    def tidy(self, body: Element) -> None:
        """Leave nothing in the body but paragraphs and tables, their style ids being `Aa` and the role."""
        _choose(body)
        _number_math(body)
        self._galleries(body)
        self._deleted(body)
        self._hidden(body)
        self._instructions(body)
        for tag in _NO_TEXT:
            for element in list(body.iter(f"{W}{tag}")):
                _remove(element)
        for paragraph in list(body.iter(f"{W}p")):
            self._restyle(paragraph)
        _open_boxes(body)
        _join_deleted_ends(body)
        _unwrap(body)

    def drop(self, text: str, reason: str) -> None:
        """Enter a text into the ledger, if there is any."""
        text = clean(text)
        if text:
            self.dropped.append(Dropped(shorten(text), reason))

    def _galleries(self, body: Element) -> None:
        """Take out tables of contents, and the words that ask to be replaced."""
        for block in list(body.iter(f"{W}sdt")):
            gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            kind = (gallery.get(f"{W}val") or "").casefold() if gallery is not None else ""
            asks = block.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
            reason = "form" if asks else _GALLERIES.get(kind, "")
            if reason:
                self.drop(text_of(block), reason)
                _remove(block)
        for paragraph in list(body.iter(f"{W}p")):
            if self._styles.role(paragraph) == "contents":
                self.drop(text_of(paragraph), "navigation")
                _remove(paragraph)

    def _deleted(self, body: Element) -> None:
        """Take out what tracked changes delete or move away; what they insert stays."""
        for row in list(body.iter(f"{W}tr")):
            for mark, reason in (("del", "struck"), ("hidden", "hidden")):
                found = row.find(f"{W}trPr/{W}{mark}")
                if found is not None and is_on(found) and row.getparent() is not None:
                    self.drop(text_of(row), reason)
                    _remove(row)
        for tag in _DELETED:
            for element in list(body.iter(tag)):
                if element.getparent().tag not in {f"{W}rPr", f"{W}trPr"}:
                    self.drop(text_of(element), "struck")
                    _remove(element)

    def _hidden(self, body: Element) -> None:
        """Take out text that Word does not show."""
        for paragraph in body.iter(f"{W}p"):
            parts = []
            for run in paragraph.iter(f"{W}r"):
                if _owner(run) is paragraph and self._styles.hides(run, paragraph):
                    parts.append(text_of(run))
                    for text in list(run.iter(f"{W}t")):
                        _remove(text)
            self.drop("".join(parts), "hidden")

    def _instructions(self, body: Element) -> None:
        """Take out what stands in the first half of a field: its instructions, never shown."""
        halves: list[bool] = []
        for element in list(body.iter(f"{W}fldChar", f"{W}t", f"{W}instrText", f"{W}delInstrText")):
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                halves.append(True)
            elif kind == "separate" and halves:
                halves[-1] = False
            elif kind == "end" and halves:
                halves.pop()
            elif element.tag == f"{W}t" and any(halves):
                self.drop(element.text or "", "hidden")
                _remove(element)
            elif element.tag in {f"{W}instrText", f"{W}delInstrText"}:
                _remove(element)

    def _restyle(self, paragraph: Element) -> None:
        """Leave of a paragraph's properties its role alone, and of its runs' bold, italic, struck and raised."""
        role = self._styles.role(paragraph)
        properties = paragraph.find(f"{W}pPr")
        ends_deleted = properties is not None and properties.find(f"{W}rPr/{W}del") is not None
        if properties is not None:
            paragraph.remove(properties)
        plain = paragraph.makeelement(f"{W}pPr")
        _child(plain, "pStyle", f"Aa{role or 'Text'}")
        paragraph.insert(0, plain)
        if ends_deleted:
            paragraph.set("ends", "deleted")
        for run in paragraph.iter(f"{W}r"):
            if _owner(run) is paragraph:
                self._restyle_run(run)

    def _restyle_run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return
        chain = self._styles.chain(value(run, f"rPr/{W}rStyle"))
        plain = run.makeelement(f"{W}rPr")
        for tag, styled in (("b", any(style.bold for style in chain)), ("i", any(style.italic for style in chain))):
            mark = properties.find(f"{W}{tag}")
            if is_on(mark) if mark is not None else styled:
                _child(plain, tag)
        if any((mark := properties.find(f"{W}{tag}")) is not None and is_on(mark) for tag in ("strike", "dstrike")):
            _child(plain, "strike")
        raised = properties.find(f"{W}vertAlign")
        if raised is not None:
            plain.append(deepcopy(raised))
        run.replace(properties, plain)


def text_of(element: Element) -> str:
    """All text in an element, deleted text too, paragraphs and breaks parted by spaces."""
    parts = []
    for child in element.iter():
        if child.tag in {f"{W}t", f"{W}delText", f"{_MATH}t"}:
            parts.append(child.text or "")
        elif child.tag in {f"{W}p", f"{W}br", f"{W}tab", f"{W}tc", f"{W}cr"}:
            parts.append(" ")
    return "".join(parts)


def _choose(body: Element) -> None:
    """Of alternatives for old and new programs, keep the one for new ones, if it has text, else the other."""
    for pair in list(body.iter(f"{_MC}AlternateContent")):
        if pair.getparent() is None:
            continue
        choices = [*pair.iterchildren(f"{_MC}Choice"), *pair.iterchildren(f"{_MC}Fallback")]
        chosen = next((choice for choice in choices if text_of(choice).strip()), None)
        for child in chosen if chosen is not None else ():
            pair.addprevious(child)
        _remove(pair)


def _number_math(body: Element) -> None:
    """Write formulas in one line, as far as a line can hold them."""
    for fraction in body.iter(f"{_MATH}f"):
        below = fraction.find(f"{_MATH}den")
        if below is not None:
            _child(_child(below, "r", at=0), "t").text = "/"
    for formula in list(body.iter(f"{_MATH}oMath")):
        line = "".join(part.text or "" for part in formula.iter(f"{_MATH}t", f"{W}t"))
        run = formula.makeelement(f"{W}r")
        _child(run, "t").text = line
        formula.addprevious(run)
        _remove(formula)


def _open_boxes(body: Element) -> None:
    """Put what text boxes hold behind the paragraph they hang on; pictures go."""
    for paragraph in list(body.iter(f"{W}p")):
        after = paragraph
        for picture in [element for element in paragraph.iter(*_PICTURES) if _owner(element) is paragraph]:
            for box in [found for found in picture.iter(f"{W}txbxContent") if _owner(found) is paragraph]:
                for block in list(box):
                    _mark_boxed(block)
                    after.addnext(block)
                    after = block
            _remove(picture)


def _mark_boxed(block: Element) -> None:
    style = block.find(f"{W}pPr/{W}pStyle")
    if style is not None and style.get(f"{W}val") in {"AaText", "Aaquote"}:
        style.set(f"{W}val", "Aabox")


def _join_deleted_ends(body: Element) -> None:
    """Join a paragraph whose end is deleted with the next one."""
    for paragraph in list(body.iter(f"{W}p")):
        after = paragraph.getnext()
        if paragraph.get("ends") and after is not None and after.tag == f"{W}p":
            for number, child in enumerate(list(paragraph)[1:], start=1):
                after.insert(number, child)
            if not text_of(after).strip():
                after.replace(after[0], paragraph[0])
            _remove(paragraph)


def _unwrap(body: Element) -> None:
    """Leave only elements that the conversion knows, so that it passes over no text."""
    for element in list(body.iter(f"{W}br", f"{W}cr", f"{W}ptab")):
        kept = f"{W}tab" if element.tag == f"{W}ptab" else f"{W}br"
        element.getparent().replace(element, element.makeelement(kept))
    for element in list(body.iterdescendants()):
        parent = element.getparent()
        if parent is None or parent.tag in {f"{W}pPr", f"{W}rPr"} or element.tag in _KEPT:
            continue
        for child in list(element) if _holds_text(element) else ():
            element.addprevious(child)
        _remove(element)


def _holds_text(element: Element) -> bool:
    return next(element.iter(f"{W}t", *_EMPTY), None) is not None


def _owner(element: Element) -> Element | None:
    """The paragraph that an element stands in: the innermost one."""
    return next(element.iterancestors(f"{W}p"), None)


def _child(parent: Element, tag: str, val: str = "", at: int = -1) -> Element:
    child = parent.makeelement(f"{W}{tag}", {f"{W}val": val} if val else {})
    parent.insert(len(parent) if at < 0 else at, child)
    return child


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
