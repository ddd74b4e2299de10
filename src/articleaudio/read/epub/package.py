"""A book's package: what it says of itself, and its documents in reading order."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from articleaudio.errors import SourceError
from articleaudio.read.archive import Archive, Element
from articleaudio.read.dates import parse_date
from articleaudio.read.rich import clean

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""Ways of scrambling that only fonts are scrambled in, to be found in honest books."""
_OPF = "{http://www.idpf.org/2007/opf}"
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_DATES = ("publication", "", "original-publication", "creation")
"""Of several dates, by what they are, the one that says when the book came out."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document of the book."""

    path: str
    """Its path in the archive; empty when the book names none that can be."""
    properties: frozenset[str]
    """What the manifest says of it (`nav`)."""
    linear: bool
    """Whether it is part of the reading order, rather than something to leaf to."""
    prose: bool
    """Whether it is a document of text, rather than a picture."""
    href: str
    """As the package names it."""


@dataclass(frozen=True, slots=True)
class Package:
    """What the book's package says."""

    title: str
    """The book's title."""
    authors: tuple[str, ...]
    """Who wrote it."""
    language: str
    """What it says its language is."""
    identifier: str
    """What it is known by, an ISBN or a UUID."""
    published: datetime | None
    """When it came out."""
    updated: datetime | None
    """When the file was last changed."""
    spine: tuple[Page, ...]
    """Its documents in reading order."""
    nav: str
    """Path of the table of contents of EPUB 3; empty when there is none."""
    ncx: str
    """Path of the table of contents of EPUB 2; empty when there is none."""
    guide: Mapping[str, str]
    """What single documents are (`cover`, `toc`), by path, in EPUB 2's words."""


def read_package(archive: Archive) -> Package:
    """Read a book's package. Raises SourceError when it is locked, broken or none."""
    _refuse_locked(archive)
    path = _package_path(archive)
    root = archive.xml(path)
    items: dict[str, Element] = {item.get("id") or "": item for item in _all(root, "item")}
    spine = next(_all(root, "spine"), None)
    if spine is None:
        raise SourceError(f"{archive.name} names no reading order", hint="the book is damaged: export it again")
    pages = tuple(_page(path, ref, items.get(ref.get("idref") or "")) for ref in _all(spine, "itemref"))
    nav = next((item for item in items.values() if "nav" in (item.get("properties") or "").split()), None)
    ncx = items.get(spine.get("toc") or "")
    if ncx is None:
        ncx = next((item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"), None)
    guide = {
        resolve(path, reference.get("href") or "")[0]: (reference.get("type") or "").lower()
        for reference in _all(root, "reference")
    }
    return Package(
        title=next(_texts(root, "title"), ""),
        authors=_authors(root),
        language=next(_texts(root, "language"), ""),
        identifier=_identifier(root),
        published=_published(root),
        updated=next((parse_date(clean(meta.text or "")) for meta in _metas(root, "dcterms:modified")), None),
        spine=pages,
        nav=resolve(path, nav.get("href") or "")[0] if nav is not None else "",
        ncx=resolve(path, ncx.get("href") or "")[0] if ncx is not None else "",
        guide=guide,
    )


def resolve(base: str, href: str) -> tuple[str, str]:
    """Path in the archive and fragment that an address in a file means; no path when it leads out of the book."""
    address, _, fragment = href.strip().partition("#")
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        return "", ""
    if not address:
        return base, unquote(fragment)
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address).replace("\\", "/")))
    # An address from the root means the root of the archive: there is nothing above it.
    whole = whole.lstrip("/")
    return ("" if whole.split("/")[0] == ".." else whole), unquote(fragment)


def _refuse_locked(archive: Archive) -> None:
    if _ENCRYPTION not in archive:
        return
    root = archive.xml(_ENCRYPTION)
    methods = {method.get("Algorithm") or "" for method in root.iter("{*}EncryptionMethod")}
    # The key of a locked book is encrypted too; that alone tells.
    if methods - _FONTS:
        raise SourceError(
            f"{archive.name} is locked by digital rights management", hint="give an edition without copy protection"
        )


def _package_path(archive: Archive) -> str:
    found = ""
    if _CONTAINER in archive:
        roots = archive.xml(_CONTAINER).iter("{*}rootfile")
        found = next((path for file in roots if (path := resolve("", file.get("full-path") or "")[0]) in archive), "")
    found = found or next((name for name in archive.names if name.lower().endswith(".opf")), "")
    if not found:
        raise SourceError(f"{archive.name} is a zip archive, but no book", hint="give an EPUB, or the text as DOCX")
    return found


def _page(base: str, ref: Element, item: Element | None) -> Page:
    href = (item.get("href") if item is not None else ref.get("idref")) or ""
    kind = (item.get("media-type") or "") if item is not None else ""
    return Page(
        path=resolve(base, href)[0] if item is not None else "",
        properties=frozenset((item.get("properties") or "").split() if item is not None else ()),
        linear=ref.get("linear") != "no",
        prose=item is None or kind in _PAGES or not kind,
        href=href,
    )


def _authors(root: Element) -> tuple[str, ...]:
    """The creators that are authors, or all when none is said to be."""
    creators = list(_all(root, "creator"))
    roles = {(meta.get("refines") or "").lstrip("#"): clean(meta.text or "") for meta in _metas(root, "role")}
    found = [(creator.get(f"{_OPF}role") or roles.get(creator.get("id") or "", ""), creator) for creator in creators]
    authors = [creator for role, creator in found if role in {"", "aut"}]
    return tuple(_in_order(clean(creator.text or "")) for creator in authors or creators)


def _in_order(name: str) -> str:
    """A name as it is said: "Quill, Ada" is a name as it is filed."""
    last, comma, first = name.partition(", ")
    filed = (
        comma
        and "," not in first
        and " " not in last.strip()
        and not re.match(r"(?:jr|sr|ii|iii|ph|m\.?d)", first, re.IGNORECASE)
    )
    return f"{first} {last}" if filed else name


def _identifier(root: Element) -> str:
    wanted = root.get("unique-identifier")
    all_ = [(node.get("id"), clean(node.text or "")) for node in _all(root, "identifier")]
    return next((text for id_, text in all_ if id_ == wanted and text), next((text for _, text in all_ if text), ""))


def _published(root: Element) -> datetime | None:
    dates = {(date.get(f"{_OPF}event") or "").lower(): clean(date.text or "") for date in _all(root, "date")}
    return next((found for kind in _DATES if (found := _moment(dates.get(kind, "")))), None)


def _moment(text: str) -> datetime | None:
    """A moment; a bare year or month says too little to be one."""
    return parse_date(text) if len(text) > 7 else None


def _all(root: Element, tag: str) -> Iterator[Element]:
    return root.iter(f"{{*}}{tag}")  # type: ignore[no-any-return] # lxml has no types


def _texts(root: Element, tag: str) -> Iterator[str]:
    return (text for node in _all(root, tag) if (text := clean("".join(node.itertext()))))


def _metas(root: Element, name: str) -> Iterator[Element]:
    return (meta for meta in _all(root, "meta") if meta.get("property") == name)
