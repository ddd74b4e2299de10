"""Connections that keep a deadline, however slowly the other side lets its bytes drip."""

from __future__ import annotations

import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from articleaudio.errors import EngineError
from articleaudio.speak.services.settings import is_near


class Network:
    """Pools of connections, direct and through the proxies that the environment names. For several threads.

    Proxies are taken from `https_proxy`, `all_proxy`, `no_proxy` …, as is usual in companies; hosts nearby are asked
    directly. `SSL_CERT_FILE` names certificates that are trusted instead of the usual ones.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock that deadlines are read on."""
        self._due = _Due(clock)
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._guard = threading.Lock()
        self._trusted: ssl.SSLContext | None = None

    def until(self, deadline: float) -> None:
        """Set when this thread's next request must be over, answer and all."""
        self._due.at = deadline

    def pool(self, url: str) -> httpcore.ConnectionPool:
        """Give the connections to ask an address over. Raises EngineError for a proxy that cannot be used."""
        proxy = _proxy(url)
        with self._guard:
            if proxy not in self._pools:
                self._trusted = self._trusted or httpx.create_ssl_context(trust_env=True)
                self._pools[proxy] = httpcore.ConnectionPool(
                    ssl_context=self._trusted,
                    proxy=_named(proxy),
                    max_connections=None,
                    keepalive_expiry=20.0,
                    network_backend=_Backend(self._due),
                )
            return self._pools[proxy]

    def close(self) -> None:
        """End all connections."""
        with self._guard:
            for pool in self._pools.values():
                pool.close()
            self._pools.clear()


def _proxy(url: str) -> str:
    split = urlsplit(url)
    host = split.hostname or ""
    if is_near(host) or urllib.request.proxy_bypass(host):
        return ""
    proxies = urllib.request.getproxies()
    return proxies.get(split.scheme) or proxies.get("all") or ""


def _named(proxy: str) -> httpcore.Proxy | None:
    if not proxy:
        return None
    split = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    if split.scheme not in ("http", "https") or not split.hostname:
        raise EngineError(
            f"the environment names a {split.scheme} proxy, which cannot be used",
            hint="set https_proxy to an http:// address, or no_proxy to the service's host",
        )
    auth = (unquote(split.username), unquote(split.password or "")) if split.username else None
    place = f"{split.scheme}://{split.hostname}:{split.port or (443 if split.scheme == 'https' else 80)}"
    return httpcore.Proxy(place, auth=auth)


class _Due(threading.local):
    """When what this thread asks must be over."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.at = float("inf")

    def left(self, timeout: float | None, error: type[Exception]) -> float | None:
        """Seconds that one step may take."""
        left = self.at - self.clock()
        if left <= 0:
            raise error("the deadline has passed")
        return timeout if left == float("inf") else min(left, timeout or left)


class _Stream(httpcore.NetworkStream):
    """A connection of which every step keeps the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, due: _Due) -> None:
        self._inner, self._due = inner, due

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._due.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._due.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._due.left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._due)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 -- as httpcore has it
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens such connections."""

    def __init__(self, due: _Due) -> None:
        self._inner, self._due = httpcore.SyncBackend(), due

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = self._due.left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, left, local_address, socket_options), self._due)
