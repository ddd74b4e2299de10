"""Pieces: one segment's sound, shaped and encoded, so that finished MP3 frames can be joined and kept.

Why pieces can be joined without a sample of error: a piece is encoded on its own (empty bit reservoir, so its first
frame needs no earlier bits) and is silent at both edges for at least a frame, so that nothing of it is left in a
decoder's filter bank or overlap when the next one begins. LAME's and the decoder's delay then shift all pieces by the
same 1105 samples, which the Info frame tells players to skip. A piece of n frames of PCM comes out as n + 1 frames (the
last one flushes the delay), so what is heard at sample s of its PCM is heard, in the recording, at sample
`frames before it * 1152 + s`. The pause after a segment is no part of its piece: it is made of frames of silence, which
cost nothing to encode, and a changed pause leaves the piece alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from articleaudio.errors import ArticleAudioError, SpeechFailedError
from articleaudio.master.encoder import binding, encode
from articleaudio.master.frames import DECODER_DELAY, ENCODER_DELAY, BrokenStreamError, FrameFormat
from articleaudio.master.keys import layout, piece_key
from articleaudio.master.level import PEAK
from articleaudio.master.settings import Profile, Shaping
from articleaudio.model import Clip, ClipSource, Segment, WordTime

KIND = "piece"
"""What the store calls them."""


class PieceStore(Protocol):
    """The part of the store that mastering needs."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Give what is kept under a key, or None."""
        ...

    def missing(self, kind: str, keys: Sequence[str]) -> set[str]:
        """Give those keys that nothing is kept under."""
        ...

    def put(self, kind: str, key: str, payload: bytes) -> None:
        """Keep something under a key."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment's sound as MP3 frames."""

    stream: bytes
    """Whole frames that can stand alone."""
    frames: int
    """How many."""
    start: int
    """Sample at which the speech begins, counted from the piece's start."""
    samples: int
    """Samples of speech."""
    words: tuple[WordTime, ...] = ()
    """Word times, in seconds from the start of the speech, inside it."""
    energies: tuple[float, ...] = ()
    """K-weighted energy of each frame of the decoded piece (sum of squares, full scale 1)."""
    peak: float = float("-inf")
    """True peak of the decoded piece, dBTP."""
    silence: float = 0.0
    """Longest silence within the speech, seconds."""
    clipped: int = 0
    """Samples at full scale."""
    warnings: tuple[str, ...] = ()
    """Findings on the sound."""
    exact: bool = True
    """Whether the engine told when words are heard; else their times are estimated."""
    voice: str = ""
    """Name of the profile that spoke it, where it was asked for just now; not kept, for profiles change their names."""


@dataclass(frozen=True, slots=True)
class PieceMaker:
    """Gives the piece of a segment: from the store, or made now."""

    clips: ClipSource
    """Where the sound comes from."""
    profile: Profile
    """How it is encoded."""
    shaping: Shaping
    """How it is shaped; each voice's gain is added."""
    store: PieceStore | None
    """Where pieces are kept; None keeps none."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of clips that were asked for, by the segment's id."""
    step: float = 0.0
    """Decibels that the whole recording needs beside the gains of its voices."""

    def piece(self, segment: Segment) -> tuple[Piece, str, bool]:
        """Give a segment's piece, its clip's key, and whether the segment was spoken now.

        Raises SpeechFailedError, naming the segment, when there is no sound to be had.
        """
        shaping = self.shaping_of(segment)
        clip_key = self.keys.get(segment.id) or self.clips.key(segment)
        if (kept := self._kept(clip_key, shaping, segment)) is not None:
            return kept, clip_key, False
        clip = self.clips.clip(segment)
        other = clip.key != clip_key  # another voice than asked for has spoken, at another level
        shaping = self.shaping_for(clip, segment)
        made = (self._kept(clip.key, shaping, segment) if other else None) or self._made(clip, segment, shaping)
        told = tuple(dict.fromkeys((*clip.instead, *made.warnings)))
        return replace(made, warnings=told, voice=clip.voice), clip.key, not clip.cached

    def missing(self, segments: Sequence[Segment]) -> list[Segment]:
        """Give the segments whose pieces are not kept, in order; for whoever can have them spoken ahead."""
        if self.store is None:
            return list(segments)
        self.keys.update({segment.id: self.clips.key(segment) for segment in segments})
        keys = [
            piece_key(self.keys[segment.id], self.profile, self.shaping_of(segment), layout(segment))
            for segment in segments
        ]
        gone = self.store.missing(KIND, keys)
        return [segment for segment, key in zip(segments, keys, strict=True) if key in gone]

    def shaping_of(self, segment: Segment) -> Shaping:
        """How a segment is shaped: at the gain of its voice."""
        return self._at(self.clips.gain(segment))

    def shaping_for(self, clip: Clip, segment: Segment) -> Shaping:
        """How a segment's clip is shaped: at the gain of the voice that spoke it, which may stand in for another."""
        return self.shaping_of(segment) if clip.gain is None else self._at(clip.gain)

    def _at(self, gain: float) -> Shaping:
        return replace(self.shaping, gain=round(self.shaping.gain + gain + self.step, 3))

    def _made(self, clip: Clip, segment: Segment, shaping: Shaping) -> Piece:
        """Make a piece and keep it under the key of the clip itself, with what is true of the sound alone."""
        true = tuple(warning for warning in clip.warnings if warning not in clip.instead)
        try:
            made = make_piece(replace(clip, warnings=true), self.profile, shaping)
        except SpeechFailedError as error:
            message = f"segment {segment.id} ({_short(segment.written)}): {error.message}"
            raise SpeechFailedError(message, hint=error.hint) from error
        if self.store is not None:
            self.store.put(KIND, piece_key(clip.key, self.profile, shaping, layout(segment)), pack(made))
        return made

    def _kept(self, clip_key: str, shaping: Shaping, segment: Segment) -> Piece | None:
        if self.store is None:
            return None
        payload = self.store.get(KIND, piece_key(clip_key, self.profile, shaping, layout(segment)))
        return None if payload is None else unpack(payload, FrameFormat.of(self.profile))


TRIES = 4
"""How often a piece is made, each time under a lower ceiling, until no peak of it is too high."""


def make_piece(clip: Clip, profile: Profile, shaping: Shaping) -> Piece:
    """Shape and encode a clip, decode it and measure what was made. Raises SpeechFailedError when it holds no sound.

    The encoder may lift a peak; then the piece is made again under a lower ceiling.
    """
    from articleaudio.master.shape import shape  # noqa: PLC0415 -- kept pieces need neither numpy nor soxr nor pydub

    for _ in range(TRIES):
        speech = shape(clip, profile.rate, shaping)
        made = encode_piece(speech.pcm, profile)
        if made.peak <= PEAK:
            break
        shaping = lowered(shaping, made)
    inside = words_inside(clip.words, speech.skipped, speech.samples / profile.rate)
    return replace(made, words=inside, warnings=speech.warnings + clip.warnings, exact=clip.exact)


def lowered(shaping: Shaping, made: Piece) -> Shaping:
    """The shaping under a ceiling that makes up for what the encoder added to the peaks of a piece."""
    return replace(shaping, ceiling=shaping.ceiling - (made.peak - PEAK) - 0.05)


def encode_piece(pcm: bytes, profile: Profile) -> Piece:
    """Encode 16-bit mono PCM at the profile's rate between silent edges, decode it and measure what was made."""
    from articleaudio.master.measure import decode, measure  # noqa: PLC0415 -- kept pieces do not need numpy

    mp3 = FrameFormat.of(profile)
    samples = len(pcm) // 2
    whole = -(-(mp3.samples + samples) // mp3.samples) + max(1, 1152 // mp3.samples)  # silence: 1152 or more
    stream = encode((bytes(2 * mp3.samples) + pcm).ljust(2 * whole * mp3.samples, b"\0"), profile)
    frames = _checked(stream, mp3, mp3.samples + samples)
    found = measure(decode(stream)[0], profile.rate, mp3.samples)
    return Piece(
        stream=stream,
        frames=frames,
        start=mp3.samples,
        samples=samples,
        energies=found.energies,
        peak=found.peak,
        silence=found.silence,
        clipped=found.clipped,
    )


def _checked(stream: bytes, mp3: FrameFormat, samples: int) -> int:
    """Count the frames of what the encoder gave, and see that none is missing or of another kind."""
    try:
        frames = mp3.count(stream)
    except BrokenStreamError as error:
        raise _unjoinable(str(error)) from error
    if frames * mp3.samples < samples + ENCODER_DELAY + DECODER_DELAY:
        raise _unjoinable(f"{frames} frames are too few for {samples} samples")
    return frames


def _unjoinable(what: str) -> ArticleAudioError:
    return ArticleAudioError(
        f"the MP3 encoder ({binding()}) gave what cannot be joined: {what}",
        hint="install the pinned version of lameenc",
    )


def words_inside(words: tuple[WordTime, ...], skipped: float, end: float) -> tuple[WordTime, ...]:
    """Move word times from the clip's clock to the speech's, and keep them inside."""

    def clamp(time: float) -> float:
        return min(max(time - skipped, 0.0), end)

    return tuple(WordTime(clamp(word.start), clamp(word.end), word.first, word.last) for word in words)


def pack(piece: Piece) -> bytes:
    """Write a piece for the store: a line of JSON, then its frames."""
    facts = {
        "start": piece.start,
        "samples": piece.samples,
        "words": [[word.start, word.end, word.first, word.last] for word in piece.words],
        "energies": piece.energies,
        "peak": None if piece.peak == float("-inf") else piece.peak,
        "silence": piece.silence,
        "clipped": piece.clipped,
        "warnings": piece.warnings,
        "exact": piece.exact,
    }
    return json.dumps(facts).encode() + b"\n" + piece.stream


def unpack(payload: bytes, mp3: FrameFormat) -> Piece | None:
    """Read a piece from the store; None when it is damaged, for then it is made again."""
    line, _, stream = payload.partition(b"\n")
    try:
        facts = json.loads(line)
        words = tuple(WordTime(*word) for word in facts["words"])
        return Piece(
            stream=stream,
            frames=mp3.count(stream),
            start=facts["start"],
            samples=facts["samples"],
            words=words,
            energies=tuple(facts["energies"]),
            peak=float("-inf") if facts["peak"] is None else facts["peak"],
            silence=facts["silence"],
            clipped=facts["clipped"],
            warnings=tuple(facts["warnings"]),
            exact=facts["exact"],
        )
    except (ValueError, KeyError, TypeError):
        return None


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
