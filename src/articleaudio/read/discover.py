"""From what the user typed to sources: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from articleaudio.errors import SourceError
from articleaudio.model import Failure
from articleaudio.read import registry
from articleaudio.read.source import Settings, Source, missing

NOT_SOURCES = {
    ".script": "an expected reading, no source",
    ".expected": "an expected reading, no source",
    ".toml": "settings, no source",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico"), "a picture, no source"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".opus", ".flac", ".mp4", ".webm"), "a recording, no source"),
}
"""Files that often lie beside articles; passed over even when a shell's pattern names them."""


NOTHING = Settings()
"""A house that settles nothing about reading, and fetches nothing."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was passed over."""

    source: str
    """As the user would name it."""
    reason: str
    """Why, in a few words."""


def discover(arguments: Sequence[str], settings: Settings = NOTHING) -> Iterator[Source | Skipped | Failure]:
    """Give the sources that the arguments name, in order, each file once.

    An argument is a file, a folder (recursive, sorted, known extensions), a pattern that the shell left alone, a web
    address, or `-`. What cannot be a source comes as `Skipped`; what is missing comes as `Failure`, so that the others
    go on. Every source is given the house's `settings`.
    """
    search = _Search(settings, alone=len(arguments) == 1)
    for argument in arguments:
        yield from search.argument(argument)


@dataclass(slots=True)
class _Search:
    """One run's search, which remembers what it has given already."""

    settings: Settings
    alone: bool
    files: set[Path] = field(default_factory=set)
    relatives: set[str] = field(default_factory=set)

    def argument(self, argument: str) -> Iterator[Source | Skipped | Failure]:
        path = Path(argument)
        if argument == "-":
            yield Source(name="-", data=sys.stdin.buffer.read(), settings=self.settings)
        elif argument.lower().startswith(("http://", "https://")):
            yield from self.address(argument)
        elif not argument.strip():
            yield _failure(SourceError("a source has an empty name", hint="name a file, a folder or `-`"), argument)
        elif path.is_dir():
            yield from self.folder(argument, path)
        elif path.exists() or path.is_symlink():
            yield from self.file(argument, path, path.name)
        elif glob.has_magic(argument):
            yield from self.pattern(argument)
        else:
            yield _failure(missing(argument), argument)

    def address(self, url: str) -> Iterator[Source]:
        if url not in self.relatives:
            self.relatives.add(url)
            yield Source(name=url, url=url, settings=self.settings)

    def file(self, name: str, path: Path, relative: str) -> Iterator[Source | Skipped | Failure]:
        reason = NOT_SOURCES.get(path.suffix.lower())
        if reason and self.alone:
            yield _failure(SourceError(f"{name} is {reason}", hint="give an article: HTML, Markdown or text"), name)
        elif reason:
            yield Skipped(name, reason)
        else:
            yield from self.once(name, path, relative)

    def once(self, name: str, path: Path, relative: str) -> Iterator[Source]:
        real = path.resolve()
        if real in self.files:
            return
        self.files.add(real)
        # Two folders may hold files of one name; the path is an identity, so the later one says its folder too.
        parts = real.parts
        depth = relative.count("/") + 1
        while relative in self.relatives and depth < len(parts):
            depth += 1
            relative = "/".join(parts[-depth:])
        self.relatives.add(relative)
        yield Source(name=name, path=path, relative=relative, settings=self.settings)

    def folder(self, argument: str, root: Path) -> Iterator[Source | Skipped | Failure]:
        known = registry.extensions()
        found = False
        for folder, folders, files in os.walk(root):
            folders.sort()
            for hidden in [name for name in folders if name.startswith(".")]:
                folders.remove(hidden)
                yield Skipped(str(Path(folder, hidden)), "hidden")
            for name in sorted(files):
                path = Path(folder, name)
                reason = _reason(path, known)
                found = found or not reason
                if reason:
                    yield Skipped(str(path), reason)
                else:
                    yield from self.once(str(path), path, path.relative_to(root).as_posix())
        if not found:
            hint = f"articles end in {', '.join(sorted(known))}"
            yield _failure(SourceError(f"there is no article in the folder {argument}", hint=hint), argument)

    def pattern(self, argument: str) -> Iterator[Source | Skipped | Failure]:
        known = registry.extensions()
        # The part before the first wildcard is the source folder.
        fixed = argument[: min(argument.find(sign) for sign in "*?[" if sign in argument)].rpartition("/")[0]
        found = glob.glob(argument, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        matches = sorted(match for match in found if not Path(match).is_dir())
        if not matches:
            hint = "check the pattern and the folder you are in"
            yield _failure(SourceError(f"no file matches {argument}", hint=hint), argument)
        for match in matches:
            path = Path(match)
            reason = _reason(path, known)
            if reason:
                yield Skipped(match, reason)
            else:
                base = Path(fixed) if fixed else Path("/" if argument.startswith("/") else "")
                yield from self.once(match, path, path.relative_to(base).as_posix())


def _reason(path: Path, known: Collection[str]) -> str:
    """Why a file found by searching is no source; empty when it is one."""
    suffix = path.suffix.lower()
    if path.name.startswith("."):
        return "hidden"
    if suffix in NOT_SOURCES:
        return NOT_SOURCES[suffix]
    return "" if suffix in known else "not a kind of file that can be read"


def _failure(error: SourceError, source: str) -> Failure:
    return Failure(source=source, message=error.message, hint=error.hint, exit_code=error.exit_code)
