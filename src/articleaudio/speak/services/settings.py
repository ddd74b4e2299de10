"""The options that every service has."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from articleaudio.errors import VoiceError
from articleaudio.model import Voice
from articleaudio.speak.options import number

NATURAL_RATE = 165
"""Words a minute that a service's voice is taken to speak by itself, where the profile does not tell."""

SHARED = {
    "base": "address of the service, without the last part of the path",
    "natural_rate": "words a minute that the voice speaks by itself",
    "at_once": "requests that may be under way at the same time, in one process",
    "requests_per_minute": "requests in any minute, in one process; 0 for no limit",
    "attempts": "how often one request is tried when the service is busy or fails",
    "timeout": "seconds that one try may take",
    "deadline": "seconds that all tries may take together",
}
"""Options of every service, with what they are."""

SOUNDLESS = frozenset({"key", "at_once", "requests_per_minute", "attempts", "timeout", "deadline"})
"""Options that do not change the sound: what is paid for stays paid for when they are changed."""

_LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


@dataclass(frozen=True, slots=True)
class Account:
    """Where requests go, and how many of them may go there."""

    service: str
    """What messages call the service."""
    base: str
    """Its address, without a slash at the end."""
    key: str
    """Name of the variable that holds the key, never the key."""
    at_once: int
    """Requests under way at the same time."""
    per_minute: float
    """Requests in any minute; 0 for no limit."""
    attempts: int
    """How often one request is tried."""
    timeout: float
    """Seconds that one try may take."""
    deadline: float
    """Seconds that all tries may take together."""


def account(voice: Voice, service: str, base: str, key: str, *, at_once: int) -> Account:
    """Read the options that every service has. Raises VoiceError."""
    return Account(
        service,
        address(voice, base),
        key,
        int(number(voice, "at_once", at_once, 1, 64)),
        number(voice, "requests_per_minute", 0, 0, 100_000),
        int(number(voice, "attempts", 5, 1, 20)),
        number(voice, "timeout", 45, 1, 600),
        number(voice, "deadline", 150, 1, 3_600),
    )


def pace(voice: Voice, slowest: float, fastest: float) -> tuple[float, tuple[str, ...]]:
    """How many times faster than by itself the voice is to speak, within what it can, and a warning if it cannot."""
    asked = voice.rate / number(voice, "natural_rate", NATURAL_RATE, 40, 600)
    found = round(min(fastest, max(slowest, asked)), 3)
    if abs(found - asked) < 0.001:
        return found, ()
    natural = voice.rate / asked
    return found, (f"{voice.name!r} speaks {natural * found:.0f} words a minute at most or least, not {voice.rate}",)


def address(voice: Voice, default: str) -> str:
    """Give the service's address: https, or http on this machine and in its own network. Raises VoiceError."""
    told = voice.options.get("base", default).strip()
    try:
        split = urlsplit(told)
        host, _ = split.hostname or "", split.port
    except ValueError:
        split, host = urlsplit(""), ""
    plain = told.isascii() and told.isprintable() and " " not in told
    if split.scheme not in ("https", "http") or not host or split.query or split.fragment or not plain:
        raise VoiceError(f"the voice {voice.name!r} has a base that is no address", hint="https://HOST/PATH is one")
    if "@" in split.netloc:
        raise VoiceError(
            f"the base of the voice {voice.name!r} holds a user name or password",
            hint="keys come from the environment: name the variable with `key`",
        )
    if split.scheme == "http" and not is_near(host):
        raise VoiceError(
            f"the voice {voice.name!r} would send key and text to {host} unencrypted", hint="begin base with https://"
        )
    return told.rstrip("/")


def is_near(host: str) -> bool:
    """Whether a host is this machine or lies in its own network, as far as its name tells."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith(_LOCAL_ENDINGS)
    return found.is_loopback or found.is_private or found.is_link_local
