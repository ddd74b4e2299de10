"""What of an output folder is not in the store as it should be, and what is there that should be gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articleaudio.delivery.ledger import Kept, Ledger
from articleaudio.delivery.order import EPISODES, LAST, rank, slug_of
from articleaudio.delivery.target import headers_of

ARCHIVE = "archive"
"""Folder of the pages that list older episodes."""


@dataclass(slots=True)
class Difference:
    """What is to be done."""

    changed: list[list[str]] = field(default_factory=lambda: [[] for _ in range(LAST + 1)])
    """Paths of files to put, by rank."""
    gone: list[Kept] = field(default_factory=list)
    """Objects whose files are no longer published."""
    files: int = 0
    """How many files there are in all."""


def difference(mirror: Path, ledger: Ledger, *, under: str = "") -> Difference:
    """Compare an output folder, or one folder in it, with what the ledger says. A file costs a look, no reading.

    Nothing of an episode whose whole folder is missing counts as gone: `retract` leaves an episode.json.
    """
    found = Difference()
    seen: set[str] = set()
    for folder, files in _folders(mirror, under):
        seen.add(folder)
        known = ledger.folder(folder)
        for file, size, stamp in files:
            name = f"{folder}/{file}" if folder else file
            kept = known.pop(file, None)
            found.files += 1
            if kept is None or (kept.size, kept.stamp, kept.headers) != (size, stamp, headers_of(name)):
                found.changed[rank(name)].append(name)
        found.gone += known.values()
    if not under:
        for folder in sorted(ledger.folders() - seen):
            if not folder.startswith(f"{EPISODES}/"):
                found.gone += ledger.folder(folder).values()
        found.gone += [Kept(name, 0) for name in ledger.unsettled() if not (mirror / name).is_file()]
        found.gone = [kept for kept in found.gone if kept.sha256 or is_ours(kept.name)]
    return found


def is_ours(name: str) -> bool:
    """Tell whether a path is one that an output may have: another output may lie below the same address."""
    folder = name.rpartition("/")[0]
    return folder in {"", ARCHIVE} or bool(slug_of(name))


def missing_episodes(mirror: Path, ledger: Ledger) -> list[str]:
    """Folders of episodes that were delivered and are not in the output folder."""
    try:
        there = {f"{EPISODES}/{entry.name}" for entry in os.scandir(mirror / EPISODES)}
    except FileNotFoundError:
        there = set()
    return sorted(folder for folder in ledger.folders() - there if folder.startswith(f"{EPISODES}/"))


def is_published(mirror: Path, slug: str) -> bool:
    """Tell whether an episode is one that feeds may lead to: not withdrawn."""
    try:
        document = json.loads((mirror / EPISODES / slug / "episode.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("status") == "published"


def _folders(mirror: Path, under: str) -> Iterator[tuple[str, list[tuple[str, int, str]]]]:
    """Folders with their public files, by name. Hidden ones are being written, or are nobody's business."""
    waiting = [under]
    while waiting:
        folder = waiting.pop()
        files = []
        with os.scandir(mirror / folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.is_symlink():
                    continue
                if entry.is_dir():
                    waiting.append(f"{folder}/{entry.name}" if folder else entry.name)
                elif entry.is_file():
                    told = entry.stat()
                    files.append((entry.name, told.st_size, f"{told.st_ino} {told.st_mtime_ns}"))
        yield folder, sorted(files)
