"""The cover: told apart by its bytes, measured, and checked against what podcast directories take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from articleaudio.files import write

SMALLEST, LARGEST = 1400, 3000
"""Pixels a side that Apple and Spotify take."""

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def place_cover(image: Path | None, out: Path, on_warning: Callable[[str], None]) -> tuple[str, bool]:
    """Copy the show's cover to `cover.jpg` or `cover.png`; gives its name (empty: none) and whether it was written.

    What directories would refuse is reported, and the cover used all the same. Raises OutputError.
    """
    if image is None:
        return "", False
    try:
        data = image.read_bytes()
    except OSError as error:
        on_warning(
            f"the cover {image} cannot be read ({error.strerror}); set `image` under [show] to a JPEG or PNG file"
        )
        return "", False
    suffix, size = kind_and_size(data)
    if not suffix:
        on_warning(f"the cover {image} is neither JPEG nor PNG, which is all that podcast apps take; it is left out")
        return "", False
    if size and not (size[0] == size[1] and SMALLEST <= size[0] <= LARGEST):
        on_warning(
            f"the cover {image} has {size[0]} x {size[1]} pixels; podcast directories want a square of "
            f"{SMALLEST} to {LARGEST} pixels a side"
        )
    name = f"cover.{suffix}"
    return name, write(out / name, data)


def kind_and_size(data: bytes) -> tuple[str, tuple[int, int] | None]:
    """`jpg` or `png` with width and height in pixels; an empty kind for anything else, no size for a broken header."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        size = data[16:24]
        return "png", (int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")) if len(size) == 8 else None
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg", _jpeg_size(data)
    return "", None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk a JPEG's segments to the frame header, which holds height and width."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_SIZES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
