"""ID3v2.3 tags: what players, cars and file managers show, and chapters. The only module that knows mutagen.

Version 2.3, because ffmpeg drops every chapter of a 2.4 tag as soon as one of its sub-frames has 128 bytes. Each frame
is serialised by itself and put in our order, because mutagen sorts CHAP frames by their length, and many readers list
chapters in the order of the frames. Sources: id3.org "ID3 tag version 2.3.0" and "ID3v2 Chapter Frame Addendum 1.0".
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TDAT,
    TENC,
    TIME,
    TIT2,
    TLAN,
    TLEN,
    TPE1,
    TPUB,
    TSSE,
    TXXX,
    TYER,
    USLT,
    WOAF,
    WXXX,
    CTOCFlags,
    Encoding,
    Frame,
    PictureType,
)

from articleaudio.errors import ConfigError, OutputError
from articleaudio.master.settings import TagFacts
from articleaudio.model import Chapter

ISO_639_2 = {
    "ar": "ara", "be": "bel", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fi": "fin", "fr": "fra", "he": "heb", "hr": "hrv", "hu": "hun", "it": "ita",
    "ja": "jpn", "ka": "kat", "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol",
    "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "tr": "tur",
    "uk": "ukr", "zh": "zho",
}  # fmt: skip
"""Three-letter codes that the frames want, by primary language subtag."""

LONGEST_TITLE = 1_000
"""Characters of a chapter's title; what is longer is cut, for some players refuse big frames."""

COVER_LIMIT = 5_000_000
"""Bytes of a cover; every episode carries it."""

_NO_OFFSET = 0xFFFFFFFF
_UTF16 = Encoding.UTF16
_TOP_LEVEL_ORDERED = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED


def tag_bytes(facts: TagFacts, chapters: Sequence[Chapter], *, duration: float, transcript: str, encoder: str) -> bytes:
    """Give the whole tag, without padding: the same facts give the same bytes.

    Raises ConfigError for a cover that is neither JPEG nor PNG, or is too big to carry.
    """
    frames = [*_facts(facts, duration, encoder), *_texts(facts, transcript), *_cover(facts.cover)]
    body = b"".join(map(_serialised, [*frames, *_chapters(chapters)]))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def verify(path: Path, chapters: Sequence[Chapter]) -> None:
    """Read the tag back as a player does. Raises OutputError when chapters are not as planned."""
    seen = [(frame.element_id, frame.start_time, frame.end_time) for frame in ID3(path).getall("CHAP")]
    planned = [(f"ch{i}", _ms(one.start), _ms(one.end)) for i, one in enumerate(chapters)]
    if sorted(seen) != sorted(planned):
        raise OutputError(f"the chapters in {path.name} do not read back as written", hint="please report it")


def language_code(tag: str) -> str:
    """Three-letter code of a BCP 47 tag; `und` where none is known."""
    return ISO_639_2.get(tag.lower().partition("-")[0], "und")


def _serialised(frame: Frame) -> bytes:
    alone = ID3()
    alone.add(frame)
    file = io.BytesIO()
    alone.save(file, v2_version=3, padding=lambda _: 0)
    return file.getvalue()[10:]


def _facts(facts: TagFacts, duration: float, encoder: str) -> Iterator[Frame]:
    for kind, text in (
        (TIT2, facts.title),
        (TPE1, facts.artist),
        (TPUB, facts.publisher),
        (TALB, facts.album),
        (TLAN, language_code(facts.language) if facts.language else ""),
        (TENC, facts.encoded_by),
        (TSSE, encoder),
        (TLEN, str(_ms(duration))),
    ):
        if text:
            yield kind(encoding=_UTF16, text=text)
    yield from _date(facts.date)
    if facts.url:
        yield WOAF(url=_latin_url(facts.url))
    if facts.disclosure:
        yield TXXX(encoding=_UTF16, desc="Disclosure", text=facts.disclosure)
    if facts.digital_source_type:
        yield TXXX(encoding=_UTF16, desc="DigitalSourceType", text=facts.digital_source_type)


def _date(day: date | None) -> Iterator[Frame]:
    if day is None:
        return
    yield TYER(encoding=Encoding.LATIN1, text=f"{day.year:04}")
    yield TDAT(encoding=Encoding.LATIN1, text=f"{day.day:02}{day.month:02}")
    if isinstance(day, datetime):
        yield TIME(encoding=Encoding.LATIN1, text=f"{day.hour:02}{day.minute:02}")


def _texts(facts: TagFacts, transcript: str) -> Iterator[Frame]:
    code = language_code(facts.language)
    comment = "\n".join(filter(None, (facts.disclosure, facts.comment)))
    if comment:
        yield COMM(encoding=_UTF16, lang=code, desc="", text=comment)
    yield USLT(encoding=_UTF16, lang=code, desc="", text=transcript.encode("utf-8", "replace").decode())


def _cover(cover: bytes | None) -> Iterator[Frame]:
    if cover is None:
        return
    mime = "image/jpeg" if cover.startswith(b"\xff\xd8\xff") else "image/png"
    if mime == "image/png" and not cover.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ConfigError("the cover is neither a JPEG nor a PNG file", hint="set another `image` in [show]")
    if len(cover) > COVER_LIMIT:
        raise ConfigError(
            f"the cover has {len(cover) / 1e6:.1f} MB, and every episode carries it",
            hint=f"save it smaller: at most {COVER_LIMIT // 1_000_000} MB, 1400 to 3000 pixels square",
        )
    yield APIC(encoding=Encoding.LATIN1, mime=mime, type=PictureType.COVER_FRONT, desc="", data=cover)


def _chapters(chapters: Sequence[Chapter]) -> Iterator[Frame]:
    """The table of contents, then the chapters in time order."""
    names = [f"ch{index}" for index in range(len(chapters))]
    title = TIT2(encoding=_UTF16, text="Chapters")
    for start in range(0, len(names), 255):  # a table holds at most 255 entries: its count is one byte
        yield CTOC(
            element_id="toc" if start == 0 else f"toc{start // 255}",
            flags=_TOP_LEVEL_ORDERED if start == 0 else CTOCFlags.ORDERED,
            child_element_ids=names[start : start + 255],
            sub_frames=[title],
        )
    for name, chapter in zip(names, chapters, strict=True):
        text = chapter.title if len(chapter.title) <= LONGEST_TITLE else chapter.title[: LONGEST_TITLE - 1] + "…"
        sub_frames: list[Frame] = [TIT2(encoding=_UTF16, text=text.encode("utf-8", "replace").decode())]
        if chapter.url:
            sub_frames.append(WXXX(encoding=_UTF16, desc="chapter url", url=_latin_url(chapter.url)))
        yield CHAP(
            element_id=name,
            start_time=_ms(chapter.start),
            end_time=_ms(chapter.end),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=sub_frames,
        )


def _latin_url(url: str) -> str:
    """An address in the letters that link frames have: everything else percent-encoded as UTF-8 (RFC 3986)."""
    return "".join(
        c if " " < c <= "~" else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in url
    )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
