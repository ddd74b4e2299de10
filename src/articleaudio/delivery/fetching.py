"""Bringing back episodes that were delivered and are missing in the output folder, so that feeds go on listing them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from articleaudio.delivery.difference import missing_episodes
from articleaudio.delivery.ledger import Kept, Ledger
from articleaudio.delivery.sending import changed, stamp_of
from articleaudio.delivery.target import Target
from articleaudio.files import writing


def fetch_missing(mirror: Path, target: Target, ledger: Ledger) -> int:
    """Fetch the episodes whose folders are missing; gives how many files came.

    Raises OutputError where one is not what was delivered, or cannot be had: without it, feeds would lose episodes.
    """
    count = 0
    for folder in missing_episodes(mirror, ledger):
        known = [kept for kept in ledger.folder(folder).values() if kept.sha256]
        for kept in sorted(known, key=lambda kept: kept.name.endswith("/episode.json")):  # its folder is whole with it
            ledger.note(_fetch(mirror, target, kept))
            count += 1
    return count


def _fetch(mirror: Path, target: Target, kept: Kept) -> Kept:
    path = mirror / kept.name
    digest = hashlib.sha256()
    with writing(path) as temporary:
        with temporary.open("wb") as file:
            for piece in target.read(kept.name):
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != kept.sha256:
            raise changed(target, kept.name)
    return Kept(kept.name, kept.size, stamp_of(path)[1], kept.sha256, kept.headers, kept.etag)
