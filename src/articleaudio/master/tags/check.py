"""A finished file, read back as a player would read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mutagen import MutagenError, id3
from mutagen.mp3 import MP3

from articleaudio.errors import OutputError
from articleaudio.master.tags.rows import HEADER, alone

_READ = {name: frame for name, frame in id3.Frames.items() if name != "SYLT"}
"""Word times are compared as bytes: mutagen's time for them grows with the square of their number."""


def check_tag(path: Path, tag: bytes, duration: float) -> None:
    """Read a finished file back. Raises OutputError when it is not what was planned."""
    try:
        with path.open("rb") as file:
            same = file.read(len(tag)) == tag
        # as the frames lie in the file, not as version 2.4 would have them
        read = MP3(path, known_frames=_READ, translate=False)
        understood = [] if read.tags is None else [alone(frame) for frame in read.tags.values()]
    except MutagenError as error:
        raise _unlike_plan(path, str(error)) from error
    sound = read.info
    if not same or understood != [frame for frame in _frames(tag) if frame[:4] != b"SYLT"]:
        raise _unlike_plan(path, "its tag differs")
    if abs(sound.length - duration) * sound.sample_rate > 0.5:
        raise _unlike_plan(path, f"it lasts {sound.length:.4f} s, not {duration:.4f} s")


def _frames(tag: bytes) -> Iterator[bytes]:
    at = HEADER
    while at < len(tag):
        end = at + HEADER + int.from_bytes(tag[at + 4 : at + 8], "big")
        yield tag[at:end]
        at = end


def _unlike_plan(path: Path, what: str) -> OutputError:
    return OutputError(f"{path} does not read back as it was written: {what}", hint="check the disk, then try again")
