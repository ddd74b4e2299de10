"""Ending a child process with all that it has started."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

_LOOKS = 10
"""How often at most the session is looked through: somebody in it may be starting others just then."""


def kill_all(pid: int) -> None:
    """Kill a process that leads a group, its group, and on Linux whatever else is in the session that it leads.

    A worker's own children lead groups of their own, which it can end alone; they are in its session all the same, and
    so is what they have started. Systems without groups are asked for the process only.
    """
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)
    if sys.platform != "linux":
        return
    for _ in range(_LOOKS):
        others = _in_session(pid)
        if not others:
            return
        for other in others:
            with contextlib.suppress(OSError):
                os.kill(other, signal.SIGKILL)


def _in_session(leader: int) -> list[int]:
    """Who lives in the session that a process leads, itself left out."""
    found: list[int] = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and int(entry.name) != leader:
            with contextlib.suppress(OSError, ValueError, IndexError):
                # pid (name) state parent group session …; the name may hold anything
                state, _, _, session = Path(entry.path, "stat").read_bytes().rpartition(b")")[2].split()[:4]
                if int(session) == leader and state not in {b"Z", b"X"}:
                    found.append(int(entry.name))
    return found
