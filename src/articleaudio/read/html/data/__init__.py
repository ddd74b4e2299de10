"""What is known about pages, as data: one TOML file for each kind of knowledge."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The data file of that name (without `.toml`), parsed once."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def words(name: str, key: str) -> tuple[str, ...]:
    """A list of words in a data file, in its order."""
    return tuple(str(table(name)[key]).split())
