"""A stable of warm processes: `articleaudio` with everything imported, forked for each run, so that a run is quick.

Each run is the real command in a process of its own. It may be run under strace, which makes system calls fail or
kills the process at them. Started as `python stable.py`; takes a request a line on standard input, as JSON, and answers
with a line. Only the run's main thread is traced: with `--jobs 1` all that touches the output happens there.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "sync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "unlink",
    "unlinkat",
    "rmdir",
    "ftruncate",
    "fallocate",
    "sendfile",
    "copy_file_range",
    "utimensat",
    "getdents64",
)
"""System calls that touch files."""

LIMIT = 120.0
"""Seconds after which a run counts as hung."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended."""

    code: int
    """Exit code; negative for a signal."""
    talk: str
    """What it said."""
    calls: tuple[str, ...] = field(default=(), repr=False)
    """The system calls that it made, as strace writes them."""


class Stable:
    """The parent's side."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        """Take a run to get warm by: `articleaudio ARGUMENTS` in a folder."""
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
        self._process = subprocess.Popen(
            [sys.executable, __file__, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=folder,
        )

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=30)

    def run(self, arguments: list[str], folder: Path, *, trace: bool = False, inject: str = "") -> Ran:
        """Run `articleaudio ARGUMENTS` in a folder; `inject` is what strace is told of each system call."""
        assert self._process.stdin
        assert self._process.stdout
        asked = {"arguments": arguments, "folder": str(folder), "trace": trace or bool(inject), "inject": inject}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the stable itself ended: {self._process.wait(10)}")
        told = json.loads(line)
        return Ran(told["code"], told["talk"], tuple(told["calls"]))


def works() -> bool:
    """Whether strace is here and may trace."""
    try:
        tried = subprocess.run(["strace", "-e", "trace=none", "true"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0


# ── the stable itself ───────────────────────────────────────────────────────────────────────────────────────────────


def _serve() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_ride(**json.loads(line))) + "\n")
        sys.stdout.flush()


def _ride(arguments: list[str], folder: str, trace: bool, inject: str) -> dict[str, object]:
    talk, log = Path(folder, ".talk"), Path(folder, ".calls")
    talk.unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    ready, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(go)
        _command(arguments, folder, talk, ready)
    os.close(ready)
    tracer = _traced(pid, log, inject) if trace else None
    os.write(go, b"!")
    os.close(go)
    code = _ended(pid)
    if tracer:
        tracer.communicate(timeout=LIMIT)
    calls = log.read_text("utf-8", "replace").splitlines() if tracer else []
    return {"code": code, "talk": talk.read_text("utf-8", "replace"), "calls": calls}


def _command(arguments: list[str], folder: str, talk: Path, ready: int) -> None:
    """In the child: be the command, when told to go."""
    code = 99
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1 % 2**64), 0, 0, 0)  # let strace, no parent of ours, in
        os.chdir(folder)
        handle = os.open(talk, os.O_WRONLY | os.O_CREAT, 0o600)
        null = os.open(os.devnull, os.O_RDONLY)
        for number, own in enumerate((null, handle, handle)):
            os.dup2(own, number)
        os.read(ready, 1)
        sys.argv = ["articleaudio", *arguments]
        from articleaudio.__main__ import main  # noqa: PLC0415 -- imported long ago

        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 -- what a command would print
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _traced(pid: int, log: Path, inject: str) -> subprocess.Popen[str]:
    told = ["-e", f"inject={inject}"] if inject else []
    command = ["strace", "-y", "-s", "4", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *told, "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    assert tracer.stderr
    said = tracer.stderr.readline()
    if "attached" not in said:
        raise RuntimeError(f"strace cannot attach: {said}")
    return tracer


def _ended(pid: int) -> int:
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return 124


def _warm() -> None:
    """Import what a run imports, as Python itself tells."""
    command = [sys.executable, "-X", "importtime", "-m", "articleaudio", *sys.argv[1:]]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(told.stderr)
    for name in re.findall(r"^import time:.*\| +(\S+)$", told.stderr, re.MULTILINE):
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001 -- whatever cannot be imported alone is imported by who needs it
            continue


if __name__ == "__main__":
    _warm()
    _serve()
