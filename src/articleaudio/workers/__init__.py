"""Supervised child processes: whoever crashes or hangs in one takes nothing else along.

A `Child` runs a handler, named as `package.module:factory`, in a Python process of its own. Requests and replies are
pickled and travel as length-prefixed frames over private pipes, so that whatever the handler or a library prints can
neither spoil the protocol nor reach our standard output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articleaudio.workers.child import Child, WorkerDied, WorkerHung

__all__ = ["Child", "WorkerDied", "WorkerHung"]


def __getattr__(name: str) -> object:
    """Import the parent's side when it is asked for: a child process is of this package too, and needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from articleaudio.workers import child  # noqa: PLC0415 -- see above

    return getattr(child, name)
