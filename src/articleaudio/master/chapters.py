"""Chapters: the headline's, one for every heading, or markers where a long article has no headings."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urldefrag

from articleaudio.model import Chapter, ChapterMark, ChapterMode, Script, Segment

LONG = 120.0
"""Seconds above which an article without headings gets markers."""
APART = 60.0
"""Seconds that markers are apart, about."""
SHORTEST = 30.0
"""Seconds that a marked chapter lasts at least."""
_WORDS = 6
_CHARACTERS = 80


def chapter_marks(script: Script, starts: Sequence[float], duration: float, mode: ChapterMode) -> list[ChapterMark]:
    """Choose where chapters open; `starts` are the segments' starts in seconds. The first opens at segment 0."""
    given = _in_order(script)
    if mode is ChapterMode.NONE:
        return given[:1]
    if mode is ChapterMode.AUTO and len(given) == 1 and duration > LONG:
        return given + _markers(script.segments, starts, duration)
    return given


def lay_chapters(
    marks: Sequence[ChapterMark], starts: Sequence[float], duration: float, *, headline: str, article_url: str
) -> tuple[Chapter, ...]:
    """Lay the chapters out in time: the first from 0, each to the start of the next, the last to the end."""
    opens = [0.0, *(starts[mark.segment] for mark in marks[1:])]
    page = urldefrag(article_url).url
    return tuple(
        Chapter(
            title=mark.title.strip() or headline,
            start=start,
            end=end,
            segment=mark.segment,
            url=f"{page}#{mark.anchor}" if page and mark.anchor else article_url,
        )
        for mark, start, end in zip(marks, opens, [*opens[1:], duration], strict=True)
    )


def _in_order(script: Script) -> list[ChapterMark]:
    """Keep the script's marks that open a new chapter: in order, one a segment, the first at segment 0."""
    marks: list[ChapterMark] = []
    for mark in script.chapters:
        if not marks:
            marks.append(ChapterMark(mark.title, 0, mark.anchor))
        elif marks[-1].segment < mark.segment < len(script.segments):
            marks.append(mark)
    return marks or [ChapterMark("", 0)]


def _markers(segments: Sequence[Segment], starts: Sequence[float], duration: float) -> list[ChapterMark]:
    """Open a chapter at the paragraph start that is nearest to a minute after the last one."""
    paragraphs = [
        index
        for index in range(1, len(segments))
        if segments[index].block is not None and segments[index].block != segments[index - 1].block
    ]
    marks: list[ChapterMark] = []
    last = 0.0
    while duration - last >= APART + SHORTEST:
        candidates = [i for i in paragraphs if last + SHORTEST <= starts[i] <= duration - SHORTEST]
        if not candidates:
            break
        index = min(candidates, key=lambda i: abs(starts[i] - last - APART))
        marks.append(ChapterMark(_first_words(segments, index), index))
        last = starts[index]
    return marks


def _first_words(segments: Sequence[Segment], index: int) -> str:
    """Give the first words of a paragraph, with an ellipsis when it goes on."""
    block = segments[index].block
    words: list[str] = []
    for segment in segments[index:]:
        if segment.block != block or len(words) > _WORDS:
            break
        words += segment.written.split()
    title = " ".join(words[:_WORDS])
    if len(words) <= _WORDS and len(title) <= _CHARACTERS:
        return title
    return title[: _CHARACTERS - 1].rstrip(" ,;:.–—-…") + "…"
