"""What the interface and the export both tell of a post, in one form: id, dates, section, standfirst."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

from articleaudio.read.dates import parse_date
from articleaudio.read.post import plain

_MORE = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|→|»|read more\W*|continue reading.*)$", re.IGNORECASE | re.DOTALL)
_NO_SECTION = frozenset({"uncategorized", "uncategorised", "sin-categoria", "non-classe", "allgemein", "bez-rubriky"})


def cms_id(link: str, base: str, number: str) -> str:
    """System, site and id of a post, for its alias; empty when the site or the id is not known.

    `base` is an address of the site or of its interface: several sites may share a host.
    """
    host = _host(link) or _host(base)
    if not host or not number.isdecimal():
        return ""
    try:
        path = urlsplit(base).path
    except ValueError:
        path = ""
    path = re.split(r"/(?:wp-json|index\.php)\b", path)[0].strip("/")
    return f"wordpress:{host}{'/' + path if path else ''}:{number}"


def moment(universal: object, local: object) -> datetime | None:
    """When something was, on the site's own clock: WordPress gives the moment in UTC and again without a zone.

    Drafts have a moment of zeros, and a local one that means nothing.
    """
    if isinstance(universal, str) and universal.startswith("0000"):
        return None
    utc, here = parse_date(universal), parse_date(local)
    if utc is None or utc.tzinfo is not None:
        return utc or here
    utc = utc.replace(tzinfo=UTC)
    if here is None or here.tzinfo is not None:
        return utc
    offset = timedelta(minutes=15 * round((here.replace(tzinfo=UTC) - utc) / timedelta(minutes=15)))
    if not timedelta(hours=-12) <= offset <= timedelta(hours=14) or offset == timedelta(0):
        return utc
    return utc.astimezone(timezone(offset))


def is_section(slug: str) -> bool:
    """Whether a category says where a post ran; everyone's first one says only that nobody chose."""
    return slug.lower() not in _NO_SECTION


def own_words(excerpt: str, body: str) -> str:
    """An excerpt that somebody wrote; empty for one that is only the beginning of the body."""
    text = plain(excerpt)
    start = _MORE.sub("", text).rstrip(" .…[")
    opening = plain(body[: 4 * len(excerpt) + 4000]).replace(" ", "")
    return "" if not start or _MORE.search(text) or start.replace(" ", "") in opening else text


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return ""
