"""Shelves of many episodes for tests, made in no time: one real episode whose MP3 is linked into all folders."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import newsroom
from articleaudio.publish.library import Library

SECTIONS = ("Islands", "World", "Culture & more", "Äußeres")


def fill(base: Path, count: int, first: int = 1) -> Path:
    """Put `count` episodes into the output folder below `base`, an hour apart, numbered from `first`; gives it."""
    library = Library(base / "out", base / "state")
    original = newsroom.publish(library, newsroom.article(aliases=("path:original",)))
    document = json.loads((original.folder / "episode.json").read_text("utf-8"))
    for number in range(first, first + count):
        put(library.out, document, original.audio, number)
    for path in original.folder.iterdir():
        path.unlink()
    original.folder.rmdir()
    return library.out


def put(out: Path, document: dict, audio: Path, number: int) -> None:
    """One more episode, like `document`, whose MP3 is at `audio`."""
    folder = out / "episodes" / f"story-{number:05}"
    folder.mkdir(parents=True, exist_ok=True)
    facts = {
        "id": str(uuid5(NAMESPACE_URL, folder.name)),
        "slug": folder.name,
        "title": f"Story {number} of the harbour",
        "section": SECTIONS[number % len(SECTIONS)],
        "published": (datetime.fromisoformat(document["published"]) + timedelta(hours=number)).isoformat(),
    }
    (folder / "episode.json").write_text(json.dumps(document | facts), "utf-8")
    os.link(audio, folder / audio.name)
