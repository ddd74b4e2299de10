"""The wire: one frame is a length (8 bytes, little-endian) and a pickle. Both ends are our own processes."""

from __future__ import annotations

import pickle
import struct
from enum import StrEnum
from typing import IO

_LENGTH = struct.Struct("<Q")


class Tag(StrEnum):
    """What a frame from the child is: it is the first of the pair that the frame holds."""

    MESSAGE = "message"
    """Something the handler emitted on the way."""
    REPLY = "reply"
    """What the handler returned; ends the call."""
    ERROR = "error"
    """What the handler raised, with its traceback as text; ends the call."""


def pack(value: object) -> bytes:
    """Pickle a value as the body of a frame. Raises whatever pickle raises for what cannot travel."""
    return pickle.dumps(value, protocol=5)


def send(stream: IO[bytes], body: bytes) -> None:
    """Write a frame."""
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def unpack(body: bytes) -> object:
    """Turn the body of a frame into the value again."""
    return pickle.loads(body)  # noqa: S301 -- our own child wrote it, over a pipe that nobody else holds


def receive(stream: IO[bytes]) -> bytes | None:
    """Read the body of the next frame; None when the other end is gone, in the middle of a frame or between two."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None
