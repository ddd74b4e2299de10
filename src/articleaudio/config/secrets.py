"""Secrets have no place in the house file, which lies beside articles and is shared: they come from the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from articleaudio.config.tomlfile import TomlFile

ENVIRONMENT = (
    "set it in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for object stores, OPENAI_API_KEY and the "
    "like for services (docs/services.md names each)"
)
"""Where what was meant goes."""

_NAMES = re.compile(
    r"(?:^|_)(?:pass|passwd|password|passphrase|secret|token|credentials?|apikey|bearer)(?:_|$)"
    r"|(?:^|_)(?:api|access|secret|account|subscription|auth)_?key(?:_|$)"
)
_NAMED_BY_THE_HOUSE = frozenset(("reading", "voices", "spoken", "disclosure"))
"""Tables whose keys are acronyms, sections and languages."""

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def refuse_secrets(file: TomlFile) -> None:
    """Raise ConfigError for a key that looks like a secret, and for an address with a password in it."""
    named_by_us = {key: value for key, value in file.table.items() if key not in _NAMED_BY_THE_HOUSE}
    for key, value in _each(named_by_us):
        name = _WORDS.sub("_", key).replace("-", "_").lower()
        if _NAMES.search(name):
            raise file.error(key, f"{key} looks like a secret, and this file is no place for one; {ENVIRONMENT}")
        if isinstance(value, str) and _has_password(value):
            raise file.error(
                key, f"the address in {key} holds a password: this file is no place for one; {ENVIRONMENT}"
            )


def _each(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Every key with each of its values, tables in tables included."""
    for key, value in table.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield from _each(one)
            else:
                yield key, one
        if not value:
            yield key, None


def _has_password(text: str) -> bool:
    if "://" not in text:
        return False
    try:
        return bool(urlsplit(text).password)
    except ValueError:
        return False
