"""The two files that podcast apps read beside the feed.

Standards: JSON chapters 1.2 and the JSON transcript of the podcast namespace
(github.com/Podcastindex-org/podcast-namespace).
"""

from __future__ import annotations

import json

from articleaudio.model import Article, Recording
from articleaudio.publish.document import Document, ms, web_address


def chapters_document(article: Article, recording: Recording) -> Document:
    """chapters.json: titles and times in seconds, and the place in the article where a chapter opens."""
    chapters: list[Document] = []
    for chapter in recording.chapters:
        entry: Document = {"startTime": ms(chapter.start), "endTime": ms(chapter.end), "title": chapter.title}
        if url := web_address(chapter.url):
            entry["url"] = url
        chapters.append(entry)
    return {"version": "1.2.0", "title": article.title, "chapters": chapters}


def transcript_document(recording: Recording) -> Document:
    """transcript.json: what was written, a segment each, with times in seconds."""
    return {
        "version": "1.0.0",
        "segments": [
            {"startTime": ms(timed.start), "endTime": ms(timed.end), "body": timed.segment.written}
            for timed in recording.segments
        ],
    }


def json_bytes(document: Document) -> bytes:
    """Compact UTF-8 JSON with a line feed at the end; a lone surrogate is escaped, for it has no UTF-8 form."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
    return text.encode("utf-8", "backslashreplace")
