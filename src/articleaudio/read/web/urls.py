"""Web addresses as users and servers write them, made fit to be asked for."""

from __future__ import annotations

import re

import httpx

from articleaudio.errors import FetchError

_SCHEMES = ("http", "https")
_USER = re.compile(r"//[^/?#]*@")


def parse(text: str) -> httpx.URL:
    """A web address, without its fragment, its host in ASCII. Raises FetchError."""
    return _checked(text.strip(), None)


def join(base: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises FetchError, also where it leads out of https."""
    found = _checked(location.strip(), base)
    if base.scheme == "https" and found.scheme != "https":
        raise FetchError(
            f"{base} leads on to {found}, which is not encrypted", hint="ask the site's owner, or save the page"
        )
    return found


def _checked(text: str, base: httpx.URL | None) -> httpx.URL:
    shown = _USER.sub("//…@", text)[:200]
    try:
        url = base.join(text) if base else httpx.URL(text)
        port = url.port
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: what idna and ipaddress cannot make sense of
        raise FetchError(f"{shown} is no web address", hint="copy it from the browser") from error
    if url.scheme not in _SCHEMES or not url.host:
        raise FetchError(
            f"{shown} is no web address that can be fetched", hint="it starts with https:// or http:// and a host"
        )
    if url.userinfo:
        raise FetchError(
            f"the address of {url.host} holds a user name or password, which would end up in logs and files",
            hint="give the address without them; for what lies behind a log-in, give the CMS export or a saved page",
        )
    if port is not None and not 0 < port < 65536:
        raise FetchError(f"{shown} is no web address: port {port} does not exist", hint="check the address")
    return url.copy_with(fragment=None, raw_path=url.raw_path)  # an empty path becomes /
