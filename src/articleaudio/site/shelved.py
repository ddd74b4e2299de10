"""What pages and feeds know of an episode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as pages show it."""

    id: str
    """`s0001`, …"""
    role: str
    """`body`, `heading`, `quote`, …"""
    block: int | None
    """Index of the article's block; None for what no block says."""
    start: float
    """Seconds."""
    end: float
    """Seconds."""
    text: str
    """As written."""


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter as pages and feed show it."""

    title: str
    """As written."""
    start: float
    """Seconds."""
    url: str
    """Address of the place in the article; may be empty."""


@dataclass(frozen=True, slots=True)
class Form:
    """The same recording in another form."""

    file: str
    """File name, beside the MP3."""
    type: str
    """Media type."""
    size: int
    """Bytes."""
    sha256: str
    """Hex; may be empty."""
    bitrate: int
    """Bits a second; 0 where it is not told."""
    profile: str
    """What it is for: `web`, `archive`; may be empty."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A published episode."""

    id: str
    """UUID, the feed's guid."""
    slug: str
    """Folder name."""
    folder: Path
    """Where it lies."""
    language: str
    """BCP 47 tag."""
    title: str
    """The headline."""
    summary: str
    """The standfirst, else the opening words."""
    dek: str
    """The standfirst; may be empty."""
    authors: tuple[str, ...]
    """Names."""
    site: str
    """The publication; may be empty."""
    section: str
    """The section; may be empty."""
    url: str
    """Address of the article; may be empty."""
    image: str
    """Address of its lead image; may be empty."""
    published: datetime | None
    """When the article was published, with zone; None where it does not say."""
    updated: datetime | None
    """When the article was changed."""
    generated: datetime
    """When this version of the audio was published; with zone."""
    disclosure: str
    """The disclosure line; may be empty."""
    disclosure_language: str
    """BCP 47 tag of that line where it is in another language than the article; else empty."""
    source_type: str
    """IPTC URI of how the sound came to be; may be empty."""
    audio: str
    """File name of the MP3."""
    size: int
    """Bytes of the MP3."""
    sha256: str
    """Of the MP3, hex; may be empty."""
    duration: float
    """Seconds."""
    bitrate: int
    """Bits a second; 0 where it is not told."""
    chapters: tuple[Part, ...]
    """In order."""
    passages: tuple[Passage, ...]
    """In order."""
    version: int
    """Raised with every change of what is published."""
    voice: str
    """Name of the voice; may be empty."""
    attribution: str
    """Whom its licence wants named; may be empty."""
    alternates: tuple[Form, ...]
    """Other forms of the recording, in the house's order."""

    @property
    def when(self) -> datetime:
        """When it counts as published: as the article says, else when this audio was made."""
        return self.published or self.generated

    @property
    def path(self) -> str:
        """Address of its folder, relative to the output folder."""
        return f"episodes/{self.slug}/"

    @property
    def order(self) -> tuple[float, str]:
        """Sorts newest first, and always the same way."""
        return (-self.when.timestamp(), self.slug)
