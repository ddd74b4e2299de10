"""Pages, and the files that pages use: whether they are as they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from articleaudio.catalogue import Catalogue
from articleaudio.checking.findings import Finding
from articleaudio.checking.links import REBUILD
from articleaudio.site.printing import hash_of, noted_hash

PRINTED = ("index.html", "embed.html", "oembed.json")
"""Files of an episode that are printed from what is published."""

_PASSING = re.compile(r"\.[0-9a-f]{8}\.[a-z]+$|/|^playlist\..+\.json$")
"""Names that come and go: what has its hash in its name is pruned, the archive shrinks, and so do languages."""


class Prints:
    """What was printed, as the state folder remembers it."""

    def __init__(self, out: Path, catalogue: Catalogue | None) -> None:
        """Take the output folder, and its index where there is one."""
        self._out = out
        self._catalogue = catalogue

    def of(self, slug: str) -> Iterator[Finding]:
        """What is wrong with the pages of a published episode."""
        if self._catalogue:
            names = [(name, f"episodes/{slug}/{name}") for name in PRINTED]
            yield from self._findings((name, path, self._catalogue.printed(path)) for name, path in names)

    def around(self) -> Iterator[Finding]:
        """What is wrong with feeds, lists, and the files that pages use."""
        if self._catalogue:
            yield from self._findings((path, path, told) for path, told in self._catalogue.printed_around())

    def _findings(self, files: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
        for name, path, told in files:
            wanted = noted_hash(told)
            if not wanted:
                continue
            try:
                found = hash_of((self._out / path).read_bytes())
            except FileNotFoundError:
                if path == name and not _PASSING.search(path):
                    yield Finding("file", "it is missing", name, hint=REBUILD)
            except OSError as error:
                yield Finding("file", f"it cannot be read: {error.strerror or error}", name, hint="look at the disk")
            else:
                if found != wanted:
                    what = "it is not as it was printed: its bytes were changed"
                    yield Finding("file", what, name, hint=REBUILD)
