"""What is said, as it is written, and when each word of it is heard: for USLT and SYLT.

The texts of all word entries in a row are the transcript, white space apart: a space stands before its word and
punctuation behind it, as ID3v2.3.0 (section 4.10) asks for, and a sentence begins with a line feed, for players show
what lies between two of them as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from articleaudio.master.tags.text import held
from articleaudio.model import Boundary, Script, Segment, TimedSegment, WordTime

Synced = tuple[str, int]
"""A stretch of text and the millisecond at which it is heard."""

MOST_BYTES = 4 << 20
"""Bytes of word times in a tag: some twenty hours. Beyond that there is an entry for each sentence."""

_WITHIN_BLOCK = (Boundary.CLAUSE, Boundary.SENTENCE)
_LAST_SPACE = re.compile(r"\s+(?=\S*\Z)")


def written_transcript(script: Script) -> str:
    """Give what is said as it is written: a paragraph for each block, blank lines between them."""
    return "".join(gap + segment.written for gap, segment in _with_gaps(script.segments))


def timed_words(segments: Sequence[TimedSegment]) -> list[Synced]:
    """Give every word with its time; one entry for a segment whose words have none, and for all of a huge recording."""
    words = list(_entries(segments, each_word=True))
    if synced_size(words) > MOST_BYTES:
        return list(_entries(segments, each_word=False))
    return words


def synced_size(entries: Iterable[Synced]) -> int:
    """How many bytes the entries take in a tag."""
    texts = [text for text, _ in entries]
    if all(text.isascii() for text in texts):
        return sum(len(text) + 5 for text in texts)
    return sum(len(text.encode("utf-16-le")) + 8 for text in texts)


def _entries(segments: Sequence[TimedSegment], *, each_word: bool) -> Iterator[Synced]:
    latest = 0
    gaps = _with_gaps([timed.segment for timed in segments])
    sentence = False
    for timed, (gap, segment) in zip(segments, gaps, strict=True):
        words = timed.words if each_word else ()
        starts = [word.start for word in words] or [timed.start]
        before = "\n" if sentence else gap
        sentence = segment.boundary is not Boundary.CLAUSE
        for text, start in zip(_stretches(before, segment.written, words), starts, strict=True):
            latest = max(latest, round(start * 1000))
            if shown := held(text):
                yield shown, latest


def _stretches(gap: str, written: str, words: Sequence[WordTime]) -> Iterator[str]:
    """Part a segment's text so that each word has what belongs to it."""
    at = 0
    for word, following in pairwise(words):
        end = max(at, word.last)
        first = max(end, following.first)
        space = _LAST_SPACE.search(written[end:first])
        to = end + space.start() if space else first
        yield gap + written[at:to]
        gap, at = "", to
    yield gap + written[at:]


def _with_gaps(segments: Sequence[Segment]) -> Iterator[tuple[str, Segment]]:
    """Give each segment with the white space that parts it from the one before."""
    for before, segment in zip((None, *segments), segments, strict=False):
        if before is None:
            yield "", segment
            continue
        same = before.block == segment.block and before.boundary in _WITHIN_BLOCK
        touching = same and segment.block is not None and before.offset + len(before.written) == segment.offset
        yield "" if touching else " " if same else "\n\n", segment
