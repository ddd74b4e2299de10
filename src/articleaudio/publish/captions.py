"""WebVTT captions in the written form: one cue a segment, long ones split at clauses, word stamps inside.

Standard: https://www.w3.org/TR/webvtt1/. The first word of a cue has no stamp (one equal to the cue's start is an
error); stamps rise strictly and lie inside the cue.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articleaudio.model import TimedSegment, WordTime

LINE = 42
"""Characters a line, as broadcasters count."""
LONGEST = 2 * LINE
"""Characters a cue."""

LINKS = {
    "en": "after and as at because before but by for from if in into of on or over since than that to under until when "
    "where which while who with without",
    "uk": "а аби або адже але без від для до же за з зі із коли між на над не по перед під після при про проти та "
    "те тому у хоча через чи що щоб як який яка яке які і й в",
}
"""Words that open a phrase, by language: a cue is better cut before one than inside a phrase."""

# A full stop inside a segment, which is one sentence at most, ends an abbreviation and no thought.
_STRONG = re.compile(r"[;:!?…—–]['\"’”»)\]]*$|^[—–-]$")
_WEAK = re.compile(r"[,،、]['\"’”»)\]]*$")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters between spaces."""

    text: str
    """As written."""
    start: float | None
    """Seconds at which it is heard; None where the engine gave no time."""
    end: float | None
    """Seconds at which its sound ends."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen at one time."""

    id: str
    """The segment's id; parts after the first have `.2`, `.3`, …"""
    start: int
    """Milliseconds."""
    end: int
    """Milliseconds, always after `start`."""
    chunks: tuple[Chunk, ...]
    """Its text."""


def captions(shown: Iterable[Cue]) -> str:
    """The captions file of a recording's cues."""
    return "".join(["WEBVTT\n", *(f"\n{_text(cue)}\n" for cue in shown)])


def cues(segments: Sequence[TimedSegment]) -> Iterator[Cue]:
    """Cues in order, none overlapping the next, each at least a millisecond long."""
    clock = 0
    for timed in segments:
        parts = split(_chunks(timed), links=_links(timed.segment.language))
        if not parts:
            continue
        start = max(round(timed.start * 1000), clock)
        end = max(round(timed.end * 1000), start + 1)
        bounds = [start, *(_opening(part) for part in parts[1:]), end]
        if any(before >= after for before, after in itertools.pairwise(bounds)):
            parts, bounds = [tuple(chunk for part in parts for chunk in part)], [start, end]
        for number, part in enumerate(parts):
            ident = timed.segment.id if number == 0 else f"{timed.segment.id}.{number + 1}"
            yield Cue(ident, bounds[number], bounds[number + 1], part)
        clock = end


def split(
    chunks: Sequence[Chunk], longest: int = LONGEST, *, links: frozenset[str] = frozenset()
) -> list[tuple[Chunk, ...]]:
    """Cut into parts of at most `longest` characters (a longer word stands alone), where a reader would breathe.

    `links` are words before which a phrase ends. The cheapest way to cut is looked for as a whole: each part costs, an
    uneven one more, a cut inside a phrase most.
    """
    count = len(chunks)
    ends = [0, *itertools.accumulate(len(chunk.text) + 1 for chunk in chunks)]
    if ends[-1] - 1 <= longest:
        return [tuple(chunks)] if chunks else []
    uneven = _uneven(longest)
    costs, opens = [0.0], [0]
    for end in range(1, count + 1):
        cut = 0.0 if end == count else _cut_cost(chunks[end - 1].text, opens=chunks[end].text.lower() in links)
        cheapest, opening = math.inf, end - 1
        for start in range(end - 1, -1, -1):
            length = ends[end] - ends[start] - 1
            if length > longest and start < end - 1:
                break
            cost = costs[start] + 40 + (uneven[length] if length < longest else 0.0) + cut
            if cost <= cheapest:
                cheapest, opening = cost, start
        costs.append(cheapest)
        opens.append(opening)
    parts: list[tuple[Chunk, ...]] = []
    end = count
    while end:
        start = opens[end]
        parts.append(tuple(chunks[start:end]))
        end = start
    return parts[::-1]


def stamp(milliseconds: int) -> str:
    """A WebVTT time."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def second_line(chunks: Sequence[Chunk]) -> int:
    """Number of the chunk that opens the second line, the lines being as even as can be; 0 for one line."""
    ends = list(itertools.accumulate(len(chunk.text) + 1 for chunk in chunks))
    if len(ends) < 2 or ends[-1] - 1 <= LINE:
        return 0
    return min(range(1, len(ends)), key=lambda at: abs(2 * ends[at - 1] - ends[-1]))


@functools.cache
def _uneven(longest: int) -> list[float]:
    """What a part costs that leaves room, by its length."""
    return [20 * (1 - length / longest) ** 2 for length in range(longest)]


def _cut_cost(text: str, *, opens: bool) -> float:
    """What it costs to cut behind a chunk; `opens`: the next one opens a phrase."""
    if _STRONG.search(text):
        return 0
    if _WEAK.search(text):
        return 5
    return 18 if opens else 30


@functools.cache
def _links(language: str) -> frozenset[str]:
    return frozenset(LINKS.get(language.partition("-")[0].lower(), "").split())


def _opening(part: tuple[Chunk, ...]) -> int:
    """When a part is first heard, in milliseconds; 0, which is never in order, where the engine gave no time."""
    return round((part[0].start or 0.0) * 1000)


def _chunks(timed: TimedSegment) -> list[Chunk]:
    words = sorted(timed.words, key=lambda word: word.first)
    opening = [word.first for word in words]
    found: list[Chunk] = []
    passed = 0
    for match in re.finditer(r"\S+", timed.segment.written):
        while passed < len(words) and words[passed].last <= match.start():
            passed += 1
        near = words[passed : bisect_left(opening, match.end())]
        found.append(_chunk(match, [word for word in near if word.last > match.start()], timed))
    return found


def _chunk(match: re.Match[str], words: list[WordTime], timed: TimedSegment) -> Chunk:
    text = match[0]
    # One reading over several chunks ("New York" said as one): only the first of them is timed.
    if not words or words[0].first < match.start():
        return Chunk(text, None, None)
    return Chunk(text, max(words[0].start, timed.start), min(words[-1].end, timed.end))


def _text(cue: Cue) -> str:
    """A cue as the file holds it."""
    parts: list[str] = []
    latest = cue.start
    turn = second_line(cue.chunks)
    for number, chunk in enumerate(cue.chunks):
        space = "" if number == 0 else "\n" if number == turn else " "
        mark = ""
        at = round(chunk.start * 1000) if chunk.start is not None else 0
        if number and latest < at < cue.end:
            mark, latest = f"<{stamp(at)}>", at
        parts.append(f"{space}{mark}{chunk.text.translate(_ESCAPES)}")
    return f"{cue.id}\n{stamp(cue.start)} --> {stamp(cue.end)}\n{''.join(parts)}"
