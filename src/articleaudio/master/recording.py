"""Pieces in a row: the finished MP3, written piece by piece, and everything that is known about it.

Only numbers are kept in memory, so an hour needs no more than a minute. The frames go to a second file first, because
what stands before them (tag, Info frame) tells their length.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np

from articleaudio.errors import NoArticleError
from articleaudio.files import unwritable
from articleaudio.master.chapters import chapter_marks, lay_chapters
from articleaudio.master.cover import tag_cover
from articleaudio.master.encoder import describe, release
from articleaudio.master.follow import Follow
from articleaudio.master.frames import FrameFormat
from articleaudio.master.infoframe import crc16_of_file, info_frame
from articleaudio.master.level import TARGET, step_for, tolerance
from articleaudio.master.pieces import PieceMaker, PieceStore
from articleaudio.master.reel import Reel, note, pause_frames, timeline
from articleaudio.master.settings import PODCAST, SHAPING, Profile, Shaping, TagFacts
from articleaudio.master.sleeve import Sleeve
from articleaudio.master.sounds import hear, row, unspoken
from articleaudio.master.tags import check_tag, make_tag, timed_words, written_transcript
from articleaudio.model import (
    Chapter,
    ChapterMode,
    ClipSource,
    Loudness,
    Recording,
    Script,
    Segment,
    Sounds,
    Span,
    TimedSegment,
    WordTime,
)

OnSegment = Callable[[int, float, bool], None]
"""Told of each finished segment: its index, the seconds of its sound, whether it was spoken now."""

SourceType = Callable[[Sequence[TimedSegment], Sequence[Span]], str]
"""Gives the IPTC source type of a recording with these segments and this timeline."""

NO_SOUNDS = Sounds()
"""Nothing but the voice."""

_BLOCK = 1 << 18
_PASSES = 3
"""How often a recording is put together at most, until its level is right."""


def make_recording(
    script: Script,
    clips: ClipSource,
    path: Path,
    *,
    tags: TagFacts,
    profile: Profile = PODCAST,
    chapters: ChapterMode = ChapterMode.AUTO,
    article_url: str = "",
    store: PieceStore | None = None,
    on_segment: OnSegment | None = None,
    shaping: Shaping = SHAPING,
    prefetch: Callable[[Sequence[Segment]], None] | None = None,
    sounds: Sounds = NO_SOUNDS,
    follow: Recording | None = None,
    compact_chapters: bool = False,
    source_type: SourceType | None = None,
    on_step: Callable[[float], None] | None = None,
) -> Recording:
    """Master a script to the MP3 at `path`; nothing is left there when it fails.

    `sounds` are those of the house, heard around what is said. `prefetch` is told which segments will be asked for,
    those not kept, so that they can be spoken while others are encoded. `follow` is a recording of the same script in
    another profile, to keep step with. `compact_chapters` keeps chapter titles short and leaves their links out, for
    signing. `on_step` is told when all pieces are to be made again, so many decibels away; it may raise to have others
    do that. `source_type` is asked for the tag's source type once it is known what is heard.

    Raises SpeechFailedError when a segment has no sound, ConfigError for what the house brings and cannot be used, and
    OutputError when the file cannot be written or does not read back as planned.
    """
    mp3 = FrameFormat.of(profile)
    step_with = Follow.of(follow, mp3) if follow else None
    maker = PieceMaker(clips, profile, shaping, store)
    cover = tag_cover(tags.cover) if tags.cover is not None else None
    with _spooling(path) as frames:
        if prefetch:
            prefetch(unspoken(row(script.segments, sounds), maker, script.segments, sounds))
        reel, heard = _level(
            script, maker, mp3, frames, on_segment=on_segment, on_step=on_step, sounds=sounds, follow=step_with
        )
        laid = _lay(script, reel, chapters, tags.title, article_url)
        timed, spans, encoder = _timed(script, reel, laid), timeline(reel), describe(profile)
        facts = replace(tags, digital_source_type=source_type(timed, spans)) if source_type else tags
        sleeve = Sleeve(facts, laid, encoder, written_transcript(script), cover, compact_chapters)
        sha256, size = _finish(path, frames, reel, sleeve, timed=timed, profile=profile)
    return Recording(
        path=path,
        sha256=sha256,
        size=size,
        duration=reel.duration,
        rate=profile.rate,
        bitrate=profile.bitrate or round(8 * size / reel.duration),
        segments=timed,
        chapters=laid,
        timeline=spans,
        spoken_now=reel.spoken_now,
        encoder=encoder,
        loudness=heard,
        warnings=reel.told() + _off_target(heard, reel.duration) + (cover.repairs if cover else ()),
    )


@contextlib.contextmanager
def _spooling(path: Path) -> Iterator[BinaryIO]:
    """Give a file that takes up the frames of `path`; when the work fails, nothing is left of either."""
    spool = path.with_name(f"{path.name}.frames")
    finished = False
    try:
        with spool.open("w+b") as frames:
            yield frames
        finished = True
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # where nothing can be written, nothing was
            spool.unlink(missing_ok=True)
            if not finished:
                path.unlink(missing_ok=True)


def _level(
    script: Script,
    maker: PieceMaker,
    mp3: FrameFormat,
    out: BinaryIO,
    *,
    on_segment: OnSegment | None,
    on_step: Callable[[float], None] | None,
    sounds: Sounds,
    follow: Follow | None,
) -> tuple[Reel, Loudness]:
    """Put the recording together until its level is right; give the numbers, and what it measures."""
    spoken = 0
    for left in reversed(range(_PASSES)):
        reel = _gather(script, maker, mp3, out, on_segment=on_segment, sounds=sounds, follow=follow)
        spoken = reel.spoken_now = max(spoken, reel.spoken_now)
        heard = reel.loudness(maker.step)
        step = step_for(heard.integrated, reel.duration)
        if not step or not left:
            break
        maker, on_segment = replace(maker, step=maker.step + step), None
        if on_step:
            on_step(maker.step)
        out.seek(0)
        out.truncate()
    return reel, heard


def _gather(
    script: Script,
    maker: PieceMaker,
    mp3: FrameFormat,
    out: BinaryIO,
    *,
    on_segment: OnSegment | None,
    sounds: Sounds,
    follow: Follow | None,
) -> Reel:
    """Write all pieces and the pauses between them; keep the numbers."""
    if not script.segments:
        raise NoArticleError("the script says nothing", hint="look at `articleaudio script`")
    reel = Reel(mp3)
    items = row(script.segments, sounds)
    for place, item in enumerate(items):
        segments = script.segments[item.segments.start : item.segments.stop]
        heard = hear(item, maker, segments, sounds)
        piece = follow.fitted(heard.piece, place, reel.frames) if follow else heard.piece
        out.write(mp3.laid(piece.stream))
        note(reel, piece, segments, heard.parts)
        if follow:
            rest = follow.rest(place, reel.frames, piece)
        else:
            rest = pause_frames(reel, piece, heard.pause, is_last=item is items[-1])
        out.write(mp3.silence(rest))
        reel.frames += rest
        reel.meter.add(np.zeros(rest))
        if on_segment:
            for index, part in zip(item.segments, heard.parts, strict=True):
                on_segment(index, reel.seconds(part.samples), part.spoken)
    return reel


def _off_target(heard: Loudness, seconds: float) -> tuple[str, ...]:
    """What a producer is told of a level that could not be reached."""
    off = heard.integrated - TARGET
    if abs(off) <= tolerance(seconds):
        return ()
    return (f"the recording measures {heard.integrated:.1f} LUFS, not {TARGET:.0f}: look at the voice's volume",)


def _lay(script: Script, reel: Reel, mode: ChapterMode, headline: str, article_url: str) -> tuple[Chapter, ...]:
    marks = chapter_marks(script, reel.starts(), reel.duration, mode)
    return lay_chapters(marks, reel.starts(), reel.duration, headline=headline, article_url=article_url)


def _finish(
    path: Path, frames: BinaryIO, reel: Reel, sleeve: Sleeve, *, timed: Sequence[TimedSegment], profile: Profile
) -> tuple[str, int]:
    """Write the finished file and read it back; give its SHA-256 and size."""
    if profile.lossless:
        from articleaudio.master.archive import write_archive  # noqa: PLC0415 -- rare

        return write_archive(path, frames, sleeve, samples=reel.mp3.length(reel.frames), rate=profile.rate)
    tag = make_tag(
        sleeve.facts,
        sleeve.chapters,
        reel.duration,
        encoder=sleeve.encoder,
        transcript=sleeve.transcript,
        cover=sleeve.cover,
        words=timed_words(timed),
        compact_chapters=sleeve.compact_chapters,
    )
    written = _write(path, tag, reel, frames, quality=profile.quality)
    check_tag(path, tag, reel.duration)
    return written


def _write(path: Path, tag: bytes, reel: Reel, frames: BinaryIO, *, quality: int) -> tuple[str, int]:
    """Write tag, Info frame and frames; give the file's SHA-256 and size."""
    music = frames.tell()
    frames.seek(0)
    crc = crc16_of_file(frames)
    frames.seek(0)
    info = info_frame(reel.mp3, reel.frames, music, crc, encoder=release(), quality=quality)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for block in chain((tag, info), iter(partial(frames.read, _BLOCK), b"")):
            digest.update(block)
            file.write(block)
    return digest.hexdigest(), len(tag) + len(info) + music


def _timed(script: Script, reel: Reel, chapters: Sequence[Chapter]) -> tuple[TimedSegment, ...]:
    """Put segments and words on the recording's clock."""
    timed: list[TimedSegment] = []
    chapter = 0
    for index, (segment, place) in enumerate(zip(script.segments, reel.places, strict=True)):
        while chapter + 1 < len(chapters) and chapters[chapter + 1].segment <= index:
            chapter += 1
        start, end = reel.seconds(place.start), reel.seconds(place.end)
        words = tuple(
            WordTime(min(start + word.start, end), min(start + word.end, end), word.first, word.last)
            for word in place.words
        )
        timed.append(TimedSegment(segment, start, end, chapter, words, place.key, place.voice, place.exact))
    return tuple(timed)
