"""In which order files become public: whatever links comes after what it links to, and what goes away goes last."""

from __future__ import annotations

import re
from pathlib import Path

from articleaudio.site.headers import FOR_GOOD, cache_control

HEARD, READ, TOLD, SHOWN, LISTED, LAST = range(6)
"""Sound, pictures, scripts; captions and transcripts; episode.json; an episode's pages; archives; feeds and index."""

EPISODES = "episodes"
"""Folder of the episodes."""

PARTS = frozenset((".mp3", ".flac", ".jpg", ".jpeg", ".png", ".webp", ".svg", ".css", ".js"))
"""Ends of names of what links to nothing."""

PAGES = frozenset(("index.html", "embed.html", "oembed.json"))
"""An episode's pages, which show what its episode.json tells."""

_ARCHIVED = re.compile(r"archive/.+|feed.*-archive-\d+\.xml", re.ASCII)


def rank(name: str) -> int:
    """When a public file is to be put in place, by its path: lower ranks before higher."""
    file = name.rpartition("/")[2]
    if cache_control(name) == FOR_GOOD or "." + file.rpartition(".")[2].lower() in PARTS:
        return HEARD
    if slug_of(name):
        return TOLD if file == "episode.json" else SHOWN if file in PAGES else READ
    return LISTED if _ARCHIVED.fullmatch(name) else LAST


def slug_of(name: str) -> str:
    """The episode that a file belongs to; empty for what stands around the episodes."""
    parts = name.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == EPISODES else ""


class Absent:
    """What should be in the store and is not, so that nothing is put there that leads to it."""

    def __init__(self) -> None:
        self.slugs: set[str] = set()
        """Episodes that lack a file."""
        self._signs: set[bytes] = set()

    def add(self, name: str) -> None:
        """A file could not be put in place."""
        slug = slug_of(name)
        if slug:
            self.slugs.add(slug)
            self._signs |= {f"/{slug}/".encode(), f'"{slug}"'.encode()}  # as links and search data name it
        else:
            self._signs.add(name.rpartition("/")[2].encode())

    def forbids(self, name: str, path: Path) -> bool:
        """Tell whether a file leads to something that is absent. Raises OSError."""
        if slug_of(name) in self.slugs:
            return rank(name) >= READ  # new captions do not fit the old sound
        if rank(name) < SHOWN:
            return False
        data = path.read_bytes()
        return any(sign in data for sign in self._signs)

    def __bool__(self) -> bool:
        return bool(self._signs)
