"""One run at a time over one output: whoever works on it holds a lock in its state folder.

The system itself lets go of the lock when its holder ends, however that happens, so none is ever left behind. What the
file says (who, where, since when) is for people; only the lock counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from articleaudio import events
from articleaudio.errors import OutputError
from articleaudio.files import unwritable

FILE = "running"
"""The lock's name in the state folder; it stays there, and says nothing when nobody holds it."""

_LOOK = 0.2
"""Seconds between looks whether the other run is over: waiting in the system's own queue could not be told to stop."""

_BEYOND = 1 << 30
"""Windows locks bytes, and nobody can read a locked one: this one lies far behind what the file says."""


class BusyError(OutputError):
    """Another run is at work on the output, and this one was told not to wait."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on an output."""

    pid: int
    """Process id."""
    host: str
    """Name of the machine."""
    since: str
    """When it began, ISO 8601 with zone."""

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


@contextlib.contextmanager
def holding(
    state: Path,
    emit: events.Listener = events.ignore,
    *,
    out: Path | str = "",
    folder: Path | None = None,
    wait: bool = True,
    stop: threading.Event | None = None,
) -> Iterator[None]:
    """Be the only one at work on an output; `state` is its state folder, `out` what it is called in messages.

    `folder`, where the output lies, keeps those out that have another state folder for it; `out` may be that.
    Waits for another run to end, and states who that is; without `wait` it raises BusyError, and KeyboardInterrupt
    when `stop` is set meanwhile. A thread that holds the output already goes straight on. Raises OutputError when the
    state folder cannot be written.
    """
    path = (state / FILE).absolute()
    if _ours.get(path) == threading.get_ident():
        yield
        return
    patience = (stop or threading.Event()) if wait else None
    with contextlib.ExitStack() as held:
        handle = _opened(path)
        held.callback(os.close, handle)
        _take(handle, path, emit, out or state, patience)
        _say(handle, None)  # whoever was killed may have left his name
        if (whole := _folder(folder or out)) is not None:
            held.callback(os.close, whole)
            _take(whole, path, emit, out or state, patience)
        _ours[path] = threading.get_ident()
        held.callback(_ours.pop, path)
        now = datetime.now().astimezone()
        _say(handle, Holder(os.getpid(), socket.gethostname(), now.isoformat("T", "seconds")))
        held.callback(_say, handle, None)
        yield


def holder(state: Path) -> Holder | None:
    """Who holds an output, as far as the lock's file tells; None where it tells nothing."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads((state / FILE).read_bytes())
        return Holder(int(told["pid"]), str(told["host"]), str(told["since"]))
    return None


_ours: dict[Path, int] = {}
"""What this process holds, and in which thread: a run that is part of another one must not wait for it."""


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not inherited by what we start: a worker that outlives us must not go on holding the output.
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise unwritable(path, error) from error


def _folder(folder: Path | str) -> int | None:
    """A folder to be locked itself, for nobody's file belongs there; None where that cannot be done."""
    if os.name == "nt" or not isinstance(folder, Path):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None


def _take(handle: int, path: Path, emit: events.Listener, out: Path | str, stop: threading.Event | None) -> None:
    told: Holder | None = None
    waited = False
    while not _locked(handle, emit):
        other = holder(path.parent)
        if stop is None:
            raise BusyError(
                f"another run is at work on {out}: {other or 'it does not say which'}",
                hint="wait until it is over, or leave --no-wait out: then this run waits by itself",
            )
        if not waited or (other and other != told):
            waited, told = True, other
            pid, host, since = (other.pid, other.host, other.since) if other else (0, "", "")
            emit(events.OutputBusy(str(out), pid, host, since))
        time.sleep(_LOOK)  # not the event's own wait: a signal that sets it may come while that holds its lock
        if stop.is_set():
            raise KeyboardInterrupt


def _locked(handle: int, emit: events.Listener) -> bool:
    """Lock a file or folder unless somebody else has. Where none can be locked, say so and go on as if alone."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 -- exists on Windows only

            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 -- everywhere else

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:  # some network file systems know no locks
        emit(events.Warned(f"nothing can be locked here ({error.strerror}): let one run at a time work on an output"))
    return True


def _say(handle: int, who: Holder | None) -> None:
    """Put into the file who holds it; that is a courtesy, and a full disk must not end the run for it."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(asdict(who)).encode() if who else b"")
