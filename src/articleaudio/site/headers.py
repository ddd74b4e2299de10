"""How each public file is to be delivered: its type, how long it may be kept, and who may read it.

The preview server answers by this table, and so must every other place that the files are put: web servers
(docs/serving.md) and object stores, which want the same values with each upload.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

TYPES = MappingProxyType(
    {
        ".mp3": "audio/mpeg",
        ".flac": "audio/flac",
        ".vtt": "text/vtt; charset=utf-8",
        ".srt": "application/x-subrip; charset=utf-8",
        ".json": "application/json",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".png": "image/png",
        ".webp": "image/webp",
        ".svg": "image/svg+xml",
    }
)
"""Content types by the end of a name. Written out, for the system's own table differs from machine to machine."""

CHAPTERS = "application/json+chapters"
"""What Podcasting 2.0 calls a chapters.json."""

FEED = "application/rss+xml; charset=utf-8"
"""Type of feed.xml, of feeds by language or section, and of their archives."""

UNKNOWN = "application/octet-stream"
"""Type of a file that we did not write: browsers keep it, and run nothing of it."""

FOR_GOOD = "public, max-age=31536000, immutable"
"""For names that hold a hash of what is inside: what is new gets a new name."""

FOR_AN_HOUR = "public, max-age=3600"
"""For player, scripts and styles of pages under the names that do not change."""

FOR_A_MOMENT = "public, max-age=60"
"""For all that changes when an article does: pages, feeds, episode.json, captions."""

EXPOSED = ("Accept-Ranges", "Content-Length", "Content-Range", "ETag", "Last-Modified")
"""Headers of an answer that a player on another site may read."""

ASKED = ("Range", "If-Range", "If-None-Match", "If-Modified-Since", "Cache-Control")
"""Headers of a request that a player on another site may send."""

METHODS = ("GET", "HEAD", "OPTIONS")
"""All that a public file can be asked for."""

CORS: Mapping[str, str] = MappingProxyType(
    {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": ", ".join(EXPOSED)}
)
"""For every answer, errors too: players stand in pages of other sites, and in frames without an origin."""

PREFLIGHT: Mapping[str, str] = MappingProxyType(
    {
        "Access-Control-Allow-Methods": ", ".join(METHODS),
        "Access-Control-Allow-Headers": ", ".join(ASKED),
        "Access-Control-Max-Age": "86400",
    }
)
"""For the answer to OPTIONS, with which a browser asks before it sends a range to another site."""

_FEED = re.compile(r"feed([.-].+)?\.xml", re.ASCII)
_HASHED = re.compile(r".+\.[0-9a-f]{8}\.(mp3|flac|js|css|png|jpg)", re.ASCII)
_HOURLY = re.compile(r"article-audio(-[a-z]+)?\.(js|css|svg)", re.ASCII)


def content_type(name: str) -> str:
    """Content type of a public file, by its name or path."""
    name = name.rpartition("/")[2]
    if name == "chapters.json":
        return CHAPTERS
    if _FEED.fullmatch(name):
        return FEED
    return TYPES.get("." + name.rpartition(".")[2].lower(), UNKNOWN)


def cache_control(name: str) -> str:
    """How long browsers and CDNs may keep a public file without asking again, by its name or path."""
    name = name.rpartition("/")[2]
    if _HASHED.fullmatch(name):
        return FOR_GOOD
    return FOR_AN_HOUR if _HOURLY.fullmatch(name) else FOR_A_MOMENT
