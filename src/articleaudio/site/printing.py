"""Printing only what changed: a document is made when what settles its bytes differs from the last time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from articleaudio.files import write_all
from articleaudio.site.cards import Card

BATCH = 200
"""Documents that are put in place together."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the site that can be made."""

    path: str
    """Below the output folder."""
    cards: Sequence[Card]
    """The episodes it shows."""
    make: Callable[[], bytes | None]
    """Gives its bytes; None when that cannot be done now, and what is there stays."""
    more: str = ""
    """What else settles its bytes, beside the episodes and what settles the whole site."""


class Printed(Protocol):
    """Remembers what files were printed from."""

    def printed(self, path: str) -> str:
        """What a file was printed from; empty when that is not known."""
        ...

    def has_printed(self, path: str, settled: str) -> None:
        """Remember what a file was printed from."""
        ...


class Unremembered:
    """Remembers nothing: everything is made, and written where its bytes differ."""

    def printed(self, path: str) -> str:  # noqa: ARG002 -- as the protocol has it
        """Know nothing."""
        return ""

    def has_printed(self, path: str, settled: str) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Anew:
    """Makes everything again, and remembers what came of it."""

    kept: Printed
    """What remembers."""

    def printed(self, path: str) -> str:  # noqa: ARG002 -- as the protocol has it
        """Know nothing."""
        return ""

    def has_printed(self, path: str, settled: str) -> None:
        """Remember it."""
        self.kept.has_printed(path, settled)


def print_all(out: Path, documents: Iterable[Document], settled: str, printed: Printed) -> int:
    """Write the documents, in order, that are not as they should be; gives how many were written.

    `settled` is a fingerprint of everything that all of them depend on. A file that was lost, or is not the one that
    was printed, is printed again. Raises OutputError.
    """
    count = 0
    batch: list[tuple[str, str, bytes]] = []
    for one in documents:
        now = _fingerprint(settled, one)
        if _as_printed(out / one.path, now, printed.printed(one.path)) or (data := one.make()) is None:
            continue
        batch.append((one.path, now, data))
        if len(batch) == BATCH:
            count += _put(out, batch, printed)
            batch = []
    return count + _put(out, batch, printed)


def _as_printed(path: Path, now: str, before: str) -> bool:
    """Whether a file was printed from the same before, and is the one that was put there then."""
    return before.startswith(now) and before.startswith(f"{now} {_state(path)} ")


def _state(path: Path) -> str:
    """Size and time of a file: one from a backup may be as long as the one that is wanted."""
    try:
        told = path.stat()
    except OSError:
        return "missing"
    return f"{told.st_size} {told.st_mtime_ns}"


def _put(out: Path, batch: list[tuple[str, str, bytes]], printed: Printed) -> int:
    count = write_all([(out / path, data) for path, _, data in batch])
    for path, now, data in batch:
        note(out, path, data, now, printed)
    return count


def note(out: Path, path: str, data: bytes, now: str, printed: Printed) -> None:
    """Remember a file that was put in place, unless that is known: what settled it, its state, and its bytes' hash."""
    told = f"{now} {_state(out / path)} {hash_of(data)}"
    if printed.printed(path) != told:
        printed.has_printed(path, told)


def hash_of(data: bytes) -> str:
    """What a file's bytes are known by: enough to see that they were changed by chance or by hand."""
    return hashlib.sha256(data).hexdigest()[:16]


def noted_hash(settled: str) -> str:
    """The hash of a file's bytes in what was remembered of it; empty where none was."""
    told = settled.split(" ")
    return told[3] if len(told) == 4 else ""


@cache
def software() -> str:
    """Fingerprint of everything in this package that makes bytes: its code, templates and words."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _fingerprint(settled: str, document: Document) -> str:
    digest = hashlib.sha256(f"{settled}\0{document.more}".encode())
    for card in document.cards:
        digest.update(card.key.encode())
    return digest.hexdigest()[:32]
