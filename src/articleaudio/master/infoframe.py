"""The Info frame: the first frame of a file, silent to a decoder, which tells every player the true length.

Source: the Xing header as LAME writes it (`libmp3lame/VbrTag.c`; "MP3 Info Tag revision 1"). Layout after the side
information: "Info", flags, frames, bytes, 100 bytes of seek table, quality, then LAME's part: nine bytes of version,
revision and method, low-pass, peak, two gains, flags, bit rate, delay and padding (12 bits each), source rate, gain,
preset, music length, CRC-16 of the music, CRC-16 of the Info frame up to there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import BinaryIO

import numpy as np

from articleaudio.master.frames import ENCODER_DELAY, END_PADDING, FrameFormat

_FRAMES_BYTES_TOC_QUALITY = 15
_CBR = 1
_BLOCK = 1 << 19
_FEW = 512
"""Bytes that are not worth folding."""
_POLYNOMIAL = 0xA001
"""CRC-16 as LAME computes it: x¹⁶ + x¹⁵ + x² + 1, lowest bit first, starting at 0."""


def info_frame(mp3: FrameFormat, frames: int, music: int, music_crc: int, *, encoder: str, quality: int) -> bytes:
    """Make the Info frame for `frames` frames of `music` bytes, encoded by `encoder` ("LAME4.0")."""
    size = mp3.size
    total = size + music
    seek = bytes(min(255, (size + music * percent // 100) * 256 // total) for percent in range(100))
    body = bytes(mp3.side) + b"Info" + _FRAMES_BYTES_TOC_QUALITY.to_bytes(4, "big")
    body += frames.to_bytes(4, "big") + total.to_bytes(4, "big") + seek
    body += (100 - quality).to_bytes(4, "big")  # LAME: 100 - 10 * (VBR quality, none here) - quality
    body += encoder.encode("ascii")[:9].ljust(9, b"\0")
    body += bytes((_CBR, 0)) + bytes(4 + 2 + 2)  # revision 0; low-pass, peak and gains not stated
    body += bytes((0, min(255, mp3.bitrate // 1000)))
    body += (ENCODER_DELAY << 12 | END_PADDING).to_bytes(3, "big")
    body += bytes(({44_100: 1, 48_000: 2}.get(mp3.rate, 0) << 6, 0, 0, 0))  # mono; no gain; no preset
    body += total.to_bytes(4, "big") + music_crc.to_bytes(2, "big")
    head = mp3.frame(body)[: 4 + len(body)]
    return mp3.frame(body + crc16(head).to_bytes(2, "big"))


def crc16_of_file(file: BinaryIO) -> int:
    """CRC-16 of all that follows in a file, read in blocks."""
    crc = 0
    while block := file.read(_BLOCK):
        crc = crc16(block, crc)
    return crc


def crc16(data: bytes, start: int = 0) -> int:
    """CRC-16 of bytes, going on from `start`.

    Squaring a polynomial of bits squares each of its terms, so a power of ours is y¹⁶ + y¹⁵ + y² + 1 for a y of as many
    bytes as we please, and what is left of the data by that power leaves the same by ours. So whole stretches of data
    are added to each other, and half of them falls away, again and again; what is left goes byte by byte. Zeros in
    front change nothing.
    """
    if len(data) <= _FEW:
        return _byte_by_byte(data, start)
    work = np.zeros(1 << (len(data) - 1).bit_length(), np.uint8)
    begin = work.size - len(data)
    work[begin:] = np.frombuffer(data, np.uint8)
    work[begin : begin + 2] ^= np.array((start & 0xFF, start >> 8), np.uint8)  # the register meets the first two bytes
    while work.size > _FEW:
        rows = list(work.reshape(32, -1))
        for place, row in enumerate(rows[:16]):
            for to in (rows[place + 1], rows[place + 14], rows[place + 16]):
                np.bitwise_xor(to, row, out=to)
        work = work[work.size // 2 :]
    return _byte_by_byte(work.tobytes(), 0)


def _byte_by_byte(data: bytes, crc: int) -> int:
    table = _table()
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc


@lru_cache(maxsize=1)
def _table() -> tuple[int, ...]:
    return tuple(_eight_shifts(byte) for byte in range(256))


def _eight_shifts(register: int) -> int:
    for _ in range(8):
        register = register >> 1 ^ (_POLYNOMIAL if register & 1 else 0)
    return register
