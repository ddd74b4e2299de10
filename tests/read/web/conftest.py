"""What the tests of fetching share: a fetcher that may visit 127.0.0.1 and nothing else of this machine."""

from __future__ import annotations

import ssl
from ipaddress import ip_network

import httpx
import pytest
import trustme

from articleaudio.model import FetchPolicy
from articleaudio.read.web.fetcher import Fetcher
from articleaudio.read.web.visit import Limits

HERE = (ip_network("127.0.0.1"),)


@pytest.fixture
def fetcher(tmp_path, usual):
    """Make fetchers that share a cache; every name leads to 127.0.0.1, and nothing waits but by order."""

    def make(networks=HERE, resolve=lambda _host, _port: ("127.0.0.1",), seconds=10.0, **changes):
        policy = FetchPolicy(**{"delay": 0.0} | {key: changes.pop(key) for key in list(changes) if key in _POLICY})
        limits = Limits(seconds=seconds, **{key: changes.pop(key) for key in list(changes) if key in _LIMITS})
        changes = {"sleep": pytest.fail, "tls": usual} | changes
        return Fetcher(policy, tmp_path / "cache", limits=limits, networks=networks, resolve=resolve, **changes)

    return make


_POLICY = FetchPolicy.__dataclass_fields__
_LIMITS = Limits.__dataclass_fields__


@pytest.fixture(scope="session")
def usual():
    """The usual trust, set up once, as that takes its time; tests of it give None."""
    return httpx.create_ssl_context()


@pytest.fixture(scope="session")
def authority():
    """A certificate authority that nobody trusts yet."""
    return trustme.CA()


@pytest.fixture(scope="session")
def certified(authority):
    """TLS for a server called news.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def trusting(authority):
    """TLS for a client that trusts the authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context
