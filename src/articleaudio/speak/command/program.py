"""Running a program: no shell, a short environment, a time limit for it and everything that it starts."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from articleaudio.errors import EngineError, SpeechFailedError

MOST = 256 * 1024 * 1024
"""Bytes that a program may give for one text: forty minutes of sound at the highest rate."""

_NEEDED = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR")


def find(name: str, install: str) -> Path:
    """Find a program as the shell would. Raises EngineError that says what to install.

    Links are left as they are: a program may go by its name, as the Python of a virtual environment does.
    """
    found = shutil.which(name)
    if found is None:
        raise EngineError(f"the program {name!r} is not here", hint=install)
    return Path(found).absolute()


def environment(names: Sequence[str]) -> dict[str, str]:
    """What a program is told: where programs and temporary files are, UTF-8, and the variables that are named."""
    kept = {name: os.environ[name] for name in (*_NEEDED, *names) if name in os.environ}
    return {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **kept}


def run(arguments: Sequence[str], text: bytes, limit: float, env: dict[str, str], *, anyhow: bool = False) -> bytes:
    """Give a program the text on its standard input, and return what it writes to standard output.

    With `anyhow` a program may end as it likes: some that tell their version end with an error.

    Raises SpeechFailedError when it fails, takes longer than `limit` seconds or writes more than can be right,
    EngineError when it cannot be started.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(text)
        given.seek(0)
        process = _start(arguments, given, complaints, env)
        late = threading.Event()

        def end() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(limit, end)
        timer.daemon = True
        timer.start()
        assert process.stdout  # noqa: S101 -- it is a pipe
        try:
            written = process.stdout.read(MOST + 1)
            if len(written) > MOST:
                raise SpeechFailedError(f"{arguments[0]} writes more than {MOST >> 20} MB")
            code = process.wait()
        finally:
            timer.cancel()
            if process.returncode is None:
                _kill(process)
                process.wait()
            process.stdout.close()
        if late.is_set():
            raise SpeechFailedError(f"{arguments[0]} took longer than {limit:g} seconds")
        if code and not anyhow:
            raise SpeechFailedError(f"{arguments[0]} ended with {_told(code)}{_last_line(complaints)}")
    return written


def _start(
    arguments: Sequence[str], given: IO[bytes], complaints: IO[bytes], env: dict[str, str]
) -> subprocess.Popen[bytes]:
    windows = os.name == "nt"
    group = subprocess.CREATE_NEW_PROCESS_GROUP if windows else 0  # type: ignore[attr-defined,unused-ignore]
    try:
        return subprocess.Popen(  # noqa: S603 -- the profile's program; the text is no argument
            list(arguments),
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=env,
            start_new_session=not windows,
            creationflags=group,
            preexec_fn=None if windows else _bounds(),  # noqa: PLW1509 -- it calls two functions of C, and allocates nothing
        )
    except (OSError, ValueError) as error:
        raise EngineError(f"{arguments[0]} cannot be started: {error}", hint="mend the profile's `command`") from error


@functools.cache
def _bounds() -> Callable[[], None]:
    """What the new process does first: bound its files, and on Linux ask to end with us, however we end."""
    import resource  # noqa: PLC0415 -- not on Windows

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    most = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
    control = None
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 -- only needed here

        control = getattr(ctypes.CDLL(None), "prctl", None)

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        if control is not None:
            control(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG of <sys/prctl.h>

    return bound


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and everything that it started."""
    with contextlib.suppress(OSError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _told(code: int) -> str:
    if code > 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _last_line(complaints: IO[bytes]) -> str:
    """The last line that it wrote to standard error, if any, as it may be shown."""
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 4_000))
    lines = complaints.read().decode("utf-8", "replace").split("\n")
    shown = ("".join(filter(str.isprintable, line)).strip() for line in reversed(lines))
    line = next(filter(None, shown), "")
    return f": {line[:200]}" if line else ""


@contextlib.contextmanager
def scratch(text: bytes | None) -> Iterator[tuple[str, Path]]:
    """A folder for one run: gives the path of a file with the text (if there is to be one), and that of the sound."""
    with tempfile.TemporaryDirectory(prefix="articleaudio-") as folder:
        given, sound = Path(folder, "text.txt"), Path(folder, "sound.wav")
        if text is not None:
            given.write_bytes(text)
        yield str(given), sound
