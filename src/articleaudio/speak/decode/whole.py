"""Whether Ogg, FLAC and AIFF are whole: decoders play what they get and do not tell that the end is missing."""

from __future__ import annotations

import struct

from articleaudio.errors import SpeechFailedError


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
        if head[14:18] != serial:  # decoders would play the first and leave the others out
            raise SpeechFailedError("the Ogg file holds several streams")
        number, flags = struct.unpack_from("<I", head, 18)[0], head[5]
        if number != last + 1:
            raise SpeechFailedError("pages are missing in the Ogg file")
        last = number
        at = end
    return () if flags & 4 else ("the Ogg file has no last page: its end may be missing",)


def check_aiff(body: bytes) -> None:
    """Raise SpeechFailedError where an AIFF file is shorter than it says."""
    told = int.from_bytes(body[4:8], "big") + 8
    if len(body) < told:
        raise SpeechFailedError(f"the AIFF file breaks off: {len(body)} of {told} bytes are there")


def flac_frames(body: bytes) -> int:
    """How many samples a FLAC file promises; 0 where it does not tell."""
    if len(body) < 26:
        raise SpeechFailedError("the FLAC file breaks off")
    return (body[21] & 15) << 32 | int.from_bytes(body[22:26], "big")
