"""Removing audio that is no longer published, once no player can still be at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from articleaudio.files import unwritable
from articleaudio.publish.alternates import AUDIO, audio_names
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt


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
        removed += _prune(library, receipt, now - timedelta(days=keep_days))
    return tuple(removed)


def _prune(library: Library, receipt: Receipt, before: datetime) -> list[Path]:
    folder = library.folder(receipt.slug)
    since = {former.name: former.at for former in receipt.superseded}
    published = audio_names(receipt)
    removed: list[Path] = []
    for path in sorted(path for path in folder.glob(f"{receipt.slug}.*") if path.suffix in AUDIO):
        if path.name in published or since.get(path.name, receipt.generated) > before:
            continue
        try:
            path.unlink()
        except OSError as error:
            raise unwritable(path, error) from error
        removed.append(path)
    left = tuple(former for former in receipt.superseded if (folder / former.name).is_file())
    if left != receipt.superseded:
        library.keep(replace(receipt, superseded=left))
    return removed
