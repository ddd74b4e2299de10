"""Keys: read from the environment when they are needed, and taken out of whatever a service says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from articleaudio.errors import EngineError

_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|xi|gsk|AKIA|ASIA)[-_A-Za-z0-9*]{8,}")


def secret(environ: Mapping[str, str], name: str, service: str) -> str:
    """Give a key. Raises EngineError where the variable is not set, or holds what cannot be a key."""
    told = environ.get(name, "").strip()
    if not told:
        raise EngineError(f"{service} wants a key, and {name} is not set", hint=f"set {name} in the environment")
    if not told.isascii() or not told.isprintable() or " " in told:
        raise EngineError(
            f"{name} holds characters that no key of {service} has",
            hint=f"set {name} to the key alone, without quotes and line feeds",
        )
    return told


def redacted(text: str, secrets: Iterable[str]) -> str:
    """A text without keys: services like to repeat the key that they refuse."""
    for key in secrets:
        if key:
            text = text.replace(key, "…")
    return _LIKE_A_KEY.sub("…", text)
