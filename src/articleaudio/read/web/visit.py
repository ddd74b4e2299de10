"""One visit to the web: redirects followed, busy servers asked again, all before one deadline."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx

from articleaudio.errors import FetchError
from articleaudio.read.web import statuses, urls
from articleaudio.read.web.addresses import Addresses
from articleaudio.read.web.backend import Backend, Resolve
from articleaudio.read.web.deadline import Deadline
from articleaudio.read.web.pace import retry_after
from articleaudio.read.web.wire import Answer, asked

T = TypeVar("T")

Prepare = Callable[[httpx.URL], dict[str, str]]
"""Asked before each request: does what must come first, gives headers to send. May raise FetchError."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take."""

    seconds: float = 30.0
    """For everything together, waiting out of politeness aside."""
    connect_seconds: float = 10.0
    """For finding and reaching a server."""
    page_bytes: int = 10_000_000
    """For a page, decompressed."""
    archive_bytes: int = 64_000_000
    """For what may hold many articles: feeds, exports, documents with pictures."""
    redirects: int = 5
    """How often one fetch may be led on."""
    retries: int = 2
    """How often a busy server is asked again, when it says when."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every visit goes out with."""

    limits: Limits
    """How much it may take."""
    addresses: Addresses
    """Where it may go."""
    tls: ssl.SSLContext
    """Whose certificates it trusts."""
    resolve: Resolve
    """How it finds hosts."""
    agent: str
    """How it introduces itself."""


class Visit:
    """The requests of one fetch."""

    def __init__(self, means: Means, deadline: Deadline) -> None:
        """Set out; the deadline is for all requests together."""
        self._means = means
        self._deadline = deadline

    def follow(self, url: httpx.URL, prepare: Prepare, take: Callable[[Answer], T]) -> T:
        """Ask for an address, go where it leads, and give what `take` makes of the answer there. Raises FetchError."""
        start = url
        for _ in range(self._means.limits.redirects + 1):
            found = self._asked(url, prepare, take)
            if not isinstance(found, httpx.URL):
                return found
            url = found
        raise FetchError(
            f"{start} leads on and on, more than {self._means.limits.redirects} times",
            hint="open it in the browser and give the address it ends at",
        )

    def _asked(self, url: httpx.URL, prepare: Prepare, take: Callable[[Answer], T]) -> T | httpx.URL:
        """What one address gives: where it leads, or what `take` makes of its answer."""
        for retry in range(self._means.limits.retries, -1, -1):
            headers = {"User-Agent": self._means.agent, **prepare(url)}
            with asked(url, headers, self._backend(), self._means.tls) as answer:
                pause = retry_after(answer.headers.get("retry-after", "")) if answer.status in statuses.BUSY else None
                if pause is None or not retry:
                    location = answer.headers.get("location", "")
                    return (
                        urls.join(url, location) if location and answer.status in statuses.REDIRECTS else take(answer)
                    )
            self._deadline.wait(pause)
        raise AssertionError  # the last turn of the loop returns

    def _backend(self) -> Backend:
        means = self._means
        return Backend(means.addresses, self._deadline, means.limits.connect_seconds, means.resolve)
