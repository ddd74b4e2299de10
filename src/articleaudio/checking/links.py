"""Links of pages and lists: each that leads into the output has to lead to a file there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from articleaudio.checking.findings import Finding

REBUILD = "run `articleaudio feed` on the folder"
"""What puts feeds, lists and pages right."""

PAGES = ("index.html", "embed.html", "transcript.html", "oembed.json")
"""Pages of an episode that have links."""

_LINK = re.compile(r"""\b(?:href|src|data-src|poster)\s*=\s*\\?["']([^"'\\]+)""")
_SLUG = re.compile(r"(?:^|/)episodes/([^/]+)/")
_KNOWN = 4096


@dataclass(slots=True)
class Site:
    """The output folder as its visitors address it."""

    out: Path
    """The folder."""
    base: str = ""
    """Its address, with the last slash; empty where nobody told."""
    _there: dict[str, bool] = field(default_factory=dict)

    def lost(self, address: str, folder: str = "") -> str | None:
        """The file below the output that an address leads to, if it is not there; None for all others.

        `folder` is that of the page with the link, below the output.
        """
        path = self.path(address, folder)
        if path is None or self._is_there(path):
            return None
        return path or "a folder without index.html"

    def path(self, address: str, folder: str = "") -> str | None:
        """The path below the output that an address leads to; None where it leads elsewhere."""
        if self.base and address.startswith(self.base):
            address, folder = address[len(self.base) :], ""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return "" if address == "" else None
        path = os.path.normpath(f"{folder}/{unquote(parts.path)}" if folder else unquote(parts.path))
        return None if path.startswith("..") else path

    def _is_there(self, path: str) -> bool:
        known = self._there.get(path)
        if known is None:
            full = f"{self.out}/{path}"
            known = os.path.isfile(full) or os.path.isfile(f"{full}/index.html")  # noqa: PTH113 -- a million of them
            if len(self._there) < _KNOWN:
                self._there[path] = known
        return known


def page_links(site: Site, path: str) -> Iterator[Finding]:
    """Links of one page, below the output, that lead nowhere."""
    folder, _, name = path.rpartition("/")
    for address in dict.fromkeys(links_in(site.out / path)):
        if (lost := site.lost(address, folder)) is not None:
            yield Finding("link", f"it leads to {lost}, which is not there", name, hint=REBUILD)


def links_in(path: Path) -> Iterator[str]:
    """What a page links to; nothing where it cannot be read."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return
    yield from (unescape(found) for found in _LINK.findall(text))


def slugs_in_page(path: Path) -> set[str]:
    """The episodes that a page of the index or the archive leads to."""
    return {found[1] for address in links_in(path) if (found := _SLUG.search(unquote(address)))}


def slugs_in_list(path: Path) -> set[str]:
    """The episodes that a JSON list names: the player's, or that of a page of the archive. Raises ValueError."""
    try:
        entries = json.loads(path.read_bytes())["episodes"]
        found = {entry.get("slug") or _SLUG.search(entry["src"])[1] for entry in entries}  # type: ignore[index] # or so
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it cannot be read: {type(error).__name__} {error}") from error
    return {slug for slug in found if isinstance(slug, str)}
