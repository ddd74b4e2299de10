"""Files that somebody else writes while we look: waiting until one is whole, and reading it."""

from __future__ import annotations

import time
from pathlib import Path

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.decode import hear

LOOK = 0.02
"""Seconds between two looks."""


def wait_for(path: Path, seconds: float) -> None:
    """Wait until a file is whole: as long as its header says, with sound in it, and no longer at the next look.

    Raises SpeechFailedError when it is not by then.
    """
    until = time.monotonic() + seconds
    before = -1
    while True:
        size = _size(path)
        if size == before and is_whole(path, size):
            return
        if time.monotonic() > until:
            came = "nothing came" if size < 0 else f"{size} bytes came, which are no whole file"
            raise SpeechFailedError(f"the system's voice wrote no sound within {seconds:.0f} seconds: {came}")
        before = size
        time.sleep(LOOK)


def is_whole(path: Path, size: int) -> bool:
    """Whether a WAV or AIFF file of so many bytes is as long as its header says, and holds more than a header."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    if len(head) < 12 or size <= 60:
        return False
    if head[:4] == b"RIFF":
        told = int.from_bytes(head[4:8], "little")
    elif head[:4] == b"FORM":
        told = int.from_bytes(head[4:8], "big")
    else:
        return False
    return size in {told + 8, told + 8 + told % 2}


def decode(data: bytes) -> tuple[bytes, int]:
    """Give 16-bit mono and its rate. Raises SpeechFailedError when there is no sound in it."""
    heard = hear(data, sender="the system's voice")
    if not any(heard.pcm):
        raise SpeechFailedError("the system's voice gave no sound")
    return heard.pcm, heard.rate


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
