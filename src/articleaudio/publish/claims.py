"""Names that are given once: a folder with one small file for each name, holding what the name stands for.

Works across processes without a lock: the file system settles who was first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from articleaudio.files import temporary_beside, unwritable, write


@dataclass(frozen=True, slots=True)
class Claims:
    """A map of names to values on disk."""

    folder: Path
    """Where its files lie; made when the first name is claimed."""

    def get(self, name: str) -> str:
        """What a name stands for; empty when nobody claimed it."""
        try:
            return self._path(name).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def take(self, name: str, value: str) -> str:
        """Claim a name, and tell what it stands for: `value`, or what it was claimed for before.

        Raises OutputError when the state folder cannot be written.
        """
        path = self._path(name)
        temporary = temporary_beside(path)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(value, "utf-8")
            try:
                os.link(temporary, path)  # unlike a rename, a link fails where the name exists: exactly one is first
            except FileExistsError:
                if self.get(name):
                    return self.get(name)
                temporary.replace(path)  # an empty or broken file claims nothing
            except OSError:  # a file system without links; the window between look and rename is a few microseconds
                if path.exists() and self.get(name):
                    return self.get(name)
                temporary.replace(path)
        except OSError as error:
            raise unwritable(path, error) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        return value

    def put(self, name: str, value: str) -> None:
        """Let a name stand for `value`, whatever it stood for before. Raises OutputError."""
        write(self._path(name), value.encode())

    def _path(self, name: str) -> Path:
        return self.folder / hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:40]
