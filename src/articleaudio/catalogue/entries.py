"""Entries of the catalogue, read from receipts and kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from articleaudio.publish.entry import Entry
from articleaudio.publish.receipt import FORMAT


def read_entry(receipt: Path) -> Entry:
    """Read the entry of a receipt. Raises OSError and ValueError."""
    value = _object(receipt.read_bytes())
    if value.get("format") != FORMAT:
        raise ValueError(f"not of the form {FORMAT}")
    try:
        return _entry(value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a receipt: {error!r}") from error


def kept_entry(text: str) -> Entry:
    """Read an entry back from the catalogue."""
    value = json.loads(text)
    value["flags"] = tuple(map(tuple, value["flags"]))
    value["files"] = tuple(map(tuple, value["files"]))
    return Entry(**value)


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 -- one error for everything that is no receipt
    return value


def _entry(value: Mapping[str, Any]) -> Entry:
    files = tuple((str(file["name"]), int(file["size"])) for file in value["files"])
    return Entry(
        id=str(value["id"]),
        slug=str(value["slug"]),
        status=str(value.get("status", "published")),
        title=str(value["title"]),
        version=int(value["version"]),
        source=str(value["source"]),
        source_hash=str(value["source_hash"]),
        inputs=str(value["inputs"]),
        audio=str(value["audio"]),
        duration=float(value["duration"]),
        size=dict(files).get(str(value["audio"]), 0),
        chapters=int(value["chapters"]),
        segments=len(value["segments"]),
        flags=tuple((str(flag["segment"]), str(flag["message"])) for flag in value["flags"]),
        files=files,
        superseded=bool(value.get("superseded")),
        file=str(value.get("file", "")),
    )
