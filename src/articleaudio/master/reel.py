"""The reel: what is known of the frames that are written, and where on them everything lies."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from articleaudio.master.frames import DECODER_DELAY, ENCODER_DELAY, FrameFormat
from articleaudio.master.loudness import SILENCE, loudness
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


@dataclass(slots=True)
class Reel:
    """What is known of the frames written so far."""

    mp3: FrameFormat
    frames: int = 0
    places: list[Place] = field(default_factory=list)
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
        delay = ENCODER_DELAY + DECODER_DELAY
        integrated = loudness(energies, self.mp3.rate, self.mp3.samples, delay=delay)
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


def note(reel: Reel, segment: Segment, piece: Piece, key: str, *, spoken: bool) -> None:
    """Take a piece's numbers down."""
    start = reel.frames * reel.mp3.samples + piece.start
    reel.places.append(Place(start, start + piece.samples, piece.words, key, piece.voice, piece.exact))
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


def pause_frames(reel: Reel, piece: Piece, seconds: float, *, is_last: bool) -> int:
    """Give the frames of silence that bring the pause after a piece nearest to what the voice asks for.

    The edges of the pieces themselves are silent for about a tenth of a second: the shortest pause there is.
    """
    wanted = max(0.0, seconds) * reel.mp3.rate if math.isfinite(seconds) else 0.0
    end = reel.mp3.length(reel.frames) if is_last else reel.frames * reel.mp3.samples + piece.start
    missing = wanted - (end - reel.places[-1].end)
    return max(0, round(missing / reel.mp3.samples))


def timeline(reel: Reel) -> tuple[Span, ...]:
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
