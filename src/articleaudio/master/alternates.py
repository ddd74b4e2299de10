"""The same recording in other forms: each mastered like the recording itself, at its own level, in step with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from articleaudio.errors import SpeechFailedError
from articleaudio.master.pieces import PieceStore
from articleaudio.master.recording import NO_SOUNDS, make_recording
from articleaudio.master.settings import PROFILES, SHAPING, Profile, Shaping, TagFacts
from articleaudio.model import (
    Alternate,
    AudioProfile,
    ChapterMode,
    ClipSource,
    Recording,
    Script,
    Segment,
    Sounds,
    TimedSegment,
)

ENCODER_LOSS = 0.4455
"""Decibels that LAME takes off, which the gains of voices make up for; a lossless file does not lose them."""

STEP_APART = 0.013
"""Seconds that a segment may begin earlier or later than in the recording: half a frame."""

_LENGTH_APART = 0.002
"""Seconds that a segment may be longer or shorter; more is another sound."""


def make_alternates(
    script: Script,
    clips: ClipSource,
    recording: Recording,
    profiles: Sequence[AudioProfile],
    *,
    tags: TagFacts,
    chapters: ChapterMode = ChapterMode.AUTO,
    article_url: str = "",
    store: PieceStore | None = None,
    prefetch: Callable[[Sequence[Segment]], None] | None = None,
    sounds: Sounds = NO_SOUNDS,
    shaping: Shaping = SHAPING,
    compact_chapters: bool = False,
) -> tuple[Alternate, ...]:
    """Make a recording in further forms, beside it; nothing of them is left there when one fails.

    Raises as `make_recording` does, and SpeechFailedError when a segment's sound is no longer what the recording holds.
    """

    def made(name: AudioProfile) -> Alternate:
        profile = PROFILES[name]
        ending = "flac" if profile.lossless else "mp3"
        other = make_recording(
            script,
            clips,
            recording.path.with_name(f"{recording.path.stem}.{name}.{ending}"),
            tags=tags,
            profile=profile,
            chapters=chapters,
            article_url=article_url,
            store=store,
            shaping=shaping_of(profile, shaping),
            prefetch=prefetch,
            sounds=sounds,
            follow=recording,
            compact_chapters=compact_chapters,
        )
        done.append(other.path)
        _same(recording, other, name)
        return _alternate(name, other)

    done: list[Path] = []
    try:
        return tuple(made(name) for name in profiles)
    except BaseException:
        for path in done:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def shaping_of(profile: Profile, shaping: Shaping) -> Shaping:
    """How clips are shaped for a form: without an encoder's loss there is none to make up for."""
    return replace(shaping, gain=shaping.gain - ENCODER_LOSS) if profile.lossless else shaping


def _alternate(name: AudioProfile, made: Recording) -> Alternate:
    return Alternate(
        profile=name,
        path=made.path,
        type="audio/flac" if PROFILES[name].lossless else "audio/mpeg",
        sha256=made.sha256,
        size=made.size,
        duration=made.duration,
        rate=made.rate,
        bitrate=made.bitrate,
        encoder=made.encoder,
        loudness=made.loudness,
    )


def _same(recording: Recording, other: Recording, name: AudioProfile) -> None:
    """See that every segment is heard when the recording has it, as long as there."""
    for segment in _apart(recording.segments, other.segments):
        raise SpeechFailedError(
            f"segment {segment.segment.id} was spoken again for the {name} file, and does not sound as in the MP3",
            hint="let the cache keep what is spoken (`keep_clips = true` in [cache]), then convert with --force",
        )


def _apart(ours: Sequence[TimedSegment], theirs: Sequence[TimedSegment]) -> Iterator[TimedSegment]:
    for one, two in zip(ours, theirs, strict=True):
        longer = (two.end - two.start) - (one.end - one.start)
        if abs(two.start - one.start) > STEP_APART or abs(longer) > _LENGTH_APART or one.key != two.key:
            yield one
