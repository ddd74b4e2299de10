"""Sources: where an article comes from, before anything is known about its form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from articleaudio.errors import FetchError, SourceError, TooLongError
from articleaudio.model import SiteRule
from articleaudio.read.rich import clean

MAX_BYTES = 64 * 1024 * 1024
"""No article file is bigger; the limit keeps a mistaken argument from filling the memory."""

MAX_ARCHIVE_BYTES = 512 * 1024 * 1024
"""Limit for files that hold many articles, such as a CMS export."""

ARCHIVES = frozenset({".epub", ".json", ".xml", ".wxr"})
"""Extensions of files that may hold many articles."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave."""

    url: str
    """Where it was found in the end, after redirects."""
    data: bytes
    """The content, decompressed."""
    kind: str
    """The file extension that its content type stands for (`.html`, `.json`, …); empty where it says nothing."""
    charset: str = ""
    """What the server says the charset is; empty where it says nothing."""


class Web(Protocol):
    """The way to the web, careful about where it goes and how much it takes."""

    def get(self, url: str) -> Page:
        """Fetch an address. Raises FetchError, saying what went wrong and what to do."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What a house settles about reading."""

    web: Web | None = None
    """The way to the web; None where nothing may be fetched."""
    sites: tuple[SiteRule, ...] = ()
    """Rules for the pages of single hosts."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, an address, or given bytes, that a reader can turn into articles."""

    name: str
    """As the user named it; `-` for standard input."""
    path: Path | None = None
    """The file, read when asked for; None when `data` or an address is given."""
    data: bytes | None = None
    """The content itself (standard input, a given text, a fetched page)."""
    relative: str = ""
    """POSIX path below the source folder, or the file's name; empty when there is no file."""
    url: str = ""
    """Address of the page: what is to be fetched, or, for a file, what the user gave."""
    kind: str = ""
    """File extension that stands for its form, where it is known otherwise than by its name (a content type)."""
    charset: str = ""
    """Charset that a server named."""
    settings: Settings = field(default_factory=Settings)
    """What the house settles about reading."""

    @property
    def suffix(self) -> str:
        """The extension that tells its form, lower-case with the dot; empty when nothing tells."""
        return self.kind or PurePath(self.path.name if self.path else self.name).suffix.lower()

    def opened(self) -> Source:
        """The source with its content; an address is fetched now. Raises SourceError and FetchError."""
        if self.data is not None or self.path is not None or not self.url:
            return replace(self, data=self.load())
        if self.settings.web is None:
            raise FetchError(f"{self.url} cannot be fetched here", hint="save the page and give the file")
        page = self.settings.web.get(self.url)
        found = replace(self, data=page.data, url=page.url, kind=page.kind or ".html", charset=page.charset)
        return replace(found, data=found.load())

    def load(self) -> bytes:
        """The content. Raises SourceError, saying what to do, when it is missing, empty, a folder or unreadable."""
        data = self.data if self.data is not None else self._read()
        if not data.strip():
            raise SourceError(f"{self.name} is empty", hint="give a file with an article in it")
        return data

    def _read(self) -> bytes:
        if self.path is None:
            raise SourceError(f"{self.name} has no content", hint="give a file, a folder or `-` for standard input")
        limit = MAX_ARCHIVE_BYTES if self.suffix in ARCHIVES else MAX_BYTES
        try:
            size = self.path.stat().st_size
            if size > limit:
                raise TooLongError(
                    f"{self.name} is {size // 1_000_000:,} MB; such files are read up to {limit // 1_000_000} MB",
                    hint="give the article alone, without its pictures and sound, or split the export",
                )
            return self.path.read_bytes()
        except FileNotFoundError as error:
            raise missing(self.name) from error
        except IsADirectoryError as error:
            raise SourceError(f"{self.name} is a folder", hint="name the files in it, or convert the folder") from error
        except OSError as error:
            raise SourceError(
                f"cannot read {self.name}: {error.strerror or error}", hint="check that the file may be read by you"
            ) from error


def title_of_file(source: Source) -> str:
    """A title from a file's name, for want of a better one."""
    stem = PurePath(source.relative or source.name).stem
    words = clean(re.sub(r"[-_]+", " ", stem))
    return words[:1].upper() + words[1:] if words else "Untitled"


def missing(name: str) -> SourceError:
    """The error for a source that is not there."""
    return SourceError(f"{name} does not exist", hint="check the spelling and the folder you are in")


def files_meant(name: str) -> Iterator[str]:
    """Give the file names that the name of an article's source may mean: itself, and what stands before each `#`.

    Behind it stands which article of many it is (`feed.xml#https://…`), and a file may have one in its own name.
    """
    yield name
    at = name.rfind("#")
    while at > 0:
        yield name[:at]
        at = name.rfind("#", 0, at)
