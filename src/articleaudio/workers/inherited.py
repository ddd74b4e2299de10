"""What a child process is told by its environment."""

from __future__ import annotations

PARENT = "ARTICLEAUDIO_WORKER_PARENT"
"""Environment variable: process id of the parent."""

PYTHONPATH = "ARTICLEAUDIO_WORKER_PYTHONPATH"
"""Environment variable: the PYTHONPATH that we were started with, for what the worker starts in its turn."""

inside = False
"""Whether this process is a worker itself; it says so when it starts."""
