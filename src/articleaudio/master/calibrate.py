"""What a voice lacks of the loudness of a finished recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from articleaudio.master.encoder import encode
from articleaudio.master.frames import FrameFormat
from articleaudio.master.level import TARGET
from articleaudio.master.loudness import SILENCE, loudness
from articleaudio.master.measure import decode, measure
from articleaudio.master.settings import PODCAST, SHAPING, Profile, Shaping
from articleaudio.master.shape import shape
from articleaudio.model import Clip

RECIPE = 2
"""Raised whenever the way a gain is found changes it."""

_ENOUGH = 0.02
_MOST = 8
_RANGE = 40.0


def missing_gain(clips: Sequence[Clip], profile: Profile = PODCAST, shaping: Shaping = SHAPING) -> float:
    """Decibels that bring these clips, mastered as pieces are, to the target, to a hundredth; 0 for silence.

    The limiter takes away a little of what the gain adds, and the encoder half a decibel more: so it is tried out.
    """
    gain = 0.0
    for _ in range(_MOST):
        lacking = TARGET - _mastered(clips, profile, replace(shaping, gain=gain))
        if not abs(lacking) < _RANGE * 2:
            return 0.0
        gain = min(_RANGE, max(-_RANGE, gain + lacking))
        if abs(lacking) < _ENOUGH:
            break
    return round(gain, 2)


def _mastered(clips: Sequence[Clip], profile: Profile, shaping: Shaping) -> float:
    """LUFS of the clips in a row, as the finished recording would have them."""
    frame = FrameFormat.of(profile).samples
    energies = []
    for clip in clips:
        pcm = shape(clip, profile.rate, shaping).pcm
        samples, rate = decode(encode(bytes(2 * frame) + pcm + bytes(4 * frame), profile))
        energies.append(measure(samples, rate, frame).energies)
    if not energies:
        return SILENCE
    return loudness(np.concatenate([np.asarray(each) for each in energies]), profile.rate, frame)
