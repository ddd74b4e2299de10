"""A place for entries in an object store (S3 and what speaks like it, Google, Azure), shared by machines.

The library works with threads of its own and must not be forked after its first use: it is opened when it is first
asked for, and workers are fresh processes.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from articleaudio.errors import OutputError
from articleaudio.store.net import clear, library, no_bucket, open_store
from articleaudio.store.place import Entry

if TYPE_CHECKING:
    from obstore.store import ObjectStore

DAY = 24 * 3600.0
"""Seconds."""

USE = "cache"
"""What the store is used for, as a user would say."""


class Bucket:
    """An object store below an address (`s3://bucket/prefix`): `KIND/KE/KEY`; an object's time is that of its use."""

    refresh = DAY
    """An object is written anew, which sets its time, once a day at most."""
    at_once = 16
    """Each question takes its way through the net."""

    def __init__(self, address: str) -> None:
        """Take the address; keys, region and endpoint are the environment's, as the store's own tools read them."""
        self.name = address.rstrip("/")
        """How a user names it."""
        self._opened: ObjectStore | None = None
        self._opening = threading.Lock()

    def check(self) -> None:
        """Ask for one page of names. Raises OutputError when nobody can be reached, ConfigError for no address."""
        with self._clear():
            next(iter(self._library.list(self._store(), chunk_size=1)), None)

    def read(self, kind: str, key: str) -> bytes | None:
        """Give an object's bytes, or None; note that it was used."""
        with self._clear():
            try:
                answer = self._library.get(self._store(), _path(kind, key))
                entry = bytes(answer.bytes())
            except FileNotFoundError as error:
                if no_bucket(error):
                    raise
                return None
        if time.time() - answer.meta["last_modified"].timestamp() > self.refresh:
            with contextlib.suppress(OutputError):  # a cache that may only be read is one
                self.write(kind, key, entry, b"")
        return entry

    def has(self, kind: str, key: str) -> bool:
        """Tell whether there is an object."""
        with self._clear():
            try:
                self._library.head(self._store(), _path(kind, key))
            except FileNotFoundError:
                return False
            return True

    def write(self, kind: str, key: str, head: bytes, payload: bytes) -> None:
        """Put an object; nobody sees a part of it."""
        with self._clear():
            self._library.put(self._store(), _path(kind, key), head + payload)

    def delete(self, names: Sequence[tuple[str, str]]) -> int:
        """Remove objects, many with one request where the store can."""
        if names:
            with self._clear(), contextlib.suppress(FileNotFoundError):
                self._library.delete(self._store(), [_path(kind, key) for kind, key in names])
        return len(names)

    def list(self) -> Iterator[Entry]:
        """Go through the entries, a page of names at a time; objects that are named otherwise are passed over."""
        with self._clear():
            for page in self._library.list(self._store(), chunk_size=1000):
                for found in page:
                    kind, _, rest = found["path"].partition("/")
                    shelf, _, key = rest.partition("/")
                    if key and "/" not in key and shelf == key[:2]:
                        yield Entry(kind, key, found["size"], found["last_modified"].timestamp())

    def tidy(self) -> None:
        """Nothing to do: what was not put whole is not there."""

    @property
    def _library(self) -> Any:  # noqa: ANN401 -- its types are not ours to pass on
        return library(self.name, USE)

    def _store(self) -> ObjectStore:
        with self._opening:
            if self._opened is None:
                self._opened = open_store(self.name, USE)
            return self._opened

    def _clear(self) -> AbstractContextManager[None]:
        return clear(self.name, USE)


def _path(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}"
