"""Supervised child processes: whoever crashes or hangs in one takes nothing else along.

A `Child` runs a handler, named as `package.module:factory`, in a Python process of its own. Requests and replies are
pickled and travel as length-prefixed frames over private pipes, so that whatever the handler or a library prints can
neither spoil the protocol nor reach our standard output.
"""

from __future__ import annotations

from articleaudio.workers.child import Child, WorkerDied, WorkerHung

__all__ = ["Child", "WorkerDied", "WorkerHung"]
