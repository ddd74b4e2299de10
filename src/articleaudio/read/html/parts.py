"""Articles that are spread over several pages: which those are, and how they are put together again.

A page is a part of the same article when its address is the article's own with a page's number in it, and a link among
page numbers, a link that says "next page", or the page's head leads there. A link to the next post has another address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from articleaudio.errors import SourceError
from articleaudio.model import Article, Block, BlockKind, Dropped
from articleaudio.read.html.boxes import kind_of, plain_names
from articleaudio.read.html.data import table
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import HEADINGS
from articleaudio.read.identity import plain_address
from articleaudio.read.rich import clean
from articleaudio.read.source import Source

_PAGES = frozenset({"", ".html", ".htm", ".xhtml"})
_CALLED = re.compile(r"[/_.,-](?:page|seite|pagina|strona)[-_/]?\d{1,2}\b", re.IGNORECASE)
_FOREIGN = frozenset({"related", "feed", "footer"})
"""Boxes, beside that of comments, whose page numbers count something else."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The pages of an article, as one of them tells."""

    number: int = 1
    """Which of them this page is."""
    total: int = 1
    """How many there are, as far as this page tells."""
    addresses: Mapping[int, str] = field(default_factory=dict)
    """Where the others are, by number."""
    whole: str = ""
    """Where all of it is on one page, if there is such a page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page holds."""

    article: Article
    """The article, as far as it is on the page."""
    parts: Parts
    """The pages that belong together with it."""


def parts_of(root: Element, address: str, canonical: str = "") -> Parts:
    """The pages that belong together with this one, which was found at `address`."""
    here = address or canonical
    if not here or not urlsplit(here).path.strip("/"):
        return Parts()
    said, total = _counted(root)
    base, number = _split(here)
    stated = plain_address(canonical) if canonical else ""
    links = list(_links(root, here, _stems(here, base, canonical)))
    if number < 2 or not (said == number or stated == base or _is_told(here) or _links_back(links, base)):
        base, number = plain_address(here), max(said, 1)  # the number is none of a page's, but a part of its name
    bases = {base, stated} if stated and _split(stated)[1] == 1 else {base}
    found: dict[int, str] = {}
    whole = ""
    for link, target in links:
        text = clean(link.text_content()) if link.tag == "a" else ""
        there, other = _split(target)
        if link.tag == "a" and _pattern("whole").fullmatch(text) and _is_below(target, bases):
            whole = whole or target
        elif there in bases and other > 1 and _is_page_link(link, text, other):
            found.setdefault(other, target)
    found.pop(number, None)
    if number > 1:
        found.setdefault(1, _first_address(here))
    last = max((number, total, *found) if found else (1,))
    return Parts(number, last, found, whole if last > 1 else "")


def joined(sheet: Sheet, source: Source, read: Callable[[Source, str], Sheet]) -> Article:
    """The article with what stands on its other pages, fetched where the source has a way to the web.

    What cannot be had is told in `cut`.
    """
    parts = sheet.parts
    if parts.total <= 1:
        return sheet.article
    if source.settings.web is None:
        return _cut(sheet.article, f"this is page {parts.number} of {parts.total}; the others are not here")
    try:
        if parts.whole:
            alone = _fetched(source, parts.whole, read)
            if _length(alone.article) > _length(sheet.article):
                return _with_identity(sheet.article, alone.article)
        sheets = _gathered(sheet, source, read)
    except SourceError as error:
        return _cut(sheet.article, f"this is page {parts.number} of {parts.total}; another is missing: {error.message}")
    return _assembled([sheets[number].article for number in sorted(sheets)])


def _gathered(sheet: Sheet, source: Source, read: Callable[[Source, str], Sheet]) -> dict[int, Sheet]:
    """Every page by its number. Pages tell of further ones. Raises SourceError when one cannot be had."""
    most = int(table("parts")["most"])
    sheets = {sheet.parts.number: sheet}
    known = dict(sheet.parts.addresses)
    total = sheet.parts.total
    while missing := [number for number in range(1, total + 1) if number not in sheets]:
        number = missing[0]
        if number not in known:
            raise SourceError(f"page {number} is not linked", hint="give all pages in one file")
        if total > most:
            raise SourceError(f"the article has more than {most} pages", hint="give the article on one page")
        found = _fetched(source, known[number], read)
        sheets[number] = found
        for other, address in found.parts.addresses.items():
            known.setdefault(other, address)
        total = max(total, *found.parts.addresses, 1) if found.parts.addresses else total
    return sheets


def _fetched(source: Source, address: str, read: Callable[[Source, str], Sheet]) -> Sheet:
    from articleaudio.read.decode import decode  # noqa: PLC0415 -- only for articles of several pages

    web = source.settings.web
    if web is None:
        raise SourceError(f"{address} cannot be fetched here", hint="save the page and give the file")
    page = web.get(address)
    if page.kind.lower() not in _PAGES or urlsplit(page.url).hostname != urlsplit(address).hostname:
        raise SourceError(f"{address} leads to no page of the same site", hint="give the article on one page")
    there = replace(source, path=None, data=page.data, url=page.url, kind=".html", charset=page.charset)
    return read(there, decode(there.load(), address, page.charset))


def _assembled(pages: list[Article]) -> Article:
    """The first page's article with the blocks and ledgers of all, in order; what is on each is said once."""
    first = pages[0]
    blocks: list[Block] = []
    notes: list[Block] = []
    dropped: list[Dropped] = []
    seen: set[str] = set()
    for page in pages:
        start = len(blocks)
        own = [block for block in page.blocks if block.kind is not BlockKind.NOTE]
        while page is not first and own and own[0].text in seen:  # the same opening on every page
            dropped.append(Dropped(own[0].text, "duplicate", before=start))
            own = own[1:]
        notes += [block for block in page.blocks if block.kind is BlockKind.NOTE and block not in notes]
        blocks += own
        seen.update(block.text for block in own)
        dropped += [
            replace(piece, before=None if piece.before is None else min(piece.before, len(own)) + start)
            for piece in page.dropped
        ]
    cut = next((page.cut for page in pages if page.cut), "")
    return replace(first, blocks=(*blocks, *notes), dropped=tuple(dropped), cut=cut)


def _with_identity(asked: Article, whole: Article) -> Article:
    return replace(whole, id=asked.id, aliases=asked.aliases, url=asked.url, source=asked.source)


def _cut(article: Article, why: str) -> Article:
    return replace(article, cut=article.cut or why)


def _length(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks)


def _stems(*addresses: str) -> tuple[str, ...]:
    """What a link to another page of the article holds, whatever its page is called; found before it is taken apart."""
    last = [urlsplit(address).path.rstrip("/").rpartition("/")[2].partition(".")[0] for address in addresses if address]
    return tuple({stem for stem in last if len(stem) > 2 or not stem.isdecimal()})


def _links(root: Element, here: str, stems: tuple[str, ...]) -> Iterator[tuple[Element, str]]:
    """Links to pages of the same host that may be the article's, with whole addresses."""
    host = urlsplit(here).hostname
    for link in root.iter("a", "link"):
        href = (link.get("href") or "").strip()
        rel = (link.get("rel") or "").lower().split()
        if (
            not href
            or href.startswith(("#", "javascript:", "mailto:"))
            or (href.startswith(("/", "http")) and not any(stem in href for stem in stems))
            or (link.tag == "link" and not {"next", "prev"} & set(rel))
        ):
            continue
        try:
            target = urldefrag(urljoin(here, href)).url
            parts = urlsplit(target)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname == host and "comment" not in parts.path.lower():
            yield link, target


def _is_page_link(link: Element, text: str, number: int) -> bool:
    """Whether a link to a numbered page is one between pages, rather than between comments or lists."""
    around = list(link.iterancestors())[:8]
    names = set(table("parts")["names"].split())
    named = [bool(names & set(plain_names(element.get("class") or ""))) for element in (link, *around)]
    kinds = [kind_of(element) for element, pager in zip(around, named[1:], strict=True) if not pager]
    if any(kind.reason == "comments" or (kind.strong and kind.reason in _FOREIGN) for kind in kinds):
        return False
    if any(_below_comments(element) for element in (link, *around[:3])):
        return False
    if "next" in (link.get("rel") or "").lower().split():
        return True
    if link.tag == "link":
        return False
    if text.strip("[]() .") == str(number) or _pattern("next").fullmatch(text.strip(" »>›→.[]")):
        return True
    return any(named[:5])


def _below_comments(element: Element) -> bool:
    """Whether a heading beside an element opens the readers' comments."""
    before = [other for other in list(element.itersiblings(preceding=True))[:8] if other.tag in HEADINGS]
    return any(
        len(text) < 40 and _pattern("comments").search(text)
        for text in (clean(heading.text_content()) for heading in before[:1])
    )


def _links_back(links: list[tuple[Element, str]], base: str) -> bool:
    """Whether a page links to the first one as page one, or as the one before."""
    return any(
        plain_address(target) == base
        and ("prev" in (link.get("rel") or "").lower().split() or clean(link.text_content()).strip("[]() .") == "1")
        for link, target in links
    )


def _is_told(address: str) -> bool:
    """Whether the number in an address is called a page's."""
    parts = urlsplit(address)
    names = table("parts")["queries"].split()
    return bool(_CALLED.search(parts.path)) or any(key.lower() in names for key, _ in parse_qsl(parts.query))


def _is_below(target: str, bases: set[str]) -> bool:
    plain = plain_address(target)
    return any(plain != base and plain.startswith(base.partition("?")[0]) for base in bases)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("parts")[name], re.IGNORECASE)


@cache
def _paths() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in table("parts")["paths"])


def _split(address: str) -> tuple[str, int]:
    """An address without its page number, and the number; 1 where it has none."""
    plain = plain_address(address)
    parts = urlsplit(plain)
    names = table("parts")["queries"].split()
    query = parse_qsl(parts.query)
    numbers = [value for key, value in query if key.lower() in names and value.isdecimal() and len(value) < 3]
    if numbers:
        rest = urlencode([(key, value) for key, value in query if key.lower() not in names])
        return urlunsplit((parts.scheme, parts.netloc, parts.path, rest, "")), int(numbers[0])
    for pattern in _paths():
        match = pattern.search(parts.path)
        if match and match.start() > 0:
            path = parts.path[: match.start()] + parts.path[match.end() :]
            return urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), int(match[1])
    return plain, 1


def _first_address(address: str) -> str:
    """Where the first page is: the address without a page number, with its own scheme."""
    base, _ = _split(address)
    return urlunsplit(urlsplit(base)._replace(scheme=urlsplit(address).scheme))


def _counted(root: Element) -> tuple[int, int]:
    """Which page of how many this is, as it says; zeros where it does not."""
    for element in root.iter("span", "div", "p", "li", "strong", "em", "td"):
        if len(element) < 3 and (text := element.text_content()) and len(text) < 60:
            match = _pattern("counted").match(clean(text))
            if match and 0 < int(match[1]) <= int(match[2]):
                return int(match[1]), int(match[2])
    return 0, 0
