"""Which pieces of the region are spoken: rules in a fixed order, each with the reason it writes into the ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from articleaudio.model import BlockKind, MarkKind
from articleaudio.read.html import phrases
from articleaudio.read.html.boxes import Box
from articleaudio.read.html.container import Region
from articleaudio.read.html.metadata import Metadata
from articleaudio.read.html.walk import Piece
from articleaudio.read.names import is_byline, names
from articleaudio.read.notes import is_note
from articleaudio.read.rich import ends_sentence

_WORD = re.compile(r"\w+")
_VAGUE = {"outside", "navigation", "meta"}
"""Reasons that say where a piece lay, not what it was."""
_DEK = 400
"""A standfirst has fewer characters."""
_LABEL = re.compile(r"^[\W\d_]*(?:[\W\d_]*\b[A-Z]{2,}\b[\W\d_]*){0,4}$")
"""What is left of a paragraph of links: nothing, or a few words in capitals ("READ MORE:", "[VIDEO]")."""
_DATED = re.compile(r"\b(?:19|20)\d\d\b.{0,20}$|\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\W*(?:[A-Z]{2,4})?$")
"""Ends in a year or a time of day."""
_REPEATED = 12
"""A paragraph with as many words is not said twice on purpose."""
_BIG = 0.4
"""A box that holds a larger part of the anchored text is the article's own."""


@dataclass(slots=True)
class Page:
    """What the rules may look at."""

    pieces: list[Piece]
    """All pieces of the page; rules write `reason` (and now and then `kind`) into them."""
    region: Region
    """Where the body lies."""
    about: Metadata
    """Title, authors and so on."""
    trusted: bool = False
    """The source is a body without a page around it: names of boxes and phrases count, places do not."""
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Words of a piece, by index, once asked for."""

    def words_of(self, index: int) -> tuple[str, ...]:
        """The piece's words, lower-case."""
        if index not in self.words:
            self.words[index] = tuple(_WORD.findall(self.pieces[index].text.casefold()))
        return self.words[index]

    def kept(self) -> list[int]:
        """Indices of the pieces that no rule has dropped so far."""
        return [index for index, piece in enumerate(self.pieces) if not piece.reason]


def judge(page: Page) -> None:
    """Run every rule over the page."""
    for rule in RULES:
        rule(page)


# ── Places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def by_box(page: Page) -> None:
    """Drop what lies in a box that is no part of the article, unless much of the article lies in it."""
    total = sum(len(piece.text) for piece in page.pieces if piece.anchored) or 1
    for piece in page.pieces:
        for box in set(piece.boxes):
            box.length += len(piece.text)
            box.anchored += len(piece.text) if piece.anchored else 0
    for piece in page.pieces:
        if piece.reason or is_note(piece.text) or piece.names.note:
            continue
        foreign = [box for box in piece.boxes if _foreign(box, piece, total)]
        if foreign:  # a name that is enough by itself says more about a piece than the vague ones around it
            piece.reason = next((box.reason for box in foreign if box.strong), "") or _hint(piece) or foreign[0].reason


def _foreign(box: Box, piece: Piece, total: int) -> bool:
    if box.anchored > _BIG * total:
        return False
    if box.strong:
        return box.reason != "pull-quote"
    return not piece.anchored and piece.kind is not BlockKind.QUOTE and box.anchored < 0.5 * box.length


def by_place(page: Page) -> None:
    """Drop what lies outside of the region; notes are kept wherever they stand in the container."""
    region = page.region
    for index, piece in enumerate(page.pieces):
        if piece.reason:
            continue
        inside = index in region.inside
        if inside and region.first <= index <= region.last:
            continue
        if inside and is_note(piece.text):
            continue
        piece.reason = _hint(piece) or "outside"


def _hint(piece: Piece) -> str:
    """What the text of a piece says it is, for the ledger."""
    return phrases.reason(piece.text) or ("byline" if is_byline(piece.text) and names(piece.text) else "")


# ── What repeats the page's head ────────────────────────────────────────────────────────────────────────────────────


def by_title(page: Page) -> None:
    """Drop the headline where the body repeats it."""
    title = tuple(_WORD.findall(page.about.title.casefold()))
    for index, piece in enumerate(page.pieces):
        if title and piece.reason in _VAGUE and page.words_of(index) == title:
            piece.reason = "title"
    kept = page.kept()
    for position, index in enumerate(kept[:12]):
        piece = page.pieces[index]
        if title and (
            page.words_of(index) == title or (piece.level == 1 and _overlap(page.words_of(index), title) > 0.8)
        ):
            piece.reason = "title"
            above = [page.pieces[i] for i in kept[:position]]
            if sum(len(other.text) for other in above) < 300:  # the article begins below its headline
                for other in above:
                    other.reason = other.reason or _hint(other) or "outside"


def by_dek(page: Page) -> None:
    """Drop the standfirst from the body: it belongs to the head of the article."""
    named = [piece for index in page.kept() if (piece := page.pieces[index]).names.dek and not piece.names.note]
    homes = Counter(piece.element.getparent() for piece in page.pieces if piece.anchored and not piece.reason)
    for index in page.kept()[:3]:
        piece = page.pieces[index]
        # Many pieces, or one among its like: then the name means the text itself.
        single = named == [piece] and homes[piece.element.getparent()] < 3 and len(piece.text) < _DEK
        if single or (piece.kind is BlockKind.HEADING and _like(piece.text, page.about.description)):
            piece.reason = "dek"
        else:
            break


def by_byline(page: Page) -> None:
    """Drop lines that name the author, and such as say when it was written, at either end of the body."""
    known = {name.casefold() for name in page.about.authors}
    kept = page.kept()
    for position, index in enumerate(kept):
        piece = page.pieces[index]
        plain = piece.text.casefold().strip(" –—-|·•.,*")
        if plain in known:
            piece.reason = "byline"
        edge = position < 4 or position >= len(kept) - 4
        if piece.reason or not edge or len(plain) > 110 or piece.kind is BlockKind.QUOTE or ends_sentence(piece.text):
            continue
        if any(name in plain for name in known) or (is_byline(piece.text) and names(piece.text)):
            piece.reason = "byline"
        elif position < 3 and piece.kind is BlockKind.PARAGRAPH and _DATED.search(piece.text):
            piece.reason = "date"


# ── What is said ────────────────────────────────────────────────────────────────────────────────────────────────────


def by_phrase(page: Page) -> None:
    """Drop sentences that surround articles everywhere: see `data/phrases.toml`."""
    for index in page.kept():
        piece = page.pieces[index]
        if is_note(piece.text) or piece.names.note:
            continue
        piece.reason = phrases.reason(piece.text)


def by_links(page: Page) -> None:
    """Drop paragraphs and list items that are nothing but a link."""
    kept = page.kept()
    linked = [index for index in kept if page.pieces[index].link >= 0.9 or _only_links(page.pieces[index])]
    headings = [index for index in kept if page.pieces[index].kind is BlockKind.HEADING]
    listicle = sum(index in set(linked) for index in headings) >= max(3, 0.8 * len(headings))
    for index in linked:
        piece = page.pieces[index]
        if piece.kind is BlockKind.HEADING and listicle:
            continue
        if piece.kind is BlockKind.QUOTE or piece.kind is BlockKind.TABLE_ROW:
            continue
        piece.reason = "related"


def _only_links(piece: Piece) -> bool:
    """Whether nothing but a label stands beside the links of a piece."""
    if piece.link < 0.5:
        return False
    rest, at = "", 0
    for mark in piece.marks:
        if mark.kind is MarkKind.LINK:
            rest, at = rest + piece.text[at : mark.start] + " ", mark.end
    return bool(_LABEL.match(rest + piece.text[at:]))


def by_repetition(page: Page) -> None:
    """Drop pull quotes that say again what another block says, and paragraphs that were there word for word before."""
    kept = page.kept()
    runs = {index: _runs(page.words_of(index)) for index in kept}
    holders = Counter(run for index in kept for run in runs[index])
    before: set[tuple[str, ...]] = set()
    for index in kept:
        piece, words = page.pieces[index], page.words_of(index)
        if len(runs[index]) < 3:
            continue
        again = sum(holders[run] > 1 for run in runs[index]) / len(runs[index])
        pulled = any(box.reason == "pull-quote" for box in piece.boxes)
        quoting = piece.kind in {BlockKind.QUOTE, BlockKind.HEADING} or pulled
        if (quoting and again >= 0.7) or (pulled and again >= 0.4):
            piece.reason = "pull-quote"
            holders.subtract(runs[index])
        elif len(words) >= _REPEATED and words in before:
            piece.reason = "duplicate"
        before.add(words)


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Every five words in a row."""
    return set(zip(*(words[offset:] for offset in range(5)), strict=False))


# ── Headings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def make_headings(page: Page) -> None:
    """Make headings of short paragraphs that are styled as such: by name, or wholly in bold."""
    kept = page.kept()
    plain = [index for index in kept if page.pieces[index].kind is BlockKind.PARAGRAPH]
    levels = [page.pieces[index].level for index in kept if page.pieces[index].kind is BlockKind.HEADING]
    level = 3 if 2 in levels else 2
    bold = [index for index in plain if _bold_heading(page.pieces[index])]
    few = len(bold) <= 0.34 * len(plain)
    for position, index in enumerate(kept):
        piece = page.pieces[index]
        after = page.pieces[kept[position + 1]] if position + 1 < len(kept) else None
        if piece.kind is not BlockKind.PARAGRAPH or after is None or after.kind is BlockKind.HEADING:
            continue
        named = piece.names.heading and len(piece.text) <= 120
        if named or (few and index in bold and index not in {i - 1 for i in bold}):
            piece.kind, piece.level = BlockKind.HEADING, level


def _bold_heading(piece: Piece) -> bool:
    return (
        piece.bold >= 0.95
        and piece.link < 0.5
        and 2 < len(piece.text) <= 90
        and not piece.text.endswith((".", ":", ";", ",", "…", "”", '"', "–", "-"))
        and any(character.isalpha() for character in piece.text)
    )


def by_section(page: Page) -> None:
    """Drop parts that a heading such as "Sources" opens; drop headings with nothing beneath them."""
    reason = ""
    level = 0
    for index in page.kept():
        piece = page.pieces[index]
        if piece.kind is BlockKind.HEADING:
            if not reason or piece.level <= level:
                reason, level = phrases.section(piece.text), piece.level
        elif not reason and piece.bold > 0.9 and len(piece.text) < 60:
            reason, level = phrases.section(piece.text.rstrip(":")), 7
        if reason and not is_note(piece.text):
            piece.reason = reason
    kept = page.kept()
    for index in reversed(kept):
        if page.pieces[index].kind is not BlockKind.HEADING:
            break
        page.pieces[index].reason = "heading-only"


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return len(set(one) & set(other)) / max(1, len(set(one) | set(other)))


def _like(text: str, other: str) -> bool:
    return bool(other) and _overlap(tuple(_WORD.findall(text.casefold())), tuple(_WORD.findall(other.casefold()))) > 0.7


RULES: tuple[Callable[[Page], None], ...] = (
    by_box,
    by_place,
    by_title,
    by_dek,
    by_phrase,
    by_byline,
    by_links,
    by_repetition,
    make_headings,
    by_section,
)
"""The rules, in the order in which they are asked."""
