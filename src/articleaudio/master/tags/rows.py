"""Frames in a row under one header, in the order given and without padding: the same frames give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from mutagen import id3

from articleaudio.errors import ConfigError

HEADER = 10
"""Bytes of a tag's header, and of a frame's."""
_MOST_BYTES = (1 << 28) - 1


def in_a_row(frames: Iterable[id3.Frame]) -> bytes:
    """Write frames under one header. Raises ConfigError when they are more than a tag can hold."""
    body = b"".join(alone(frame) for frame in frames)
    if len(body) > _MOST_BYTES:
        raise ConfigError(
            f"the tag would have {len(body)} bytes, more than ID3 can hold", hint="use a smaller cover or shorter text"
        )
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def alone(frame: id3.Frame) -> bytes:
    """Write one frame, header included: a tag that holds nothing else, less the tag's header."""
    tag, file = id3.ID3(), BytesIO()
    tag[frame.HashKey] = frame
    tag.save(file, v1=0, v2_version=3, v23_sep=None, padding=lambda _: 0)
    return file.getvalue()[HEADER:]
