"""The reel: what is known of the frames that are written, and where on them everything lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from articleaudio.master.frames import DECODER_DELAY, ENCODER_DELAY, FrameFormat
from articleaudio.master.loudness import SILENCE, Meter
from articleaudio.master.pieces import Piece
from articleaudio.model import Loudness, Segment, Span, SpanKind, WordTime

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Place:
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


@dataclass(frozen=True, slots=True)
class Part:
    """One segment's speech within a piece."""

    start: int
    """Sample at which it begins, counted from the piece's start."""
    samples: int
    """How many samples there are."""
    words: tuple[WordTime, ...]
    """Word times, in seconds from the start of the speech."""
    exact: bool
    """Whether the words' times are the engine's."""
    warnings: tuple[str, ...]
    """Findings on its sound."""
    key: str = ""
    """The clip's key."""
    voice: str = ""
    """Who spoke it, where it was asked for just now; not kept."""
    spoken: bool = False
    """Whether it was spoken now."""


@dataclass(slots=True)
class Reel:
    """What is known of the frames written so far."""

    mp3: FrameFormat
    frames: int = 0
    places: list[Place] = field(default_factory=list)
    sounds: list[tuple[int, int]] = field(default_factory=list)
    """First and one past the last sample of what is heard and not spoken."""
    sounded: int = 0
    """One past the last sample that is heard so far."""
    spoken_now: int = 0
    findings: dict[str, list[str]] = field(default_factory=dict)
    """Finding → ids of the segments."""
    meter: Meter = field(init=False)
    """Told of the K-weighted energies of all frames."""
    peak: float = SILENCE
    silence: float = 0.0
    clipped: int = 0

    def __post_init__(self) -> None:
        self.meter = Meter(self.mp3.rate, self.mp3.samples, delay=ENCODER_DELAY + DECODER_DELAY)

    def loudness(self, step: float) -> Loudness:
        """What all frames so far measure in a row."""
        return Loudness(round(self.meter.loudness(), 2), self.peak, round(self.silence, 3), self.clipped, step)

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


def note(reel: Reel, piece: Piece, segments: Sequence[Segment] = (), parts: Sequence[Part] = ()) -> None:
    """Take a piece's numbers down: where its segments lie, if it has any, and that the rest of it is a sound."""
    before = reel.frames * reel.mp3.samples
    at = before + piece.start
    end = at + piece.samples
    if reel.sounded:
        reel.silence = max(reel.silence, reel.seconds(at - reel.sounded))
    for segment, part in zip(segments, parts, strict=True):
        start = before + part.start
        if start > at:
            reel.sounds.append((at, start))
        at = start + part.samples
        reel.places.append(Place(start, at, part.words, part.key, part.voice, part.exact))
        reel.spoken_now += part.spoken
        for finding in part.warnings:
            reel.findings.setdefault(finding, []).append(segment.id)
    if end > at:
        reel.sounds.append((at, end))
    reel.sounded = end
    reel.frames += piece.frames
    reel.meter.add(np.asarray(piece.energies, np.float64))
    reel.peak = max(reel.peak, piece.peak)
    reel.silence = max(reel.silence, piece.silence)
    reel.clipped += piece.clipped


def pause_frames(reel: Reel, piece: Piece, seconds: float, *, is_last: bool) -> int:
    """Give the frames of silence that bring the pause after a piece nearest to the seconds asked for.

    The edges of the pieces themselves are silent for about a tenth of a second: the shortest pause there is.
    """
    wanted = max(0.0, seconds) * reel.mp3.rate if math.isfinite(seconds) else 0.0
    end = reel.mp3.length(reel.frames) if is_last else reel.frames * reel.mp3.samples + piece.start
    missing = wanted - (end - reel.sounded)
    return max(0, round(missing / reel.mp3.samples))


def timeline(reel: Reel) -> tuple[Span, ...]:
    """Lay segments, sounds and the pauses around them end to end, from 0 to the duration."""
    spans: list[Span] = []
    at = 0
    segments = [(place.start, place.end, index) for index, place in enumerate(reel.places)]
    for start, end, index in sorted([*segments, *((*sound, None) for sound in reel.sounds)], key=itemgetter(0)):
        if start > at:
            spans.append(Span(SpanKind.PAUSE, reel.seconds(at), reel.seconds(start)))
        kind = SpanKind.SOUND if index is None else SpanKind.SEGMENT
        spans.append(Span(kind, reel.seconds(start), reel.seconds(end), index))
        at = end
    end = reel.mp3.length(reel.frames)
    if end > at:
        spans.append(Span(SpanKind.PAUSE, reel.seconds(at), reel.seconds(end)))
    return tuple(spans)
