"""The careful fetcher: one address in, one page out, and nobody harmed on the way."""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import httpx

from articleaudio.errors import FetchError
from articleaudio.model import FetchPolicy
from articleaudio.read.source import Page
from articleaudio.read.web import kinds, statuses, urls
from articleaudio.read.web.addresses import Addresses, IPNetwork
from articleaudio.read.web.backend import Resolve, resolve
from articleaudio.read.web.deadline import Deadline
from articleaudio.read.web.kept import Kept, KeptPage
from articleaudio.read.web.pace import Pace
from articleaudio.read.web.robots import PRODUCT, Robots, read_rules
from articleaudio.read.web.visit import Limits, Means, Visit
from articleaudio.read.web.wire import Answer


class Fetcher:
    """Fetches pages, one at a time. The rules of hosts and the times of requests are known as long as it lives."""

    def __init__(
        self,
        policy: FetchPolicy,
        cache: Path,
        *,
        limits: Limits | None = None,
        networks: tuple[IPNetwork, ...] = (),
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the house's policy and the cache folder. Raises FetchError when SSL_CERT_FILE cannot be read.

        `networks` are ranges that may be asked although they are not public. `tls` replaces the usual trust in
        certificates: the bundle of certifi, or what SSL_CERT_FILE or SSL_CERT_DIR name.
        """
        addresses = Addresses(policy.allow_private, networks)
        self._policy = policy
        self._limits = limits or Limits()
        self._means = Means(self._limits, addresses, tls or _usual_trust(), resolve, _agent(policy.contact))
        self._sleep = sleep
        self._own = frozenset(_ascii(host.removeprefix("*.")) for host in policy.own_sites)
        self._kept = Kept(cache)
        self._pace = Pace()
        self._robots = Robots()

    def get(self, url: str) -> Page:
        """Fetch an address. Raises FetchError, saying what went wrong and what to do."""
        address = urls.parse(url)
        deadline = Deadline(self._limits.seconds, str(address), self._sleep)
        visit = Visit(self._means, deadline)
        return visit.follow(address, functools.partial(self._prepare, visit, deadline), self._page)

    def _prepare(self, visit: Visit, deadline: Deadline, url: httpx.URL) -> dict[str, str]:
        """Ask robots.txt, keep the pace, and give the headers for a page."""
        if not self._is_own(url.host):
            rules = self._robots.rules(url, lambda robots: visit.follow(robots, lambda _: {}, read_rules))
            self._pace.keep(url.host, max(rules.check(url), self._policy.delay), deadline)
        kept = self._kept.find(str(url))
        return {"Accept": kinds.ACCEPT, **(kept.conditions if kept else {})}

    def _is_own(self, host: str) -> bool:
        """Whether a host, or one it is a part of, belongs to the house."""
        labels = _ascii(host).split(".")
        return any(".".join(labels[start:]) in self._own for start in range(len(labels)))

    def _page(self, answer: Answer) -> Page:
        """The page in an answer."""
        url = str(answer.url)
        if answer.status == 304:
            kept = self._kept.find(url)
            if kept is not None:
                return kept.page
        if answer.status not in statuses.GOOD:
            raise statuses.failure(url, answer.status, answer.headers.get("retry-after", ""))
        said = kinds.ContentType.of(answer.headers.get("content-type", ""))
        foreign = kinds.refusal(said.name)
        if foreign:
            raise _unreadable(url, foreign)
        big = kinds.may_be_big(said.name, answer.url.path)
        data = answer.read(self._limits.archive_bytes if big else self._limits.page_bytes)
        kind, foreign = kinds.kind_of(said.name, answer.url.path, data)
        if foreign:
            raise _unreadable(url, foreign)
        page = Page(url, data, kind, said.charset)
        if "no-store" not in answer.headers.get("cache-control", "").lower():
            headers = answer.headers
            self._kept.keep(KeptPage(page, headers.get("etag", ""), headers.get("last-modified", "")))
        return page


def _usual_trust() -> ssl.SSLContext:
    """The certificate authorities that are trusted unless told otherwise."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:  # ssl.SSLError is one
        raise FetchError(
            f"the certificates of trusted authorities cannot be read: {error.strerror or error}",
            hint="correct the environment variable SSL_CERT_FILE or SSL_CERT_DIR, or unset it",
        ) from error


def _agent(contact: str) -> str:
    """How this program introduces itself."""
    plain = "".join(character for character in contact if " " <= character <= "~").strip()
    return f"{PRODUCT}/{version('articleaudio')}" + (f" ({plain})" if plain else "")


def _ascii(host: str) -> str:
    """A host as it is compared: in ASCII, lower-case, without a final dot."""
    try:
        return httpx.URL(scheme="http", host=host).raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError):
        return host.lower().rstrip(".")


def _unreadable(url: str, what: str) -> FetchError:
    return FetchError(
        f"{url} is {what}, which holds no article that can be read",
        hint="give the address of the article's page, or a file in HTML, Markdown, DOCX or EPUB",
    )
