"""Pieces in a row: from a script to a finished MP3 file, piece by piece, in memory that does not grow with length."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from articleaudio.errors import OutputError
from articleaudio.master.chapters import chapter_of
from articleaudio.master.chapters import chapters as chapters_of
from articleaudio.master.encoder import describe, release
from articleaudio.master.frames import FrameFormat
from articleaudio.master.infoframe import crc16_of_file, info_frame
from articleaudio.master.pieces import Keeps, Piece, Press
from articleaudio.master.settings import PODCAST, SHAPING, Profile, Shaping, TagFacts
from articleaudio.master.tags import tag_bytes, verify
from articleaudio.model import (
    Chapter,
    ChapterMode,
    ClipSource,
    Recording,
    Script,
    Segment,
    Span,
    SpanKind,
    TimedSegment,
    WordTime,
)

OnSegment = Callable[[int, float, bool], None]
"""Told after each segment: its index, the seconds of its sound, whether it was spoken now."""


def make_recording(
    script: Script,
    clips: ClipSource,
    path: Path,
    *,
    tags: TagFacts,
    profile: Profile = PODCAST,
    shaping: Shaping = SHAPING,
    chapters: ChapterMode = ChapterMode.AUTO,
    article_url: str = "",
    store: Keeps | None = None,
    on_segment: OnSegment | None = None,
) -> Recording:
    """Master a script into an MP3 at `path`: tag, Info frame, pieces.

    `path` is the caller's temporary file: written in place, not durable yet, to be moved when it is published. The same
    script, clips and settings give the same bytes. Raises what speaking raises, SpeechFailedError for a clip without
    sound, ConfigError for a cover that is no picture, OutputError when the file does not read back as planned.
    """
    press = Press(clips, profile, shaping, store)
    body_path = path.with_name(path.name + ".body")
    try:
        with body_path.open("w+b") as body:
            row = _Row(FrameFormat.of(profile), body)
            for index, segment in enumerate(script.segments):
                piece = press.piece(segment)
                row.add(segment, piece, clips.pause(segment), clips.key(segment))
                if on_segment:
                    on_segment(index, piece.samples / profile.rate, piece.spoken)
            return _finish(row, script, path, facts=tags, profile=profile, mode=chapters, article_url=article_url)
    finally:
        body_path.unlink(missing_ok=True)


@dataclass
class _Row:
    """Pieces and pauses written one after the other, and where each sound stands."""

    mp3: FrameFormat
    body: BinaryIO
    frames: int = 0
    spoken: int = 0
    placed: list[tuple[Segment, int, int, tuple[WordTime, ...], str]] = field(default_factory=list)
    """Segment, first sample and end sample of its sound, word times from there, clip key."""
    warnings: list[str] = field(default_factory=list)

    def add(self, segment: Segment, piece: Piece, pause: float, key: str) -> None:
        """Write a piece, then as much silence as brings the next sound `pause` seconds after this one."""
        start = self.frames * self.mp3.samples + piece.lead
        self.placed.append((segment, start, start + piece.samples, piece.words, key))
        self.body.write(piece.mp3)
        quiet = piece.frames * self.mp3.samples - piece.samples  # to this piece's end, and the next one's lead
        silence = max(0, round((pause * self.mp3.rate - quiet) / self.mp3.samples))
        self.body.write(self.mp3.silence(silence))
        self.frames += piece.frames + silence
        self.spoken += piece.spoken
        self.warnings += [f"{segment.id}: {text}" for text in piece.warnings]


def _finish(
    row: _Row, script: Script, path: Path, *, facts: TagFacts, profile: Profile, mode: ChapterMode, article_url: str
) -> Recording:
    """Write tag, Info frame and body to `path`, and tell everything that is known of it."""
    rate = profile.rate
    duration = row.mp3.length(row.frames) / rate
    starts = [first / rate for _, first, *_ in row.placed]
    made = chapters_of(script, starts, duration, mode, article_url)
    written = "\n".join(segment.written for segment in script.segments)
    tag = tag_bytes(facts, made, duration=duration, transcript=written, encoder=describe(profile))
    sha256, size = _assemble(row, path, tag, profile)
    verify(path, made)
    return Recording(
        path=path,
        sha256=sha256,
        size=size,
        duration=duration,
        rate=rate,
        bitrate=profile.bitrate,
        segments=tuple(_timed(row, made, rate)),
        chapters=made,
        timeline=_timeline(row, duration),
        spoken_now=row.spoken,
        encoder=describe(profile),
        warnings=tuple(row.warnings),
    )


def _assemble(row: _Row, path: Path, tag: bytes, profile: Profile) -> tuple[str, int]:
    """Put the file together; give its SHA-256 and size."""
    music = row.body.tell()
    row.body.seek(0)
    crc = crc16_of_file(row.body)
    info = info_frame(row.mp3, row.frames, music, crc, encoder=release(), quality=profile.quality)
    with path.open("wb") as file:
        file.write(tag)
        file.write(info)
        row.body.seek(0)
        shutil.copyfileobj(row.body, file, 1 << 20)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    if size != len(tag) + len(info) + music:
        raise OutputError(f"{path} has {size} bytes, not {len(tag) + len(info) + music}", hint="is the disk full?")
    return sha256, size


def _timed(row: _Row, made: tuple[Chapter, ...], rate: int) -> list[TimedSegment]:
    timed = []
    for index, (segment, first, end, words, key) in enumerate(row.placed):
        start = first / rate
        moved = tuple(WordTime(start + word.start, start + word.end, word.first, word.last) for word in words)
        timed.append(TimedSegment(segment, start, end / rate, chapter_of(made, index), moved, key))
    return timed


def _timeline(row: _Row, duration: float) -> tuple[Span, ...]:
    """Segments with the pauses between them, gapless from 0 to the end."""
    spans: list[Span] = []
    at = 0.0
    for index, (_, first, end, *_) in enumerate(row.placed):
        start, stop = first / row.mp3.rate, end / row.mp3.rate
        spans += (Span(SpanKind.PAUSE, at, start), Span(SpanKind.SEGMENT, start, stop, index))
        at = stop
    spans.append(Span(SpanKind.PAUSE, at, duration))
    return tuple(spans)
