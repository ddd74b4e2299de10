"""One at a time: a lock that a process which dies lets go."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from articleaudio.errors import OutputError


@contextlib.contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file `path`. Raises OutputError at once when another process has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise OutputError(f"{what} is being installed by another run", hint="wait until it is done") from error
        yield  # closing the file lets go


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> None:
        import msvcrt  # noqa: PLC0415 -- Windows alone has it

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: IO[bytes]) -> None:
        import fcntl  # noqa: PLC0415 -- Windows does not have it

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
