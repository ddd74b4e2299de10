"""A document's parts → HTML of its body, by way of mammoth, and the ledger of what stands beside it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from articleaudio.errors import SourceError, TooLongError
from articleaudio.model import Dropped
from articleaudio.read.archive import Archive, Element, parse_xml
from articleaudio.read.dates import parse_date
from articleaudio.read.docx.styles import Styles, W
from articleaudio.read.docx.tidy import Tidier, text_of
from articleaudio.read.rich import clean

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
"""Names of the strict variant of the format, and what nearly every program writes."""
_BESIDE = {
    "footnotes": "footnote",
    "endnotes": "footnote",
    "comments": "margin",
    "header": "margin",
    "footer": "margin",
}
"""Parts that stand beside the body, by the last word of their relationship, and why they are not spoken."""
_STYLE_MAP = "\n".join(
    (
        "p.Aatitle => p.aatitle:fresh",
        "p.Aadek => p.aadek:fresh",
        "p.Aabyline => p.aabyline:fresh",
        "p.Aadate => p.aadate:fresh",
        *(f"p.Aah{level} => h{level}:fresh" for level in range(1, 7)),
        "p.Aaquote => blockquote > p:fresh",
        "p.Aacaption => figcaption:fresh",
        "p.Aalist => ul > li:fresh",
        "p.Aabox => div.pullquote > p:fresh",
        "p => p:fresh",
    )
)
"""What becomes of each role; class names beginning with `aa` are taken out again by the reader."""
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE[1:-1]}"><Relationship Id="d" Target="word/document.xml" '
        f'Type="{_R[1:-1]}/officeDocument"/></Relationships>'
    ),
}
_MOST = 2_500_000
"""Characters of text above which a document is not converted at all: it would be refused after minutes of work."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document holds."""

    html: str
    """Its body."""
    dropped: tuple[Dropped, ...]
    """What stands beside the body, or was left out of it."""
    language: str = ""
    """What it says its language is."""
    title: str = ""
    """The title in its properties."""
    author: str = ""
    """Who made it, by its properties."""
    created: datetime | None = None
    """When it was made."""
    modified: datetime | None = None
    """When it was last saved."""


def convert(archive: Archive) -> Document:
    """Read a document. Raises SourceError when it is none or broken, TooLongError when it is far too long."""
    main = _main_part(archive)
    related = dict(_related(archive, main))
    styles = Styles(next((_part(archive, part) for kind, part in related.values() if kind == "styles"), None))
    root = _part(archive, main)
    body = root.find(f"{W}body")
    if body is None:
        raise SourceError(f"{archive.name} has no text in it", hint="open it in a word processor and save it as DOCX")
    if sum(len(text.text or "") for text in body.iter(f"{W}t")) > _MOST:
        raise TooLongError(
            f"{archive.name} has over {_MOST:,} characters of text", hint="split it into parts, one file each"
        )
    tidier = Tidier(styles)
    tidier.tidy(body)
    running: set[str] = set()  # heads and feet of the first, the left and the right page are mostly one
    for kind, part in related.values():
        for text in _beside(archive, part) if kind in _BESIDE else ():
            if text not in running:
                tidier.drop(text, _BESIDE[kind])
            running |= {text} if kind in {"header", "footer"} else set()
    facts = _facts(archive)
    return Document(
        html=_mammoth(root, body, _links(archive, main), archive.name),
        dropped=tuple(tidier.dropped),
        language=facts.get("language", "") or styles.language,
        title=facts.get("title", ""),
        author=facts.get("creator", ""),
        created=parse_date(facts.get("created", "")),
        modified=parse_date(facts.get("modified", "")),
    )


def _main_part(archive: Archive) -> str:
    """Where the text is: what the archive says, else where it always is."""
    named = [part for kind, part in dict(_related(archive, "")).values() if kind == "officeDocument"]
    for part in (*named, "word/document.xml"):
        if part in archive and part.endswith(".xml") and posixpath.basename(part).startswith("document"):
            return part
    raise SourceError(
        f"{archive.name} is a zip archive, but no Word document",
        hint="open it in the program it comes from, save it as DOCX (or EPUB, for a book), and give that file",
    )


def _part(archive: Archive, part: str) -> Element:
    data = archive.read(part)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return parse_xml(data, f"{part} in {archive.name}")


def _relationships(archive: Archive, part: str) -> Iterator[Element]:
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path in archive:
        yield from _part(archive, path).iter(f"{_PACKAGE}Relationship")


def _related(archive: Archive, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The parts that a part names and the archive holds: id, and kind and path."""
    for link in _relationships(archive, part):
        target = link.get("Target") or ""
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        if link.get("TargetMode") != "External" and path in archive:
            yield link.get("Id") or path, ((link.get("Type") or "").rpartition("/")[2], path)


def _links(archive: Archive, part: str) -> dict[str, str]:
    """Addresses on the web that the text leads to, by id."""
    return {
        link.get("Id") or "": link.get("Target") or ""
        for link in _relationships(archive, part)
        if link.get("TargetMode") == "External" and (link.get("Target") or "").startswith(("http://", "https://"))
    }


def _beside(archive: Archive, part: str) -> Iterator[str]:
    """The texts of a part beside the body: one a note or remark, or all of a running head."""
    root = _part(archive, part)
    notes = list(root.iterchildren(f"{W}footnote", f"{W}endnote", f"{W}comment")) or [root]
    for note in notes:
        if note.get(f"{W}type") not in {"separator", "continuationSeparator", "continuationNotice"}:
            yield text_of(note)


def _facts(archive: Archive) -> dict[str, str]:
    """The document's properties: title, creator, created, modified, language, where they say anything."""
    found: dict[str, str] = {}
    for kind, part in dict(_related(archive, "")).values():
        if kind == "core-properties":
            for fact in _part(archive, part).iterchildren("*"):
                found[fact.tag.rpartition("}")[2]] = clean(fact.text or "")
    return found


def _mammoth(root: Element, body: Element, links: dict[str, str], name: str) -> str:
    """HTML of a body that has been tidied, in a package that holds nothing else."""
    import mammoth  # noqa: PLC0415 - as lxml, only once a document is read
    from lxml import etree  # noqa: PLC0415 - as above

    for link in list(body.iter(f"{W}hyperlink")):
        if link.get(f"{_R}id") not in links:
            for child in list(link):
                link.addprevious(child)
            link.getparent().remove(link)
    whole = etree.Element(root.tag, nsmap={"w": W[1:-1], "r": _R[1:-1]})
    whole.append(body)
    etree.cleanup_namespaces(whole, keep_ns_prefixes=["w", "r"])
    known = etree.Element(f"{_PACKAGE}Relationships", nsmap={"p": _PACKAGE[1:-1]})
    for key, target in links.items():
        row = {"Id": key, "Target": target, "TargetMode": "External", "Type": f"{_R[1:-1]}/hyperlink"}
        etree.SubElement(known, f"{_PACKAGE}Relationship", row)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        for path, text in _PARTS.items():
            file.writestr(path, text)
        file.writestr("word/_rels/document.xml.rels", etree.tostring(known))
        file.writestr("word/document.xml", etree.tostring(whole))
    try:
        done = mammoth.convert_to_html(
            package, style_map=_STYLE_MAP, include_default_style_map=False, include_embedded_style_map=False
        )
    except Exception as error:  # it has no errors of its own: a broken document fails anywhere
        raise SourceError(
            f"{name} cannot be converted: {' '.join(str(error).split())[:120] or type(error).__name__}",
            hint="open it in a word processor and save it as DOCX",
        ) from error
    return str(done.value)
