"""Which documents of a book, or parts of them, are a chapter together, and which are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from articleaudio.errors import SourceError
from articleaudio.model import Dropped
from articleaudio.read.archive import Archive, Element
from articleaudio.read.epub.contents import KINDS, LABELS, Contents, Entry
from articleaudio.read.epub.package import Package, Page
from articleaudio.read.epub.pages import cut, parse_page, place, spaced, take_notes, types_of
from articleaudio.read.rich import clean, shorten

_FRONT = 800
"""What stands before the first entry of the table of contents and has fewer characters is a title page or the like."""


@dataclass(slots=True)
class Chapter:
    """One chapter: a title and the trees of its text."""

    href: str
    """Where it begins: path in the archive, and `#fragment` where it begins inside of a document."""
    title: str
    """As the table of contents says it; empty where it says nothing."""
    bodies: list[Element] = field(default_factory=list)
    """Its documents, or parts of them, in order."""
    dropped: list[Dropped] = field(default_factory=list)
    """What was taken out of it, and documents passed over before it."""
    error: SourceError | None = None
    """Why it cannot be read."""


def chapters(archive: Archive, package: Package, contents: Contents) -> Iterator[Chapter]:
    """The book's chapters in reading order, one after the other.

    A document that the table of contents names begins a chapter, one that it does not name goes on with the chapter
    before. Documents that are no chapter are written into the ledger of the next one, or of the last one.
    """
    entries: dict[str, list[Entry]] = {}
    for entry in contents.entries:
        entries.setdefault(entry.path, []).append(entry)
    binder = _Binder(listed=bool(contents.entries))
    for page in package.spine:
        named = entries.get(page.path, [])
        try:
            body = _body(archive, page)
        except SourceError as error:
            yield from binder.all()
            yield Chapter(page.href, named[0].title if named else "", error=error)
            continue
        reason = _reason(page, body, named, contents)
        if body is None or reason:
            binder.passed += _passed(body, reason)
            continue
        for part in _parts(page, body, named, goes_on=binder.goes_on):
            yield from binder.add(part)
    yield from binder.all()


@dataclass(slots=True)
class _Binder:
    """Puts parts together to chapters; always one behind, since what follows may belong to it."""

    listed: bool
    """Whether the book has a table of contents."""
    done: Chapter | None = None
    open: Chapter | None = None
    passed: list[Dropped] = field(default_factory=list)
    """Entries for the ledger of the next chapter."""

    @property
    def goes_on(self) -> bool:
        """Whether a document that is not listed belongs to the chapter before it."""
        return self.listed and self.open is not None

    def add(self, part: Chapter) -> Iterator[Chapter]:
        """Take the next part; give a chapter that is whole."""
        part.dropped += take_notes(part.bodies[0])
        if not part.href and self.open is not None:
            self.open.bodies += part.bodies
            self.open.dropped += part.dropped
            return
        if self.open is None and self.listed and not part.title and len(spaced(part.bodies[0])) < _FRONT:
            self.passed += [*part.dropped, *_passed(part.bodies[0], "outside")]
            return
        yield from self._close()
        part.dropped[:0] = self.passed
        self.passed = []
        self.open = part

    def _close(self) -> Iterator[Chapter]:
        """The chapter before the open one; the open one takes its place, unless it is but the name of a part."""
        if self.open is None:
            return
        if _speaks(self.open):
            if self.done is not None:
                yield self.done
            self.done = self.open
        else:
            names = [entry for body in self.open.bodies for entry in _passed(body, "heading-only")]
            self.passed = [*self.open.dropped, *names, *self.passed]
        self.open = None

    def all(self) -> Iterator[Chapter]:
        """The chapters that are left."""
        yield from self._close()
        if self.done is not None:
            self.done.dropped += self.passed
            self.passed = []
            yield self.done
        self.done = None


def _body(archive: Archive, page: Page) -> Element | None:
    """A document's body; None when it is none of text. Raises SourceError when it is missing or broken."""
    if not page.prose:
        return None
    if page.path not in archive:
        raise SourceError(
            f"{archive.name} names a document that is not in it: {page.href[:80]!r}",
            hint="the book is damaged: export it again",
        )
    return parse_page(archive.read(page.path), f"{page.path} in {archive.name}")


def _reason(page: Page, body: Element | None, named: list[Entry], contents: Contents) -> str:
    """Why a document is no chapter: by what the book says it is, or by what its table of contents calls it."""
    if "nav" in page.properties:
        return "navigation"
    if page.path in contents.reasons and not _many(named):
        return contents.reasons[page.path]
    if not page.linear:
        return "outside"
    if body is not None:
        parts = [child for child in body if isinstance(child.tag, str)]
        kinds = [*types_of(body), *(types_of(parts[0]) if len(parts) == 1 else ())]
        reason = next((KINDS[kind] for kind in kinds if kind in KINDS), "")
        if reason:
            return reason
    if len(named) == 1:
        return LABELS.get(named[0].title.casefold().strip(" .:"), "")
    return ""


def _many(named: list[Entry]) -> bool:
    """Whether a document holds several entries of the table of contents: a guide then means its first page only."""
    return len({entry.fragment for entry in named}) > 1


def _parts(page: Page, body: Element, named: list[Entry], *, goes_on: bool) -> Iterator[Chapter]:
    """The document's chapters; the first one without `href` goes on with the chapter before.

    Entries for the same document that stand deeper than its first one are its sections.
    """
    outer = min((entry.depth for entry in named), default=0)
    starts: list[Entry] = []
    places: list[Element | None] = []
    for entry in named:
        found = place(body, entry.fragment)
        if (entry.depth == outer or not starts) and found not in places:
            starts.append(entry)
            places.append(found)
    whole = bool(starts) and (places[0] is None or places[0] is body or _is_first(places[0], body))
    if not starts:
        yield Chapter("" if goes_on else page.href, "", [body])
        return
    if not whole:
        before = cut(body, "", starts[0].fragment)
        if clean(before.text_content()):
            yield Chapter("" if goes_on else page.href, "", [before])
    for number, entry in enumerate(starts):
        end = starts[number + 1].fragment if number + 1 < len(starts) else ""
        start = "" if number == 0 and whole else entry.fragment
        href = page.href + (f"#{entry.fragment}" if entry.fragment and not (number == 0 and whole) else "")
        yield Chapter(href, entry.title, [cut(body, start, end)])


def _is_first(element: Element, body: Element) -> bool:
    """Whether no text stands before an element."""
    for node in body.iter("*"):
        if node is element:
            return True
        if node is not body and node not in set(element.iterancestors()) and clean(node.text_content()):
            return False
    return True


def _passed(body: Element | None, reason: str) -> list[Dropped]:
    """The ledger's entry for a document that is passed over."""
    text = spaced(body) if body is not None else ""
    return [Dropped(shorten(text), reason)] if text else []


def _speaks(chapter: Chapter) -> bool:
    """Whether a chapter holds more than headings."""
    for body in chapter.bodies:
        for element in body.iter("p", "li", "blockquote", "td", "dd", "pre", "div"):
            heading = any(
                up.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "header"} for up in element.iterancestors()
            )
            if (
                not heading
                and not list(element.iter("h1", "h2", "h3", "h4", "h5", "h6"))
                and clean(element.text_content())
            ):
                return True
    return bool(chapter.error)
