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
from numpy.typing import NDArray

from articleaudio.master.frames import ENCODER_DELAY, END_PADDING, FrameFormat

_FRAMES_BYTES_TOC_QUALITY = 15
_CBR = 1
_BLOCK = 1 << 19
_STRIPES = 1 << 14
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

    The bytes are cut into stripes that numpy carries forward side by side, then the stripes are joined two by two;
    zeros in front change nothing. Beside one byte after the other this is some hundred times faster.
    """
    if len(data) < 2:
        return int(_forward(np.array([[byte] for byte in data], np.uint8).reshape(len(data), 1), start)[0])
    length = -(-len(data) // _STRIPES)
    padded = np.zeros(length * _STRIPES, np.uint8)
    padded[-len(data) :] = np.frombuffer(data, np.uint8)
    first = padded.size - len(data)
    padded[first : first + 2] ^= np.array(
        (start & 0xFF, start >> 8), np.uint8
    )  # the register meets the first two bytes
    crcs = _forward(np.ascontiguousarray(padded.reshape(_STRIPES, length).T), 0)
    while crcs.size > 1:
        crcs = _through(_zeros(length), crcs[0::2]) ^ crcs[1::2]
        length *= 2
    return int(crcs[0])


def _forward(columns: NDArray[np.uint8], start: int) -> NDArray[np.uint16]:
    """Carry one register for each column through all rows."""
    crcs = np.full(columns.shape[1], start, np.uint16)
    table = _table()
    for row in columns:
        crcs = np.bitwise_xor(crcs >> 8, table[(crcs & 0xFF) ^ row], dtype=np.uint16)
    return crcs


def _through(images: NDArray[np.uint16], crcs: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Apply a linear map, given by what it makes of each of the 16 bits."""
    out = np.zeros_like(crcs)
    for bit in range(16):
        out ^= images[bit] * ((crcs >> bit) & 1)
    return out


@lru_cache(maxsize=256)
def _zeros(length: int) -> NDArray[np.uint16]:
    """Give the map that `length` zero bytes make of a register, by squaring."""
    if length == 1:
        return np.array([_eight_shifts(1 << bit) for bit in range(16)], np.uint16)
    half = _zeros(length // 2)
    whole = _through(half, half)
    return _through(_zeros(1), whole) if length % 2 else whole


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint16]:
    return np.array([_eight_shifts(byte) for byte in range(256)], np.uint16)


def _eight_shifts(register: int) -> int:
    for _ in range(8):
        register = register >> 1 ^ (_POLYNOMIAL if register & 1 else 0)
    return register
