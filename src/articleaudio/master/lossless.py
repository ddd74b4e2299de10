"""Pieces without loss: what a frame is where there are none, so that they are made, kept and joined as MP3 pieces are.

A piece is a small FLAC file in the cache. On the reel it is plain samples, counted in frames of 1152: then everything
lies where it lies in the MP3, and the finished FLAC is encoded in one go.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

import numpy as np
import soundfile

from articleaudio.master.frames import BrokenStreamError, FrameFormat
from articleaudio.master.settings import Profile

EFFORT = 0.625
"""Of FLAC's effort, 0 … 1: its own default, level 5 of 8."""

_FRAME = 1152
_WIDTH = 2
"""Bytes of a sample."""
_TOTAL = slice(18, 26)
"""Where a FLAC file tells its length: the lower 36 bits (RFC 9639, section 8.2)."""


@dataclass(frozen=True, slots=True)
class LosslessFormat(FrameFormat):
    """Frames of plain samples; streams are FLAC files."""

    @classmethod
    def of(cls, profile: Profile) -> LosslessFormat:
        """Work out the format of a profile."""
        return cls(profile.rate, 8 * _WIDTH * profile.rate, header=0, samples=_FRAME, side=0)

    @property
    def size(self) -> int:
        """Bytes of a frame on the reel."""
        return _WIDTH * self.samples

    def silence(self, count: int) -> bytes:
        """Give `count` frames of digital silence, as they lie on the reel."""
        return bytes(count * self.size)

    def count(self, stream: bytes) -> int:
        """Count the frames of a piece. Raises BrokenStreamError."""
        frames, rest = divmod(int.from_bytes(stream[_TOTAL], "big") & ((1 << 36) - 1), self.samples)
        if stream[:4] != b"fLaC" or rest:
            raise BrokenStreamError("no FLAC of whole frames")
        return frames

    def laid(self, stream: bytes) -> bytes:
        """Give a piece as it lies on the reel: its samples."""
        return from_flac(stream)

    def shortened(self, stream: bytes) -> bytes | None:
        """Give a piece without its last frame; None where that frame is not silent."""
        pcm = from_flac(stream)
        return None if any(pcm[-self.size :]) else to_flac(pcm[: -self.size], self.rate)


def to_flac(pcm: bytes, rate: int) -> bytes:
    """16-bit mono samples → a FLAC file."""
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", rate, 1, "PCM_16", format="FLAC", compression_level=EFFORT) as out:
        out.write(np.frombuffer(pcm, "<i2"))
    return file.getvalue()


def from_flac(flac: bytes) -> bytes:
    """A FLAC file → its 16-bit samples."""
    samples, _ = soundfile.read(io.BytesIO(flac), dtype="int16")
    return bytes(samples.astype("<i2", copy=False).tobytes())


def encode_lossless(pcm: bytes, profile: Profile) -> bytes:
    """Encode a piece's samples; a frame of silence more, for an MP3 encoder gives one more too."""
    return to_flac(pcm + bytes(_WIDTH * _FRAME), profile.rate)


@lru_cache(maxsize=1)
def library() -> str:
    """Name and version of what encodes."""
    return f"libsndfile {soundfile.__libsndfile_version__} (soundfile {version('soundfile')})"
