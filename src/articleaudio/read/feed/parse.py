"""A feed's bytes → its items as plain mappings. Nothing of the parser's own types leaves this module."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articleaudio.errors import NoArticleError, SourceError, TooLongError
from articleaudio.read.feed.prolog import guard, root_of, utf8
from articleaudio.read.source import Source

_MAX_BYTES = 16 * 1024 * 1024
"""A longer feed is no feed; the parser reads a broken one at less than 1 MB a second."""
_MAX_ITEMS = 60_000
"""Most items, entries and links together; a feed has some dozens."""
_COUNTED = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry|link)\b", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")  # Japanese charsets are shifted with 1B
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
_WORDS = rb"media:(?:description|text|credit|title)"
_CAPTION = re.compile(
    rb"<" + _WORDS + rb"\b[^<>]*/>|<(" + _WORDS + rb")\b[^<>]*>[^<]*(?:<(?!/?media:)[^<]*)*</\1\s*>", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed feed."""

    about: Mapping[str, Any]
    """What it says of itself."""
    items: Sequence[Mapping[str, Any]]
    """What it holds, in order."""
    ends: bool
    """Whether its end is there: the last item of one that breaks off is not whole."""


def parse(source: Source, data: bytes) -> Feed:
    """The items of a feed. Raises SourceError when it is none, is dangerous, or is too broken to hold any."""
    name = source.name
    if len(data) > _MAX_BYTES:
        raise TooLongError(
            f"{name} is {len(data) // 1_000_000} MB; feeds are read up to {_MAX_BYTES // 1_000_000} MB",
            hint="give a feed of the newest articles, or the system's export",
        )
    data = utf8(data, name).lstrip()
    guard(data, name)
    if sum(1 for _ in _COUNTED.finditer(data)) > _MAX_ITEMS:
        raise TooLongError(
            f"{name} has over {_MAX_ITEMS:,} items and links", hint="give a feed of the newest articles, or an export"
        )
    if root_of(data).lower() == "html" or data[:15].lower().startswith(b"<!doctype html"):
        raise SourceError(f"{name} is a web page, not a feed", hint="give the feed's own address, or the page as .html")
    import feedparser  # noqa: PLC0415 -- only once a feed is read

    charset = f"; charset={source.charset}" if source.charset and not data.startswith(b"<?xml") else ""
    told = {"content-type": f"application/xml{charset}", "content-location": source.url}
    try:
        # A stream, because the parser takes bytes for a file's name first. Words to pictures it takes for the item's.
        found = feedparser.parse(
            io.BytesIO(_CAPTION.sub(b"", _CONTROLS.sub(b"", data))),
            response_headers=told,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        items = [_plain(entry) for entry in found["entries"]]
        about = _plain(found["feed"]) | {"spaces": sorted(found.get("namespaces", {}))}
    except Exception as error:
        raise SourceError(f"the feed {name} cannot be read: {error}", hint="check the feed with a validator") from error
    if not items and found.get("bozo"):
        reason = " ".join(str(found.get("bozo_exception", "")).split())[:200]
        raise SourceError(f"{name} is no feed that can be read: {reason}", hint="check the feed with a validator")
    if not items:
        raise NoArticleError(f"the feed {name} has no items", hint="give a feed with articles in it")
    return Feed(about, items, bool(_END.search(data[-4096:])) or not found.get("bozo"))


def _plain(value: Any) -> Any:  # noqa: ANN401 -- whatever the parser gives
    """The parser's own mappings as ordinary ones: theirs answer with something else than what they hold."""
    if isinstance(value, dict):
        return {key: _plain(dict.__getitem__(value, key)) for key in dict.keys(value)}
    return [_plain(item) for item in value] if isinstance(value, list) else value
