"""What stands beside the sound in a finished file, whatever its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articleaudio.master.cover import Cover
from articleaudio.master.settings import TagFacts
from articleaudio.model import Chapter


@dataclass(frozen=True, slots=True)
class Sleeve:
    """Facts, chapters, text and picture."""

    facts: TagFacts
    """What the tags tell."""
    chapters: Sequence[Chapter]
    """In order."""
    encoder: str
    """Name, version and settings."""
    transcript: str
    """What is said, as it is written."""
    cover: Cover | None
    """Made fit for a tag."""
    compact_chapters: bool = False
    """Whether chapters are kept short, for a file that will be signed."""
