"""Plain text: blank lines part paragraphs, wrapped lines are joined, the first line may be the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from articleaudio.model import Article, Block, BlockKind, Dropped
from articleaudio.read import identity, languages
from articleaudio.read.dates import parse_date
from articleaudio.read.names import is_byline, names
from articleaudio.read.notes import is_note
from articleaudio.read.rich import clean, ends_sentence
from articleaudio.read.source import Source, title_of_file

_BULLET = re.compile(r"^\s{0,8}(?:[-*•–·]|\d{1,2}[.)])\s+(?=\S)")
_RULE = re.compile(r"^\s*(?:[-=*_~#]\s*){3,}$")
_LONGEST_HEADING = 80
_WRAPPED = 100
"""Lines of a wrapped text are not longer, in characters."""


class TextReader:
    """Reads plain text files."""

    name = "text"
    extensions = (".txt", ".text")
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take whatever no other reader wants."""
        del source_name
        return b"\x00" not in head

    def read(self, source: Source, text: str) -> Iterator[Article]:
        """Give the one article in the text."""
        units = [unit for chunk in _chunks(text) for unit in _units(chunk)]
        title, units = _title(units, source)
        authors, published, dropped, units = _furniture(units)
        blocks = _blocks(units)
        known_by = identity.aliases(url=source.url, relative=source.relative, title=title)
        yield Article(
            id=identity.article_id(known_by),
            aliases=known_by,
            title=title,
            language=languages.settle("", " ".join(block.text for block in blocks)),
            blocks=blocks,
            dropped=dropped,
            authors=authors,
            published=published,
            url=source.url,
        )


READER = TextReader()
"""The reader for plain text."""


def _chunks(text: str) -> list[list[str]]:
    """The text's lines, parted at blank lines and rules."""
    chunks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() and not _RULE.match(line):
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _units(lines: list[str]) -> list[tuple[BlockKind, str, bool]]:
    """Blocks in a chunk: kind, text, and whether it stands alone on one line."""
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        return [(BlockKind.PARAGRAPH, clean(lines[0]), True)]
    longest = max(map(len, lines))
    listed = len(lines) > 1 and sum(bool(_BULLET.match(line)) for line in lines) > 1
    units: list[tuple[BlockKind, list[str]]] = []
    for line in lines:
        indented = line[:1] in " \t\u3000" and len(line) - len(line.lstrip()) < 9
        if _BULLET.match(line) and (listed or not units):
            units.append((BlockKind.LIST_ITEM, [_BULLET.sub("", line)]))
        elif (
            not units
            or longest > _WRAPPED
            or (indented and units[-1][0] is BlockKind.PARAGRAPH)
            or _ragged(units[-1][1][-1], longest)
        ):
            units.append((BlockKind.PARAGRAPH, [line]))
        else:
            units[-1][1].append(line)
    return [(kind, _joined(rows), False) for kind, rows in units]


def _ragged(previous: str, longest: int) -> bool:
    """Whether a line ends a paragraph: a finished sentence well short of the width that others are wrapped at."""
    return ends_sentence(previous.rstrip()) and len(previous) < longest * 0.6


def _joined(rows: list[str]) -> str:
    """Wrapped lines as one; a hyphen at the end of a line joins its word."""
    text = ""
    for row in map(str.strip, rows):
        hyphen = re.search(r"\w-$", text) and row[:1].islower()
        text = text + row if hyphen or not text else f"{text} {row}"
    return clean(text)


def _title(units: list[tuple[BlockKind, str, bool]], source: Source) -> tuple[str, list[tuple[BlockKind, str, bool]]]:
    """The first line when it stands alone and is short, else the file's name."""
    if len(units) > 1 and units[0][2] and len(units[0][1]) <= 120 and not re.search(r"[.:;,]$", units[0][1]):
        return units[0][1].removeprefix("# ").strip(), units[1:]
    return title_of_file(source), units


def _furniture(
    units: list[tuple[BlockKind, str, bool]],
) -> tuple[tuple[str, ...], datetime | None, tuple[Dropped, ...], list[tuple[BlockKind, str, bool]]]:
    """By-line and date below the title, taken out of the text and into the ledger."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    dropped: list[Dropped] = []
    while units and units[0][2] and len(units[0][1]) <= _LONGEST_HEADING and not ends_sentence(units[0][1]):
        text = units[0][1]
        found = names(text) if is_byline(text) else ()
        moment = parse_date(text) if any(character.isdigit() for character in text) else None
        if found and not authors:
            authors = found
            dropped.append(Dropped(text, "byline"))
            published = published or moment
        elif moment and not published and len(text) <= 40:
            published = moment
            dropped.append(Dropped(text, "date"))
        else:
            break
        units = units[1:]
    return authors, published, tuple(dropped), units


def _blocks(units: list[tuple[BlockKind, str, bool]]) -> tuple[Block, ...]:
    """The body's blocks; short lines that stand alone before a paragraph are headings, notes go last."""
    body: list[Block] = []
    notes: list[Block] = []
    for index, (kind, text, alone) in enumerate(units):
        after = units[index + 1] if index + 1 < len(units) else None
        if not text:
            continue
        if is_note(text):
            notes.append(Block(BlockKind.NOTE, text))
        elif alone and after and _heading(text, after):
            marked = re.match(r"#{1,6} ", text)
            body.append(Block(BlockKind.HEADING, text[marked.end() :] if marked else text, level=2))
        else:
            body.append(Block(kind, text))
    return (*body, *notes)


def _heading(text: str, after: tuple[BlockKind, str, bool]) -> bool:
    if re.match(r"#{1,6} \S", text):
        return True
    return (
        len(text) <= _LONGEST_HEADING
        and text[0].isalnum()
        and not text[0].islower()
        and not ends_sentence(text)
        and not text.endswith((",", "-", "–", "”", '"'))
        and len(after[1]) > max(_LONGEST_HEADING, len(text))
    )
