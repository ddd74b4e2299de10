"""What was installed, when and from where: `installed.json` in a voice's folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from articleaudio.errors import ConfigError
from articleaudio.files import write

RECORD = "installed.json"
"""Its name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that was installed."""

    sha256: str
    """Of its bytes, hex."""
    size: int
    """Bytes."""
    url: str
    """Where it came from; empty for a file that was found there."""
    date: str
    """When, ISO 8601 in UTC."""
    checked: bool
    """Whether the profile told its hash; else the first download's holds."""


def read_record(folder: Path) -> dict[str, Entry]:
    """Read what was installed, by file name; nothing without a record. Raises ConfigError when it is damaged."""
    path = folder / RECORD
    try:
        found = json.loads(path.read_text("utf-8"))["files"]
        return {str(name): _entry(facts) for name, facts in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConfigError(
            f"{path} is damaged: {error}", hint="install the voice anew with --force, which fetches its files again"
        ) from error


def _entry(facts: Mapping[str, object]) -> Entry:
    size = facts["size"]
    if not isinstance(size, int) or set(facts) < {field.name for field in fields(Entry)}:
        raise ValueError("it holds no such entry")
    texts = {key: str(facts[key]) for key in ("sha256", "url", "date")}
    return Entry(size=size, checked=facts["checked"] is True, **texts)


def write_record(folder: Path, voice: str, entries: Mapping[str, Entry]) -> None:
    """Write what is installed."""
    files = {name: asdict(entry) for name, entry in sorted(entries.items())}
    text = json.dumps({"voice": voice, "files": files}, ensure_ascii=False, indent=2)
    write(folder / RECORD, text.encode() + b"\n")


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
