"""A place for entries in a folder: `KIND/KE/KEY`, whole by renaming, last used by their file's time."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from articleaudio.errors import OutputError
from articleaudio.store.place import Entry

HOUR = 3600.0
"""Seconds."""

LEFT = 24 * HOUR
"""Age from which an unfinished file is nobody's any more."""


class Folder:
    """A folder that several processes may share. Nothing is flushed to disk: what a power cut empties is a miss."""

    refresh = HOUR
    """A file's time is set anew once an hour at most."""
    at_once = 1
    """A disk answers at once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first entry is written."""
        self.folder = folder
        self.name = str(folder)
        """How a user names it."""

    def check(self) -> None:
        """Nothing to see: writing tells."""

    def read(self, kind: str, key: str) -> bytes | None:
        """Give a file's bytes, or None; note that it was used."""
        path = self._path(kind, key)
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- half of what a hit costs would be Path
                if time.time() - os.fstat(file.fileno()).st_mtime > self.refresh:
                    with contextlib.suppress(OSError):  # a cache that may only be read is one
                        os.utime(path)
                return file.readall()
        except OSError:
            return None

    def has(self, kind: str, key: str) -> bool:
        """Tell whether there is a file."""
        return os.path.exists(self._path(kind, key))  # noqa: PTH110 -- asked for every segment

    def write(self, kind: str, key: str, head: bytes, payload: bytes) -> None:
        """Write a file beside and rename it. Raises OutputError when the folder cannot be written."""
        path = Path(self._path(kind, key))
        temporary = path.with_name(f".{key[:80]}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
        try:
            with _created(temporary) as file:
                file.write(head)
                file.write(payload)
            temporary.replace(path)
        except OSError as error:
            raise OutputError(
                f"cannot write the cache {self.folder}: {error.strerror or error}",
                hint="choose another folder with --cache, or make room and check that you may write there",
            ) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def delete(self, names: Sequence[tuple[str, str]]) -> int:
        """Remove files; one that somebody holds open and that cannot go therefore stays."""
        gone = 0
        for kind, key in names:
            with contextlib.suppress(OSError):
                Path(self._path(kind, key)).unlink(missing_ok=True)
                gone += 1
        return gone

    def list(self) -> Iterator[Entry]:
        """Go through the entries; whatever else lies in the folder is passed over."""
        for file in self._files():
            if not file.name.startswith("."):
                with contextlib.suppress(OSError):  # gone meanwhile
                    facts = file.stat()
                    kind = os.path.basename(os.path.dirname(os.path.dirname(file.path)))  # noqa: PTH119, PTH120 -- many
                    yield Entry(kind, file.name, facts.st_size, facts.st_mtime)

    def tidy(self) -> None:
        """Remove unfinished files of long ago."""
        for file in self._files():
            with contextlib.suppress(OSError):
                if file.name.endswith(".tmp") and time.time() - file.stat().st_mtime > LEFT:
                    Path(file.path).unlink()

    def _files(self) -> Iterator[os.DirEntry[str]]:
        """Files that are named as entries are: two letters above tell how their name begins."""
        for kind in _inside(self.name):
            for shelf in _inside(kind.path) if kind.is_dir(follow_symlinks=False) else ():
                if len(shelf.name) <= 2 and shelf.is_dir(follow_symlinks=False):
                    for file in _inside(shelf.path):
                        if file.name.lstrip(".").startswith(shelf.name) and file.is_file(follow_symlinks=False):
                            yield file

    def _path(self, kind: str, key: str) -> str:
        return f"{self.name}/{kind}/{key[:2]}/{key}"


def _inside(path: str) -> Iterator[os.DirEntry[str]]:
    """What a folder holds; nothing where it cannot be read."""
    with contextlib.suppress(OSError), os.scandir(path) as found:
        yield from found


def _created(path: Path) -> IO[bytes]:
    """Open a new file, in a folder that is made if need be."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")
