"""Chapters of a recording: the headline's, then one for each heading, or markers about a minute apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from articleaudio.model import Chapter, ChapterMark, ChapterMode, Script

LONG = 120.0
"""Seconds above which an article without headings gets markers."""
APART = 60.0
"""Seconds between markers: each stands at the first paragraph that starts so long after the last one."""
NOT_NEAR_THE_END = 20.0
"""Seconds at the end in which no marker is worth a chapter."""
TITLE_WORDS = 6
"""Words of a paragraph that title its marker."""


def chapters(
    script: Script, starts: Sequence[float], duration: float, mode: ChapterMode, article_url: str = ""
) -> tuple[Chapter, ...]:
    """Give the chapters of a recording, covering 0 … `duration` without gaps.

    `starts` are the seconds at which each segment's sound starts. A chapter opens where its first segment sounds, the
    first one at 0.
    """
    marks = _marks(script, starts, duration, mode)
    opens = [0.0, *(starts[mark.segment] for mark in marks[1:])]
    return tuple(
        Chapter(mark.title, start, end, mark.segment, _address(article_url, mark.anchor))
        for mark, start, end in zip(marks, opens, [*opens[1:], duration], strict=True)
    )


def chapter_of(chapters_: Sequence[Chapter], segment: int) -> int:
    """Index of the chapter that a segment stands in."""
    return bisect_right([chapter.segment for chapter in chapters_], segment) - 1


def _marks(script: Script, starts: Sequence[float], duration: float, mode: ChapterMode) -> list[ChapterMark]:
    headline, *headings = script.chapters
    if mode is ChapterMode.NONE:
        return [headline]
    if headings or mode is ChapterMode.HEADINGS or duration <= LONG:
        return [headline, *headings]
    return [headline, *_minutes(script, starts, duration)]


def _minutes(script: Script, starts: Sequence[float], duration: float) -> Iterator[ChapterMark]:
    last = 0.0
    for index, segment in enumerate(script.segments):
        opens_block = segment.block is not None and segment.offset == 0
        if opens_block and last + APART <= starts[index] <= duration - NOT_NEAR_THE_END:
            yield ChapterMark(_first_words(segment.written), index)
            last = starts[index]


def _first_words(text: str) -> str:
    words = text.split()
    if len(words) <= TITLE_WORDS:
        return text
    return " ".join(words[:TITLE_WORDS]).rstrip(",;:.–—-") + "…"


def _address(article_url: str, anchor: str) -> str:
    return f"{article_url}#{anchor}" if article_url and anchor else article_url
