"""A page → its article: parse, walk, anchor, find the region, judge, assemble."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urldefrag, urljoin

from articleaudio.errors import TooLongError
from articleaudio.model import Article, Block, BlockKind, Dropped, Mark, MarkKind, SiteRule
from articleaudio.read import identity, languages
from articleaudio.read.html import gate, jsonld, live, noarticle, parts, stored
from articleaudio.read.html.anchors import anchor, is_prose
from articleaudio.read.html.container import below, find_region, whole
from articleaudio.read.html.metadata import Metadata, address_of, metadata
from articleaudio.read.html.page import body_of, parse
from articleaudio.read.html.rules import Page, judge
from articleaudio.read.html.rules.head import told_of
from articleaudio.read.html.sites import Verdict, ruled, settle
from articleaudio.read.html.walk import Piece, walk
from articleaudio.read.names import is_name
from articleaudio.read.notes import is_note
from articleaudio.read.rich import shorten
from articleaudio.read.source import Source, title_of_file

_TOO_MUCH = 2_500_000
"""Characters of paragraph text above which no page is read at all: it would be refused after minutes of work."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an article and its ledger."""

    blocks: tuple[Block, ...]
    """As in Article."""
    dropped: tuple[Dropped, ...]
    """As in Article."""


def read_page(source: Source, text: str) -> Article:
    """The article on a page, and on the further pages of it that can be fetched.

    Raises NoArticleError when there is none, TooLongError when it is far too long.
    """
    return parts.joined(_sheet(source, text), source, _sheet)


def _sheet(source: Source, text: str) -> parts.Sheet:
    """What one page holds."""
    root = parse(text, source.name)
    alive = list(root.iter())  # lxml makes an element anew at every visit unless somebody holds it
    sites = source.settings.sites
    rules = ruled(root, sites, address_of(root, source.url) if sites else "")
    pieces = walk(body_of(root), rules)
    if sum(len(piece.text) for piece in pieces) > _TOO_MUCH:
        raise TooLongError(
            f"{source.name} has over {_TOO_MUCH:,} characters of text", hint="split it into parts, one file each"
        )
    if not any(is_prose(piece) for piece in pieces) and stored.fill(root, pieces):
        alive = list(root.iter())
        pieces = walk(body_of(root), rules)
    anchor(root, pieces)
    entries = live.entries_of(root)
    live.hold(entries or (), pieces)
    region = below(rules.body, pieces) or find_region(pieces)
    if region is None:
        noarticle.refuse_empty(root, pieces, source.name)
    about = metadata(root, pieces, source.url)
    about = replace(about, title=rules.title or about.title)
    page = Page(pieces, region, about)
    judge(page)
    about = replace(about, authors=about.authors or _told(pieces))
    dek = _dek(pieces)
    pieces = settle(pieces)
    title = about.title or title_of_file(source)
    noarticle.refuse(root, pieces, source.name, about.site, about.url)
    if entries is not None:
        live.stamp(entries, pieces, source.name)
    cut = gate.cut(root, pieces, jsonld.article_data(root))
    body = assemble(pieces, about.url)
    known_by = identity.aliases(url=about.url, relative=source.relative, title=title)
    article = Article(
        id=identity.article_id(known_by),
        aliases=known_by,
        title=title,
        language=languages.settle(about.language, " ".join(block.text for block in body.blocks)),
        blocks=body.blocks,
        dropped=body.dropped,
        dek=dek,
        authors=about.authors,
        published=about.published,
        updated=about.updated,
        url=about.url,
        site=about.site,
        section=about.section,
        image=about.image,
        cut=cut,
    )
    sheet = parts.Sheet(article, parts.parts_of(root, source.url, about.url))
    del alive
    return sheet


def read_body(html: str, base: str = "", sites: tuple[SiteRule, ...] = ()) -> Body:
    """The body of a fragment without a page around it (a CMS body, rendered Markdown), at `base`; may be empty.

    `sites` are the house's rules for single hosts; those for the host of `base` hold.
    """
    if not html.strip():
        return Body((), ())
    root = parse(html, "the text")
    rules = ruled(root, sites, base)
    pieces = walk(body_of(root), rules)
    for piece in pieces:
        piece.anchored = not piece.reason and not any(box.strong for box in piece.boxes)
    judge(Page(pieces, below(rules.body, pieces) or whole(body_of(root), pieces), Metadata()))
    return assemble(settle(pieces), base)


def assemble(pieces: list[Piece], base: str) -> Body:
    """Blocks of what is kept, notes last, and the ledger of the rest, in the page's order."""
    blocks: list[Block] = []
    notes: list[Block] = []
    dropped: list[Dropped] = []
    for piece in pieces:
        if piece.reason:
            dropped.append(Dropped(shorten(piece.text), piece.reason, before=len(blocks)))
        elif is_note(piece.text) or piece.names.note or piece.rule is Verdict.NOTE:
            notes.append(Block(BlockKind.NOTE, piece.text, marks=_absolute(piece.marks, base)))
        else:
            level = piece.level if piece.kind is BlockKind.HEADING else 0
            blocks.append(Block(piece.kind, piece.text, level, piece.anchor, _absolute(piece.marks, base)))
    return Body((*blocks, *notes), tuple(dropped))


def _absolute(marks: tuple[Mark, ...], base: str) -> tuple[Mark, ...]:
    """Marks with whole addresses; links that lead nowhere are left out."""
    done = []
    for mark in marks:
        if mark.kind is not MarkKind.LINK:
            done.append(mark)
            continue
        try:
            address = urljoin(base, mark.value.strip())
        except ValueError:
            continue
        if address.startswith(("http://", "https://")) and urldefrag(address).url:
            done.append(Mark(mark.kind, mark.start, mark.end, address))
    return tuple(done)


def _told(pieces: list[Piece]) -> tuple[str, ...]:
    """Who wrote it where only the lines on the author's life below the text say so."""
    told = (name for piece in pieces if piece.reason == "bio" and (name := told_of(piece.text)))
    return tuple(name for name in islice(told, 1) if is_name(name))


def _dek(pieces: list[Piece]) -> str:
    """The standfirst: what is named like one before the body begins, below the headline where that is on the page."""
    body = next((index for index, piece in enumerate(pieces) if not piece.reason), 0)
    titles = [index for index, piece in enumerate(pieces[:body]) if piece.reason == "title"]
    for piece in pieces[titles[0] if titles else 0 :]:
        if not piece.reason:
            return ""
        seen = piece.reason in {"dek", "outside", "meta", "navigation"}
        if (piece.names.dek or piece.reason == "dek") and seen and 20 < len(piece.text) < 500:
            piece.reason = "dek"
            return piece.text
    return ""
