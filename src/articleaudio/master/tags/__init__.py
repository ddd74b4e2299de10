"""The ID3v2.3 tag. The only modules that know mutagen.

Version 2.3, because ffmpeg drops every chapter of a 2.4 tag with a frame of 128 bytes or more. mutagen makes the frames
one by one and we put them in a row, because it sorts chapters by their length: first what is shown in a list, then
chapters and cover, last the text with its times. docs/tags.md says what each frame is for. Sources: id3.org
"ID3v2.3.0" and "ID3v2 Chapter Frame Addendum v1.0".
"""

from __future__ import annotations

from collections.abc import Sequence

from articleaudio.master.cover import Cover
from articleaudio.master.settings import TagFacts
from articleaudio.master.tags.check import check_tag
from articleaudio.master.tags.frames import chapter_frames, cover_frames, said_about, text_frames, transcript_frames
from articleaudio.master.tags.rows import in_a_row
from articleaudio.master.tags.words import Synced, timed_words, written_transcript
from articleaudio.model import Chapter

__all__ = ["check_tag", "make_tag", "timed_words", "written_transcript"]


def make_tag(
    facts: TagFacts,
    chapters: Sequence[Chapter],
    duration: float,
    *,
    encoder: str,
    transcript: str,
    cover: Cover | None = None,
    words: Sequence[Synced] = (),
    compact_chapters: bool = False,
) -> bytes:
    """Make the whole tag. `duration` is in seconds; `cover` is what `tag_cover` makes of the cover in `facts`.

    `compact_chapters` is for a file that will be signed, which makes its tag one of version 2.4.

    Raises ConfigError when it would be more than ID3 can hold.
    """
    return in_a_row(
        (
            *text_frames(facts, duration, encoder),
            *said_about(facts),
            *chapter_frames(facts.title, chapters, compact=compact_chapters),
            *cover_frames(cover),
            *transcript_frames(facts.language, transcript, words),
        )
    )
