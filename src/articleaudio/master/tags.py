"""The ID3v2.3 tag. The only module that knows mutagen.

Version 2.3, because ffmpeg drops every chapter of a 2.4 tag with a frame of 128 bytes or more. mutagen makes the frames
one by one and we put them in a row, because it sorts chapters by their length. No padding: the same facts give the same
bytes. Sources: id3.org "ID3v2.3.0" and "ID3v2 Chapter Frame Addendum v1.0".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from mutagen import MutagenError, id3
from mutagen.mp3 import MP3

from articleaudio.errors import ConfigError, OutputError
from articleaudio.master.cover import read_cover
from articleaudio.master.languages import three_letters
from articleaudio.master.settings import TagFacts
from articleaudio.model import Boundary, Chapter, Script

_WITHIN_BLOCK = (Boundary.CLAUSE, Boundary.SENTENCE)
_TOP_LEVEL_ORDERED = 3
_ORDERED = 2
_MOST_CHILDREN = 255
"""A table of contents counts its entries in one byte."""
_NOWHERE = 0xFFFFFFFF
"""A chapter's byte offsets: not stated, go by the times."""
_MOST_BYTES = (1 << 28) - 1
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def make_tag(facts: TagFacts, chapters: Sequence[Chapter], duration: float, *, encoder: str, transcript: str) -> bytes:
    """Make the whole tag. `duration` is in seconds. Raises ConfigError when the cover cannot be used."""
    frames = (
        *_text_frames(facts, duration, encoder),
        *_said_about(facts),
        *_chapter_frames(facts.title, chapters),
        *_transcript(facts, transcript),
        *_cover(facts),
    )
    return _in_a_row(frames)


def check_tag(path: Path, tag: bytes, duration: float) -> None:
    """Read a finished file back, as a player would. Raises OutputError when it is not what was planned."""
    try:
        read = MP3(path, translate=False)  # as the frames lie in the file, not as version 2.4 would have them
    except MutagenError as error:
        raise _unlike_plan(path, str(error)) from error
    sound = read.info
    if read.tags is None or _in_a_row(read.tags.values()) != tag:
        raise _unlike_plan(path, "its tag differs")
    if abs(sound.length - duration) * sound.sample_rate > 0.5:
        raise _unlike_plan(path, f"it lasts {sound.length:.4f} s, not {duration:.4f} s")


def written_transcript(script: Script) -> str:
    """Give what is said as it is written: a paragraph for each block, blank lines between them."""
    parts: list[str] = []
    for before, segment in zip((None, *script.segments), script.segments, strict=False):
        if before is not None:
            same = before.block == segment.block and before.boundary in _WITHIN_BLOCK
            touching = same and segment.block is not None and before.offset + len(before.written) == segment.offset
            parts.append("" if touching else " " if same else "\n\n")
        parts.append(segment.written)
    return "".join(parts)


def _in_a_row(frames: Iterable[id3.Frame]) -> bytes:
    """Write frames in the order given, under one header."""
    body = b"".join(_alone(frame) for frame in frames)
    if len(body) > _MOST_BYTES:
        raise ConfigError(
            f"the tag would have {len(body)} bytes, more than ID3 can hold", hint="use a smaller cover or shorter text"
        )
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _alone(frame: id3.Frame) -> bytes:
    """Write one frame, header included: a tag that holds nothing else, less the tag's header."""
    tag, file = id3.ID3(), BytesIO()
    tag[frame.HashKey] = frame
    tag.save(file, v1=0, v2_version=3, v23_sep=None, padding=lambda _: 0)
    return file.getvalue()[10:]


def _text_frames(facts: TagFacts, duration: float, encoder: str) -> Iterator[id3.Frame]:
    """Make the plain text frames, leaving out what nobody knows."""
    day = facts.date
    texts = {
        "TIT2": facts.title,
        "TPE1": facts.artist,
        "TALB": facts.album,
        "TPUB": facts.publisher,
        "TYER": f"{day:%Y}".zfill(4) if day else "",
        "TDAT": f"{day:%d%m}" if day else "",
        "TIME": f"{day:%H%M}" if isinstance(day, datetime) else "",
        "TLAN": three_letters(facts.language) if facts.language else "",
        "TLEN": str(round(duration * 1000)),
        "TENC": facts.encoded_by,
        "TSSE": encoder,
    }
    for name, text in texts.items():
        if line := _line(text):
            yield getattr(id3, name)(encoding=_encoding(line), text=[line])


def _said_about(facts: TagFacts) -> Iterator[id3.Frame]:
    """Make the frames on the article and on how the audio was made."""
    if facts.url:
        yield id3.WOAF(url=_address(facts.url))
    for name, text in (("Disclosure", facts.disclosure), ("DigitalSourceType", facts.digital_source_type)):
        if line := _line(text):
            yield id3.TXXX(encoding=_encoding(line), desc=name, text=[line])
    if comment := _clean("\n".join(filter(None, (facts.disclosure, facts.comment)))):
        yield id3.COMM(encoding=_encoding(comment), lang=three_letters(facts.language), desc="", text=[comment])


def _chapter_frames(title: str, chapters: Sequence[Chapter]) -> Iterator[id3.Frame]:
    """Make tables of contents and chapters. More than 255 chapters need tables within the table."""
    names = [f"chp{index}" for index in range(len(chapters))]
    parts = [names[at : at + _MOST_CHILDREN] for at in range(0, len(names), _MOST_CHILDREN)]
    tables = [f"toc{index + 1}" for index in range(len(parts))] if len(parts) > 1 else []
    yield id3.CTOC(
        element_id="toc",
        flags=_TOP_LEVEL_ORDERED,
        child_element_ids=tables or names,
        sub_frames=[_heading(title)],
    )
    for name, part in zip(tables, parts, strict=False):  # without inner tables there is nothing to walk
        yield id3.CTOC(element_id=name, flags=_ORDERED, child_element_ids=part, sub_frames=[])
    for name, chapter in zip(names, chapters, strict=True):
        link = [id3.WXXX(encoding=0, desc="chapter url", url=_address(chapter.url))] if chapter.url else []
        yield id3.CHAP(
            element_id=name,
            start_time=round(chapter.start * 1000),
            end_time=round(chapter.end * 1000),
            start_offset=_NOWHERE,
            end_offset=_NOWHERE,
            sub_frames=[_heading(chapter.title), *link],
        )


def _heading(text: str) -> id3.Frame:
    line = _line(text)
    return id3.TIT2(encoding=_encoding(line), text=[line])


def _transcript(facts: TagFacts, transcript: str) -> Iterator[id3.Frame]:
    if text := _clean(transcript):
        yield id3.USLT(encoding=_encoding(text), lang=three_letters(facts.language), desc="", text=text)


def _cover(facts: TagFacts) -> Iterator[id3.Frame]:
    if facts.cover is not None:
        cover = read_cover(facts.cover)
        yield id3.APIC(encoding=0, mime=cover.mime, type=id3.PictureType.COVER_FRONT, desc="", data=cover.data)


def _encoding(text: str) -> int:
    """Plain ASCII as it is, all else as UTF-16: old players read the upper half of Latin-1 as they please."""
    return int(id3.Encoding.LATIN1 if text.isascii() else id3.Encoding.UTF16)


def _clean(text: str) -> str:
    """Take out what a tag cannot hold: control characters, half surrogate pairs."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text)).strip()


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _address(url: str) -> str:
    """Percent-encode what is not ASCII, for ID3 has no other way to write an address."""
    return quote(_line(url), safe="%/:=&?~#+!$,;'@()*[]")


def _unlike_plan(path: Path, what: str) -> OutputError:
    return OutputError(f"{path} does not read back as it was written: {what}", hint="check the disk, then try again")
