"""Conditional requests (RFC 9110, section 13): which state of a file a client holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import formatdate, parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class State:
    """What tells one state of a file from another."""

    etag: str
    """Changes whenever the bytes may have: a file that is put in place of another is another file on the disk."""
    modified: int
    """When it was written, in seconds since 1970."""

    @classmethod
    def of(cls, stat: os.stat_result) -> State:
        """The state of an opened file."""
        return cls(f'"{stat.st_mtime_ns:x}-{stat.st_size:x}-{stat.st_ino:x}"', int(stat.st_mtime))

    @property
    def headers(self) -> dict[str, str]:
        """The headers by which a client can name this state later."""
        return {"ETag": self.etag, "Last-Modified": formatdate(self.modified, usegmt=True)}


def settled(state: State, headers: Mapping[str, str]) -> int | None:
    """The status that the conditions of a GET or HEAD settle: 304, 412, or None to go on."""
    if (tags := headers.get("if-match")) is not None:
        if not _names(tags, state.etag):
            return 412
    elif (since := _seconds(headers.get("if-unmodified-since"))) is not None and state.modified > since:
        return 412
    if (tags := headers.get("if-none-match")) is not None:
        return 304 if _names(tags.replace("W/", ""), state.etag) else None
    since = _seconds(headers.get("if-modified-since"))
    return 304 if since is not None and state.modified <= since else None


def same(state: State, if_range: str | None) -> bool:
    """Whether a range may be given: the client's other bytes are of this very state. A weak tag does not say so."""
    if if_range is None:
        return True
    return if_range.strip() == state.etag or _seconds(if_range) == state.modified


def _names(tags: str, etag: str) -> bool:
    """Whether a list of tags holds ours, which has no comma in it."""
    return tags.strip() == "*" or etag in (tag.strip() for tag in tags.split(","))


def _seconds(date: str | None) -> int | None:
    """Seconds since 1970 of a date; None for none, and for what is no date, which is to be ignored."""
    try:
        parsed: datetime | None = parsedate_to_datetime(date) if date else None
        return int(parsed.timestamp()) if parsed and parsed.tzinfo else None
    except (ValueError, OverflowError):
        return None
