"""A book's table of contents and landmarks, in the form of either version of the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from articleaudio.errors import SourceError
from articleaudio.read.archive import Archive, Element
from articleaudio.read.epub.package import Package, resolve
from articleaudio.read.epub.pages import parse_page, types_of
from articleaudio.read.rich import clean

_NOT_SPOKEN = {
    "cover": "outside",
    "titlepage": "title",
    "title-page": "title",
    "halftitlepage": "title",
    "halftitle": "title",
    "copyright-page": "copyright",
    "copyright": "copyright",
    "imprint": "copyright",
    "imprimatur": "copyright",
    "colophon": "copyright",
    "seriespage": "outside",
    "other-credits": "credit",
    "contributors": "credit",
    "toc": "navigation",
    "toc-brief": "navigation",
    "landmarks": "navigation",
    "page-list": "navigation",
    "loi": "navigation",
    "lot": "navigation",
    "loa": "navigation",
    "lov": "navigation",
    "index": "navigation",
    "footnotes": "footnote",
    "endnotes": "footnote",
    "rearnotes": "footnote",
    "notes": "footnote",
    "bibliography": "sources",
}
KINDS: Mapping[str, str] = MappingProxyType(
    _NOT_SPOKEN | {f"doc-{kind}": reason for kind, reason in _NOT_SPOKEN.items()}
)
"""What documents and parts of a book are no chapter, in the words of both versions of the format, and why."""
_LABELS = {
    "outside": "cover|front cover|back cover|umschlag|титул|обкладинка|обложка|couverture|cubierta|okładka",
    "title": "title page|half title|half-title|titelseite|titel|titelblatt|page de titre|portada|титульна сторінка",
    "copyright": (
        "copyright|copyright page|copyright notice|imprint|colophon|impressum|mentions légales|créditos|"
        "вихідні дані|авторське право|авторські права"
    ),
    "navigation": (
        "contents|table of contents|toc|index|list of illustrations|list of figures|list of tables|inhalt|"
        "inhaltsverzeichnis|register|sommaire|table des matières|índice|indice|spis treści|зміст|оглавление|содержание|"
        "покажчик|іменний покажчик"
    ),
    "footnote": "notes|endnotes|footnotes|anmerkungen|fußnoten|endnoten|notas|przypisy|примітки|примечания|виноски",
    "sources": "bibliography|works cited|literaturverzeichnis|bibliographie|bibliografía|bibliografia|література",
    "promo": "also by the author|by the same author|about the publisher|newsletter|newsletters",
}
LABELS: Mapping[str, str] = MappingProxyType(
    {label: reason for reason, labels in _LABELS.items() for label in labels.split("|")}
)
"""What such documents are called in tables of contents, and why they are not spoken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents."""

    path: str
    """The document it leads to."""
    fragment: str
    """The `id` in it; empty for its beginning."""
    title: str
    """What it says."""
    depth: int
    """How deep it stands, 1 for the outermost."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the book's tables say of its documents."""

    entries: tuple[Entry, ...]
    """The table of contents, in its order."""
    reasons: Mapping[str, str]
    """Documents that landmarks or the guide call no chapter, by path: why they are not spoken."""


def read_contents(archive: Archive, package: Package) -> Contents:
    """Read the tables; a book without any, or with broken ones, is read document by document."""
    reasons = {path: KINDS[kind] for path, kind in package.guide.items() if kind in KINDS}
    entries: tuple[Entry, ...] = ()
    if package.nav in archive:
        try:
            nav = parse_page(archive.read(package.nav), package.nav)
            entries = tuple(_nav(nav, package.nav))
            reasons |= dict(_landmarks(nav, package.nav))
        except SourceError:
            entries = ()
    if not entries and package.ncx in archive:
        try:
            entries = tuple(_ncx(archive.xml(package.ncx), package.ncx))
        except SourceError:
            entries = ()
    return Contents(tuple(entry for entry in entries if entry.path and entry.title), reasons)


def _nav(root: Element, base: str) -> Iterator[Entry]:
    tables = [nav for nav in root.iter("nav") if "toc" in types_of(nav)] or list(root.iter("nav"))[:1]
    for table in tables[:1]:
        for link in table.iter("a"):
            depth = sum(1 for ancestor in link.iterancestors() if ancestor.tag in {"ol", "ul"})
            path, fragment = resolve(base, link.get("href") or "")
            yield Entry(path, fragment, clean(link.text_content()), depth)


def _landmarks(root: Element, base: str) -> Iterator[tuple[str, str]]:
    for nav in root.iter("nav"):
        if "landmarks" in types_of(nav):
            for link in nav.iter("a"):
                reason = next((KINDS[kind] for kind in types_of(link) if kind in KINDS), "")
                if reason:
                    yield resolve(base, link.get("href") or "")[0], reason


def _ncx(root: Element, base: str) -> Iterator[Entry]:
    for point in root.iter("{*}navPoint"):
        label = point.find("{*}navLabel/{*}text")
        content = point.find("{*}content")
        path, fragment = resolve(base, (content.get("src") or "") if content is not None else "")
        depth = 1 + sum(1 for _ in point.iterancestors(point.tag))
        yield Entry(path, fragment, clean(label.text or "") if label is not None else "", depth)
