"""`[cache]`: where spoken audio is kept, how much of it, and how sizes and times are written."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from articleaudio.config.reference import keys_of
from articleaudio.config.tomlfile import TomlFile

UNITS = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "kib": 2**10, "mib": 2**20, "gib": 2**30}
"""Bytes, as disks are sold and as systems count them."""

SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}
"""Seconds."""

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """What is settled about the cache."""

    where: Path | str
    """Folder, or address of an object store."""
    limit: int
    """Bytes it may take; 0 for no limit."""
    keep_clips: bool
    """Whether sound is kept as spoken, too, where speaking is cheap."""


def cache_settings(file: TomlFile, root: Path, asked: Path | str | None) -> CacheSettings:
    """Read `[cache]`; what the command line asks for wins. Raises ConfigError."""
    file = file.part("cache")
    table = file.table
    file.check_keys(table, keys_of("cache"), "cache")
    limit = amount(written, UNITS) if (written := file.text(table, "limit", "")) else 0
    if limit is None:
        raise file.error("limit", f'limit in [cache] is {written!r}; write a number and a unit: "20 GB"')
    named = file.text(table, "where", "")
    if asked:
        where = asked if _is_address(asked) else Path(asked).absolute()
    elif named:
        where = named if _is_address(named) else (root / Path(named).expanduser()).absolute()
    else:
        where = default_cache().absolute()
    return CacheSettings(where, int(limit), file.flag(table, "keep_clips"))


def default_cache() -> Path:
    """Give the cache folder of this user: `$XDG_CACHE_HOME/articleaudio`, else `~/.cache/articleaudio`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "articleaudio"


def local_cache(cache: Path | str) -> Path:
    """Give the cache folder, or this user's own where the cache is an object store: for what is not worth sharing."""
    return default_cache() if isinstance(cache, str) else cache


def amount(written: str, units: dict[str, int]) -> float | None:
    """Read a number with its unit ("20 GB", "30d"); None when it is none. A bare 0 needs no unit."""
    found = _AMOUNT.fullmatch(written.strip())
    if found is None:
        return None
    number, unit = float(found[1]), found[2].lower()
    if not unit:
        return 0.0 if number == 0 else None
    return number * units[unit] if unit in units else None


def _is_address(where: Path | str) -> bool:
    return isinstance(where, str) and "://" in where
