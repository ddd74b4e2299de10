"""Leaving published audio alone where an edit changes nothing that is heard.

A headline that nobody speaks, a section, an address, a picture: such an edit changes the tags of an MP3 and not its
sound. Listeners' apps would load the same minutes again, so the published file stays, byte for byte, until its sound
changes or new tags are asked for. Not so what the law asks for: with another disclosure or source type the file is
made anew, and a signed file is signed anew when its tags change, for the signature covers them.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from articleaudio.model import Alternate, Recording
from articleaudio.publish.alternates import ENDINGS
from articleaudio.publish.document import Marks
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import PublicFile

Finished = TypeVar("Finished", Recording, Alternate)
"""What a finished file is told by."""

_BLOCK = 1 << 18


def with_published_audio(made: Recording, library: Library, article_id: str, marks: Marks) -> Recording:
    """Give a recording with those of its files taken from what is published that sound the same there."""
    known = library.receipt(article_id)
    told = (marks.disclosed.text, marks.source_type)
    if known is None or known.status != "published" or (known.disclosure, known.digital_source_type) != told:
        return made
    folder = library.folder(known.slug)
    mp3 = next((file for file in known.files if file.name == known.audio), None)
    published = {form.profile: form.name for form in known.alternates}
    by_name = {file.name: file for file in known.files}
    others = tuple(
        _taken(one, by_name.get(published.get(one.profile, "")), folder, one.type) for one in made.alternates
    )
    return replace(_taken(made, mp3, folder, "audio/mpeg"), alternates=others)


def _taken(made: Finished, file: PublicFile | None, folder: Path, type_: str) -> Finished:
    """The published file in place of one that was just made, where it is whole, not signed, and sounds the same."""
    if file is None or file.seal or file.sha256 == made.sha256 or not file.name.endswith(ENDINGS[type_]):
        return made
    path = folder / file.name
    try:
        if not _sound_the_same(path, made.path, type_) or _sha256(path) != file.sha256:
            return made
    except OSError:
        return made
    return replace(made, path=path, sha256=file.sha256, size=file.size)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sound_the_same(one: Path, other: Path, type_: str) -> bool:
    """Whether two files are equal in all that follows their tags; most that are not differ in length already."""
    skip = _skip_id3 if type_ == "audio/mpeg" else _skip_flac
    with one.open("rb") as left, other.open("rb") as right:
        lengths = set()
        for file in (left, right):
            skip(file)
            lengths.add(os.fstat(file.fileno()).st_size - file.tell())
        if len(lengths) > 1:
            return False
        while block := left.read(_BLOCK):
            if block != right.read(_BLOCK):
                return False
        return True


def _skip_id3(file: BinaryIO) -> None:
    """Go to the first frame, behind the tag (ID3v2: four times seven bits tell its length)."""
    head = file.read(10)
    length = 0
    if head[:3] == b"ID3" and len(head) == 10:
        for seven in head[6:]:
            length = length << 7 | seven
        length += 10
    file.seek(length)


def _skip_flac(file: BinaryIO) -> None:
    """Go to the first frame, behind the blocks of metadata: each tells its length, and whether it is the last."""
    file.seek(4)
    last = False
    while not last and len(head := file.read(4)) == 4:
        last = bool(head[0] & 0x80)
        file.seek(int.from_bytes(head[1:], "big"), 1)
