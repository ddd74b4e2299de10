"""A folder of cache entries, each named by the hash of what it was made from, each verified whenever it is read.

Several processes may share the folder: an entry appears whole, by renaming, and whoever comes last wins with the same
bytes. An entry that is damaged in any way is a miss; so is one that a power cut left empty, which is why nothing is
flushed to disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import struct
from pathlib import Path
from typing import IO

from articleaudio.errors import OutputError

_HEADER = struct.Struct("<4sHxxQ32s")
_MAGIC = b"ARTA"
_VERSION = 1


class Store:
    """Entries by kind (what they are) and key (hex digits): `KIND/KE/KEY` below the folder.

    Entry: magic `ARTA`, format version (16 bits), two zero bytes, length of the payload (64 bits), its SHA-256 (32
    bytes), all little-endian; then the payload.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first entry is put."""
        self.folder = folder
        self.hits = 0
        """Entries found."""
        self.misses = 0
        """Entries not found, the damaged ones included."""
        self.damaged = 0
        """Entries found damaged, and deleted."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Give an entry's payload, or None when there is none that is whole."""
        path = self._path(kind, key)
        try:
            entry = path.read_bytes()
        except OSError:
            self.misses += 1
            return None
        payload = _payload(entry)
        if payload is None:
            self.damaged += 1
            self.misses += 1
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        self.hits += 1
        return payload

    def has(self, kind: str, key: str) -> bool:
        """Tell whether there is an entry, without looking whether it is whole."""
        return self._path(kind, key).exists()

    def put(self, kind: str, key: str, payload: bytes) -> None:
        """Keep a payload under its key. Raises OutputError when the folder cannot be written."""
        path = self._path(kind, key)
        temporary = path.with_name(f".{key[:80]}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
        header = _HEADER.pack(_MAGIC, _VERSION, len(payload), hashlib.sha256(payload).digest())
        try:
            with _created(temporary) as file:
                file.write(header)
                file.write(payload)
            temporary.replace(path)
        except OSError as error:
            raise OutputError(
                f"cannot write the cache {self.folder}: {error.strerror or error}",
                hint="choose another folder with --cache, or make room and check that you may write there",
            ) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _path(self, kind: str, key: str) -> Path:
        for part in (kind, key):
            if not (part.isascii() and part.replace("-", "").isalnum()):
                raise ValueError(f"{part!r} cannot name a cache entry: letters, digits and hyphens only")
        return self.folder / kind / key[:2] / key


def _created(path: Path) -> IO[bytes]:
    """Open a new file, in a folder that is made if need be."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def _payload(entry: bytes) -> bytes | None:
    """Give the payload of an entry that is whole; None for any other."""
    if len(entry) < _HEADER.size:
        return None
    magic, version, length, digest = _HEADER.unpack_from(entry)
    payload = entry[_HEADER.size :]
    whole = (magic, version, length) == (_MAGIC, _VERSION, len(payload)) and hashlib.sha256(payload).digest() == digest
    return payload if whole else None
