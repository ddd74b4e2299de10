"""The headline over a bed of music: one piece, in which speech keeps its level and the music gives way to it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from articleaudio.errors import SpeechFailedError
from articleaudio.master.frames import FrameFormat
from articleaudio.master.keys import layout, piece_key
from articleaudio.master.level import PEAK
from articleaudio.master.limiter import limit
from articleaudio.master.peaks import Signal
from articleaudio.master.pieces import (
    TRIES,
    Piece,
    PieceMaker,
    encode_piece,
    lowered,
    pack,
    unpack,
    words_inside,
)
from articleaudio.master.reel import Part
from articleaudio.master.settings import Profile, Shaping
from articleaudio.master.shape import Speech, shape
from articleaudio.master.sounds.files import digest, read_sound
from articleaudio.master.sounds.music import faded, gain_for, rise, to_pcm
from articleaudio.model import Clip, Role, Segment, WordTime

KIND = "bed"
"""What the store calls them."""

BEFORE = 1.5
"""Seconds of music before the voice."""
AFTER = 2.0
"""Seconds of music after it."""
OPEN = -6.0
"""LU, to the voice, of the music where nobody speaks."""

_Voiced = tuple[str, Shaping]
"""A clip's key, and how the clip is shaped."""

_FORMAT = 1
_UP = 0.8
"""Seconds in which the music comes up."""
_TURN = 0.5
"""Seconds in which it gives way, and comes back."""
_DOWN = 1.4
"""Seconds in which it goes away."""
_SEAM = 0.5
"""Seconds in which the end of a bed turns into its beginning."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline over its bed."""

    piece: Piece
    """Music and speech; it begins and ends where the music does."""
    parts: tuple[Part, ...]
    """Its segments, in order."""


def headline_run(segments: Sequence[Segment]) -> range:
    """The segments that say the headline, as their indexes; empty where none does."""
    first = next((index for index, segment in enumerate(segments) if segment.role is Role.HEADLINE), len(segments))
    last = first
    while last < len(segments) and segments[last].role is Role.HEADLINE:
        last += 1
    return range(first, last)


@dataclass(frozen=True, slots=True)
class BedMaker:
    """Gives the piece of a headline over a bed: from the store, or made now."""

    path: Path
    """The music."""
    level: float
    """LU, to the voice, of the music under it."""

    def headline(self, maker: PieceMaker, segments: Sequence[Segment]) -> Headline:
        """Speak the segments, unless the piece is kept, and lay the music under them.

        Raises SpeechFailedError, naming the segment, when there is no sound to be had, and ConfigError.
        """
        asked = _asked(maker, segments)
        if (kept := self._kept(maker, segments, asked)) is not None:
            return kept
        clips = [maker.clips.clip(segment) for segment in segments]
        spoken = [(clip.key, maker.shaping_for(clip, one)) for clip, one in zip(clips, segments, strict=True)]
        made = self._kept(maker, segments, spoken) if spoken != asked else None
        if made is None:
            made = self._made(maker, segments, clips)
            if maker.store is not None:
                maker.store.put(KIND, self._key(maker, segments, spoken), _pack(made))
        parts = (
            replace(part, key=clip.key, voice=clip.voice, spoken=not clip.cached, warnings=_told(clip, part))
            for part, clip in zip(made.parts, clips, strict=True)
        )
        return replace(made, parts=tuple(parts))

    def is_kept(self, maker: PieceMaker, segments: Sequence[Segment]) -> bool:
        """Tell whether the piece is in the store, so that nothing needs to be spoken."""
        key = self._key(maker, segments, _asked(maker, segments))
        return maker.store is not None and not maker.store.missing(KIND, [key])

    def _key(self, maker: PieceMaker, segments: Sequence[Segment], voices: Sequence[_Voiced]) -> str:
        """SHA-256 over all that can change the piece."""
        told = [
            [KIND, _FORMAT, digest(self.path), self.level],
            [
                piece_key(key, maker.profile, shaping, layout(one))
                for (key, shaping), one in zip(voices, segments, strict=True)
            ],
            [_pause(maker, segment) for segment in segments[:-1]],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _kept(self, maker: PieceMaker, segments: Sequence[Segment], voices: Sequence[_Voiced]) -> Headline | None:
        payload = maker.store.get(KIND, self._key(maker, segments, voices)) if maker.store is not None else None
        made = None if payload is None else _unpack(payload, FrameFormat.of(maker.profile), len(segments))
        if made is None:
            return None
        keyed = (replace(part, key=key) for part, (key, _) in zip(made.parts, voices, strict=True))
        return replace(made, parts=tuple(keyed))

    def _made(self, maker: PieceMaker, segments: Sequence[Segment], clips: Sequence[Clip]) -> Headline:
        """Shape the speech, mix, encode and measure."""
        rate = maker.profile.rate
        speeches = [_shaped(clip, one, maker) for clip, one in zip(clips, segments, strict=True)]
        starts = [round(BEFORE * rate)]
        for segment, speech in zip(segments, speeches, strict=True):
            starts.append(starts[-1] + speech.samples + round(_pause(maker, segment) * rate))
        end = starts[len(speeches) - 1] + speeches[-1].samples
        voice = np.zeros(end + round(AFTER * rate))
        for start, speech in zip(starts, speeches, strict=False):
            voice[start : start + speech.samples] = np.frombuffer(speech.pcm, "<i2") / 32_768.0
        mixed = voice + self._music(maker.profile, len(voice), starts[0], end)
        piece = _encoded(mixed, maker.profile, maker.shaping)
        parts = (
            Part(
                start=piece.start + start,
                samples=speech.samples,
                words=words_inside(clip.words, speech.skipped, speech.samples / rate),
                exact=clip.exact,
                warnings=(*speech.warnings, *(told for told in clip.warnings if told not in clip.instead)),
            )
            for start, speech, clip in zip(starts, speeches, clips, strict=False)
        )
        return Headline(piece, tuple(parts))

    def _music(self, profile: Profile, samples: int, first: int, last: int) -> Signal:
        """The bed for so many samples; between `first` and `last` somebody speaks."""
        rate = profile.rate
        music = _looped(read_sound(self.path, rate, bed=True), samples, round(_SEAM * rate))
        turn = _TURN * rate
        opened = max(OPEN, self.level)
        levels = np.interp(
            np.arange(samples), [first - turn, first, last, last + turn], [opened, self.level, self.level, opened]
        )
        gains = 10 ** ((levels + gain_for(music, profile)) / 20)
        return faded(music * gains, rate, _UP, _DOWN)


def _asked(maker: PieceMaker, segments: Sequence[Segment]) -> list[_Voiced]:
    """What the voices that are asked for would give."""
    return [(maker.keys.get(one.id) or maker.clips.key(one), maker.shaping_of(one)) for one in segments]


def _shaped(clip: Clip, segment: Segment, maker: PieceMaker) -> Speech:
    try:
        return shape(clip, maker.profile.rate, maker.shaping_for(clip, segment))
    except SpeechFailedError as error:
        raise SpeechFailedError(f"segment {segment.id}: {error.message}", hint=error.hint) from error


def _encoded(mixed: Signal, profile: Profile, shaping: Shaping) -> Piece:
    for _ in range(TRIES):
        piece = encode_piece(to_pcm(limit(mixed, profile.rate, shaping.ceiling)), profile)
        if piece.peak <= PEAK:
            break
        shaping = lowered(shaping, piece)
    return piece


def _looped(sound: Signal, samples: int, seam: int) -> Signal:
    """So many samples of a sound that begins again where it ends; the two overlap at equal power."""
    seam = min(seam, len(sound) // 2)
    if len(sound) >= samples:
        return sound[:samples]
    up = np.sqrt(rise(seam))
    step = len(sound) - seam
    body = sound.copy()
    body[:seam] = sound[:seam] * up + sound[step:] * np.sqrt(1 - up * up)
    again = np.resize(body[:step], samples)
    again[:seam] = sound[:seam]  # the first time, it begins from nothing
    return again


def _pause(maker: PieceMaker, segment: Segment) -> float:
    seconds = maker.clips.pause(segment)
    return max(0.0, seconds) if math.isfinite(seconds) else 0.0


def _told(clip: Clip, part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*clip.instead, *part.warnings)))


def _pack(headline: Headline) -> bytes:
    """A line of JSON for the parts, then the piece as pieces are kept."""
    kept = [asdict(part) for part in headline.parts]
    return json.dumps(kept).encode() + b"\n" + pack(headline.piece)


def _unpack(payload: bytes, mp3: FrameFormat, count: int) -> Headline | None:
    """Read what `_pack` wrote; None when it is damaged, for then it is made again."""
    line, _, rest = payload.partition(b"\n")
    piece = unpack(rest, mp3)
    try:
        parts = tuple(_part(facts) for facts in json.loads(line))
    except (ValueError, KeyError, TypeError):
        return None
    return Headline(piece, parts) if piece is not None and len(parts) == count else None


def _part(facts: dict[str, object]) -> Part:
    words = facts["words"]
    if not isinstance(words, list):
        raise TypeError("words must be a list")
    return Part(**facts | {"words": tuple(WordTime(**word) for word in words), "warnings": tuple(facts["warnings"])})  # type: ignore[arg-type] # checked by the store's hash
