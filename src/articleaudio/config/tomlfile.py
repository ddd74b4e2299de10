"""A TOML file that can say where in it something is wrong."""

from __future__ import annotations

import difflib
import json
import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from articleaudio.errors import ConfigError

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed TOML file that can say where in it something is wrong."""

    path: Path
    """Where it lies."""
    table: Mapping[str, object]
    """What it says."""
    source: str
    """Its text, to tell lines by."""
    first: int = 0
    """For a part of a file: the line that its header stands on; else 0."""

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Parse the file; whatever is wrong with it is a ConfigError."""
        try:
            source = path.read_text("utf-8-sig")  # Windows' editors put a mark first
            return cls(path, tomllib.loads(source), source)
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror}", hint="check --config") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} is not valid TOML: {error}", hint="https://toml.io shows the format") from error

    def error(self, key: str, message: str) -> ConfigError:
        """Build the error for a key, with the line it stands on."""
        line = self._line(key)
        return ConfigError(f"{self.path}{f', line {line}' if line else ''}: {message}", hint="mend the file")

    def part(self, name: str) -> TomlFile:
        """Give the table `[name]`, empty when absent, as a file that tells its lines rightly."""
        return TomlFile(self.path, self.sub_table(name), self.source, next(iter(self._heads(name)), 0))

    def within(self, name: str, key: str) -> TomlFile:
        """Give the table `[name.key]` as a file that tells its lines rightly; written inline, its key's line."""
        outer = self.part(name)
        head = re.compile(rf"\s*\[\s*{re.escape(name)}\s*\.\s*[\"']?{re.escape(key)}[\"']?\s*\]")
        lines = enumerate(self.source.splitlines(), 1)
        first = next((number for number, text in lines if head.match(text)), outer.first)
        return TomlFile(self.path, outer.sub_table(key), self.source, first)

    def nested(self, above: str, key: str, table: Mapping[str, object]) -> TomlFile:
        """Give the table `[ABOVE.KEY]`, that is known already, as a file that tells its lines rightly."""
        head = re.compile(rf"\s*\[\s*{re.escape(above)}\s*\.\s*[\"']?{re.escape(key)}[\"']?\s*\]")
        lines = enumerate(self.source.splitlines(), 1)
        first = next((number for number, text in lines if head.match(text)), self.first)
        return TomlFile(self.path, table, self.source, first)

    def parts(self, name: str) -> list[TomlFile]:
        """Give the tables `[[name]]` as files that tell their lines rightly."""
        tables, heads = self.tables(name), self._heads(name)
        return [
            TomlFile(self.path, table, self.source, heads[nth] if nth < len(heads) else 0)
            for nth, table in enumerate(tables)
        ]

    def _heads(self, name: str) -> list[int]:
        """Lines that open a table or tables of a name."""
        head = re.compile(rf"\s*\[+\s*[\"']?{re.escape(name)}[\"']?\s*\]")
        return [number for number, text in enumerate(self.source.splitlines(), 1) if head.match(text)]

    def _line(self, key: str) -> int:
        """The line that sets a key, in this part where it is one; else the part's header, or what begins like it.

        A key may stand in a table that is written in a line, or in the header of a table below.
        """
        name = rf"[\"']?{re.escape(key.lstrip('['))}[\"']?\s*"
        sets = re.compile(rf"\s*\[*\s*{name}(?:[=.\]]|$)")
        inside, below = re.compile(rf"[^#]*[{{,]\s*{name}="), re.compile(rf"\s*\[[^\]#]*\.\s*{name}[.\]]")
        lines = list(enumerate(self.source.splitlines(), 1))
        own = lines[self.first :] if self.first else lines
        if self.first:
            end = next((at for at, (_, text) in enumerate(own) if text.lstrip().startswith("[")), len(own))
            own = own[:end]
        for pattern, where in ((sets, own), (inside, own), (below, lines)):
            if found := next((number for number, text in where if pattern.match(text)), 0):
                return found
        return self.first or next((number for number, text in lines if text.lstrip().startswith(key)), 0)

    def check_keys(self, table: Mapping[str, object], known: Sequence[str], where: str) -> None:
        """Refuse keys that nobody reads: a misspelt setting must not be ignored."""
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
                raise self.error(key, f"unknown key {key!r}{f' in [{where}]' if where else ''}; {meant}")

    def sub_table(self, key: str) -> Mapping[str, object]:
        """Give a sub-table, empty when absent."""
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            raise self.error(key, f"{key} must be a table: [{key}]")
        return value

    def text(self, table: Mapping[str, object], key: str, default: str, *, required: bool = False) -> str:
        """Give a string value."""
        value = table.get(key, default)
        if not isinstance(value, str) or (required and not value):
            raise self.error(key, f"{key} must be a text in quotes")
        return value

    def texts(self, table: Mapping[str, object], key: str) -> list[str]:
        """Give a list of strings, empty when absent."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.error(key, f'{key} must be a list of texts: ["…", "…"]')
        return value

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """Give an array of tables (`[[key]]`), empty when absent."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise self.error(key, f"{key} must be tables: [[{key}]]")
        return value

    def number(self, table: Mapping[str, object], key: str, default: float) -> float:
        """Give a number."""
        value = table.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.error(key, f"{key} must be a number, not {value!r}")
        if not math.isfinite(value):
            raise self.error(key, f"{key} must be a number that can be counted with, not {value!r}")
        return float(value)

    def whole_number(self, key: str, default: int) -> int:
        """Give a whole number of the top table, 0 or more."""
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.error(key, f"{key} must be a whole number, not {value!r}")
        return value

    def flag(self, table: Mapping[str, object], key: str) -> bool:
        """Give a true or false."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, f"{key} must be true or false")
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """Give one of an enumeration's values."""
        value = self.table.get(key, default.value)
        if value not in list(kind):
            raise self.error(key, f"{key} must be one of {', '.join(kind)}, not {value!r}")
        return kind(str(value))


def quoted(text: str) -> str:
    """Write a TOML basic string: JSON's, but that DEL is escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
