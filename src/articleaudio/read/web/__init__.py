"""The way to the web: a careful fetcher. Nothing is imported or opened before something is fetched."""

from __future__ import annotations

from pathlib import Path

from articleaudio.model import FetchPolicy
from articleaudio.read.source import Page, Web


class _Lazy:
    """A fetcher that is opened when it is first asked."""

    def __init__(self, policy: FetchPolicy, cache: Path) -> None:
        self._policy = policy
        self._cache = cache
        self._web: Web | None = None

    def get(self, url: str) -> Page:
        """Fetch an address. Raises FetchError."""
        if self._web is None:
            from articleaudio.read.web.fetcher import Fetcher  # noqa: PLC0415 -- httpx only once something is fetched

            self._web = Fetcher(self._policy, self._cache)
        return self._web.get(url)


def open_web(policy: FetchPolicy, cache: Path) -> Web:
    """Give the way to the web that a house's policy allows; what was fetched is kept below the folder `cache`."""
    return _Lazy(policy, cache)
