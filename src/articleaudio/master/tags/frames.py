"""The frames of a tag, made of the facts that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from mutagen import id3

from articleaudio.master.cover import Cover
from articleaudio.master.languages import three_letters
from articleaudio.master.settings import TagFacts
from articleaudio.master.tags.text import address, cut, cut_to_bytes, encoding, line, paragraphs
from articleaudio.master.tags.words import Synced
from articleaudio.model import Chapter

_TOP_LEVEL_ORDERED = 3
_ORDERED = 2
_MOST_CHILDREN = 255
"""A table of contents counts its entries in one byte."""
_NOWHERE = 0xFFFFFFFF
"""A chapter's byte offsets: not stated, go by the times."""
_MILLISECONDS = 2
_TRANSCRIPTION = 1
"""SYLT's content types 1 (lyrics) and 2 (transcription): players look for the first."""
_COPYRIGHT = re.compile(r"^(?:copyright\b|\(c\)|©|[\s:,–-])+", re.IGNORECASE)
_COMPACT = 120
"""Bytes of a compact chapter's title: in a tag of version 2.4 ffmpeg drops chapters with a frame of 128 or more."""
_YEAR = re.compile(r"\d{4}")


def text_frames(facts: TagFacts, duration: float, encoder: str) -> Iterator[id3.Frame]:
    """Make the plain text frames, leaving out what nobody knows."""
    day = facts.date
    texts = {
        "TIT2": facts.title,
        "TIT3": facts.subtitle,
        "TPE1": facts.artist,
        "TPE2": facts.publisher,
        "TALB": facts.album,
        "TPUB": facts.publisher,
        "TCON": facts.genre,
        "TYER": f"{day:%Y}".zfill(4) if day else "",
        "TDAT": f"{day:%d%m}" if day else "",
        "TIME": f"{day:%H%M}" if isinstance(day, datetime) else "",
        "TLAN": three_letters(facts.language) if facts.language else "",
        "TLEN": str(round(duration * 1000)),
        "TCOP": _copyright(facts.copyright, day),
        "TENC": facts.encoded_by,
        "TSSE": encoder,
    }
    for name, text in texts.items():
        if shown := line(text):
            yield getattr(id3, name)(encoding=encoding(shown), text=[shown])


def said_about(facts: TagFacts) -> Iterator[id3.Frame]:
    """Make the frames on the article and on how the audio was made."""
    if facts.url:
        yield id3.WOAF(url=address(facts.url))
    if facts.publisher_url:
        yield id3.WPUB(url=address(facts.publisher_url))
    for name, text in (("Disclosure", facts.disclosure), ("DigitalSourceType", facts.digital_source_type)):
        if shown := line(text):
            yield id3.TXXX(encoding=encoding(shown), desc=name, text=[shown])
    language = facts.disclosure_language or facts.language
    if comment := paragraphs("\n".join(filter(None, (facts.disclosure, facts.comment)))):
        yield id3.COMM(encoding=encoding(comment), lang=three_letters(language), desc="", text=[comment])


def chapter_frames(title: str, chapters: Sequence[Chapter], *, compact: bool = False) -> Iterator[id3.Frame]:
    """Make tables of contents and chapters. More than 255 chapters need tables within the table.

    `compact` keeps every frame within a chapter so short that no player drops the chapter when signing has made the tag
    one of version 2.4: titles are cut, and there are no links.
    """
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
        url = "" if compact else chapter.url
        link = [id3.WXXX(encoding=0, desc="chapter url", url=address(url))] if url else []
        yield id3.CHAP(
            element_id=name,
            start_time=round(chapter.start * 1000),
            end_time=round(chapter.end * 1000),
            start_offset=_NOWHERE,
            end_offset=_NOWHERE,
            sub_frames=[_heading(chapter.title, compact=compact), *link],
        )


def cover_frames(cover: Cover | None) -> Iterator[id3.Frame]:
    """Make the frame of the cover, if there is one."""
    if cover is not None:
        yield id3.APIC(encoding=0, mime=cover.mime, type=id3.PictureType.COVER_FRONT, desc="", data=cover.data)


def transcript_frames(language: str, transcript: str, words: Sequence[Synced]) -> Iterator[id3.Frame]:
    """Make the frames of the text as it is written, and of the times at which its words are heard."""
    if text := paragraphs(transcript):
        yield id3.USLT(encoding=encoding(text), lang=three_letters(language), desc="", text=text)
    if words:
        yield id3.SYLT(
            encoding=encoding("".join(text for text, _ in words)),
            lang=three_letters(language),
            format=_MILLISECONDS,
            type=_TRANSCRIPTION,
            desc="words",
            text=list(words),
        )


def _heading(text: str, *, compact: bool = False) -> id3.Frame:
    shown = cut_to_bytes(line(text), _COMPACT) if compact else cut(line(text))
    return id3.TIT2(encoding=encoding(shown), text=[shown])


def _copyright(text: str, day: date | None) -> str:
    """Give a copyright line as ID3 wants it: the year first, and no sign, for players put "Copyright ©" before it."""
    owner = _COPYRIGHT.sub("", line(text))
    return f"{day:%Y} {owner}" if owner and day and not _YEAR.search(owner) else owner
