"""Articles, scripts and recordings made by hand, for the tests of the stages behind mastering.

The MP3s are real: quiet tones, encoded with LAME, a word each 0.35 s.
"""

from __future__ import annotations

import functools
import hashlib
import math
import re
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import lameenc

from articleaudio.disclosure import Disclosed
from articleaudio.model import (
    Article,
    Block,
    BlockKind,
    Boundary,
    Chapter,
    ChapterMark,
    Dropped,
    Recording,
    Role,
    Script,
    Segment,
    Show,
    Span,
    SpanKind,
    TimedSegment,
    Token,
    TokenKind,
    Voice,
    WordTime,
)
from articleaudio.publish import publish_episode
from articleaudio.publish.document import Marks
from articleaudio.publish.library import Library

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DISCLOSURE = "This audio is created with AI assistance."
VOICE = Voice(
    name="en-us",
    engine="pyttsx3",
    language="en",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
)
MARKS = Marks(Disclosed(DISCLOSURE, "en"), VOICE.digital_source_type)
HOSTILE = '<script>alert(1)</script> ]]> &amp; & 🚢 שלום "quoted"'
SHOW = Show(
    title="The Harbour Post, read aloud",
    link="https://harbour.example/",
    base_url="https://audio.harbour.example/listen/",
    description="News from the coast, read aloud.",
    author="The Harbour Post",
    owner_name="Audio desk",
    owner_email="audio@harbour.example",
)
BODY = (
    (BlockKind.PARAGRAPH, "The ferry to the outer islands will sail again on Monday, after 41 days in the yard."),
    (
        BlockKind.PARAGRAPH,
        (
            "Engineers replaced both shafts of the 62-metre Aurora, the harbour office said; the work cost €3.4 "
            "million 🚢 and was paid for by the county. Nobody was hurt when the first shaft broke on 2 February."
        ),
    ),
    (BlockKind.HEADING, "Two sailings a day"),
    (
        BlockKind.PARAGRAPH,
        (
            "The boat leaves at 7:15 a.m. and at 4:40 p.m., a quarter of an hour earlier than before, because the tide "
            "tables changed."
        ),
    ),
    (BlockKind.QUOTE, "“We had parcels stacked to the ceiling,” said Ines Moreau, who runs the island’s post office."),
    (BlockKind.HEADING, "What it costs"),
    (BlockKind.LIST_ITEM, "Adults pay €9, children under 12 sail free."),
    (BlockKind.LIST_ITEM, "Cars up to 5 metres cost €31."),
    (BlockKind.NOTE, "Correction: an earlier version gave the wrong length of the ferry."),
)
ROLES = {
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.HEADING: Role.HEADING,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.NOTE: Role.NOTE,
}


def article(number: int = 1, **facts) -> Article:
    """The ferry story; `number` tells articles apart."""
    url = facts.get("url", f"https://harbour.example/news/ferry-{number}")
    aliases = facts.pop("aliases", (f"url:{url}", f"path:ferry-{number}.html"))
    made = Article(
        id=str(uuid5(NAMESPACE_URL, aliases[0])),
        aliases=aliases,
        title="Island ferry sails again after 41 days",
        language="en",
        blocks=tuple(Block(kind, text, 2 * (kind is BlockKind.HEADING)) for kind, text in BODY),
        dropped=(Dropped("Sign up to our newsletter", "signup"),),
        dek="The Aurora is back from the yard with two new shafts, and a new timetable.",
        authors=("Mara Lindqvist", "Tom Okafor"),
        published=datetime(2026, 3, 13, 18, 5, tzinfo=UTC) + timedelta(hours=number),
        url=url,
        site="The Harbour Post",
        section="Islands",
        source=f"/home/editor/secret/ferry-{number}.html",
    )
    return replace(made, **facts)


def script_of(article: Article, *, disclosure: str = DISCLOSURE) -> Script:
    """A plain script: disclosure, headline, by-line, then a segment for each sentence; every word said as written."""
    opening = [(Role.DISCLOSURE, disclosure), (Role.HEADLINE, article.title)]
    if article.authors:
        opening.append((Role.BYLINE, f"By {' and '.join(article.authors)}"))
    pieces = [(role, text, None) for role, text in opening if text]
    for number, block in enumerate(article.blocks):
        sentences = re.split(r"(?<=[^.]{3}[.!?])\s+(?=[A-Z])", block.text)
        pieces += [(ROLES[block.kind], sentence, number) for sentence in sentences]
    segments = tuple(
        Segment(f"s{at + 1:04}", role, text, tokens(text), Boundary.SENTENCE, article.language, block)
        for at, (role, text, block) in enumerate(pieces)
    )
    headings = [(at, segment) for at, segment in enumerate(segments) if segment.role is Role.HEADING]
    chapters = (
        ChapterMark(article.title, 0),
        *(ChapterMark(segment.written, at, f"part-{at}") for at, segment in headings),
    )
    said = "\n".join(segment.spoken for segment in segments)
    return Script(article.id, article.language, segments, chapters, (), hashlib.sha256(repr(said).encode()).hexdigest())


def tokens(text: str) -> tuple[Token, ...]:
    """A token for each word."""
    return tuple(
        Token(match.start(), match.end(), TokenKind.WORDS, match[0], "plain")
        for match in re.finditer(r"[\w’.,:]*\w", text)
    )


def recording_of(article: Article, script: Script, path: Path, *, word: float = 0.35, pause: float = 0.4) -> Recording:
    """A recording of a script: a word each `word` seconds, `pause` after each segment; written to `path`."""
    timed: list[TimedSegment] = []
    spans: list[Span] = []
    opens = [mark.segment for mark in script.chapters]
    clock = 0.0
    for at, segment in enumerate(script.segments):
        start = clock
        words = []
        for token in segment.tokens:
            words.append(WordTime(clock, clock + word * 0.9, token.start, token.end))
            clock += word
        spans += [
            Span(SpanKind.SEGMENT, start, clock, at),
            Span(SpanKind.PAUSE, clock, clock + pause),
        ]
        chapter = sum(at >= first for first in opens) - 1
        key = hashlib.sha256(repr(segment.spoken).encode()).hexdigest()
        timed.append(TimedSegment(segment, start, clock, chapter, tuple(words), key))
        clock += pause
    starts = [0.0, *(timed[mark.segment].start for mark in script.chapters[1:])]
    chapters = tuple(
        Chapter(mark.title, start, end, mark.segment, f"{article.url}#{mark.anchor}" if mark.anchor else "")
        for mark, start, end in zip(script.chapters, starts, [*starts[1:], clock], strict=True)
    )
    data = mp3(round(clock, 2), title=article.title)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Recording(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        duration=clock,
        rate=44100,
        bitrate=96000,
        segments=tuple(timed),
        chapters=chapters,
        timeline=tuple(spans),
        spoken_now=len(timed),
        encoder="LAME 3.100",
    )


@functools.cache
def mp3(seconds: float, title: str = "") -> bytes:
    """A real MP3 of a quiet tone; `title` lands in its tag, so that other titles give other bytes."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(96)
    encoder.set_in_sample_rate(44100)
    encoder.set_channels(1)
    encoder.set_quality(9)  # the quickest
    encoder.silence()
    second = b"".join(struct.pack("<h", int(900 * math.sin(at * math.tau * 220 / 44100))) for at in range(44100))
    pcm = (second * (int(seconds) + 1))[: round(seconds * 44100) * 2]
    text = title.encode("utf-16", "replace")
    body = b"\x01" + text
    frame = b"TIT2" + len(body).to_bytes(4, "big") + b"\x00\x00" + body
    size = len(frame)
    header = b"ID3\x03\x00\x00" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return header + frame + bytes(encoder.encode(pcm)) + bytes(encoder.flush())


def publish(library: Library, item: Article, *, now: datetime = NOW, inputs: str = "voice 1", **settings):
    """Take an article all the way to an episode."""
    script = settings.pop("script", None) or script_of(item)
    recording = recording_of(item, script, library.out / "episodes" / ".work.tmp.mp3", **settings.pop("timing", {}))
    voice = settings.pop("voice", VOICE)
    line = Disclosed(settings.pop("disclosure", DISCLOSURE), item.language)
    return publish_episode(
        item,
        script,
        recording,
        library=library,
        show=SHOW,
        voice=voice,
        marks=settings.pop("marks", None) or Marks(line, voice.digital_source_type, voice.attribution),
        inputs=inputs,
        source_hash=hashlib.sha256(repr(item.blocks).encode()).hexdigest(),
        now=now,
        file=settings.pop("file", ""),
    )
