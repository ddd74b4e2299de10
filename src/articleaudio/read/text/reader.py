"""A plain text → its article: head, body, notes, ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from articleaudio.model import Article, Block, BlockKind, Dropped
from articleaudio.read import identity, languages
from articleaudio.read.dates import parse_date
from articleaudio.read.furniture import furniture
from articleaudio.read.names import is_byline, names
from articleaudio.read.notes import is_note
from articleaudio.read.rich import clean, ends_sentence, shorten
from articleaudio.read.source import Source, title_of_file
from articleaudio.read.text.desk import end_of, mail_header, sign, signature_of
from articleaudio.read.text.lines import Unit, units_of

_LONGEST_HEADING = 80
_LONGEST_TITLE = 150
_MARKED = re.compile(r"^#{1,6} (?=\S)")


@dataclass(slots=True)
class _Draft:
    """What is known of the article so far."""

    units: list[Unit]
    title: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, text: str, reason: str) -> None:
        """Enter a text into the ledger, if there is any."""
        if text := clean(text):
            self.dropped.append(Dropped(shorten(text), reason))


def read_text(source: Source, text: str) -> Article:
    """The article in a text."""
    header, text = mail_header(text)
    text, signature = signature_of(text) if header else (text, "")
    draft = _Draft(units_of(text), title=header.get("subject", ""), published=parse_date(header.get("date", "")))
    draft.drop("; ".join(f"{name}: {value}" for name, value in header.items()), "meta")
    _desk(draft)
    _head(draft)
    blocks = _blocks(draft)
    draft.drop(signature, "contact")
    title = draft.title or title_of_file(source)
    known_by = identity.aliases(url=source.url, relative=source.relative, title=title)
    return Article(
        id=identity.article_id(known_by),
        aliases=known_by,
        title=title,
        language=languages.settle("", " ".join(block.text for block in blocks)),
        blocks=blocks,
        dropped=tuple(draft.dropped),
        dek=draft.dek,
        authors=draft.authors,
        published=draft.published,
        url=source.url,
    )


def _desk(draft: _Draft) -> None:
    """Take out what desks and agencies write around a text."""
    end = end_of([unit.text for unit in draft.units])
    below = draft.units[end:]
    kept: list[Unit] = []
    for unit in draft.units[:end]:
        reason = sign(unit.text, unit.lines)
        if reason:
            draft.drop(unit.text, reason)
        elif unit.text.strip("#* "):
            kept.append(unit)
    notes = [unit for unit in below if is_note(unit.text)]
    for unit in below:
        if unit not in notes and unit.text.strip("#* "):
            draft.drop(unit.text, sign(unit.text, unit.lines) or ("meta" if unit is below[0] else "footer"))
    draft.units = kept + notes


def _head(draft: _Draft) -> None:
    """Read headline, standfirst, by-line and date off the first lines."""
    units = draft.units
    dated = furniture([unit.text for unit in units[:1] if unit.alone], authors=False)
    if dated.lines and len(units) > 2:  # a date above the headline
        draft.published, units = draft.published or dated.published, units[1:]
        draft.dropped += dated.dropped
    first = units[0] if units else None
    if not draft.title and first and len(units) > 1 and _is_title(first):
        draft.title = _MARKED.sub("", first.text)
        draft.drop(draft.title, "title")
        units = units[1:]
        if len(units) > 1 and _is_dek(units[0], units[1], first):
            draft.dek = units[0].text
            draft.drop(draft.dek, "dek")
            units = units[1:]
    units = _byline(draft, units)
    found = furniture(unit.text for unit in takewhile(lambda unit: unit.alone, units))
    draft.authors = draft.authors or found.authors
    draft.published = draft.published or found.published
    draft.dropped += found.dropped
    draft.units = units[found.lines :]


def _is_title(unit: Unit) -> bool:
    return (
        unit.alone
        and unit.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and len(unit.text) <= _LONGEST_TITLE
        and not re.search(r"[.:;,]$", unit.text)
    )


def _is_dek(unit: Unit, after: Unit, title: Unit) -> bool:
    """Whether a line below the headline is a standfirst: it stands in one block with it, and is no by-line."""
    plain = unit.alone and unit.kind is BlockKind.PARAGRAPH and not furniture([unit.text]).lines
    return plain and unit.chunk == title.chunk and not is_byline(unit.text) and after.chunk >= unit.chunk


def _byline(draft: _Draft, units: list[Unit]) -> list[Unit]:
    """Take out a by-line of several lines (name, then agency), or one that a date goes on."""
    if not units or ends_sentence(units[0].text) or len(units[0].text) > 100:
        return units
    parts = re.split(r"\s[|•·]\s", (units[0].lines or (units[0].text,))[0])
    dated = len(parts) > 1 and parse_date(units[0].text) is not None
    people = names(parts[0]) if is_byline(units[0].text) or dated else ()
    if not people:
        return units
    same = [unit for unit in units if unit.chunk == units[0].chunk and len(unit.text) <= _LONGEST_HEADING]
    rest = units[1:]
    draft.authors = people
    draft.published = draft.published or parse_date(units[0].text)
    draft.drop(units[0].text, "byline")
    while rest and rest[0] in same and rest[0].alone and not ends_sentence(rest[0].text):
        draft.published = draft.published or parse_date(rest[0].text)
        draft.drop(rest[0].text, "date" if parse_date(rest[0].text) else "byline")
        rest = rest[1:]
    return rest


def _blocks(draft: _Draft) -> tuple[Block, ...]:
    """The body's blocks; short lines that stand alone before a paragraph are headings, notes go last."""
    from articleaudio.read.html import phrases  # noqa: PLC0415 - set phrases are the same on pages and in texts

    body: list[Block] = []
    notes: list[Block] = []
    units = draft.units
    for index, unit in enumerate(units):
        if is_note(unit.text):
            notes.append(Block(BlockKind.NOTE, unit.text))
        elif unit.kind is BlockKind.PARAGRAPH and (reason := phrases.reason(unit.text)):
            draft.drop(unit.text, reason)
        elif level := _level(unit, units[index + 1 :]):
            body.append(Block(BlockKind.HEADING, _MARKED.sub("", unit.text), level=level))
        else:
            kind = BlockKind.PARAGRAPH if unit.kind is BlockKind.HEADING else unit.kind
            body.append(Block(kind, unit.text))
    return (*body, *notes)


def _level(unit: Unit, after: Sequence[Unit]) -> int:
    """The level of a heading; 0 for what is none."""
    if unit.level and after:
        return unit.level
    text = unit.text
    if not unit.alone or not after or unit.kind is not BlockKind.PARAGRAPH:
        return 0
    if _MARKED.match(text):
        return 2
    plain = (
        len(text) <= _LONGEST_HEADING
        and text[0].isalnum()
        and not text[0].islower()
        and not ends_sentence(text)
        and not text.endswith((",", "-", "–", "”", '"'))
    )
    longer = len(after[0].text) > max(_LONGEST_HEADING, len(text))
    shouted = text.isupper() and len(text.split()) > 1 and after[0].kind is BlockKind.PARAGRAPH and not after[0].alone
    return 2 if plain and (longer or shouted) else 0
