"""Whether compressed sound is whole: decoders play what they get and do not tell that the end is missing."""

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


def is_mp3(body: bytes) -> bool:
    """Whether two frames of MPEG audio follow each other at the start."""
    length = _frame(body, 0)
    return bool(length) and (length == len(body) or bool(_frame(body, length)))


def check_mp3(body: bytes) -> None:
    """Raise SpeechFailedError where the last frame is cut, or frames are missing that the first one promises."""
    at = _after_id3(body)
    promised = _promised(body, at)
    frames = 0
    while length := _frame(body, at):
        if at + length > len(body):
            raise SpeechFailedError("the MP3 file breaks off within a frame")
        at += length
        frames += 1
    rest = body[at:]
    if rest and len(rest) < 4 and rest[:1] == b"\xff":
        raise SpeechFailedError("the MP3 file breaks off within a frame")
    if not frames or (promised and frames - 1 < promised):
        raise SpeechFailedError(
            f"the MP3 file breaks off: {max(0, frames - 1)} of {promised or 'its'} frames are there"
        )


def check_ogg(body: bytes) -> tuple[str, ...]:
    """Raise SpeechFailedError where a page is cut or missing; warn where the last is not marked as the last."""
    at, last, number, flags = 0, -1, -1, 0
    serial = body[14:18]
    while at < len(body):
        head = body[at : at + 27]
        table = body[at + 27 : at + 27 + head[26]] if len(head) == 27 else b""
        end = at + 27 + len(table) + sum(table)
        if len(head) < 27 or head[:4] != b"OggS" or len(table) < head[26] or end > len(body):
            raise SpeechFailedError("the Ogg file breaks off within a page")
        if head[14:18] == serial:
            number, flags = struct.unpack_from("<I", head, 18)[0], head[5]
            if number != last + 1:
                raise SpeechFailedError("pages are missing in the Ogg file")
            last = number
        at = end
    return () if flags & 4 else ("the Ogg file has no last page: its end may be missing",)


def flac_frames(body: bytes) -> int:
    """How many samples a FLAC file promises; 0 where it does not tell."""
    if len(body) < 26:
        raise SpeechFailedError("the FLAC file breaks off")
    return (body[21] & 15) << 32 | int.from_bytes(body[22:26], "big")


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
    samples = 1_152 if layer == 2 or version == 3 else 576
    kilobits = _BITRATES[2 if version == 0 else version, layer][bits]
    return samples * kilobits * 125 // _RATES[version][rate] + padding


def _promised(body: bytes, at: int) -> int:
    """Frames that the Xing or Info header in the first frame promises, itself not counted; 0 where there is none."""
    first = body[at : at + 200]
    for tag in (b"Xing", b"Info"):
        place = first.find(tag)
        if 0 < place <= 40 and len(first) >= place + 12 and first[place + 7] & 1:
            return int(struct.unpack_from(">I", first, place + 8)[0])
    return 0
