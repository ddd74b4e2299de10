"""Pages kept from earlier visits, so that a server need not send what has not changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from articleaudio.errors import OutputError
from articleaudio.read.source import Page
from articleaudio.store import Store

_KIND = "web"
_SENDABLE = re.compile(r"[!-~](?:[ -~]{0,998}[!-~])?")
"""Values that a header can carry as they are."""
_FIELDS = ("url", "kind", "charset", "etag", "modified")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was, and what to ask its server with."""

    page: Page
    """What the address gave."""
    etag: str = ""
    """The server's name for this version."""
    modified: str = ""
    """When the server says it was last changed."""

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if _SENDABLE.fullmatch(value)}


class Kept:
    """The pages kept below `CACHE/web`, each verified whenever it is read; a damaged one counts as none."""

    def __init__(self, cache: Path) -> None:
        """Take the cache folder; it is made when the first page is kept."""
        self._store = Store(cache)

    def find(self, url: str) -> KeptPage | None:
        """The page kept for exactly this address, or None."""
        try:
            payload = self._store.get(_KIND, _key(url))
        except OSError:
            return None
        head, _, data = (payload or b"").partition(b"\n")
        try:
            url_kept, kind, charset, etag, modified = (str(json.loads(head)[field]) for field in _FIELDS)
        except (ValueError, KeyError, TypeError):
            return None
        if url_kept != url:
            return None
        return KeptPage(Page(url, data, kind, charset), etag, modified)

    def keep(self, kept: KeptPage) -> None:
        """Keep a page that its server can be asked about again; a cache that cannot be written costs only time."""
        if not kept.conditions:
            return
        page = kept.page
        head = dict(zip(_FIELDS, (page.url, page.kind, page.charset, kept.etag, kept.modified), strict=True))
        with contextlib.suppress(OutputError):
            self._store.put(_KIND, _key(page.url), json.dumps(head).encode() + b"\n" + page.data)


def _key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
