"""What a source held when it was last read, so that one that did not change is not read again.

State folder: `sources/HASH.json`, one for each source. It may be deleted at any time: then the source is read again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from articleaudio.files import write
from articleaudio.plain import dump
from articleaudio.read.source import Source


@dataclass(frozen=True, slots=True)
class Held:
    """What a source held."""

    digest: str
    """SHA-256 of the source's bytes, hex."""
    inputs: str
    """Fingerprint of everything else that settles the result."""
    articles: tuple[tuple[str, str], ...]
    """Id and digest of each article that may be published, in order."""
    skipped: tuple[tuple[str, str], ...] = ()
    """Name and reason of each that may not."""


class Memory:
    """The sources of one output."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when something is kept."""
        self._folder = folder

    def recall(self, source: Source) -> Held | None:
        """What the source held when it was last read; None when that is not known."""
        try:
            found = json.loads(self._path(source).read_bytes())
            return Held(
                digest=str(found["digest"]),
                inputs=str(found["inputs"]),
                articles=tuple((str(id_), str(digest)) for id_, digest in found["articles"]),
                skipped=tuple((str(name), str(reason)) for name, reason in found["skipped"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, source: Source, held: Held) -> None:
        """Remember what a source holds; standard input has no name to be known by. Raises OutputError."""
        if source.relative or source.path or source.url:
            write(self._path(source), dump(held).encode())

    def _path(self, source: Source) -> Path:
        named = source.relative or str(source.path or "") or source.url or source.name
        # What the user said of the page's address is part of what it is.
        name = hashlib.sha256(f"{named}\0{source.url}".encode("utf-8", "surrogateescape")).hexdigest()
        return self._folder / f"{name[:32]}.json"
