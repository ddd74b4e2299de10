"""A place for entries in an object store (S3 and what speaks like it, Google, Azure), shared by machines.

The library works with threads of its own and must not be forked after its first use: it is opened when it is first
asked for, and workers are fresh processes.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from articleaudio.errors import ArticleAudioError, ConfigError, OutputError
from articleaudio.store.place import Entry

if TYPE_CHECKING:
    from obstore.store import ObjectStore

DAY = 24 * 3600.0
"""Seconds."""

RETRIES = 3
"""How often a request is made again, with growing pauses."""

_STATUS = re.compile(r"status code: (\d{3})")
_NO_BUCKET = re.compile(r"NoSuchBucket|bucket does not exist|ContainerNotFound", re.IGNORECASE)
_NO_CREDENTIALS = re.compile(
    r"169\.254\.169\.254|/latest/(?:api/token|meta-data)|metadata\.google|[Cc]redential|Missing\w*Key"
)
"""Whoever has none is asked to be a machine of the provider's, which has an address for them."""


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
                if _NO_BUCKET.search(str(error)):
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
        try:
            import obstore  # noqa: PLC0415 -- an extra, and only where the cache is in an object store
        except ImportError as error:
            raise OutputError(
                f"the cache {self.name} needs the package obstore", hint="pip install 'articleaudio[s3]'"
            ) from error
        return obstore

    def _store(self) -> ObjectStore:
        with self._opening:
            if self._opened is None:
                from obstore.exceptions import BaseError  # noqa: PLC0415 -- as above
                from obstore.store import from_url  # noqa: PLC0415 -- as above

                try:
                    self._opened = from_url(
                        self.name,
                        client_options={"allow_http": True, "connect_timeout": "5s", "timeout": "60s"},
                        retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=30)},
                    )
                except (BaseError, ValueError) as error:
                    raise ConfigError(
                        f"cannot use {self.name} as a cache: {str(error).splitlines()[0]}",
                        hint="an address is s3://bucket/prefix, gs://bucket/prefix or az://container/prefix; "
                        "the rest is set in the environment, as for the store's own tools",
                    ) from error
            return self._opened

    @contextlib.contextmanager
    def _clear(self) -> Iterator[None]:
        """Turn what the library raises into an OutputError that says what to do."""
        try:
            yield
        except ArticleAudioError:
            raise
        except Exception as error:  # the library's errors are of many classes, OSErrors among them
            raise _told(self.name, error) from error


def _path(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}"


def _told(name: str, error: Exception) -> OutputError:
    """Say what is wrong with a store; of the answer only its number, for it may repeat what was asked."""
    text = str(error)
    status = found[1] if (found := _STATUS.search(text)) else ""
    if _NO_BUCKET.search(text):
        return OutputError(
            f"the cache {name} is not there: no such bucket", hint="make the bucket, or mend the address"
        )
    if status in {"401", "403"} and not _NO_CREDENTIALS.search(text):
        return OutputError(
            f"the cache {name} refuses us (HTTP {status})",
            hint="the key must be allowed to list the bucket, and to get, put and delete objects",
        )
    if _NO_CREDENTIALS.search(text):
        return OutputError(
            f"there are no credentials for the cache {name}",
            hint="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what your store asks for, in the environment",
        )
    if status:
        return OutputError(f"the cache {name} fails (HTTP {status}); tried {RETRIES + 1} times", hint="try again later")
    return OutputError(
        f"nobody answers for the cache {name}", hint="check the network, AWS_ENDPOINT_URL and AWS_REGION; or --cache"
    )
