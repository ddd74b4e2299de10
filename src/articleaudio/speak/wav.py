"""WAV files as programs and services give them: 16-bit mono out of whatever is in them.

A program that writes into a pipe cannot go back and fill in the sizes: it leaves 0 or the largest number there, and the
sound reaches to the end of what came.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from articleaudio.errors import SpeechFailedError

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_UNTOLD = (0, 0x7FFFFFFF)
"""Sizes that say nothing: 0, and everything from 2 GB up."""


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

    Raises SpeechFailedError when it is no WAV file, is cut off before its end, or is packed in a way that is not known.
    """
    if not is_wav(data):
        raise SpeechFailedError("the sound is no WAV file")
    form, at = None, 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            form = _form(data[at + 8 : at + 8 + min(size, 40)])
        elif name == b"data":
            if form is None:
                raise SpeechFailedError("the WAV file does not say what its samples are")
            return _mono(_samples(data, at + 8, size), form), form.rate
        at += 8 + size + size % 2
    raise SpeechFailedError("the WAV file holds no samples")


def _form(chunk: bytes) -> _Form:
    if len(chunk) < 16:
        raise SpeechFailedError("the WAV file does not say what its samples are")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if kind == _EXTENSIBLE and len(chunk) >= 26:
        kind = int.from_bytes(chunk[24:26], "little")
    known = (kind == _PCM and bits in {8, 16, 24, 32}) or (kind == _FLOAT and bits in {32, 64})
    if not known or not channels or not rate:
        raise SpeechFailedError(f"the WAV file is packed in a way that is not known (format {kind}, {bits} bits)")
    return _Form(kind, channels, rate, bits)


def _samples(data: bytes, start: int, size: int) -> bytes:
    there = len(data) - start
    if size == _UNTOLD[0] or size >= _UNTOLD[1]:
        return data[start:]
    if size > there:
        raise SpeechFailedError(f"the WAV file is cut off: {there} of {size} bytes of sound are there")
    return data[start : start + size]


def _mono(samples: bytes, form: _Form) -> bytes:
    width = form.bits // 8
    samples = samples[: len(samples) - len(samples) % (width * form.channels)]
    if form.kind == _PCM and width == 2 and form.channels == 1:
        return samples
    import numpy as np  # noqa: PLC0415 -- most programs give 16-bit mono as it is

    raw = np.frombuffer(samples, np.uint8)
    if form.kind == _FLOAT:
        values = np.frombuffer(samples, f"<f{width}").astype(np.float64)
        values = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=-1.0) * 32_768
    elif width == 1:
        values = (raw.astype(np.float64) - 128) * 256
    elif width == 3:
        wide = np.zeros((len(raw) // 3, 4), np.uint8)
        wide[:, 1:] = raw.reshape(-1, 3)
        values = wide.view("<i4")[:, 0] / 65_536
    else:
        values = np.frombuffer(samples, f"<i{width}") / (1 if width == 2 else 65_536)
    mixed = values.reshape(-1, form.channels).mean(axis=1)
    pcm: bytes = np.clip(np.round(mixed), -32_768, 32_767).astype("<i2").tobytes()
    return pcm
