"""Keys of pieces: all that can change one, and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version

from articleaudio.master.encoder import binding
from articleaudio.master.settings import Profile, Shaping
from articleaudio.model import Segment

_FORMAT = 4
"""Raised whenever the way a piece is made changes what it holds."""


def piece_key(clip_key: str, profile: Profile, shaping: Shaping, words: str = "") -> str:
    """SHA-256 over all that can change a piece: the clip, how it is shaped, what encodes it, and its words' places."""
    rest = _making(profile, shaping, binding(), _resampler())
    return hashlib.sha256(f'{{"clip": {json.dumps(clip_key)}, {words}{rest}'.encode()).hexdigest()


def layout(segment: Segment) -> str:
    """Where the words of a segment are written, for the piece's key.

    "12 houses" and "twelve houses" are one sound, as a sentence with quotation marks and without them is; but a piece
    holds the words' places too, and these differ.
    """
    if not segment.tokens:
        return ""
    return f'"words": {json.dumps([[token.start, token.end, token.say] for token in segment.tokens])}, '


@lru_cache(maxsize=64)
def _making(profile: Profile, shaping: Shaping, encoder: str, resampler: str) -> str:
    """The rest of what is hashed, sorted JSON: the same for all segments of a voice."""
    facts = {
        "format": _FORMAT,
        "encoder": [encoder, profile.rate, profile.bitrate, profile.quality],
        "shaping": [resampler, asdict(shaping)],
    }
    return json.dumps(facts, sort_keys=True).removeprefix("{")


@lru_cache(maxsize=1)
def _resampler() -> str:
    return f"soxr {version('soxr')}"
