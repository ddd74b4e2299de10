"""Cover images: whether one is a whole JPEG or PNG, and of a size that players can bear.

Sources: JPEG, ITU-T T.81 annex B (markers); PNG, W3C third edition, section 5 (chunks).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from articleaudio.errors import ConfigError

MOST_BYTES = 8 << 20
"""Bytes: the cover lies before the sound, and every listener has to load it first."""
MOST_PIXELS = 25_000_000
"""Pixels: 5000 × 5000; more makes small players run out of memory."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_HINT = "give a JPEG or PNG file, square, 1400 to 3000 pixels wide"
_NO_FRAME_HEADER = (0xC4, 0xC8, 0xCC)
"""Markers among C0…CF that start no frame: Huffman tables, an extension, arithmetic conditioning."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover image that was looked at."""

    data: bytes
    """The file."""
    mime: str
    """`image/jpeg` or `image/png`."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""


def read_cover(data: bytes) -> Cover:
    """Look at a cover. Raises ConfigError when it is no image, is cut off, or is larger than players can bear."""
    if len(data) > MOST_BYTES:
        raise ConfigError(f"the cover has {len(data) / 1e6:.1f} MB, at most 8 will do", hint=_HINT)
    if data.startswith(_PNG):
        mime, size = "image/png", _png_size(data)
    elif data.startswith(_JPEG):
        mime, size = "image/jpeg", _jpeg_size(data)
    else:
        raise ConfigError(f"the cover is neither JPEG nor PNG: it begins with {data[:8]!r}", hint=_HINT)
    if size is None or 0 in size:
        raise ConfigError(f"the cover is a damaged {mime} file", hint=_HINT)
    width, height = size
    if width * height > MOST_PIXELS:
        raise ConfigError(f"the cover has {width} × {height} pixels, at most 5000 × 5000 will do", hint=_HINT)
    return Cover(data, mime, width, height)


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Give width and height, if all chunks are whole and the last is IEND."""
    at, size = len(_PNG), None
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if zlib.crc32(kind + body).to_bytes(4, "big") != check:
            return None
        if kind == b"IHDR" and length == 13:
            size = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
        if kind == b"IEND":
            return size
        at += 12 + length
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Give width and height out of the frame header, if the file has its end marker."""
    if b"\xff\xd9" not in data[-64:]:  # some cameras and tools leave a few bytes after it
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # a fill byte
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME_HEADER:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        else:
            at += 2 + length
    return None
