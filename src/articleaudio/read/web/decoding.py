"""Compressed bodies, a bounded piece at a time: a few bytes that swell to gigabytes are noticed in time."""

from __future__ import annotations

import zlib
from typing import Protocol

import httpx

from articleaudio.errors import FetchError

ACCEPTED = "gzip, deflate"
"""The encodings that are understood, and therefore asked for."""

_MEMBERS = 1000
"""Most parts that one gzip body may have."""

_GZIP, _ZLIB, _RAW = 31, 15, -15
"""zlib's names for the three ways to wrap deflated data."""


class Decoder(Protocol):
    """Turns what comes over the wire into content."""

    finished: bool
    """Whether the content is whole so far."""

    def feed(self, chunk: bytes, most: int) -> bytes:
        """The content of the next bytes; a little more than `most` bytes may be missing, so that callers can tell."""
        ...


def decoder(encoding: str, url: httpx.URL) -> Decoder:
    """The decoder for a Content-Encoding. Raises FetchError where nobody asked for it."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip", "deflate"}:
        return _Inflating(url, gzip=name != "deflate")
    raise FetchError(
        f"{url} is encoded as {encoding[:50]}, which was not asked for", hint="save the page and give the file"
    )


class _Plain:
    """Content that is not compressed."""

    finished = True

    def feed(self, chunk: bytes, most: int) -> bytes:
        """The bytes as they are."""
        return chunk[:most]


class _Inflating:
    """Content compressed with gzip or deflate."""

    def __init__(self, url: httpx.URL, *, gzip: bool) -> None:
        self._url = url
        self._gzip = gzip
        self._members = 0
        self._inflate: zlib._Decompress | None = None
        self.finished = True

    def feed(self, chunk: bytes, most: int) -> bytes:
        """Decompress at most `most` bytes; what is left over is dropped, for the caller gives up then."""
        found = bytearray()
        while chunk and len(found) < most:
            if self._inflate is None:
                if self._members and not (self._gzip and chunk.startswith(b"\x1f")):
                    break  # what follows compressed content is padding
                self._inflate = self._begin(chunk)
            try:
                found += self._inflate.decompress(chunk, most - len(found))
            except zlib.error as error:
                raise FetchError(
                    f"{self._url} came damaged: it cannot be decompressed", hint="try again, or save the page"
                ) from error
            self.finished = self._inflate.eof
            chunk = self._inflate.unused_data if self.finished else b""
            if self.finished:
                self._inflate = None
        return bytes(found)

    def _begin(self, chunk: bytes) -> zlib._Decompress:
        """Open the next part; a part too many is damage or malice."""
        self._members += 1
        if self._members > _MEMBERS:
            raise FetchError(f"{self._url} is compressed in too many parts", hint="save the page and give the file")
        if self._gzip:
            return zlib.decompressobj(_GZIP)
        wrapped = chunk[0] & 0x0F == 8  # servers disagree on what deflate means: with zlib's header or without
        return zlib.decompressobj(_ZLIB if wrapped else _RAW)
