"""Nouns as plain JSON values: one way for `--json`, `read --format json`, receipts and worker messages."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Hashable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import cast

_PLAIN = frozenset({str, int, float, bool, type(None)})
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(value: object) -> object:
    """Turn nouns into what `json` can write: dataclasses become objects, dates ISO strings, enums their values."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if names := _fields(cast("Hashable", kind)):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str | int | float | bool):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no plain form for {type(value).__name__}")


def dump(value: object, *, indent: int | None = None) -> str:
    """JSON text of a noun, in any script, lone surrogates escaped so that it can always be encoded."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_opened)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") if _has_surrogates(text) else text


def _opened(value: object) -> object:
    """One level of what `json` does not know: it goes on by itself, many times faster than we would."""
    if names := _fields(cast("Hashable", type(value))):
        return {name: getattr(value, name) for name in names}
    if isinstance(value, Mapping):
        return {str(plain(key)): item for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return list(value)
    return plain(value)


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and bool(_SURROGATE.search(text))


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    """The fields of a noun; empty for what is none. A receipt holds thousands of a few kinds."""
    if not isinstance(kind, type) or not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind))
