"""Episodes as they lie in an output folder, whole or not, and which of them a person means."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.errors import SourceError, UsageError
from articleaudio.publish.library import Library
from articleaudio.publish.slugs import SAFE

MOST_GUESSES = 5
"""How many names are offered for one that is unknown."""


@dataclass(frozen=True, slots=True)
class Lying:
    """An episode as it lies in its folder."""

    folder: Path
    """Where."""
    document: dict[str, Any]
    """episode.json; empty where it cannot be read."""
    problem: str = ""
    """Why it cannot be read."""

    def text(self, name: str) -> str:
        """A string of its episode.json; empty where there is none."""
        value = self.document.get(name)
        return value if isinstance(value, str) else ""


def lying_in(out: Path) -> list[Lying]:
    """All episodes of an output folder, by slug. Raises SourceError for a folder that holds none."""
    folders = sorted(path for path in (out / "episodes").glob("*") if path.is_dir())
    if not folders:
        raise SourceError(f"{out} holds no episodes", hint="name the folder that `convert --out` wrote to")
    return [read_lying(folder) for folder in folders]


def read_lying(folder: Path) -> Lying:
    """Read one episode; what is wrong with its episode.json is told, not raised."""
    try:
        value = json.loads((folder / "episode.json").read_bytes())
    except FileNotFoundError:
        return Lying(folder, {}, "it is missing")
    except (OSError, ValueError, RecursionError) as error:
        return Lying(folder, {}, f"it cannot be read: {type(error).__name__} {error}")
    return Lying(folder, value) if isinstance(value, dict) else Lying(folder, {}, "it is no object")


def called(episodes: Sequence[Lying], asked: str, library: Library | None = None) -> list[Lying]:
    """The episodes that have this slug, id or article address; `library` knows former addresses too.

    Raises UsageError, with names that are near, when there is none.
    """
    found = [one for one in episodes if _is(one, asked, library)]
    if not found:
        near = _near(episodes, asked)
        hint = f"did you mean {', '.join(near)}?" if near else "give its slug, its id or the article's address"
        raise UsageError(f"no episode is called {asked!r}", hint=hint)
    return found


def find_episode(out: Path, asked: str, library: Library | None = None) -> Lying:
    """The one episode that is meant, without reading all of them where a slug is given.

    Raises UsageError when there is none, SourceError for a folder that holds no episodes.
    """
    if SAFE.fullmatch(asked) and (out / "episodes" / asked).is_dir():
        return read_lying(out / "episodes" / asked)
    return called(lying_in(out), asked, library)[0]


def _is(one: Lying, asked: str, library: Library | None) -> bool:
    address = asked.partition("#")[0].rstrip("/")
    if asked in {one.folder.name, one.text("id")} or (address and address == one.text("url").rstrip("/")):
        return True
    receipt = library.receipt(one.text("id")) if library and one.text("id") else None
    return bool(receipt) and bool({asked, f"url:{asked}", f"url:{address}"} & set(receipt.aliases if receipt else ()))


def _near(episodes: Sequence[Lying], asked: str) -> list[str]:
    """Slugs that look like what was asked for, or whose title or address holds it."""
    wanted = asked.casefold().rstrip("/").rpartition("/")[2]
    if not wanted:
        return []
    slugs = [one.folder.name for one in episodes]
    near = difflib.get_close_matches(wanted, slugs, MOST_GUESSES)
    near += (
        one.folder.name
        for one in episodes
        if wanted in f"{one.folder.name} {one.text('title')} {one.text('url')}".casefold()
    )
    return list(dict.fromkeys(near))[:MOST_GUESSES]
