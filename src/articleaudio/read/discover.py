"""From what the user typed to sources: files, folders, patterns, lists, standard input. Nothing is gathered."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from articleaudio.errors import SourceError
from articleaudio.model import Failure
from articleaudio.read import registry
from articleaudio.read.digests import Digests
from articleaudio.read.folder import Kind, walk, was_made
from articleaudio.read.listing import read_list
from articleaudio.read.source import Settings, Source, missing

NOT_SOURCES = {
    ".script": "an expected reading, no source",
    ".expected": "an expected reading, no source",
    ".toml": "settings, no source",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico"), "a picture, no source"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".opus", ".flac", ".mp4", ".webm"), "a recording, no source"),
}
"""Files that often lie beside articles; passed over even when a shell's pattern names them."""


MADE = "made of articles, and no source"
"""Why what belongs to an output is passed over."""

NOT_ENTERED = {
    Kind.HIDDEN: "hidden",
    Kind.LINKED_FOLDER: "a link to a folder; name the folder itself",
    Kind.OTHER: "a pipe, a socket or a device, no source",
    Kind.MADE: MADE,
}
"""Why an entry of a folder is passed over, whatever it is called."""

ADDRESS = ("http://", "https://")
"""How web addresses begin."""

TWICE = "named before"
"""Why the second mention of a source is passed over."""

CLOSED = "check that the folder may be read by you"

NOTHING = Settings()
"""A house that settles nothing about reading, and fetches nothing."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was passed over."""

    source: str
    """As the user would name it."""
    reason: str
    """Why, in a few words."""


def discover(
    arguments: Iterable[str], settings: Settings = NOTHING, *, lists: Sequence[str] = ()
) -> Iterator[Source | Skipped | Failure]:
    """Give the sources that the arguments and list files name, in order, each file once, found as they are asked for.

    An argument is a file, a folder (recursive, sorted, known extensions), a pattern that the shell left alone, a web
    address, or `-`. `lists` are files with an argument a line, `-` for standard input. What cannot be a source, or was
    named before, comes as `Skipped`; what is missing comes as `Failure`, so that the others go on. Every source is
    given the house's `settings`.
    """
    search = _Search(settings, alone=isinstance(arguments, Sequence) and len(arguments) == 1 and not lists)
    for argument in arguments:
        yield from search.argument(argument)
    for name in lists:
        yield from search.listed(name)


@dataclass(slots=True)
class _Search:
    """One run's search, which remembers what it has given already."""

    settings: Settings
    alone: bool
    files: Digests = field(default_factory=Digests)
    relatives: Digests = field(default_factory=Digests)

    def argument(self, argument: str, relative: str = "") -> Iterator[Source | Skipped | Failure]:
        try:
            yield from self._argument(argument, relative)
        except OSError as error:  # a name too long, a folder on the way that may not be read
            said = f"cannot look for {argument}: {error.strerror or error}"
            yield _failure(SourceError(said, hint="check the name, and that it may be read by you"), argument)

    def _argument(self, argument: str, relative: str) -> Iterator[Source | Skipped | Failure]:
        path = Path(argument)
        if argument == "-":
            yield Source(name="-", data=sys.stdin.buffer.read(), settings=self.settings)
        elif argument.lower().startswith(ADDRESS):
            yield from self.address(argument)
        elif not argument.strip():
            yield _failure(SourceError("a source has an empty name", hint="name a file, a folder or `-`"), argument)
        elif path.is_dir():
            yield from self.folder(argument)
        elif path.exists() or path.is_symlink():
            yield from self.file(argument, path, relative or path.name)
        elif glob.has_magic(argument):
            yield from self.pattern(argument)
        else:
            yield _failure(missing(argument), argument)

    def listed(self, name: str) -> Iterator[Source | Skipped | Failure]:
        """What a list file names. Its folder stands for the source folder: paths are kept as they are below it."""
        folder = "" if name == "-" else os.path.dirname(name)  # noqa: PTH120 -- `.` is not to come before each name
        called = "standard input" if name == "-" else name
        try:
            for line in read_list(name):
                if line.problem:
                    yield _unusable(f"{called}, line {line.number}", line.problem)
                    continue
                for item in self._line(line.text, folder):
                    yield _with_line(item, called, line.number) if isinstance(item, Failure) else item
        except SourceError as error:
            yield _failure(error, name)

    def _line(self, text: str, folder: str) -> Iterator[Source | Skipped | Failure]:
        if text.lower().startswith(ADDRESS):
            return self.address(text)
        relative = os.path.normpath(text).replace(os.sep, "/")
        inside = not os.path.isabs(text) and not relative.startswith("../")  # noqa: PTH117 -- a million lines
        return self.argument(os.path.join(folder, text), relative if inside else "")  # noqa: PTH118

    def address(self, url: str) -> Iterator[Source | Skipped]:
        if self.relatives.add(url):
            yield Source(name=url, url=url, settings=self.settings)
        else:
            yield Skipped(url, TWICE)

    def file(self, name: str, path: Path, relative: str) -> Iterator[Source | Skipped | Failure]:
        reason = NOT_SOURCES.get(path.suffix.lower())
        if reason and self.alone:
            yield _failure(SourceError(f"{name} is {reason}", hint="give an article: HTML, Markdown or text"), name)
        elif reason or (not self.alone and was_made(name)):  # a shell's pattern names those, too
            yield Skipped(name, reason or MADE)
        else:
            yield self.once(name, path.resolve(), relative)

    def once(self, name: str, real: Path, relative: str) -> Source | Skipped:
        if not self.files.add(str(real)):
            return Skipped(name, TWICE)
        # Two folders may hold files of one name; the path is an identity, so the later one says its folder too.
        parts = real.parts
        depth = relative.count("/") + 1
        while relative in self.relatives and depth < len(parts):
            depth += 1
            relative = "/".join(parts[-depth:])
        self.relatives.add(relative)
        return Source(name=name, path=Path(name), relative=relative, settings=self.settings)

    def folder(self, root: str) -> Iterator[Source | Skipped | Failure]:
        known = registry.extensions()
        real = Path(root).resolve()
        found = False
        for entry in walk(root):
            if entry.kind is Kind.CLOSED:
                found = True  # what it holds nobody knows
                error = SourceError(f"cannot read the folder {entry.path}: {entry.problem}", hint=CLOSED)
                yield _failure(error, entry.path)
                continue
            reason = NOT_ENTERED.get(entry.kind) or _reason(Path(entry.path), known)
            found = found or not reason
            if reason:
                yield Skipped(entry.path, reason)
            else:
                there = real / entry.relative
                yield self.once(entry.path, there.resolve() if entry.kind is Kind.LINK else there, entry.relative)
        if not found:
            hint = f"articles end in {', '.join(sorted(known))}"
            yield _failure(SourceError(f"there is no article in the folder {root}", hint=hint), root)

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
            reason = _reason(path, known) or (MADE if was_made(match) else "")
            if reason:
                yield Skipped(match, reason)
            else:
                base = Path(fixed) if fixed else Path("/" if argument.startswith("/") else "")
                yield self.once(match, path.resolve(), path.relative_to(base).as_posix())


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


def _unusable(source: str, problem: str) -> Failure:
    return _failure(SourceError(f"{source}: {problem}", hint="a list has one path or address a line, in UTF-8"), source)


def _with_line(failure: Failure, called: str, number: int) -> Failure:
    return replace(failure, message=f"{failure.message} ({called}, line {number})")
