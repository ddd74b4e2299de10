"""What an entry is in bytes: a header that tells the payload's length and SHA-256, then the payload."""

from __future__ import annotations

import hashlib
import struct

_HEADER = struct.Struct("<4sHxxQ32s")
_MAGIC = b"ARTA"
_VERSION = 1


def header(payload: bytes) -> bytes:
    """Give the header of a payload.

    Magic `ARTA`, format version (16 bits), two zero bytes, length of the payload (64 bits), its SHA-256 (32 bytes),
    all little-endian.
    """
    return _HEADER.pack(_MAGIC, _VERSION, len(payload), hashlib.sha256(payload).digest())


def opened(entry: bytes) -> bytes | None:
    """Give the payload of an entry that is whole; None for any other."""
    if len(entry) < _HEADER.size:
        return None
    magic, version, length, digest = _HEADER.unpack_from(entry)
    payload = entry[_HEADER.size :]
    whole = (magic, version, length) == (_MAGIC, _VERSION, len(payload)) and hashlib.sha256(payload).digest() == digest
    return payload if whole else None
