"""Removing what is no longer published, once nobody can still be at it: audio, covers, players, what dead runs left.

Nothing else is ever touched: a file is known by the very name that we give, and by nobody's naming it any more.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from articleaudio.files import abandoned, unwritable
from articleaudio.publish.alternates import audio_names, is_audio
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt

SHARED = {
    "cover": re.compile(r"cover\.[0-9a-f]{8}\.(?:jpg|png)"),
    "player": re.compile(r"article-audio\.[0-9a-f]{8}\.js"),
}
"""What all pages share and name by a hash: a new version leaves the former one behind, for pages that name it."""

NAMING = (
    *("*.html", "*.xml", "archive/*.html", "archive/*.json"),
    *("episodes/*/index.html", "episodes/*/embed.html", "episodes/*/oembed.json"),
)
"""Documents below the output that may name one of these."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A file or folder that nobody needs any more."""

    kind: str
    """`audio`, `cover`, `player` or `leftover`."""
    path: Path
    """Where it lies."""
    size: int
    """Bytes."""


def prune_superseded(
    library: Library, keep_days: int, now: datetime, receipts: Iterable[Receipt] | None = None
) -> tuple[Path, ...]:
    """Remove superseded audio files older than `keep_days`, and tell which.

    All episodes are looked at, or those of `receipts`. A file that no receipt remembers counts from the day its episode
    was last published. `now` needs a zone.
    Raises OutputError when a file cannot be removed.
    """
    removed: list[Path] = []
    for receipt in library.receipts() if receipts is None else receipts:
        for path in _superseded(library, receipt, now - timedelta(days=keep_days)):
            _unlink(path)
            removed.append(path)
        _remember(library, receipt)
    return tuple(removed)


def stale(library: Library, keep_days: int, now: datetime, receipts: Iterable[Receipt]) -> Iterator[Stale]:
    """Everything that `prune` removes, audio of these episodes first; nothing is removed here. `now` needs a zone."""
    before = now - timedelta(days=keep_days)
    for receipt in receipts:
        for path in _superseded(library, receipt, before):
            yield Stale("audio", path, _size(path))
    yield from _shared(library.out, before)
    yield from _leftovers(library.out, library.state)


def remove(one: Stale) -> None:
    """Remove a file, or a folder of a dead run. Raises OutputError."""
    if one.kind != "leftover" or not one.path.is_dir():
        _unlink(one.path)
        return
    try:
        shutil.rmtree(one.path)
    except OSError as error:
        raise unwritable(one.path, error) from error


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def _superseded(library: Library, receipt: Receipt, before: datetime) -> list[Path]:
    folder = library.folder(receipt.slug)
    since = {former.name: former.at for former in receipt.superseded}
    published = audio_names(receipt)
    found = sorted(path for path in folder.glob(f"{receipt.slug}.*") if is_audio(path.name, receipt.slug))
    return [path for path in found if path.name not in published and since.get(path.name, receipt.generated) <= before]


def _remember(library: Library, receipt: Receipt) -> None:
    """Keep in the receipt only those former files that are still there."""
    folder = library.folder(receipt.slug)
    left = tuple(former for former in receipt.superseded if (folder / former.name).is_file())
    if left != receipt.superseded:
        library.keep(replace(receipt, superseded=left))


def _shared(out: Path, before: datetime) -> Iterator[Stale]:
    """Covers and players that were replaced before a time, and that no document names."""
    there = [path for path in out.iterdir() if path.is_file() and not path.is_symlink()] if out.is_dir() else []
    for kind, pattern in SHARED.items():
        known = sorted(path for path in there if pattern.fullmatch(path.name))
        unnamed = _unnamed(out, known) if len(known) > 1 else []
        # Replaced when the last of those that are named was written; before its own time it cannot have been.
        replaced = max((path.stat().st_mtime for path in known if path not in unnamed), default=float("inf"))
        for path in unnamed:
            if max(replaced, path.stat().st_mtime) <= before.timestamp():
                yield Stale(kind, path, _size(path))


def _unnamed(out: Path, paths: list[Path]) -> list[Path]:
    left = list(paths)
    for pattern in NAMING:
        for document in out.glob(pattern):
            if not left:
                return []
            try:
                text = document.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:  # what cannot be read may name anything
                raise unwritable(document, error) from error
            left = [path for path in left if path.name.encode() not in text]
    return left


def _leftovers(out: Path, state: Path) -> Iterator[Stale]:
    """Unfinished files and recordings whose process is gone."""
    for folder in (state, *_folders(state), out, *_folders(out), *_folders(out / "episodes")):
        for name in _names(folder):
            path = folder / name
            if name.startswith(".") and name.endswith(".tmp") and abandoned(path):
                yield Stale("leftover", path, _size(path))
    for path in _folders(state / "work"):
        if abandoned(path):
            yield Stale("leftover", path, sum(_size(one) for one in path.rglob("*")))


def _folders(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        return sorted(Path(one.path) for one in found if one.is_dir(follow_symlinks=False))
    return []


def _names(folder: Path) -> list[str]:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        return sorted(one.name for one in found if one.is_file(follow_symlinks=False))
    return []


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
