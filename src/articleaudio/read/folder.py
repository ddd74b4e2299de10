"""Folders, walked entry by entry: sorted within each, so that the same tree always gives the same order.

An output may lie among the articles that it is made of. What was made of articles is told by what lies beside it, and
is none itself: else each run would make episodes of the pages of the one before.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What an entry of a folder is."""

    FILE = "file"
    LINK = "link"
    """A link to a file, or to nothing."""
    HIDDEN = "hidden"
    """A folder whose name begins with a dot; it is not entered."""
    LINKED_FOLDER = "linked folder"
    """A link to a folder; it is not entered, for it may lead back."""
    OTHER = "other"
    """A pipe, a socket, a device: reading it may never end."""
    CLOSED = "closed"
    """A folder that cannot be read."""
    MADE = "made"
    """A file or folder of an output; a folder of those is not entered."""


PLAYER = "article-audio.js"
"""What lies in every output, at its top."""

_FOLDERS = frozenset(("episodes", "archive"))
"""Folders of an output."""

_PAGES = re.compile(r"index\.html|playlist.*\.json|feed.*\.xml")
"""Files at the top of an output that could be taken for sources."""

_EPISODE = ({"episode.json"}, {"captions.vtt", "captions.srt"})
"""What tells an episode's folder, whole or half made, before there is an output around it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies in a folder."""

    kind: Kind
    """What it is."""
    path: str
    """Its path, beginning as the folder was named."""
    relative: str
    """POSIX path below the folder where the walk began."""
    problem: str = ""
    """What the system says of a folder that cannot be read."""


def walk(root: str) -> Iterator[Entry]:
    """Give the entries below a folder: its files by name, then those of each folder in it, by name.

    Only the names of the folders on the way are held, not what was found.
    """
    waiting = [(root, "")]
    while waiting:
        path, below = waiting.pop()
        try:
            entries, folders = _sorted(path)
        except OSError as error:
            yield Entry(Kind.CLOSED, path, below, error.strerror or str(error))
            continue
        if _is_episode(path, {name for _, name in entries}):
            yield Entry(Kind.MADE, path, below)
            continue
        for kind, name in entries:
            yield Entry(kind, os.path.join(path, name), f"{below}{name}")  # noqa: PTH118 -- a Path for each costs more
        waiting += [(os.path.join(path, name), f"{below}{name}/") for name in reversed(folders)]  # noqa: PTH118


def _sorted(path: str) -> tuple[list[tuple[Kind, str]], list[str]]:
    entries: list[tuple[Kind, str]] = []
    folders: list[str] = []
    with os.scandir(path) as found:
        for entry in found:
            kind = _kind(entry)
            if kind is None:
                folders.append(entry.name)
            else:
                entries.append((kind, entry.name))
    if (Kind.FILE, PLAYER) in entries:
        entries = [(Kind.MADE if _PAGES.fullmatch(name) else kind, name) for kind, name in entries]
        entries += [(Kind.MADE, name) for name in folders if name in _FOLDERS]
        folders = [name for name in folders if name not in _FOLDERS]
    entries.sort(key=lambda one: one[1])
    folders.sort()
    return entries, folders


def was_made(path: str) -> bool:
    """Whether a file belongs to an output, by what lies beside it."""
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 -- nothing is asked of the disk
    above, own = os.path.split(folder)
    if _among_episodes(folder):
        return _is_episode(folder, os.listdir(folder))  # noqa: PTH208
    output = folder if _PAGES.fullmatch(name) else above if own in _FOLDERS else ""
    return bool(output) and os.path.isfile(os.path.join(output, PLAYER))  # noqa: PTH113, PTH118


def _is_episode(folder: str, names: Collection[str]) -> bool:
    return any(own.issubset(names) for own in _EPISODE) and _among_episodes(folder)


def _among_episodes(folder: str) -> bool:
    return os.path.basename(os.path.dirname(os.path.abspath(folder))) == "episodes"  # noqa: PTH100, PTH119, PTH120


def _kind(entry: os.DirEntry[str]) -> Kind | None:
    """What an entry is; None for a folder that is to be entered."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return Kind.HIDDEN if entry.name.startswith(".") else None
        if entry.is_dir():
            return Kind.LINKED_FOLDER
        if entry.is_file():
            return Kind.LINK if entry.is_symlink() else Kind.FILE
        entry.stat()
    except OSError:  # a link to nothing, or to itself: reading it says so
        return Kind.LINK
    return Kind.OTHER
