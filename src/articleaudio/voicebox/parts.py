"""A file that is still coming, and what it comes from: enough to go on with it another day."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from articleaudio.files import write


@dataclass(frozen=True, slots=True)
class Origin:
    """What the bytes that are there are the beginning of."""

    url: str = ""
    """The address in the profile."""
    validator: str = ""
    """The strong entity tag, else the date of the last change; empty where the server tells neither."""
    total: int = 0
    """Bytes of the whole; 0 where the server does not say."""


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a file."""

    path: Path
    """Where its bytes are."""

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def _note(self) -> Path:
        return self.path.with_name(self.path.name + ".from")

    def origin(self) -> Origin:
        """What it is the beginning of; nothing known where the note is missing or damaged."""
        try:
            found = json.loads(self._note.read_text("utf-8"))
            return Origin(str(found["url"]), str(found["validator"]), int(found["total"]))
        except (OSError, ValueError, TypeError, KeyError):
            return Origin()

    def comes_from(self, origin: Origin) -> None:
        """Note what it is the beginning of."""
        write(self._note, json.dumps(asdict(origin)).encode())

    def drop(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
