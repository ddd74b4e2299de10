"""The parent's side: start a child when there is work, ask it, and end it for good when it dies or hangs."""

from __future__ import annotations

import contextlib
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from articleaudio.errors import ArticleAudioError
from articleaudio.workers import frames, launch
from articleaudio.workers.ending import kill_all

GRACE = 2.0
"""Seconds that an idle child gets to end by itself."""

_POLL = 1.0
"""Seconds between looks whether a silent child is still there."""


class WorkerDied(ArticleAudioError):  # noqa: N818 -- says what happened, as the standard library's BrokenPipe does
    """A child ended in the middle of a request: it crashed, was killed, or left."""

    def __init__(self, message: str, *, hint: str = "", returncode: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.returncode = returncode
        """Exit code; negative: the number of the signal that ended it; None where it cannot be told."""


class WorkerHung(ArticleAudioError):  # noqa: N818 -- as above
    """A child gave no sign of life before the deadline, and was killed."""


class Child:
    """One supervised process. It starts at the first call, and again at the first call after it was lost.

    One thread at a time may call; any thread may close.
    """

    def __init__(self, target: str) -> None:
        """Take the handler's factory as `package.module:function`; calling it gives `handler(request, emit)`."""
        self.target = target
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id of the running child; None when there is none."""
        process = self._process
        return process.pid if process else None

    @property
    def alive(self) -> bool:
        """Whether a process is there to take the next call; if not, the call starts one."""
        process = self._process
        return process is not None and process.alive

    def call(self, request: object, *, deadline: float, on_message: Callable[[object], None] | None = None) -> object:
        """Hand a request to the handler and return what it returns; an exception raised there is raised here.

        `deadline` is how many seconds the child may be silent: every message emitted on the way starts it anew.
        Raises WorkerDied when the child is lost, WorkerHung when the deadline passes (the child is killed then),
        RuntimeError after `close()`.
        """
        body = frames.pack(request)
        process = self._started()
        try:
            process.send(body)
            return self._reply(process, deadline, on_message)
        except _HandlerError as error:
            raise error.cause from None
        except BaseException:  # whatever it is, the child is in the middle of a request that nobody waits for
            self._drop(process)
            raise

    def close(self) -> None:
        """End the child: an idle one is asked and given a moment, a busy one is killed (its call raises WorkerDied)."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process:
            process.end(0.0 if process.busy else GRACE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _started(self) -> _Process:
        with self._lock:
            if self._closed:
                raise RuntimeError(f"the worker {self.target} is closed")
            if self._process and not self._process.alive:
                self._process.end(0.0)
                self._process = None
            if not self._process:
                self._process = _Process(self.target)
            return self._process

    def _drop(self, process: _Process) -> None:
        process.end(0.0)
        with self._lock:
            if self._process is process:
                self._process = None

    def _reply(self, process: _Process, deadline: float, on_message: Callable[[object], None] | None) -> object:
        while True:
            body = process.receive(deadline)
            tag, value = _pair(frames.unpack(body))
            if tag == frames.Tag.MESSAGE:
                if on_message:
                    on_message(value)
                continue
            process.busy = False
            if tag == frames.Tag.ERROR:
                raise _HandlerError(value)
            return value


def _pair(frame: object) -> tuple[object, object]:
    assert isinstance(frame, tuple)  # noqa: S101 -- the child's side of this package wrote it
    return frame[0], frame[1]


class _HandlerError(Exception):
    """Carries the handler's exception past the clean-up, which is for lost children only."""

    def __init__(self, value: object) -> None:
        super().__init__()
        cause, trace = _pair(value)
        assert isinstance(cause, Exception)  # noqa: S101 -- as above
        cause.add_note(f"In the worker process:\n{trace}")
        self.cause = cause


class _Process:
    """One life of a child: process, pipes and the two threads that serve them."""

    def __init__(self, target: str) -> None:
        self._popen = launch.start(target)
        self.pid = self._popen.pid
        self.busy = False
        """Whether a request is under way."""
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._read, self._write)]
        for thread in self._threads:
            thread.start()

    @property
    def alive(self) -> bool:
        """Whether the process still runs and can still answer."""
        return self._popen.poll() is None and self._threads[0].is_alive()

    def send(self, body: bytes) -> None:
        """Queue a request; a thread writes it, so that a child that does not read cannot block us."""
        self.busy = True
        self._outbox.put(body)

    def receive(self, deadline: float) -> bytes:
        """Wait for the next frame. Raises WorkerHung after `deadline` seconds, WorkerDied when the child is gone."""
        end = time.monotonic() + deadline
        gone = False
        while True:
            left = end - time.monotonic()
            try:
                body = self._inbox.get(timeout=max(0.0, min(left, _POLL)))
            except queue.Empty:
                if gone:  # something it left behind keeps the pipe open
                    raise self._died() from None
                gone = not self.alive
                if left <= 0 and not gone:
                    raise WorkerHung(f"a worker process gave no sign of life for {deadline:.0f} s") from None
                continue
            if body is None:
                raise self._died()
            return body

    def end(self, grace: float) -> None:
        """End the process and all that it started, and release everything held for it. May be called again."""
        self._outbox.put(None)  # the writing thread closes the pipe, which the child takes as the end
        if grace:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(grace)
        self._kill()
        self._popen.wait()
        for thread in self._threads:
            thread.join(GRACE)

    def _died(self) -> WorkerDied:
        self._kill()
        code = self._popen.wait()
        return WorkerDied(f"a worker process {_ending(code)}", returncode=code)

    def _kill(self) -> None:
        """Kill the child and whatever it started."""
        kill_all(self.pid)

    def _read(self) -> None:
        assert self._popen.stdout  # noqa: S101 -- it was started with a pipe
        with self._popen.stdout as stream:
            body: bytes | None = b""
            while body is not None:
                body = frames.receive(stream)
                self._inbox.put(body)

    def _write(self) -> None:
        assert self._popen.stdin  # noqa: S101 -- as above
        with contextlib.suppress(OSError), self._popen.stdin as stream:
            while (body := self._outbox.get()) is not None:
                frames.send(stream, body)


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code} in the middle of its work"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"was ended by {name}" if sys.platform != "win32" else f"ended with code {code}"
