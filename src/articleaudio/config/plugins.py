"""Reading rules that other packages bring, found by the entry-point group `articleaudio.rules`."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

from articleaudio.errors import ConfigError
from articleaudio.script.rule import Rule

GROUP = "articleaudio.rules"
"""An entry is called `LANGUAGE.NAME` ("en.cricket") and names a Rule or a tuple of Rules."""


def plug_in_rules() -> dict[str, tuple[Rule, ...]]:
    """Give the rules of installed plug-ins by primary language subtag, in the order of their entries' names.

    Raises ConfigError for an entry that cannot be loaded or is no rule: a reading must not silently be another one.
    """
    found: dict[str, tuple[Rule, ...]] = {}
    for entry in _entries(tuple(sys.path)):
        try:
            loaded = entry.load()
        except Exception as error:  # somebody else's module can fail in any way
            raise _wrong(entry.name, entry.value, f"cannot be loaded: {error}") from error
        rules = (loaded,) if isinstance(loaded, Rule) else loaded
        if not isinstance(rules, tuple) or not all(isinstance(rule, Rule) for rule in rules):
            raise _wrong(entry.name, entry.value, "is neither a Rule nor a tuple of Rules")
        language = entry.name.partition(".")[0]
        found[language] = (*found.get(language, ()), *rules)
    return found


def plug_in_versions() -> list[tuple[str, str, str]]:
    """Name, target and package version of each plug-in: when one changes, articles are read anew."""
    return [(entry.name, entry.value, entry.dist.version if entry.dist else "") for entry in _entries(tuple(sys.path))]


@lru_cache(maxsize=1)
def _entries(_path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """All entries, sorted. A run asks for rules and for versions; each look goes through every installed package."""
    return tuple(sorted(entry_points(group=GROUP)))


def _wrong(name: str, value: str, fault: str) -> ConfigError:
    return ConfigError(f"the reading rules {name!r} ({value}) of a plug-in: this {fault}", hint="mend or uninstall it")
