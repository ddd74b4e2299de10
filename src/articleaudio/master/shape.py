"""A clip made ready for encoding: edges trimmed and faded, level set, brought to the profile's rate.

pydub trims, fades and sets the level; soxr resamples. The only module that knows either.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from articleaudio.errors import SpeechFailedError
from articleaudio.master.settings import Shaping

with warnings.catch_warnings():  # pydub looks for ffmpeg, which we never ask it for, and has invalid escapes
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

_CHUNK_MS = 10
_FULL_SCALE = 32_767
_CLIPPED_SAMPLES = 8
"""Samples at full scale in one clip that are a finding; fewer are peaks that just touch it."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A clip's sound between its edges."""

    samples: NDArray[np.int16]
    """Mono, at the rate asked for; zero at both ends."""
    start: float
    """Seconds of the clip that were cut off before the first sound."""
    warnings: tuple[str, ...]
    """What is wrong with it."""


def shape(pcm: bytes, rate: int, shaping: Shaping, to_rate: int) -> Shaped:
    """Trim, fade, level and resample 16-bit mono PCM. Raises SpeechFailedError when it is no sound at all."""
    if not pcm or len(pcm) % 2 or not 4_000 <= rate <= 192_000:
        raise SpeechFailedError(
            f"a clip of {len(pcm)} bytes at {rate} samples a second is no sound",
            hint="speak it again with --force, or choose another voice",
        )
    sound = AudioSegment(data=pcm, sample_width=2, frame_rate=rate, channels=1)
    findings = []
    if np.count_nonzero(np.abs(np.frombuffer(pcm, "<i2").astype(np.int32)) >= _FULL_SCALE) > _CLIPPED_SAMPLES:
        findings.append("the voice clips: lower its volume")
    first, last = _edges(sound, shaping)
    if first >= last:
        findings.append("nothing is heard")
        first, last = 0, len(sound)
    trimmed = sound[first:last].apply_gain(shaping.gain)
    faded = trimmed.fade_in(_ms(shaping.fade_in)).fade_out(_ms(shaping.fade_out))
    samples = np.frombuffer(faded.raw_data, "<i2").astype(np.int16)
    resampled = samples if rate == to_rate else soxr.resample(samples, rate, to_rate, quality="HQ")
    return Shaped(np.ascontiguousarray(resampled, np.int16), first / 1000, tuple(findings))


def _edges(sound: AudioSegment, shaping: Shaping) -> tuple[int, int]:
    """Milliseconds of the clip between which there is sound, with a little quiet left for soft edges."""
    lead = detect_leading_silence(sound, silence_threshold=shaping.floor, chunk_size=_CHUNK_MS)
    tail = detect_leading_silence(sound.reverse(), silence_threshold=shaping.floor, chunk_size=_CHUNK_MS)
    if lead >= len(sound):
        return 0, 0
    return max(0, lead - _ms(shaping.before)), min(len(sound), len(sound) - tail + _ms(shaping.after))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
