"""The child's side: `python -m articleaudio.workers package.module:factory`, started by `Child`."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import BinaryIO

from articleaudio.workers import frames, inherited

Handler = Callable[[object, Callable[[object], None]], object]


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    inherited.inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    requests, replies = _private_pipes()
    _die_with_parent()
    _restore_environment()
    _Server(sys.argv[1], requests, replies).run()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Move the protocol away from fds 0 and 1: nothing that reads or prints there can spoil it.

    Afterwards fd 0 is empty, and fd 1 is standard error.
    """
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 -- exists on Windows only

        for fd in (0, 1):
            msvcrt.setmode(fd, os.O_BINARY)  # type: ignore[attr-defined,unused-ignore]
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # started without standard error
        os.dup2(nothing, 1)
    os.close(nothing)
    return requests, replies


def _die_with_parent() -> None:
    """Ask Linux to kill us when the parent dies, even while some library holds the interpreter's lock."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 -- only needed here

    pr_set_pdeathsig = 1  # <sys/prctl.h>
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(os.environ.get(inherited.PARENT, os.getppid())):
        os._exit(1)  # it died while we were starting


def _restore_environment() -> None:
    """Give what we may start in our turn the PYTHONPATH that the user set."""
    os.environ.pop(inherited.PARENT, None)
    path = os.environ.pop(inherited.PYTHONPATH, "")
    os.environ.pop("PYTHONPATH", None)
    if path:
        os.environ["PYTHONPATH"] = path


class _Server:
    """Takes requests one by one in the main thread, while another thread watches for the parent's end."""

    def __init__(self, target: str, requests: BinaryIO, replies: BinaryIO) -> None:
        self._target = target
        self._requests = requests
        self._replies = replies
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._busy = False
        self._lock = threading.Lock()

    def run(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()
        handler: Handler | None = None
        while (body := self._inbox.get()) is not None:
            try:
                handler = handler or _load(self._target)
                reply = frames.pack((frames.Tag.REPLY, handler(frames.unpack(body), self._emit)))
            except Exception as error:  # noqa: BLE001 -- whatever it is, the parent is told
                reply = _pack_error(error)
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()  # what was printed belongs to this request, and a kill would lose it
            self._send(reply)
            self._busy = False

    def _read(self) -> None:
        body: bytes | None = b""
        while body is not None:
            body = frames.receive(self._requests)
            if body is None and self._busy:
                os._exit(1)  # nobody waits for what we are doing
            self._busy = body is not None
            self._inbox.put(body)

    def _emit(self, message: object) -> None:
        self._send(frames.pack((frames.Tag.MESSAGE, message)))

    def _send(self, body: bytes) -> None:
        try:
            with self._lock:
                frames.send(self._replies, body)
        except OSError:
            os._exit(1)  # the parent is gone


def _load(target: str) -> Handler:
    module, _, name = target.partition(":")
    factory: Callable[[], Handler] = getattr(importlib.import_module(module), name)
    return factory()


def _pack_error(error: Exception) -> bytes:
    """Pack an exception with its traceback; one that does not survive pickling is replaced by its text."""
    trace = "".join(traceback.format_exception(error))
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)  # noqa: S301 -- our own; some exceptions can be pickled but not made again
        return frames.pack((frames.Tag.ERROR, (error.with_traceback(None), trace)))
    except Exception:  # noqa: BLE001 -- pickling runs foreign code
        stand_in = RuntimeError(f"{type(error).__name__}: {error}")
        return frames.pack((frames.Tag.ERROR, (stand_in, trace)))


if __name__ == "__main__":
    main()
