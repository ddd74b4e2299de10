"""A book's documents as trees: parsed, cut at chapters, their notes taken out."""

from __future__ import annotations

import html
import re
from copy import deepcopy

from articleaudio.errors import SourceError
from articleaudio.model import Dropped
from articleaudio.read.archive import Element, parse_xml
from articleaudio.read.decode import decode
from articleaudio.read.html.page import body_of, parse
from articleaudio.read.html.walk import BLOCKS
from articleaudio.read.rich import clean, shorten

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OWN = {"amp", "lt", "gt", "quot", "apos"}
_TYPE = ("{http://www.idpf.org/2007/ops}type", "epub:type")
_NOTES = {
    **dict.fromkeys(("noteref", "doc-noteref", "backlink", "doc-backlink", "footnote", "doc-footnote"), "footnote"),
    **dict.fromkeys(("endnote", "doc-endnote", "rearnote", "footnotes", "endnotes", "rearnotes"), "footnote"),
    **dict.fromkeys(("doc-endnotes", "note"), "footnote"),
    **dict.fromkeys(("pagebreak", "doc-pagebreak"), "navigation"),
}
"""What may stand inside of a chapter and is not spoken, and why."""
_MARK = re.compile(r"^[\[(]?(?:\d{1,3}|[*†‡§¶↩^]{1,3}|[ivx]{1,5}|[a-z])[\])]?$", re.IGNORECASE)
"""What leads to a note, or back: a number, a letter or a sign."""


def parse_page(data: bytes, name: str) -> Element:
    """The body of a document, its tags without namespaces. Raises SourceError when it is none."""
    text = decode(data, name)
    plain = _REFERENCE.sub(_resolved, _DOCTYPE.sub("", _DECLARATION.sub("", text), count=1))
    try:
        root = parse_xml(plain.encode("utf-8", "replace"), name)
    except SourceError:  # what is no sound XML is read as browsers read any page
        return _without_controls(body_of(parse(_DOCTYPE.sub("", text, count=1), name)))
    for element in root.iter("*"):
        element.tag = element.tag.rpartition("}")[2]
    return parse_whole(root)


def _without_controls(body: Element) -> Element:
    """The tree without characters that its parser lets in, but that it takes from nobody else."""
    for element in body.iter("*"):
        for part in ("text", "tail"):
            text = getattr(element, part)
            if text and _CONTROL.search(text):
                setattr(element, part, _CONTROL.sub(" ", text))
    return body


def parse_whole(root: Element) -> Element:
    """The body of a tree of XML as a tree of HTML, so that both kinds of document go the same way."""
    from lxml import etree  # noqa: PLC0415 - only once a book is read
    from lxml import html as pages  # noqa: PLC0415 - as above

    for element in root.iter("*"):
        kinds = element.attrib.pop(_TYPE[0], "")
        if kinds:
            element.set("data-kinds", kinds)
    found = root.find("body")
    etree.cleanup_namespaces(root)
    source = etree.tostring(root if found is None else found, method="html", encoding="unicode")
    return body_of(pages.document_fromstring(source))


def _resolved(match: re.Match[str]) -> str:
    if match[1] in _OWN:
        return match[0]
    found = html.unescape(match[0])
    return html.escape(found) if found != match[0] else f"&amp;{match[1]};"


def types_of(element: Element) -> tuple[str, ...]:
    """What the book says an element is."""
    said = [element.get(name) or "" for name in (*_TYPE, "data-kinds", "role")]
    return tuple(" ".join(said).lower().split())


def cut(body: Element, start: str, end: str) -> Element:
    """A copy of a document from one `id` up to another one; empty for its beginning and its end."""
    body = deepcopy(body)
    first, last = place(body, start), place(body, end)
    for element, backwards in ((last, False), (first, True)):
        node = element
        while node is not None and node is not body:
            parent = node.getparent()
            for sibling in list(node.itersiblings(preceding=backwards)):
                parent.remove(sibling)
            if backwards:
                parent.text = None
            else:
                node.tail = None
            node = parent
    if last is not None and last is not body:
        last.getparent().remove(last)
    return body


def place(body: Element, wanted: str) -> Element | None:
    """The block that begins at an `id`, with what stands around nothing else before it; None when there is none."""
    if not wanted:
        return None
    found = next((element for element in body.iter("*") if wanted in {element.get("id"), element.get("name")}), None)
    while found is not None and found is not body:
        parent = found.getparent()
        leads = found.getprevious() is None and not (parent.text or "").strip()
        holds = any(child.tag in BLOCKS for child in parent)
        if parent is body or (not leads and (holds or found.tag in BLOCKS)):
            break
        found = parent
    return found


def spaced(element: Element) -> str:
    """The text in an element, what stands in blocks of their own parted by spaces."""
    from lxml import etree  # noqa: PLC0415 - as above

    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        gap = " " if node.tag in BLOCKS or node.tag == "br" else ""
        parts += [gap, node.text or ""] if event == "start" else [gap, (node.tail or "") if node is not element else ""]
    return clean("".join(parts))


def take_notes(body: Element) -> list[Dropped]:
    """Take out footnotes, the marks that lead to them, and page numbers; give the ledger's entries."""
    dropped: list[Dropped] = []
    untyped = _untyped_notes(body)
    gone: set[Element] = set()
    for element in list(body.iter("*")):
        if element is body:
            continue
        if element.getparent() in gone:
            gone.add(element)
            continue
        reason = next((_NOTES[kind] for kind in types_of(element) if kind in _NOTES), "")
        if element in untyped or (not reason and _is_mark(element)):
            reason = "footnote"
        if reason:
            gone.add(element)
            if text := spaced(element):
                dropped.append(Dropped(shorten(text), reason))
    for element in gone:
        if element.getparent() is not None and element.getparent() not in gone:
            element.drop_tree()
    return dropped


def _is_mark(element: Element) -> bool:
    """Whether an element is a link to a note, or back from it."""
    return (
        element.tag == "a" and "#" in (element.get("href") or "") and bool(_MARK.match(clean(element.text_content())))
    )


def _untyped_notes(body: Element) -> set[Element]:
    """Blocks that begin with a link back to the mark that leads to them: footnotes of books that do not say so."""
    links = [element for element in body.iter("a") if _is_mark(element)]
    wanted = {(link.get("href") or "").rpartition("#")[2] for link in links}
    notes: set[Element] = set()
    for link in links:
        block = next((up for up in link.iterancestors() if up.tag in BLOCKS), None)
        if block is None or block is body:
            continue
        ids = {element.get("id") or element.get("name") for element in block.iter("*")}
        opens = clean(block.text_content()).startswith(clean(link.text_content()))
        if opens and ids & wanted and len(clean(block.text_content())) > len(clean(link.text_content())) + 1:
            notes.add(block)
    return notes
