"""One sound of the house as a piece: at the level of speech, as it is decoded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from articleaudio.master.frames import FrameFormat
from articleaudio.master.keys import piece_key
from articleaudio.master.level import PEAK, TARGET
from articleaudio.master.limiter import limit
from articleaudio.master.loudness import loudness, spectral_energies
from articleaudio.master.peaks import Signal
from articleaudio.master.pieces import KIND, Piece, PieceStore, encode_piece, lowered, pack, unpack
from articleaudio.master.settings import Profile, Shaping
from articleaudio.master.sounds.files import digest, read_sound

FADE_IN = 0.005
"""Seconds in which a sound comes up: no more, for many begin with a beat."""
FADE_OUT = 0.15
"""Seconds in which it goes down."""
SQUEEZED = 6.0
"""Decibels that the limiter may take off the peaks of a sound; one that would need more stays quieter than speech."""

_FORMAT = 1
"""Raised whenever the way a sound is made changes it."""
_CLOSE = 0.1
_TRIES = 8
"""How often a sound is encoded at most, until level and peaks are right."""


def sound_piece(path: Path, profile: Profile, shaping: Shaping, store: PieceStore | None) -> Piece:
    """Give the piece of an intro, jingle or outro: from the store, or made now. Raises ConfigError."""
    told = json.dumps(["sound", _FORMAT, digest(path)])
    key = piece_key(hashlib.sha256(told.encode()).hexdigest(), profile, shaping)
    payload = store.get(KIND, key) if store is not None else None
    if payload is not None and (kept := unpack(payload, FrameFormat.of(profile))) is not None:
        return kept
    made = _made(read_sound(path, profile.rate), profile, shaping)
    if store is not None:
        store.put(KIND, key, pack(made))
    return made


def _made(sound: Signal, profile: Profile, shaping: Shaping) -> Piece:
    """Level a sound as it comes out of the encoder: limiter and encoder both change its level a little."""
    shaping = replace(shaping, gain=gain_for(sound, profile))
    most = shaping.ceiling + SQUEEZED  # for its loudest sample is 1
    for _ in range(_TRIES):
        shaping = replace(shaping, gain=min(shaping.gain, most))
        made = encode_piece(shaped(sound, profile.rate, shaping), profile)
        lacking = TARGET - loudness(np.asarray(made.energies), profile.rate, FrameFormat.of(profile).samples)
        if made.peak > PEAK:
            shaping = lowered(shaping, made)
        elif abs(lacking) <= _CLOSE or (lacking > 0 and shaping.gain >= most):
            break
        shaping = replace(shaping, gain=shaping.gain + lacking)
    return made


def gain_for(sound: Signal, profile: Profile) -> float:
    """Decibels that bring a sound to the level of speech, before it is limited and encoded."""
    frame = FrameFormat.of(profile).samples
    measured = loudness(spectral_energies(sound, profile.rate, frame), profile.rate, frame)
    return TARGET - measured if np.isfinite(measured) else 0.0


def shaped(sound: Signal, rate: int, shaping: Shaping) -> bytes:
    """The sound at its gain, under its ceiling, from silence to silence, as 16-bit PCM."""
    return to_pcm(faded(limit(sound * 10 ** (shaping.gain / 20), rate, shaping.ceiling), rate, FADE_IN, FADE_OUT))


def faded(sound: Signal, rate: int, up: float, down: float) -> Signal:
    """The sound with edges that come from and go to silence along half a cosine; times are seconds."""
    half = len(sound) // 2
    first, last = min(half, round(up * rate)), min(half, round(down * rate))
    edges = np.ones(len(sound))
    edges[:first] = rise(first)
    edges[len(sound) - last :] = rise(last)[::-1]
    return sound * edges


def rise(samples: int) -> Signal:
    """Half a cosine from 0 towards 1."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.arange(samples) / max(1, samples)), np.float64)


def to_pcm(sound: Signal) -> bytes:
    """Samples of full scale 1 as 16-bit little-endian PCM."""
    return np.clip(np.rint(sound * 32_768.0), -32_768, 32_767).astype("<i2").tobytes()
