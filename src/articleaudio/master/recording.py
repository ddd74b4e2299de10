"""Pieces in a row: the finished MP3, written piece by piece, and everything that is known about it.

Only numbers are kept in memory, so an hour needs no more than a minute. The frames go to a second file first, because
what stands before them (tag, Info frame) tells their length.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from articleaudio.errors import NoArticleError
from articleaudio.files import unwritable
from articleaudio.master.chapters import chapter_marks, lay_chapters
from articleaudio.master.encoder import describe, release
from articleaudio.master.frames import FrameFormat
from articleaudio.master.infoframe import crc16_of_file, info_frame
from articleaudio.master.level import TARGET, step_for, tolerance
from articleaudio.master.loudness import SILENCE, loudness
from articleaudio.master.pieces import Piece, PieceMaker, PieceStore
from articleaudio.master.settings import PODCAST, SHAPING, Profile, Shaping, TagFacts
from articleaudio.master.tags import check_tag, make_tag, written_transcript
from articleaudio.model import (
    Chapter,
    ChapterMode,
    ClipSource,
    Loudness,
    Recording,
    Script,
    Segment,
    Span,
    SpanKind,
    TimedSegment,
    WordTime,
)

OnSegment = Callable[[int, float, bool], None]
"""Told of each finished segment: its index, the seconds of its sound, whether it was spoken now."""

_BLOCK = 1 << 18
_PASSES = 3
"""How often a recording is put together at most, until its level is right."""
_NAMED = 8


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
) -> Recording:
    """Master a script to the MP3 at `path`; nothing is left there when it fails.

    `prefetch` is told which segments will be asked for, those whose pieces are not kept, so that they can be spoken
    while others are encoded.

    Raises SpeechFailedError when a segment has no sound, ConfigError for a profile or cover that cannot be used,
    OutputError when the file cannot be written or does not read back as planned.
    """
    mp3 = FrameFormat.of(profile)
    maker = PieceMaker(clips, profile, shaping, store)
    told = on_segment
    spool = path.with_name(f"{path.name}.frames")
    finished = False
    try:
        with spool.open("w+b") as frames:
            if prefetch:
                prefetch(maker.missing(script.segments))
            spoken = 0
            for _ in range(_PASSES):
                reel = _gather(script, maker, mp3, frames, told)
                spoken = reel.spoken_now = max(spoken, reel.spoken_now)
                heard = reel.loudness(maker.step)
                step = step_for(heard.integrated, reel.duration)
                if not step:
                    break
                maker, told = replace(maker, step=maker.step + step), None
                frames.seek(0)
                frames.truncate()
            laid = _lay(script, reel, chapters, tags.title, article_url)
            encoder = describe(profile)
            tag = make_tag(tags, laid, reel.duration, encoder=encoder, transcript=written_transcript(script))
            sha256, size = _write(path, tag, reel, frames, quality=profile.quality)
        check_tag(path, tag, reel.duration)
        finished = True
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # where nothing can be written, nothing was
            spool.unlink(missing_ok=True)
            if not finished:
                path.unlink(missing_ok=True)
    return Recording(
        path=path,
        sha256=sha256,
        size=size,
        duration=reel.duration,
        rate=profile.rate,
        bitrate=profile.bitrate,
        segments=_timed(script, reel, laid),
        chapters=laid,
        timeline=_timeline(reel),
        spoken_now=reel.spoken_now,
        encoder=encoder,
        loudness=heard,
        warnings=reel.told() + _off_target(heard, reel.duration),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a segment's speech lies in the recording."""

    start: int
    """Sample."""
    end: int
    """One past the last sample."""
    words: tuple[WordTime, ...]
    """On the speech's clock."""
    key: str
    """The clip's key."""
    voice: str
    """Who spoke it, where it was asked for just now."""
    exact: bool
    """Whether the words' times are the engine's."""


@dataclass(slots=True)
class _Reel:
    """What is known of the frames written so far."""

    mp3: FrameFormat
    frames: int = 0
    places: list[_Place] = field(default_factory=list)
    spoken_now: int = 0
    findings: dict[str, list[str]] = field(default_factory=dict)
    """Finding → ids of the segments."""
    energies: list[NDArray[np.float64]] = field(default_factory=list)
    """K-weighted energies of the frames, in stretches."""
    peak: float = SILENCE
    silence: float = 0.0
    clipped: int = 0

    def loudness(self, step: float) -> Loudness:
        """What all frames so far measure in a row."""
        energies = np.concatenate(self.energies) if self.energies else np.zeros(1)
        integrated = loudness(energies, self.mp3.rate, self.mp3.samples)
        return Loudness(round(integrated, 2), self.peak, round(self.silence, 3), self.clipped, step)

    @property
    def duration(self) -> float:
        """Seconds that a gapless player plays."""
        return self.mp3.length(self.frames) / self.mp3.rate

    def seconds(self, samples: int) -> float:
        """Samples as seconds."""
        return samples / self.mp3.rate

    def starts(self) -> list[float]:
        """Where the segments' speech starts, in seconds."""
        return [self.seconds(place.start) for place in self.places]

    def told(self) -> tuple[str, ...]:
        """Findings as sentences, with the segments they were made in."""
        return tuple(
            f"{', '.join(ids[:_NAMED])}{f' and {len(ids) - _NAMED} more' if len(ids) > _NAMED else ''}: {finding}"
            for finding, ids in self.findings.items()
        )


def _gather(script: Script, maker: PieceMaker, mp3: FrameFormat, out: BinaryIO, on_segment: OnSegment | None) -> _Reel:
    """Write all pieces and the pauses between them; keep the numbers."""
    if not script.segments:
        raise NoArticleError("the script says nothing", hint="look at `articleaudio script`")
    reel = _Reel(mp3)
    last = len(script.segments) - 1
    for index, segment in enumerate(script.segments):
        piece, key, spoken = maker.piece(segment)
        out.write(piece.stream)
        _note(reel, segment, piece, key, spoken=spoken)
        rest = _pause_frames(reel, piece, maker.clips.pause(segment), is_last=index == last)
        out.write(mp3.silence(rest))
        reel.frames += rest
        reel.energies.append(np.zeros(rest))
        if on_segment:
            on_segment(index, reel.seconds(piece.samples), spoken)
    return reel


def _note(reel: _Reel, segment: Segment, piece: Piece, key: str, *, spoken: bool) -> None:
    """Take a piece's numbers down."""
    start = reel.frames * reel.mp3.samples + piece.start
    reel.places.append(_Place(start, start + piece.samples, piece.words, key, piece.voice, piece.exact))
    if len(reel.places) > 1:
        reel.silence = max(reel.silence, reel.seconds(start - reel.places[-2].end))
    reel.frames += piece.frames
    reel.energies.append(np.asarray(piece.energies, np.float64))
    reel.peak = max(reel.peak, piece.peak)
    reel.silence = max(reel.silence, piece.silence)
    reel.clipped += piece.clipped
    reel.spoken_now += spoken
    for finding in piece.warnings:
        reel.findings.setdefault(finding, []).append(segment.id)


def _off_target(heard: Loudness, seconds: float) -> tuple[str, ...]:
    """What a producer is told of a level that could not be reached."""
    off = heard.integrated - TARGET
    if abs(off) <= tolerance(seconds):
        return ()
    return (f"the recording measures {heard.integrated:.1f} LUFS, not {TARGET:.0f}: look at the voice's volume",)


def _pause_frames(reel: _Reel, piece: Piece, seconds: float, *, is_last: bool) -> int:
    """Give the frames of silence that bring the pause after a piece nearest to what the voice asks for.

    The edges of the pieces themselves are silent for about a tenth of a second: the shortest pause there is.
    """
    wanted = max(0.0, seconds) * reel.mp3.rate if math.isfinite(seconds) else 0.0
    end = reel.mp3.length(reel.frames) if is_last else reel.frames * reel.mp3.samples + piece.start
    missing = wanted - (end - reel.places[-1].end)
    return max(0, round(missing / reel.mp3.samples))


def _lay(script: Script, reel: _Reel, mode: ChapterMode, headline: str, article_url: str) -> tuple[Chapter, ...]:
    marks = chapter_marks(script, reel.starts(), reel.duration, mode)
    return lay_chapters(marks, reel.starts(), reel.duration, headline=headline, article_url=article_url)


def _write(path: Path, tag: bytes, reel: _Reel, frames: BinaryIO, *, quality: int) -> tuple[str, int]:
    """Write tag, Info frame and frames; give the file's SHA-256 and size."""
    music = frames.tell()
    frames.seek(0)
    crc = crc16_of_file(frames)
    frames.seek(0)
    info = info_frame(reel.mp3, reel.frames, music, crc, encoder=release(), quality=quality)
    with path.open("wb") as file:
        file.write(tag + info)
        shutil.copyfileobj(frames, file, _BLOCK)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return digest, len(tag) + len(info) + music


def _timed(script: Script, reel: _Reel, chapters: Sequence[Chapter]) -> tuple[TimedSegment, ...]:
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


def _timeline(reel: _Reel) -> tuple[Span, ...]:
    """Lay segments and the pauses around them end to end, from 0 to the duration."""
    spans: list[Span] = []
    at = 0
    for index, place in enumerate(reel.places):
        if place.start > at:
            spans.append(Span(SpanKind.PAUSE, reel.seconds(at), reel.seconds(place.start)))
        spans.append(Span(SpanKind.SEGMENT, reel.seconds(place.start), reel.seconds(place.end), index))
        at = place.end
    end = reel.mp3.length(reel.frames)
    if end > at:
        spans.append(Span(SpanKind.PAUSE, reel.seconds(at), reel.seconds(end)))
    return tuple(spans)
