"""episode.json: all that a player may know about an episode. Its JSON Schema is docs/episode.schema.json."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from articleaudio.disclosure import Disclosed
from articleaudio.model import Article, Chapter, Recording, TimedSegment, Voice
from articleaudio.publish.alternates import alternates_document
from articleaudio.publish.offsets import utf16_offsets

SCHEMA = "articleaudio/episode/1"
"""Names the form; raised only when a reader of the old form would go wrong."""

Document = dict[str, Any]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How the sound came to be, for people and for machines."""

    disclosed: Disclosed
    """The line that is shown."""
    source_type: str = ""
    """IPTC address of how all that is heard came to be; empty where nobody knows."""
    attribution: str = ""
    """Who is to be named for the voices that are heard; empty where nobody asks for it."""


def episode_document(
    article: Article, recording: Recording, *, slug: str, audio: str, voice: Voice, marks: Marks
) -> Document:
    """Everything that episode.json says, but `version` and `generated`.

    Times are seconds rounded to milliseconds. Facts that the article does not give are empty strings, dates null.
    """
    return {
        "schema": SCHEMA,
        "id": article.id,
        "slug": slug,
        "status": "published",
        "version": 0,
        "language": article.language,
        "site": article.site,
        "section": article.section,
        "title": article.title,
        "dek": article.dek,
        "authors": list(article.authors),
        "url": web_address(article.url),
        "image": web_address(article.image),
        "published": iso(article.published),
        "updated": iso(article.updated),
        "generated": "",
        "disclosure": marks.disclosed.text,
        "disclosure_language": marks.disclosed.language,
        "digital_source_type": marks.source_type,
        "voice": {"name": voice.name, "engine": voice.engine, "attribution": marks.attribution},
        "audio": {
            "file": audio,
            "type": "audio/mpeg",
            "bytes": recording.size,
            "sha256": recording.sha256,
            "duration": ms(recording.duration),
            "bitrate": recording.bitrate,
        },
        "alternates": alternates_document(slug, recording.alternates),
        "captions": "captions.vtt",
        "subtitles": "captions.srt",
        "transcript": "transcript.json",
        "transcript_page": "transcript.html",
        "chapters": [_chapter(chapter) for chapter in recording.chapters],
        "segments": [_segment(timed) for timed in recording.segments],
    }


def ms(seconds: float) -> float:
    """Seconds to the millisecond."""
    return round(seconds, 3)


def iso(moment: datetime | None) -> str | None:
    """A date as ISO 8601; null where there is none."""
    return moment.isoformat() if moment else None


def web_address(address: str) -> str:
    """The address if a browser may be sent there; empty for `javascript:`, `file:` and whatever else is no web page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def _chapter(chapter: Chapter) -> Document:
    known = {"title": chapter.title, "start": ms(chapter.start), "end": ms(chapter.end)}
    url = web_address(chapter.url)
    return {**known, "url": url} if url else known


def _segment(timed: TimedSegment) -> Document:
    segment = timed.segment
    return {
        "id": segment.id,
        "role": segment.role.value,
        "block": segment.block,
        "chapter": timed.chapter,
        "start": ms(timed.start),
        "end": ms(timed.end),
        "written": segment.written,
        "words": _words(timed),
    }


def _words(timed: TimedSegment) -> list[list[float | int]]:
    """Word times clamped into their segment: an engine's last mark may lie a sample behind the end of its sound."""
    offsets = utf16_offsets(timed.segment.written)
    last = len(offsets) - 1
    words: list[list[float | int]] = []
    at = timed.start
    for word in timed.words:
        start = min(max(word.start, at), timed.end)
        at = min(max(word.end, start), timed.end)
        words.append([ms(start), ms(at), offsets[min(word.first, last)], offsets[min(word.last, last)]])
    return words
