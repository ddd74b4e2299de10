"""Writing files so that no reader ever sees half of one: temporary name, fsync, rename."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from socket import gethostname

from articleaudio.errors import OutputError

FEW = 8
"""Files from which the disk is asked to write all it has, rather than each one alone."""

LEFT = 24 * 60 * 60.0
"""Seconds from which another machine's unfinished file is nobody's any more."""

_MARK = re.compile(r"(?P<host>[a-z0-9-]+)-(?P<process>\d+)-[0-9a-f]{8}(?:\.[a-z]+)?")
_TEMPORARY = re.compile(rf"\..*\.{_MARK.pattern}")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success it takes `path`'s place, durably, else it is removed.

    Raises OutputError, naming the path, when the folder cannot be written or the disk is full.
    """
    temporary = temporary_beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> bool:
    """Put `data` at `path` unless it is there already; tell whether anything was written."""
    if _holds(path, data):
        return False
    with writing(path) as temporary:
        temporary.write_bytes(data)
    return True


def write_all(files: Sequence[tuple[Path, bytes]]) -> int:
    """Put many files in place, in order, unless they are there already; gives how many were written.

    All are made durable first, and then take their places at once: what belongs together changes together, as far as a
    file system can. Raises OutputError; what was put in place before that stays.
    """
    fresh = [(path, data) for path, data in files if not _holds(path, data)]
    if not fresh:
        return 0
    waiting: list[tuple[Path, Path]] = []
    path = fresh[0][0]
    try:
        for path, data in fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((temporary_beside(path), path))
            waiting[-1][0].write_bytes(data)
        _sync_all([temporary for temporary, _ in waiting])
        for temporary, path in waiting:
            temporary.replace(path)
        _sync_all(sorted({path.parent for _, path in waiting}))
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return len(fresh)


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


def unreadable(path: Path, error: OSError) -> OutputError:
    """The error for what lies in an output or its state and cannot be read, with what the system said."""
    return OutputError(
        f"cannot read {path}: {error.strerror or error}",
        hint="check that you may read it and that the disk works; nothing was changed that hangs on it",
    )


def mark() -> str:
    """Give a name that is used once, and tells who made it: what is unfinished when its maker is gone is nobody's."""
    return f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"


def temporary_beside(path: Path) -> Path:
    """Give the path of a file that is to take another one's place."""
    return path.with_name(f".{path.name[:80]}.{mark()}.tmp")


def abandoned(path: Path) -> bool:
    """Tell whether nobody will finish what is named by a `mark`: its process is gone, or it is another machine's, old.

    What has no mark in its name is somebody's.
    """
    named = _MARK.fullmatch(path.name) or _TEMPORARY.fullmatch(path.name)
    if not named:
        return False
    if named["host"] == _host() and os.name != "nt":  # where a signal can be sent without being felt
        return not _runs(int(named["process"]))
    try:
        return time.time() - path.stat().st_mtime > LEFT
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Remove the temporary files of a folder that nobody will finish: a process that is killed leaves them."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if one.name.startswith(".") and one.name.endswith(".tmp") and abandoned(path := Path(one.path)):
                path.unlink(missing_ok=True)


@cache
def _host() -> str:
    return re.sub(r"[^a-z0-9]+", "-", gethostname().lower())[:40].strip("-") or "host"


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file holds just these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _sync_all(paths: Sequence[Path]) -> None:
    """Make files durable, or the renames in folders; asking for each of many costs more than all the rest."""
    if len(paths) >= FEW and os.name != "nt":
        os.sync()
        return
    for path in paths:
        sync_folder(path)


def sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system knows how (Windows does not)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
