"""The MP3 encoder. The only module that knows lameenc.

lameenc writes bare frames without an Info frame, and a fresh encoder starts with an empty bit reservoir: just what
pieces need that are to be joined (see `pieces`).
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

import lameenc

from articleaudio.master.settings import PODCAST, Profile


def encode(pcm: bytes, profile: Profile) -> bytes:
    """Encode 16-bit mono PCM at the profile's rate to frames that need nothing before or after them."""
    if profile.lossless:
        from articleaudio.master.lossless import encode_lossless  # noqa: PLC0415 -- rare

        return encode_lossless(pcm, profile)
    encoder = lameenc.Encoder()
    encoder.silence()  # LAME's own messages would go to stderr
    encoder.set_channels(1)
    encoder.set_in_sample_rate(profile.rate)
    encoder.set_out_sample_rate(profile.rate)
    encoder.set_bit_rate(profile.bitrate // 1000)
    encoder.set_quality(profile.quality)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


@lru_cache(maxsize=1)
def release() -> str:
    """The encoder as it signs its own frames ("LAME4.0"), which is what an Info frame is to hold."""
    frames = encode(bytes(2 * 4 * 1152), PODCAST)
    at = frames.find(b"LAME")
    return frames[at : at + 9].rstrip(b"U\xaa\0").decode("ascii", "replace") if at >= 0 else "LAME"


@lru_cache(maxsize=1)
def binding() -> str:
    """Name and version of the encoder's package: part of a piece's key, and dear enough to be asked for once."""
    return f"lameenc {version('lameenc')}"


def describe(profile: Profile) -> str:
    """Name, version and settings, for tags and receipts."""
    if profile.lossless:
        from articleaudio.master.lossless import library  # noqa: PLC0415 -- rare

        return f"{library()}, FLAC 16 bit mono, {profile.rate} Hz"
    return (
        f"{release().replace('LAME', 'LAME ').strip()} ({binding()}), MP3 CBR {profile.bitrate // 1000} kbit/s mono, "
        f"{profile.rate} Hz, quality {profile.quality}"
    )
