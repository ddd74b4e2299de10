"""Lines → units: paragraphs, headings, list items, quotations and rows, as whoever typed them meant them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articleaudio.model import BlockKind
from articleaudio.read.furniture import furniture
from articleaudio.read.rich import clean, ends_sentence
from articleaudio.read.text.desk import sign

_BULLET = re.compile(r"^\s{0,8}(?:[-*•–·◦▪‣]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_RULE = re.compile(r"^\s*(?:[-=*_~#]\s*){3,}$")
_UNDER = re.compile(r"^(?:={3,}|-{3,}|~{3,}|\*{3,}|\^{3,})$")
_QUOTED = re.compile(r"^\s{0,3}(?:>+ ?)+")
_PAGE = re.compile(r"(?<=[.!?…”\"»])[ \t\r\n]*\f\s*")
"""A new page behind a finished sentence; one in the middle of a sentence parts nothing."""
_WRAPPED = 100
"""Lines of a wrapped text are not longer, in characters."""
_LONGEST_HEADING = 100
_TOP = 5
"""The head of a text is among so many chunks."""
_LONGEST_HEAD = 6
"""A head has no more lines."""
_LONGEST_BLOCK = 12
"""A block of addresses has no more lines."""
_LONG_LINE = 45
"""A headline is not wrapped before it has so many characters."""
_FULL = 0.75
"""A line that is shorter than this part of the lines after it was not wrapped: it ends because it is whole."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that belongs together."""

    kind: BlockKind
    """What it is to a reader."""
    text: str
    """Its text, joined and cleaned."""
    alone: bool = False
    """Whether it stands by itself on one line."""
    level: int = 0
    """Level, when it is marked as a heading."""
    lines: tuple[str, ...] = ()
    """Its lines, as they were typed."""
    chunk: int = 0
    """Number of the chunk between blank lines that it was in."""


def units_of(text: str) -> list[Unit]:
    """The units of a text. Rules without words are left out; every word is in a unit."""
    found: list[Unit] = []
    chunks = _chunks(text)
    for number, chunk in enumerate(chunks):
        units = _units(chunk, top=number < _TOP and number + 1 < len(chunks))
        found += [Unit(u.kind, u.text, u.alone, u.level, u.lines, number) for u in units if u.text]
    return found


def is_rule(line: str) -> bool:
    """Whether a line is drawn rather than written."""
    return bool(_RULE.match(line))


def _chunks(text: str) -> list[list[str]]:
    """The text's lines, parted at blank lines, rules and new pages; a heading that is underlined stands alone."""
    chunks: list[list[str]] = [[]]
    for line in _PAGE.sub("\n\n", text).splitlines():
        under = bool(_UNDER.match(line.strip()) and chunks[-1] and _may_head(chunks[-1][-1]))
        if under and (len(chunks[-1]) == 1 or line.strip()[0] in "=~"):
            heading = chunks[-1].pop()
            chunks += [[heading, line.strip()], []]
        elif line.strip("#* \t") == "" and "#" in line:
            chunks += [[line], []]
        elif line.strip() and not is_rule(line):
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _may_head(line: str) -> bool:
    return len(line.strip()) <= _LONGEST_HEADING and not line.strip().endswith((".", ","))


def _units(lines: list[str], *, top: bool = False) -> list[Unit]:
    """The units of a chunk; `top`: it may be the head of the text."""
    if len(lines) == 2 and _UNDER.match(lines[1]):
        return [Unit(BlockKind.HEADING, clean(lines[0]), alone=True, level=1 if lines[1][0] == "=" else 2)]
    if len(lines) == 1 and not _BULLET.match(lines[0]) and not _QUOTED.match(lines[0]):
        return [Unit(BlockKind.PARAGRAPH, clean(lines[0]), alone=True, lines=tuple(lines))]
    if all(_QUOTED.match(line) for line in lines):
        inner = [_QUOTED.sub("", line) for line in lines]
        return [Unit(BlockKind.QUOTE, unit.text) for chunk in _chunks("\n".join(inner)) for unit in _units(chunk)]
    if _is_table(lines):
        return [Unit(BlockKind.TABLE_ROW, clean("; ".join(filter(str.strip, line.split("\t"))))) for line in lines]
    if (
        len(lines) <= _LONGEST_BLOCK
        and sign(clean(" ".join(lines)), lines)
        and not any(furniture([clean(line)]).lines for line in lines)
    ):
        return [Unit(BlockKind.PARAGRAPH, _joined(lines), lines=tuple(lines))]
    if top and _is_wrapped_title(lines):
        return [Unit(BlockKind.PARAGRAPH, _joined(lines), alone=True, lines=tuple(lines))]
    head = max(_head(lines), _furnished(lines) if top else 0)
    singles = [Unit(BlockKind.PARAGRAPH, clean(line), alone=True, lines=(line,)) for line in lines[:head]]
    return singles + list(_paragraphs(lines[head:]))


def _is_table(lines: Sequence[str]) -> bool:
    """Whether lines are rows: cells parted by tabs, as many in each."""
    cells = {len(re.findall(r"\t+", line.strip())) for line in lines}
    return len(lines) > 1 and len(cells) == 1 and cells != {0}


def _head(lines: Sequence[str]) -> int:
    """How many lines at the beginning of a chunk stand alone, although no blank line says so."""
    count = 0
    for number, line in enumerate(lines[: min(_LONGEST_HEAD, len(lines) - 1)]):
        rest = lines[number + 1 :]
        longest = max(map(len, rest))
        short = len(line) <= _LONGEST_HEADING and not ends_sentence(line.rstrip()) and not _BULLET.match(line)
        runs_on = rest[0].strip()[:1].islower()
        indented = _indent(rest[0]) > _indent(line)
        if not short or runs_on or not (longest > _WRAPPED or indented or len(line) < longest * _FULL):
            break
        count = number + 1
    return count


def _furnished(lines: Sequence[str]) -> int:
    """How many lines make a head: up to a by-line, a date or a desk's mark, or all when none is a sentence."""
    early = lines[:_LONGEST_HEAD]
    short = next((n for n, line in enumerate(early) if len(line) > _LONGEST_HEADING or _sentence(line)), len(early))
    known = [n for n in range(short) if furniture([clean(early[n])]).lines or sign(clean(early[n]))]
    if short == len(lines) and not any(map(_BULLET.match, lines)):
        return len(lines)
    return known[-1] + 1 if known else 0


def _sentence(line: str) -> bool:
    return ends_sentence(line.rstrip()) and not sign(clean(line))


def _is_wrapped_title(lines: Sequence[str]) -> bool:
    """Whether two lines are one headline that was wrapped."""
    if len(lines) != 2 or any(_sentence(line) or len(line) > _LONGEST_HEADING for line in lines):
        return False
    first, second = map(clean, lines)
    alike = first.isupper() == second.isupper() and not furniture([second]).lines and not sign(second)
    return alike and len(first) >= _LONG_LINE and len(second) < len(first)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _paragraphs(lines: Sequence[str]) -> Iterator[Unit]:
    """Wrapped lines joined, list items and indented paragraphs apart."""
    if not lines:
        return
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        yield Unit(BlockKind.PARAGRAPH, clean(lines[0]), alone=True, lines=tuple(lines))
        return
    longest = max(map(len, lines))
    listed = sum(bool(_BULLET.match(line)) for line in lines) > 1
    units: list[tuple[BlockKind, list[str]]] = []
    for line in lines:
        indented = line[:1] in " \t\u3000" and _indent(line) < 9
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
    for kind, rows in units:
        yield Unit(kind, _joined(rows), lines=tuple(rows))


def _ragged(previous: str, longest: int) -> bool:
    """Whether a line ends a paragraph: a finished sentence well short of the width that others are wrapped at."""
    return ends_sentence(previous.rstrip()) and len(previous) < longest * 0.6


def _joined(rows: Sequence[str]) -> str:
    """Wrapped lines as one; a hyphen at the end of a line joins its word."""
    parts: list[str] = []
    for row in map(str.strip, rows):
        hyphen = parts and re.search(r"\w-$", parts[-1][-2:]) and row[:1].islower()
        parts += [row] if hyphen or not parts else [" ", row]
    return clean("".join(parts))
