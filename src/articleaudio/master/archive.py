"""The FLAC of a recording: its samples from the reel, streamed, with Vorbis comments and the cover before them.

Sources: RFC 9639 (FLAC), Xiph's recommended field names and Chapter Extension for Vorbis comments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile
from mutagen import MutagenError
from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType

from articleaudio.errors import OutputError
from articleaudio.master.cover import Cover
from articleaudio.master.lossless import EFFORT
from articleaudio.master.sleeve import Sleeve
from articleaudio.master.tags.text import line, paragraphs

_BLOCK = 1 << 16
"""Samples that are written and read at a time."""
_WIDTH = 2
_DEPTH = 24
"""Bits of a picture's pixel, as far as a reader of tags wants to know."""


def write_archive(path: Path, reel: BinaryIO, sleeve: Sleeve, *, samples: int, rate: int) -> tuple[str, int]:
    """Encode the first samples of a reel; give the file's SHA-256 and size.

    Raises OutputError when the file cannot be written or does not read back as it was written.
    """
    reel.seek(0)
    try:
        heard = _encode(path, reel, samples, rate)
        comments = [*_comments(sleeve)]
        _tag(path, comments, sleeve.cover)
        _check(path, comments, sleeve.cover, samples, heard)
    except (soundfile.SoundFileError, MutagenError) as error:
        raise OutputError(
            f"cannot write {path}: {error}", hint="check that the disk has room, then try again"
        ) from error
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _encode(path: Path, reel: BinaryIO, samples: int, rate: int) -> bytes:
    """Write the sound, block by block; give the MD5 of its samples, as FLAC keeps it."""
    digest = hashlib.md5(usedforsecurity=False)
    with soundfile.SoundFile(path, "w", rate, 1, "PCM_16", format="FLAC", compression_level=EFFORT) as file:
        left = samples
        while left:
            pcm = reel.read(_WIDTH * min(left, _BLOCK))
            if not pcm:
                raise OutputError(f"{path.name}: the reel ends too early", hint="check the disk, then try again")
            digest.update(pcm)
            file.write(np.frombuffer(pcm, "<i2"))
            left -= len(pcm) // _WIDTH
    return digest.digest()


def _comments(sleeve: Sleeve) -> Iterator[tuple[str, str]]:
    """Make the Vorbis comments, leaving out what nobody knows."""
    facts = sleeve.facts
    texts = {
        "TITLE": facts.title,
        "SUBTITLE": facts.subtitle,
        "ARTIST": facts.artist,
        "ALBUM": facts.album,
        "ALBUMARTIST": facts.publisher,
        "ORGANIZATION": facts.publisher,
        "DATE": facts.date.isoformat() if facts.date else "",
        "GENRE": facts.genre,
        "LANGUAGE": facts.language,
        "COPYRIGHT": facts.copyright,
        "URL": facts.url,
        "CONTACT": facts.publisher_url,
        "DISCLOSURE": facts.disclosure,
        "DIGITALSOURCETYPE": facts.digital_source_type,
        "ENCODED-BY": facts.encoded_by,
        "ENCODER": sleeve.encoder,
    }
    yield from ((name, shown) for name, text in texts.items() if (shown := line(text)))
    if comment := paragraphs("\n".join(filter(None, (facts.disclosure, facts.comment)))):
        yield "COMMENT", comment
    for number, chapter in enumerate(sleeve.chapters, 1):
        yield f"CHAPTER{number:03}", _clock(chapter.start)
        yield f"CHAPTER{number:03}NAME", line(chapter.title)
        if chapter.url:
            yield f"CHAPTER{number:03}URL", line(chapter.url)
    if text := paragraphs(sleeve.transcript):
        yield "LYRICS", text


def _clock(seconds: float) -> str:
    """Seconds as hours, minutes, seconds and milliseconds."""
    milliseconds = round(seconds * 1000)
    return (
        f"{milliseconds // 3_600_000:02}:{milliseconds // 60_000 % 60:02}:"
        f"{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
    )


def _tag(path: Path, comments: Sequence[tuple[str, str]], cover: Cover | None) -> None:
    file = FLAC(path)
    if file.tags is None:
        file.add_tags()
    file.tags[:] = list(comments)
    if cover is not None:
        picture = Picture()
        picture.type, picture.mime, picture.data = PictureType.COVER_FRONT, cover.mime, cover.data
        picture.width, picture.height, picture.depth = cover.width, cover.height, _DEPTH
        file.add_picture(picture)
    file.save(padding=lambda _: 0)  # the same facts give the same bytes


def _check(path: Path, comments: Sequence[tuple[str, str]], cover: Cover | None, samples: int, heard: bytes) -> None:
    """Read the finished file back, as a player would."""
    read = FLAC(path)
    digest = hashlib.md5(usedforsecurity=False)
    with soundfile.SoundFile(path) as file:
        for block in file.blocks(_BLOCK, dtype="int16"):
            digest.update(block.astype("<i2", copy=False).tobytes())
    told = read.info.md5_signature.to_bytes(16, "big")
    for same, what in (
        (list(read.tags or []) == list(comments), "its comments differ"),
        ([picture.data for picture in read.pictures] == ([cover.data] if cover else []), "its cover differs"),
        (read.info.total_samples == samples, f"it has {read.info.total_samples} samples, not {samples}"),
        (digest.digest() == told == heard, "its sound differs"),
    ):
        if not same:
            raise OutputError(f"{path} does not read back as it was written: {what}", hint="check the disk")
