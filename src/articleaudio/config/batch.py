"""`[sources]`, `[output]` and `[cluster]`: what a run reads, writes and works with where the command line is silent."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from articleaudio.config.reference import keys_of
from articleaudio.config.tomlfile import TomlFile


class BatchSettings(NamedTuple):
    """Fields of the house."""

    sources: tuple[str, ...]
    """What is read, paths from the house's folder."""
    output: str
    """Where episodes go."""
    cluster: str
    """Address of a scheduler."""


def batch_settings(file: TomlFile, root: Path) -> BatchSettings:
    """Read the three tables. Raises ConfigError."""
    sources, output, cluster = (file.part(name) for name in ("sources", "output", "cluster"))
    for name, part in (("sources", sources), ("output", output), ("cluster", cluster)):
        part.check_keys(part.table, keys_of(name), name)
    address = cluster.text(cluster.table, "address", "")
    if address and "://" not in address and not (root / address).is_file():
        raise cluster.error(
            "address", f"address {address!r} in [cluster] is no address: tcp://host:8786, tls://host:8786 or a file"
        )
    return BatchSettings(
        sources=tuple(_placed(root, name) for name in sources.texts(sources.table, "from")),
        output=_placed(root, output.text(output.table, "folder", "")),
        cluster=_placed(root, address),
    )


def _placed(root: Path, named: str) -> str:
    """A path from the house's folder; an address as it is. Whether it is there is found when it is used."""
    if not named or "://" in named:
        return named
    path = Path(named).expanduser()
    return str(path if path.is_absolute() else root / path)
