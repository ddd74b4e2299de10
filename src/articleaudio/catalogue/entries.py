"""What the catalogue keeps of a receipt: enough to tell whether an episode is up to date, and to list it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.model import Episode, Flag
from articleaudio.publish.receipt import FORMAT


@dataclass(frozen=True, slots=True)
class Entry:
    """One episode."""

    id: str
    """The article's id."""
    slug: str
    """Folder name."""
    status: str
    """`published`, or `retracted`."""
    title: str
    """The headline."""
    version: int
    """As published."""
    source: str
    """Where the article was read from."""
    source_hash: str
    """SHA-256 over the article as it was read."""
    inputs: str
    """Fingerprint of everything else that settles the result."""
    audio: str
    """File name of the MP3."""
    duration: float
    """Seconds."""
    size: int
    """Bytes of the MP3."""
    chapters: int
    """How many."""
    segments: int
    """How many."""
    flags: tuple[tuple[str, str], ...]
    """Segment and message of each thing to look at or listen to."""
    files: tuple[tuple[str, int], ...]
    """Name and size of everything that was published."""
    superseded: bool
    """Whether former audio files may still lie in the folder."""

    def episode(self, folder: Path) -> Episode:
        """The published bundle, unchanged; `folder` is where it lies."""
        return Episode(
            id=self.id,
            slug=self.slug,
            title=self.title,
            folder=folder,
            audio=folder / self.audio,
            duration=self.duration,
            size=self.size,
            chapters=self.chapters,
            version=self.version,
            changed=False,
            segments=self.segments,
            flags=tuple(Flag(segment, message) for segment, message in self.flags),
            source=self.source,
        )


def read_entry(receipt: Path) -> Entry:
    """Read the entry of a receipt. Raises OSError and ValueError."""
    value = _object(receipt.read_bytes())
    if value.get("format") != FORMAT:
        raise ValueError(f"not of the form {FORMAT}")
    try:
        return _entry(value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a receipt: {error!r}") from error


def entry_of(text: str) -> Entry:
    """Read an entry back from the catalogue."""
    value = json.loads(text)
    value["flags"] = tuple(map(tuple, value["flags"]))
    value["files"] = tuple(map(tuple, value["files"]))
    return Entry(**value)


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 -- one error for everything that is no receipt
    return value


def _entry(value: Mapping[str, Any]) -> Entry:
    files = tuple((str(file["name"]), int(file["size"])) for file in value["files"])
    return Entry(
        id=str(value["id"]),
        slug=str(value["slug"]),
        status=str(value.get("status", "published")),
        title=str(value["title"]),
        version=int(value["version"]),
        source=str(value["source"]),
        source_hash=str(value["source_hash"]),
        inputs=str(value["inputs"]),
        audio=str(value["audio"]),
        duration=float(value["duration"]),
        size=dict(files).get(str(value["audio"]), 0),
        chapters=int(value["chapters"]),
        segments=len(value["segments"]),
        flags=tuple((str(flag["segment"]), str(flag["message"])) for flag in value["flags"]),
        files=files,
        superseded=bool(value.get("superseded")),
    )
