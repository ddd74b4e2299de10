"""MPEG audio, frame by frame: whether a file is whole, and how long it is."""

from __future__ import annotations

import struct

from articleaudio.errors import SpeechFailedError

_BITRATES = {
    (3, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (3, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (2, 1): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second by MPEG version (3 is MPEG 1; 2 and 0, MPEG 2 and 2.5, are alike) and layer (1 is III, 2 is II)."""
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}

_AFTER = (b"TAG", b"APETAGEX", b"LYRICSBEGIN")
"""What may follow the last frame."""


def is_mp3(body: bytes) -> bool:
    """Whether two frames of MPEG audio follow each other at the start."""
    length = _frame(body, 0)
    return bool(length) and (length == len(body) or bool(_frame(body, length)))


def whole_mp3(body: bytes) -> tuple[bytes, int]:
    """Give an MP3 file whose length decoders can tell, and the fewest samples that it must give.

    Raises SpeechFailedError where the last frame is cut, or frames are missing that the first one promises. Streams
    have no table of contents: decoders then guess the length by the first frame's bitrate, and stop too early. So one
    is put before them.
    """
    first = at = _after_id3(body)
    promised, size = _promised(body, at)
    frames = 0
    while length := _frame(body, at):
        if at + length > len(body):
            raise SpeechFailedError("the MP3 file breaks off within a frame")
        at += length
        frames += 1
    rest = body[at:].lstrip(b"\0")
    if frames and rest and not rest.startswith(_AFTER):
        raise SpeechFailedError(f"the MP3 file breaks off: after {frames} frames comes something else")
    if not frames or frames < promised or len(body) < size:
        raise SpeechFailedError(f"the MP3 file breaks off: {frames} of {promised or 'its'} frames are there")
    fewest = max(0, frames - 5) * _samples(body, first)  # what encoders put around the sound is taken away again
    if promised in (frames, frames - 1):
        return body, fewest
    skipped = _frame(body, first) if _tag(body, first) else 0
    return _table(body, first, frames - bool(skipped)) + body[first + skipped :], fewest


def _after_id3(body: bytes) -> int:
    if body[:3] != b"ID3" or len(body) < 10:
        return 0
    size = body[6] << 21 | body[7] << 14 | body[8] << 7 | body[9]
    return 10 + size


def _frame(body: bytes, at: int) -> int:
    """Length of the frame whose header stands at a place; 0 where none stands."""
    if len(body) < at + 4 or body[at] != 0xFF or body[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = body[at + 1] >> 3 & 3, body[at + 1] >> 1 & 3
    bits, rate, padding = body[at + 2] >> 4, body[at + 2] >> 2 & 3, body[at + 2] >> 1 & 1
    if version == 1 or layer not in (1, 2) or bits in (0, 15) or rate == 3:
        return 0
    kilobits = _BITRATES[2 if version == 0 else version, layer][bits]
    return _samples(body, at) * kilobits * 125 // _RATES[version][rate] + padding


def _samples(body: bytes, at: int) -> int:
    """Samples of the frame at a place."""
    return 1_152 if body[at + 1] >> 1 & 3 == 2 or body[at + 1] >> 3 & 3 == 3 else 576


def _tag(body: bytes, at: int) -> int:
    """Where in the file the tag of the first frame's table stands; 0 where there is none."""
    found = max(body.find(tag, at, at + 44) for tag in (b"Xing", b"Info"))
    return found if found > at and len(body) >= found + 16 else 0


def _promised(body: bytes, at: int) -> tuple[int, int]:
    """Frames and bytes that the table in the first frame promises; 0 where it does not tell.

    Encoders do not agree on whether that frame itself counts; the bytes settle it.
    """
    place = _tag(body, at)
    if not place:
        return 0, 0
    told = body[place + 7]
    numbers = struct.unpack_from(">II", body, place + 8)
    return numbers[0] if told & 1 else 0, numbers[told & 1] if told & 2 else 0


def _table(body: bytes, at: int, frames: int) -> bytes:
    """A first frame that tells how many follow, and is silent itself."""
    head = bytes([0xFF, body[at + 1] | 1, body[at + 2] & 0x0D | 0x90, body[at + 3]])
    mono = body[at + 3] >> 6 == 3
    aside = (17 if mono else 32) if body[at + 1] >> 3 & 3 == 3 else (9 if mono else 17)
    tag = b"Xing" + struct.pack(">II", 1, frames)
    return (head + bytes(aside) + tag).ljust(_frame(head + bytes(4), 0), b"\0")
