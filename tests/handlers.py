"""Handlers that the worker tests run in real child processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from articleaudio.errors import VoiceError
from articleaudio.workers import Child


def echo():
    return lambda request, emit: request


def pids():
    return lambda request, emit: os.getpid()


def broken_factory():
    raise VoiceError("this engine is not here", hint="install it")


def misbehave():
    """A request is the name of a misdeed with its arguments; anything else is given back."""

    def handle(request, emit):
        name, *args = request if isinstance(request, tuple) else (request,)
        return MISDEEDS[name](emit, *args) if name in MISDEEDS else request

    return handle


class UnpicklableError(Exception):
    def __init__(self, a, b):
        super().__init__(a)
        self.lock = threading.Lock()


class OddError(Exception):
    """Can be pickled, but not made again."""

    def __init__(self, a, b):
        super().__init__(a)


def send_signal(emit, number):
    os.kill(os.getpid(), number)
    time.sleep(60)


def count(emit, n, pause):
    for i in range(n):
        time.sleep(pause)
        emit(i)
    return n


def make_noise(emit, text):
    print(text)  # noqa: T201 -- the noise that must not spoil the protocol
    os.write(1, text.encode())
    os.write(2, text.encode())
    return sys.stdin.read()


def raise_voice_error(emit):
    raise VoiceError("no such voice", hint="take another")


def raise_value_error(emit):
    raise ValueError("a bad value")


def raise_unpicklable(emit):
    raise UnpicklableError("cannot travel", 2)


def raise_odd(emit):
    raise OddError("cannot be made again", 2)


def start_grandchild(emit):
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid


def start_worker_of_its_own(emit):
    """Start a worker that starts a program, as an article worker's engine does, and hang with it."""
    below = Child("handlers:misbehave")
    program = below.call("grandchild", deadline=60.0)
    emit((below.pid, program))
    below.call("spin", deadline=600.0)


def die_leaving_the_pipe_open(emit):
    if os.fork() == 0:
        time.sleep(600)
    os.kill(os.getpid(), signal.SIGKILL)


def spin(emit):
    while True:
        pass


MISDEEDS = {
    "signal": send_signal,
    "exit": lambda emit, code: os._exit(code),
    "sleep": lambda emit, seconds: time.sleep(seconds),
    "count": count,
    "print": make_noise,
    "voice error": raise_voice_error,
    "value error": raise_value_error,
    "unpicklable error": raise_unpicklable,
    "odd error": raise_odd,
    "unpicklable reply": lambda emit: lambda: 1,
    "grandchild": start_grandchild,
    "worker of its own": start_worker_of_its_own,
    "forked grandchild holds the pipe": die_leaving_the_pipe_open,
    "environment": lambda emit: (dict(os.environ), list(sys.path)),
    "fds": lambda emit: sorted(path.name for path in Path("/proc/self/fd").iterdir()),
    "spin": spin,
}
