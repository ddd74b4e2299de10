"""Starting the child process of a worker, so that it cannot outlive us."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from articleaudio.workers import inherited
from articleaudio.workers.inherited import PARENT, PYTHONPATH


def start(target: str) -> subprocess.Popen[bytes]:
    """Start `python -m articleaudio.workers TARGET` with pipes for standard input and output.

    The child gets our `sys.path`, so that it finds what we found (a checkout, a plug-in), and a session of its own:
    an interrupt from the terminal reaches us alone, and all that is in it can be killed at once. A worker's child stays
    in the worker's session, in a group of its own.
    """
    nested = inherited.inside
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    env = {**os.environ, "PYTHONPATH": path, PARENT: str(os.getpid()), PYTHONPATH: os.environ.get("PYTHONPATH", "")}
    group = 0 if os.name != "nt" else subprocess.CREATE_NEW_PROCESS_GROUP  # type: ignore[attr-defined,unused-ignore]

    def popen() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 -- our own interpreter and module; the target is an argument, not a shell's
            # -P: the working directory must not lend the child a module called as one of ours
            [sys.executable, "-P", "-m", "articleaudio.workers", target],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
            start_new_session=os.name != "nt" and not nested,
            process_group=0 if os.name != "nt" and nested else None,
            creationflags=group,
        )

    return _from_lasting_thread(popen) if sys.platform == "linux" else popen()


Start = Callable[[], subprocess.Popen[bytes]]

_lock = threading.Lock()
_starts: queue.SimpleQueue[tuple[Start, Future[subprocess.Popen[bytes]]]] | None = None


def _from_lasting_thread(popen: Start) -> subprocess.Popen[bytes]:
    """Start from a thread that lives as long as we do.

    Linux ends a child that asked to die with its parent (PR_SET_PDEATHSIG) when the *thread* that started it ends.
    """
    global _starts  # noqa: PLW0603 -- one thread for the whole process
    with _lock:
        if _starts is None:
            _starts = queue.SimpleQueue()
            threading.Thread(target=_serve, args=(_starts,), name="workers", daemon=True).start()
        started: Future[subprocess.Popen[bytes]] = Future()
        _starts.put((popen, started))
    return started.result()


def _serve(starts: queue.SimpleQueue[tuple[Start, Future[subprocess.Popen[bytes]]]]) -> None:
    while True:
        popen, started = starts.get()
        try:
            started.set_result(popen())
        except BaseException as error:  # noqa: BLE001 -- whoever asked gets it
            started.set_exception(error)


def _forget() -> None:
    """In a forked copy of this process the thread does not exist."""
    global _starts, _lock
    _lock, _starts = threading.Lock(), None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
