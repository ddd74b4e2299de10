"""Writing files so that no reader ever sees half of one: temporary name, fsync, rename."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from articleaudio.errors import OutputError


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success it takes `path`'s place, durably, else it is removed.

    Raises OutputError, naming the path, when the folder cannot be written or the disk is full.
    """
    temporary = path.with_name(f".{path.name[:80]}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> bool:
    """Put `data` at `path` unless it is there already; tell whether anything was written."""
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    with writing(path) as temporary:
        temporary.write_bytes(data)
    return True


def must_be_writable(folder: Path) -> None:
    """Refuse a folder that cannot be written, before work is put into what belongs there. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def unwritable(path: Path, error: OSError) -> OutputError:
    """The error for a path that cannot be written, with what the system said."""
    return OutputError(
        f"cannot write {path}: {error.strerror or error}",
        hint="check that the folder exists, that you may write to it and that the disk has room",
    )


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system knows how (Windows does not)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
