"""Folders, walked entry by entry: sorted within each, so that the same tree always gives the same order."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
    entries.sort(key=lambda one: one[1])
    folders.sort()
    return entries, folders


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
