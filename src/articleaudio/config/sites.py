"""Site rules: what a house settles about the pages of single hosts, in files or in the house file itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from articleaudio.config.tomlfile import TomlFile
from articleaudio.errors import ConfigError
from articleaudio.model import SiteRule

HINT = "docs/reading-articles.md shows what a site rule may hold"
"""What every error about a rule points to."""

_LISTS = ("keep", "drop", "note")
_TEXTS = ("body", "title")
_KEYS = (*_LISTS, *_TEXTS)
_LABEL = r"(?!-)[^\W_]+(?:[\w-]*[^\W_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_HEADER = re.compile(r"^\s*\[")
_EXAMPLE = "news.example"


class _Place(NamedTuple):
    """A table in a file: what it says, and where it begins."""

    file: TomlFile
    table: Mapping[str, object]
    line: int

    def error(self, message: str, *said: str) -> ConfigError:
        """Build the error, with the line on which the first of `said` stands below the table's head."""
        lines = self.file.source.splitlines()
        end = next((n for n in range(self.line, len(lines)) if _HEADER.match(lines[n])), len(lines))
        found = (n for text in said for n in range(self.line + 1, end + 1) if text in lines[n - 1])
        line = next(found, self.line)
        return ConfigError(f"{self.file.path}{f', line {line}' if line else ''}: {message}", hint=HINT)


def house_sites(file: TomlFile, root: Path) -> tuple[SiteRule, ...]:
    """Read the rules of a house: those of the files that `sites` names, in order, then its own `[[site]]` tables.

    Raises ConfigError, which names file and line, for anything that it cannot take.
    """
    names = file.table.get("sites", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise file.error("sites", 'sites must be a list of files: sites = ["sites.toml"]')
    rules: list[SiteRule] = []
    for name in names:
        path = root / name
        if not path.is_file():
            raise file.error("sites", f"there is no file {name!r} in {root}")
        rules += load_sites(path)
    return (*rules, *_own(file))


def load_sites(path: Path) -> tuple[SiteRule, ...]:
    """Read a file of site rules: one table for each host."""
    file = TomlFile.read(path)
    rules: list[SiteRule] = []
    for host, table in file.table.items():
        line = _line(file, re.compile(rf"""^\s*\[\s*["']?{re.escape(host)}(?:["'\s\].]|$)"""))
        if not isinstance(table, Mapping):
            line = _line(file, re.compile(rf"""^\s*["']?{re.escape(host)}["']?\s*="""))
            raise _Place(file, {}, line).error(f'{host} stands outside of any host\'s table, such as ["{_EXAMPLE}"]')
        inner = next((key for key, value in table.items() if isinstance(value, Mapping)), "")
        if inner:  # TOML takes [news.example] for a table in a table
            whole = f"{host}.{inner}"
            raise _Place(file, table, line).error(f'the host {whole} must stand in quotes: ["{whole}"]')
        rules.append(_rule(_Place(file, table, line), host))
    return tuple(rules)


def _own(file: TomlFile) -> Iterator[SiteRule]:
    tables = file.table.get("site", [])
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        raise file.error("[site", f'site rules are written [[site]], in double brackets, with host = "{_EXAMPLE}"')
    heads = [n for n, text in enumerate(file.source.splitlines(), 1) if re.match(r"^\s*\[\[\s*site\s*\]\]", text)]
    for number, table in enumerate(tables):
        place = _Place(file, table, heads[number] if number < len(heads) else 0)
        host = table.get("host")
        if not isinstance(host, str) or not host:
            raise place.error(f'the [[site]] has no host: host = "{_EXAMPLE}", or "*" for all', "host")
        yield _rule(place._replace(table={key: value for key, value in table.items() if key != "host"}), host)


def _rule(place: _Place, host: str) -> SiteRule:
    for key in place.table:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(_KEYS)}"
            raise place.error(f"unknown key {key!r} in the rule for {host}; {meant}", key)
    _check_host(place, host)
    keep, drop, note = (tuple(_selectors(place, key)) for key in _LISTS)
    body, title = (_text(place, key) for key in _TEXTS)
    return SiteRule(host.lower().rstrip("."), keep, drop, note, body, title)


def _check_host(place: _Place, host: str) -> None:
    if host == "*" or _HOST.fullmatch(host.rstrip(".")):
        return
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", host.strip().lower()).split("/")[0].partition(":")[0]
    bare = bare.removeprefix("*.").strip(".")
    meant = f"write {bare!r}, which means its subdomains too" if _HOST.fullmatch(bare) else f"such as {_EXAMPLE!r}"
    raise place.error(f"{host!r} is no host name; {meant}", host)


def _selectors(place: _Place, key: str) -> Iterator[str]:
    value = place.table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(selector, str) for selector in value):
        raise place.error(f'{key} must be a list of CSS selectors: {key} = [".fact-box"]', key)
    for selector in value:
        _check_selector(place, key, selector)
        yield selector


def _text(place: _Place, key: str) -> str:
    value = place.table.get(key, "")
    if not isinstance(value, str):
        raise place.error(f'{key} must be one CSS selector in quotes: {key} = ".story"', key)
    if value:
        _check_selector(place, key, value)
    return value


def _check_selector(place: _Place, key: str, selector: str) -> None:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - only houses with site rules need it

    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        trouble = str(error).rstrip(".")
        raise place.error(
            f"{selector!r} in {key} is no CSS selector that can be used here: {trouble}", selector or '""', key
        ) from error


def _line(file: TomlFile, pattern: re.Pattern[str]) -> int:
    return next((n for n, text in enumerate(file.source.splitlines(), 1) if pattern.match(text)), 0)
