"""Sources: where an article comes from, before anything is known about its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from articleaudio.errors import SourceError, TooLongError
from articleaudio.read.rich import clean

MAX_BYTES = 64 * 1024 * 1024
"""No article file is bigger; the limit keeps a mistaken argument from filling the memory."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or given bytes, that a reader can turn into articles."""

    name: str
    """As the user named it; `-` for standard input."""
    path: Path | None = None
    """The file, read when asked for; None when `data` is given."""
    data: bytes | None = None
    """The content itself (standard input, a given text)."""
    relative: str = ""
    """POSIX path below the source folder, or the file's name; empty when there is no file."""
    url: str = ""
    """Address of the page, when the user gave it."""

    def load(self) -> bytes:
        """The content. Raises SourceError, saying what to do, when it is missing, empty, a folder or unreadable."""
        data = self.data if self.data is not None else self._read()
        if not data.strip():
            raise SourceError(f"{self.name} is empty", hint="give a file with an article in it")
        return data

    def _read(self) -> bytes:
        if self.path is None:
            raise SourceError(f"{self.name} has no content", hint="give a file, a folder or `-` for standard input")
        try:
            size = self.path.stat().st_size
            if size > MAX_BYTES:
                raise TooLongError(
                    f"{self.name} is {size // 1_000_000:,} MB; articles are read up to {MAX_BYTES // 1_000_000} MB",
                    hint="give the article alone, without its pictures and sound",
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
