"""What a report is made of: notes, one JSON line each, taken down while a run goes on.

They lie in a file from the first, so that memory does not grow with the run and a run that is killed leaves them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from articleaudio.plain import dump

_CREDENTIALS = re.compile(r"://[^/@\s\"\\]+@")
"""Name and password in an address; they are nobody's business who reads a report."""


class Kind(StrEnum):
    """What a note is about."""

    RUN = "run"
    """Facts that are known at the start."""
    DONE = "done"
    UNCHANGED = "unchanged"
    """How many articles were up to date so far."""
    SKIPPED = "skipped"
    FAILED = "failed"
    LISTEN = "listen"
    """A flag of an episode, and where it is heard."""
    WARNING = "warning"
    FACT = "fact"
    """Facts of the whole run that come up on the way: cost, delivery, interruption."""


@dataclass(slots=True)
class Sums:
    """What notes come to."""

    made: int = 0
    """Episodes made or updated."""
    unchanged: int = 0
    """Articles that were up to date."""
    skipped: int = 0
    """Sources and articles that were passed over."""
    failed: int = 0
    """Sources and articles that failed."""
    listen: int = 0
    """Flags of the episodes that were made."""
    warning: int = 0
    """Warnings that concern no single article."""
    seconds: float = 0.0
    """Audio of the episodes that were made."""
    spoken: int = 0
    """Segments that were spoken for them."""
    kept: int = 0
    """Segments whose sound was there."""

    def add(self, kind: Kind, facts: dict[str, Any]) -> None:
        """Count a note."""
        match kind:
            case Kind.DONE:
                self.made += 1
                self.seconds += facts["seconds"]
                self.spoken += facts["spoken"]
                self.kept += facts["kept"]
            case Kind.UNCHANGED:
                self.unchanged = facts["count"]
            case Kind.SKIPPED:
                self.skipped += 1
            case Kind.FAILED:
                self.failed += 1
            case Kind.LISTEN:
                self.listen += 1
            case Kind.WARNING:
                self.warning += 1
            case _:
                pass


class Notebook:
    """Takes notes. A disk that takes none ends the note-taking, never the run."""

    def __init__(self, path: Path) -> None:
        """Begin an empty notebook. Raises OSError when that cannot be done."""
        self.path = path
        """Where the notes lie."""
        self.sums = Sums()
        """What they come to."""
        self.problem = ""
        """Why no more notes are taken; empty while they are."""
        self._file: TextIO = path.open("w", encoding="utf-8")
        self._unchanged = 0

    def take(self, kind: Kind, facts: dict[str, Any]) -> None:
        """Take a note down."""
        if self._unchanged != self.sums.unchanged:
            self._unchanged = self.sums.unchanged
            self._write(Kind.UNCHANGED, {"count": self._unchanged})
        self.sums.add(kind, facts)
        self._write(kind, facts)

    def close(self) -> None:
        """Take no more notes."""
        try:
            self._file.close()
        except OSError as error:
            self.problem = self.problem or str(error.strerror or error)

    def _write(self, kind: Kind, facts: dict[str, Any]) -> None:
        if self.problem or self._file.closed:
            return
        line = _CREDENTIALS.sub("://…@", dump([kind.value, facts]))
        try:
            self._file.write(line + "\n")
            self._file.flush()
        except OSError as error:
            self.problem = str(error.strerror or error)


def read_notes(path: Path, *kinds: Kind) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """Give the notes of some kinds, or of all, in order; what a killed run left half-written is passed over."""
    wanted = tuple(f'["{kind.value}", ' for kind in kinds or Kind)
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith(wanted):  # most are of another kind: a look is cheaper than reading them
                continue
            try:
                kind, facts = json.loads(line)
                yield Kind(kind), dict(facts)
            except (ValueError, TypeError):
                continue


def sums_of(path: Path) -> Sums:
    """Add up notes that somebody else took."""
    sums = Sums()
    for kind, facts in read_notes(path):
        try:
            sums.add(kind, facts)
        except (KeyError, TypeError):
            continue
    return sums
