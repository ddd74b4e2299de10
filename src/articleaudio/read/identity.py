"""What an article is known by, so that a new headline or an edit finds the same episode again."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID, uuid5

NAMESPACE = UUID("5d0b8f0e-8c1f-5f1c-9a53-0a4c6c1d2b7e")
"""Namespace of article ids. Never change it: every id ever given out hangs on it."""

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref", "cmp", "ocid", "smid", "xtor")


def aliases(*, cms: str = "", url: str = "", given: str = "", relative: str = "", title: str = "") -> tuple[str, ...]:
    """What an article is known by, strongest first; never empty.

    `cms` names the system and its id (`ghost:64af…`), `given` is an id from front matter, `relative` the path below
    the source folder. An article that has none of them (standard input) is known by its title.
    """
    found = []
    if cms:
        found.append(f"cms:{cms}")
    if url:
        found.append(f"url:{plain_address(url)}")
    if given:
        found.append(f"id:{given}")
    if relative:
        found.append(f"path:{relative}")
    return tuple(found) or (f"title:{' '.join(title.casefold().split())}",)


def article_id(known_by: tuple[str, ...]) -> str:
    """The UUID (version 5) of an article's strongest alias: the same wherever and however often it is read."""
    # A file's name may be no UTF-8, which no UUID is made of.
    return str(uuid5(NAMESPACE, known_by[0].encode("utf-8", "backslashreplace").decode()))


def plain_address(url: str) -> str:
    """An address without what does not tell pages apart: fragment, tracking, default port, last slash, scheme's s."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").lower()
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    query = [(key, value) for key, value in parse_qsl(parts.query) if not key.lower().startswith(_TRACKING)]
    scheme = "https" if parts.scheme in {"http", ""} else parts.scheme
    return urlunsplit((scheme, host, parts.path.rstrip("/"), urlencode(query), ""))
