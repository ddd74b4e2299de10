"""Pieces: one segment each, encoded once, able to stand beside any other piece.

A piece is a whole number of frames: one of silence, the sound, at least one more of silence, and what the encoder adds
to give all of its input back. Because both edges are silent and its encoder started empty, pieces and frames of
silence can be put in a row, and in the decoded row every sound stands where the frame count says, to the sample.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from articleaudio.master.encoder import binding, encode
from articleaudio.master.frames import BrokenStreamError, FrameFormat
from articleaudio.master.settings import Profile, Shaping
from articleaudio.master.shape import shape
from articleaudio.model import ClipSource, Segment, WordTime
from articleaudio.plain import dump

KIND = "piece"
"""What pieces are called in the store."""

_LAYOUT = 1
"""Raised when the same inputs would give another piece than before."""


class Keeps(Protocol):
    """Where pieces are kept; `articleaudio.store.Store` is one."""

    def get(self, kind: str, key: str, /) -> bytes | None:
        """Give what was put, or None."""
        ...

    def put(self, kind: str, key: str, payload: bytes, /) -> None:
        """Keep it."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment's encoded sound."""

    mp3: bytes
    """Whole frames."""
    frames: int
    """How many."""
    lead: int
    """Samples before the sound."""
    samples: int
    """Samples of the sound."""
    words: tuple[WordTime, ...]
    """Word times, from the start of the sound."""
    warnings: tuple[str, ...]
    """Findings on the sound."""
    spoken: bool
    """Whether the segment was spoken for it now."""


@dataclass(frozen=True, slots=True)
class Press:
    """Makes pieces of segments, or finds them made."""

    clips: ClipSource
    """Where the sound comes from."""
    profile: Profile
    """How it is encoded."""
    shaping: Shaping
    """How it is shaped."""
    store: Keeps | None
    """Where pieces are kept, if anywhere."""

    def piece(self, segment: Segment) -> Piece:
        """Give the piece of a segment. Raises what speaking raises, and SpeechFailedError for a clip without sound."""
        key = self._key(segment)
        kept = self.store.get(KIND, key) if self.store else None
        if kept is not None and (piece := _unpack(kept, FrameFormat.of(self.profile))) is not None:
            return piece
        piece = self._make(segment)
        if self.store:
            self.store.put(KIND, key, _pack(piece))
        return piece

    def _key(self, segment: Segment) -> str:
        """Hash what can change the piece: the clip, how it is shaped and encoded, and where its words are written."""
        spans = [(token.start, token.end) for token in segment.tokens]
        facts = [_LAYOUT, self.clips.key(segment), self.profile, self.shaping, binding(), segment.written, spans]
        return hashlib.sha256(dump(facts).encode()).hexdigest()

    def _make(self, segment: Segment) -> Piece:
        clip = self.clips.clip(segment)
        shaped = shape(clip.pcm, clip.rate, self.shaping, self.profile.rate)
        frame = FrameFormat.of(self.profile).samples
        count = len(shaped.samples)
        whole = np.zeros((-(-(frame + count) // frame) + 1) * frame, np.int16)
        whole[frame : frame + count] = shaped.samples
        mp3 = encode(whole.astype("<i2").tobytes(), self.profile)
        length = count / self.profile.rate
        return Piece(
            mp3=mp3,
            frames=FrameFormat.of(self.profile).count(mp3),
            lead=frame,
            samples=count,
            words=tuple(_moved(word, shaped.start, length) for word in clip.words),
            warnings=(*clip.warnings, *shaped.warnings),
            spoken=not clip.cached,
        )


def _moved(word: WordTime, cut: float, length: float) -> WordTime:
    """A word's time when `cut` seconds were taken off in front; never outside the sound."""
    start = min(max(word.start - cut, 0.0), length)
    return WordTime(start, min(max(word.end - cut, start), length), word.first, word.last)


def _pack(piece: Piece) -> bytes:
    words = [[word.start, word.end, word.first, word.last] for word in piece.words]
    head = [piece.frames, piece.lead, piece.samples, words, piece.warnings]
    text = json.dumps(head, separators=(",", ":")).encode()
    return struct.pack("<I", len(text)) + text + piece.mp3


def _unpack(entry: bytes, mp3: FrameFormat) -> Piece | None:
    """Read a kept piece; one that is not what it says is made anew."""
    try:
        (size,) = struct.unpack_from("<I", entry)
        frames, lead, samples, words, warnings = json.loads(entry[4 : 4 + size])
        body = entry[4 + size :]
        if mp3.count(body) != frames:
            return None
        times = tuple(WordTime(*word) for word in words)
        return Piece(body, frames, lead, samples, times, tuple(warnings), spoken=False)
    except (struct.error, ValueError, TypeError, BrokenStreamError):
        return None
