"""WAV as services send it: sizes that were never filled in, and every usual kind of sample."""

from __future__ import annotations

import struct
from typing import Any

from articleaudio.errors import SpeechFailedError

_UNKNOWN = 0x7FF0_0000
"""Sizes from here on, and 0, were written before the size was known: the samples reach to the end."""
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


def read_wav(body: bytes) -> tuple[Any, int]:
    """Give the samples (an array, frames by channels, -1 … 1) and the rate. Raises SpeechFailedError."""
    chunk, data = b"", None
    at = 12
    while at + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, at)
        at += 8
        if name == b"data":
            data = _data(body, at, size)
            break
        if name == b"fmt ":
            chunk = body[at : at + size]
        at += size + size % 2
    if data is None or len(chunk) < 16:
        raise SpeechFailedError("the WAV file breaks off before its samples")
    kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", chunk)
    if kind == _EXTENSIBLE and len(chunk) >= 26:
        kind = struct.unpack_from("<H", chunk, 24)[0]
    if not 1 <= channels <= 8 or block != channels * ((bits + 7) // 8):
        raise SpeechFailedError(f"the WAV file has {channels} channels of {bits} bits in {block} bytes")
    if len(data) % block:
        raise SpeechFailedError("the WAV file breaks off within a sample")
    return _samples(data, kind, bits).reshape(-1, channels), rate


def _data(body: bytes, at: int, size: int) -> bytes:
    left = len(body) - at
    if size == 0 or size >= _UNKNOWN:
        return body[at:]
    if size > left:
        raise SpeechFailedError(f"the WAV file breaks off: {left} of {size} bytes of samples are there")
    if body[at + size + size % 2 :].startswith(b"RIFF"):
        raise SpeechFailedError("several WAV files come one after the other")
    return body[at : at + size]


def _samples(data: bytes, kind: int, bits: int) -> Any:  # noqa: ANN401 -- an array; numpy is imported late
    import numpy as np  # noqa: PLC0415 -- only where a service has spoken

    if (kind, bits) == (_PCM, 8):
        return np.frombuffer(data, "u1").astype("f4") / 128 - 1
    if (kind, bits) == (_PCM, 16):
        return np.frombuffer(data, "<i2").astype("f4") / 2**15
    if (kind, bits) == (_PCM, 24):
        wide = np.zeros((len(data) // 3, 4), "u1")
        wide[:, 1:] = np.frombuffer(data, "u1").reshape(-1, 3)
        return wide.view("<i4").reshape(-1).astype("f8") / 2**31
    if (kind, bits) == (_PCM, 32):
        return np.frombuffer(data, "<i4").astype("f8") / 2**31
    if kind == _FLOAT and bits in (32, 64):
        return np.frombuffer(data, f"<f{bits // 8}")
    raise SpeechFailedError(f"the WAV file holds samples of kind {kind} with {bits} bits, which are not read here")
