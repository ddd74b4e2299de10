"""WAV as programs and services give it: sizes that were never filled in, and every usual kind of sample.

Who writes into a pipe cannot go back and fill in the sizes: 0 or some largest number stands there, and the sound
reaches to the end of what came.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from articleaudio.errors import SpeechFailedError

_UNKNOWN = 0x7FF0_0000
"""Sizes from here on, and 0, were written before the size was known: the samples reach to the end."""
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_READ = {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}
_MOST_CHANNELS = 8


@dataclass(frozen=True, slots=True)
class _Form:
    kind: int
    channels: int
    rate: int
    bits: int


def is_wav(data: bytes) -> bool:
    """Whether it begins as a WAV file does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def read_wav(data: bytes) -> tuple[bytes, int]:
    """Give the sound as 16-bit little-endian mono, and its samples a second.

    Raises SpeechFailedError when it is cut off before its end, or packed in a way that is not known.
    """
    form, at = None, 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        at += 8
        if name == b"fmt ":
            form = _form(data[at : at + min(size, 40)])
        elif name == b"data" and form is not None:
            return _mono(_samples(data, at, size), form), form.rate
        at += size + size % 2
    raise SpeechFailedError("the WAV file breaks off before its samples")


def _form(chunk: bytes) -> _Form:
    if len(chunk) < 16:
        raise SpeechFailedError("the WAV file does not say what its samples are")
    kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", chunk)
    if kind == _EXTENSIBLE and len(chunk) >= 26:
        kind = int.from_bytes(chunk[24:26], "little")
    if (kind, bits) not in _READ:
        raise SpeechFailedError(f"the WAV file holds samples of kind {kind} with {bits} bits, which are not read here")
    if not 1 <= channels <= _MOST_CHANNELS or block not in {0, channels * bits // 8}:
        raise SpeechFailedError(f"the WAV file has {channels} channels of {bits} bits in {block} bytes")
    return _Form(kind, channels, rate, bits)


def _samples(data: bytes, at: int, size: int) -> bytes:
    left = len(data) - at
    if size == 0 or size >= _UNKNOWN:
        return data[at:]
    if size > left:
        raise SpeechFailedError(f"the WAV file is cut off: {left} of {size} bytes of samples are there")
    if data[at + size + size % 2 :].startswith(b"RIFF"):
        raise SpeechFailedError("several WAV files come one after the other")
    return data[at : at + size]


def _mono(samples: bytes, form: _Form) -> bytes:
    width = form.bits // 8
    if len(samples) % (width * form.channels):
        raise SpeechFailedError("the WAV file breaks off within a sample")
    if form.kind == _PCM and width == 2 and form.channels == 1:
        return samples
    import numpy as np  # noqa: PLC0415 -- most programs give 16-bit mono as it is

    raw = np.frombuffer(samples, np.uint8)
    values: Any
    if form.kind == _FLOAT:
        values = np.frombuffer(samples, f"<f{width}")
    elif width == 1:
        values = (raw.astype(np.float64) - 128) / 128
    elif width == 3:
        wide = np.zeros((len(raw) // 3, 4), np.uint8)
        wide[:, 1:] = raw.reshape(-1, 3)
        values = wide.view("<i4")[:, 0] / 2**31
    else:
        values = np.frombuffer(samples, f"<i{width}") / 2 ** (form.bits - 1)
    return mono(values.reshape(-1, form.channels))


def mono(samples: Any) -> bytes:  # noqa: ANN401 -- an array; numpy is imported late
    """Mix samples (frames by channels, full scale 1) to 16-bit mono. Raises SpeechFailedError where some are none."""
    import numpy as np  # noqa: PLC0415 -- as above

    mixed = samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1)
    if not np.isfinite(mixed).all():
        raise SpeechFailedError("the sound holds samples that are no numbers")
    pcm: bytes = np.clip(np.rint(mixed * 2**15), -(2**15), 2**15 - 1).astype("<i2").tobytes()
    return pcm
