"""What a file comes to: its hashes, as we and as stores count them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from articleaudio.delivery.target import PART, WHOLE


@dataclass(frozen=True, slots=True)
class Digest:
    """What a file comes to."""

    size: int
    """Bytes."""
    sha256: str
    """Our hash."""
    etag: str
    """What S3 and many others call an object of these bytes that we put there: an MD5, or one over those of parts."""
    data: bytes | None
    """The bytes themselves, of a file that is sent whole."""


def digest_of(path: Path) -> Digest:
    """Read a file. Raises OSError."""
    if path.stat().st_size <= WHOLE:
        data = path.read_bytes()
        return Digest(len(data), hashlib.sha256(data).hexdigest(), _md5(data).hex(), data)
    size, whole, parts = 0, hashlib.sha256(), list[bytes]()
    with path.open("rb") as file:
        while data := file.read(PART):
            size += len(data)
            whole.update(data)
            parts.append(_md5(data))
    return Digest(size, whole.hexdigest(), f"{_md5(b''.join(parts)).hex()}-{len(parts)}", None)


def hash_of(pieces: Iterable[bytes]) -> str:
    """Our hash of bytes that come piece by piece."""
    whole = hashlib.sha256()
    for piece in pieces:
        whole.update(piece)
    return whole.hexdigest()


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()
