"""What is to be known of a receipt while sources are planned: whether its episode is up to date, and how to list it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from articleaudio.model import Episode, Flag
from articleaudio.publish.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Entry:
    """One episode, as its receipt tells of it."""

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
    file: str = ""
    """What the article was read from, where it is known by a path: from the house's folder, or in full."""

    def up_to_date(self, folder: str, inputs: str, source_hash: str) -> bool:
        """Whether nothing changed since the receipt was written, and all public files are there with the right size."""
        if (self.status, self.inputs, self.source_hash) != ("published", inputs, source_hash) or not self.files:
            return False
        try:
            return all(os.stat(f"{folder}/{name}").st_size == size for name, size in self.files)  # noqa: PTH116 -- a million
        except (OSError, ValueError):
            return False

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


def entry_of(receipt: Receipt) -> Entry:
    """The entry of a receipt that is at hand."""
    return Entry(
        id=receipt.id,
        slug=receipt.slug,
        status=receipt.status,
        title=receipt.title,
        version=receipt.version,
        source=receipt.source,
        source_hash=receipt.source_hash,
        inputs=receipt.inputs,
        audio=receipt.audio,
        duration=receipt.duration,
        size=receipt.size,
        chapters=receipt.chapters,
        segments=len(receipt.segments),
        flags=tuple((flag.segment, flag.message) for flag in receipt.flags),
        files=tuple((file.name, file.size) for file in receipt.files),
        superseded=bool(receipt.superseded),
        file=receipt.file,
    )
