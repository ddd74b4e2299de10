"""The store that an output is delivered to: the few things we ask of it, each tried again where that may help."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from articleaudio.errors import ArticleAudioError, EngineError, OutputError
from articleaudio.site.headers import cache_control, content_type
from articleaudio.store.net import PASSING, StoreError, clear, library, no_bucket, open_store

if TYPE_CHECKING:
    from obstore.store import ObjectStore

Answer = TypeVar("Answer")

USE = "output"
"""What the store is used for, as a user would say."""

PAUSES = (0.5, 2.0)
"""Seconds before each further try, beside those that the library makes itself."""

PART = 5 * 2**20
"""Bytes of the parts in which a large file goes."""

WHOLE = 8 * 2**20
"""Bytes up to which a file goes with one request: several are in memory at once."""

TIMEOUT = "180s"
"""Longest time of one request: a part must get through a thin line."""

_NO_CONDITIONS = "status code: 501"

HASH = "sha256"
"""Name under which the hash is kept with an object, where a store keeps such; whatever has it was put there by us."""


class TakenError(ArticleAudioError):
    """The object is not in the state that a conditional request named."""


class UnconditionalError(ArticleAudioError):
    """The store does not know conditional requests."""


@dataclass(frozen=True, slots=True)
class Object:
    """What a store tells of an object."""

    size: int
    """Bytes."""
    etag: str
    """What the store calls this version: its ETag, for many the MD5; then a tab and a number, where it has such."""
    sha256: str
    """What we said its hash is; empty where it is not ours, or where the store keeps no such thing."""
    headers: str
    """Type and cache rule, as `headers_of` writes them; empty where the store keeps none."""


def headers_of(name: str) -> str:
    """Type and cache rule of a public file, in a line."""
    return f"{content_type(name)} | {cache_control(name)}"


def _tag(meta: Any) -> str:  # noqa: ANN401 -- the library's type is not ours to pass on
    """All that names a version, in a line: some stores go by the one, some by the other."""
    return f"{meta['e_tag'] or ''}\t{meta['version'] or ''}".rstrip("\t")


def _version(tag: str) -> dict[str, str]:
    etag, _, number = tag.partition("\t")
    return {name: value for name, value in (("e_tag", etag), ("version", number)) if value}


class Target:
    """An object store below an address. For several threads."""

    def __init__(self, address: str, store: ObjectStore | None = None) -> None:
        """Take the address, and the store itself where somebody opened it already."""
        self.address = address.rstrip("/")
        """How a user names it."""
        self.plain = address.startswith("file:")
        """Whether it is but a folder: it keeps no headers, and knows no conditions."""
        self.conditional = not self.plain
        """Whether it obeys conditions on versions; found out by use."""
        self.altered = ""
        """An object whose type or cache rule the store keeps otherwise than it was told."""
        self._opened = store
        self._opening = threading.Lock()

    def check(self) -> None:
        """Ask for one page of names. Raises StoreError, ConfigError for no address, EngineError without the extra."""
        try:
            library(self.address, USE)
        except OutputError as error:
            raise EngineError(error.message, hint=error.hint) from error
        self._ask(lambda lib, store: next(iter(lib.list(store, chunk_size=1)), None))

    def look(self, name: str) -> Object | None:
        """What lies there; None for nothing."""

        def ask(lib: Any, store: ObjectStore) -> Object | None:  # noqa: ANN401 -- its types are not ours to pass on
            try:
                answer = lib.get(store, name, options={"head": True})
            except FileNotFoundError as error:
                if no_bucket(error):
                    raise
                return None
            told = answer.attributes
            headers = f"{told['Content-Type']} | {told.get('Cache-Control', '')}" if "Content-Type" in told else ""
            return Object(answer.meta["size"], _tag(answer.meta), told.get(HASH, ""), headers)

        return self._ask(ask)

    def put(self, name: str, data: bytes | Path, sha256: str, *, instead_of: str | None) -> None:
        """Put an object whole. `instead_of` names the version it replaces, "" for none; None replaces anything.

        Raises TakenError where another version lies there.
        """
        told = {"Content-Type": content_type(name), "Cache-Control": cache_control(name), HASH: sha256}
        mode: Any = "overwrite" if instead_of is None else _version(instead_of) if instead_of else "create"
        if isinstance(data, Path) or (isinstance(mode, dict) and not self.conditional):  # parts know no conditions
            self._compare(name, instead_of)
            mode = "overwrite"

        def ask(lib: Any, store: ObjectStore) -> None:  # noqa: ANN401 -- as above
            settings: dict[str, Any] = {} if self.plain else {"attributes": told}
            if isinstance(data, Path):
                settings |= {"use_multipart": True, "chunk_size": PART, "max_concurrency": 2}
            else:
                settings |= {"use_multipart": False, "mode": mode}
            try:
                lib.put(store, name, data, **settings)
            except (lib.exceptions.AlreadyExistsError, lib.exceptions.PreconditionError) as error:
                raise TakenError(f"{name} was changed by somebody else") from error
            except (NotImplementedError, lib.exceptions.BaseError) as error:
                if isinstance(mode, dict) and (isinstance(error, NotImplementedError) or _NO_CONDITIONS in str(error)):
                    raise UnconditionalError(f"{self.address} knows no conditions") from error
                raise

        try:
            self._ask(ask)
        except UnconditionalError:
            self.conditional = False
            self.put(name, data, sha256, instead_of=instead_of)

    def read(self, name: str) -> Iterator[bytes]:
        """An object's bytes, piece by piece."""
        with clear(self.address, USE):
            for piece in library(self.address, USE).get(self._store(), name).stream():
                yield bytes(piece)

    def remove(self, names: Sequence[str]) -> None:
        """Remove objects; what is gone already may be."""

        def ask(lib: Any, store: ObjectStore) -> None:  # noqa: ANN401 -- as above
            try:
                lib.delete(store, list(names))
            except FileNotFoundError as error:
                if no_bucket(error):
                    raise

        self._ask(ask)

    def list(self) -> Iterator[tuple[str, int, str]]:
        """Name, size and version of everything that lies there, a page at a time."""
        with clear(self.address, USE):
            for page in library(self.address, USE).list(self._store(), chunk_size=1000):
                for found in page:
                    yield found["path"], found["size"], _tag(found)

    def _compare(self, name: str, instead_of: str | None) -> None:
        """Ask first, where the store cannot do it for us: nearly as good, for nobody else should be at it."""
        if instead_of is not None:
            found = self.look(name)
            if (found.etag if found else "") != instead_of:
                raise TakenError(f"{name} was changed by somebody else")

    def _store(self) -> ObjectStore:
        with self._opening:
            if self._opened is None:
                if self.plain:
                    Path(url2pathname(urlsplit(self.address).path)).mkdir(parents=True, exist_ok=True)
                self._opened = open_store(self.address, USE, timeout=TIMEOUT)
            return self._opened

    def _ask(self, ask: Callable[[Any, ObjectStore], Answer]) -> Answer:
        """Ask, and ask again after a pause where what went wrong may pass."""
        lib = library(self.address, USE)
        for pause in (*PAUSES, None):
            try:
                with clear(self.address, USE):
                    return ask(lib, self._store())
            except StoreError as error:
                if pause is None or error.reason not in PASSING:
                    raise
                time.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 -- only spreads requests
        raise AssertionError  # pragma: no cover
