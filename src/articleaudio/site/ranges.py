"""Byte ranges (RFC 9110, section 14): what a Range header asks of a file, and the body that holds several."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

MOST = 100
"""More ranges than this are no player's question; the whole file is given instead."""

_SPEC = re.compile(r"([0-9]*)-([0-9]*)", re.ASCII)


class Unsatisfiable(Exception):  # noqa: N818 -- an answer (416), not a failure
    """None of the bytes that were asked for exist."""


def wanted(header: str, size: int) -> list[range] | None:
    """The bytes that a Range header asks for, in its order; None where it is to be ignored and all are to be given.

    Ignored are other units, what is malformed, and more than MOST ranges; an empty file has no ranges. Ranges that
    overlap or touch become one. Raises Unsatisfiable when no range lies within the file.
    """
    unit, _, listed = header.partition("=")
    specs = [spec.strip(" \t") for spec in listed.split(",")]
    found = [_SPEC.fullmatch(spec) for spec in specs if spec]
    if unit.strip(" \t").lower() != "bytes" or not size or not 0 < len(found) <= MOST:
        return None
    pieces = []
    for spec in found:
        if spec is None or spec[0] == "-":
            return None
        first, last = _number(spec[1]), _number(spec[2])
        if first is None:
            piece = range(max(size - (last or 0), 0), size)
        elif last is None or last >= first:
            piece = range(first, min(size if last is None else last + 1, size))
        else:
            return None
        if piece:
            pieces.append(piece)
    if not pieces:
        raise Unsatisfiable
    return _joined(pieces)


def _number(digits: str) -> int | None:
    """What digits say. Beyond any file's size the exact figure matters no more; Python reads 4300 digits at most."""
    digits = digits.lstrip("0") or digits[:1]
    return (int(digits) if len(digits) < 19 else sys.maxsize) if digits else None


def _joined(pieces: Sequence[range]) -> list[range]:
    """Ranges without overlap, each in the place of the first that it was made of."""
    whole: list[tuple[int, range]] = []
    for place, piece in sorted(enumerate(pieces), key=lambda one: one[1].start):
        if whole and piece.start <= whole[-1][1].stop:
            earlier, before = whole[-1]
            whole[-1] = min(earlier, place), range(before.start, max(before.stop, piece.stop))
        else:
            whole.append((place, piece))
    return [piece for _, piece in sorted(whole, key=lambda one: one[0])]


def content_range(piece: range, size: int) -> str:
    """The Content-Range of a part."""
    return f"bytes {piece.start}-{piece.stop - 1}/{size}"


def multipart(pieces: Sequence[range], size: int, kind: str, boundary: str) -> tuple[list[bytes | range], int]:
    """A multipart/byteranges body, as bytes to send and ranges to copy from the file, and its length."""
    parts: list[bytes | range] = []
    for piece in pieces:
        head = f"\r\n--{boundary}\r\nContent-Type: {kind}\r\nContent-Range: {content_range(piece, size)}\r\n\r\n"
        parts += [head.encode("latin-1"), piece]
    parts.append(f"\r\n--{boundary}--\r\n".encode("latin-1"))
    return parts, sum(map(len, parts))
