"""What a source held when it was last read, so that one that did not change is not read again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

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


def name_of(source: Source) -> str:
    """What a source is known by; empty for standard input, which has no name to be known by."""
    if not (source.relative or source.path or source.url):
        return ""
    named = source.relative or str(source.path or "") or source.url
    # What the user said of the page's address is part of what it is.
    return hashlib.sha256(f"{named}\0{source.url}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def held_text(held: Held) -> str:
    """What a source held, as the catalogue keeps it."""
    return dump(held)


def held_of(text: str) -> Held | None:
    """Read it back; None for what is not of this form."""
    try:
        found = json.loads(text)
        return Held(
            digest=str(found["digest"]),
            inputs=str(found["inputs"]),
            articles=tuple((str(id_), str(digest)) for id_, digest in found["articles"]),
            skipped=tuple((str(name), str(reason)) for name, reason in found["skipped"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
