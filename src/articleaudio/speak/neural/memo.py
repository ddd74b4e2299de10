"""What was read of large files, kept between runs: reading a model through takes a second of every one.

Kept beside the voices' folders, `…/articleaudio/models/`, a small file for each model. It is only a memory: where it
cannot be written or read, or does not fit the file any more, the file is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from articleaudio.errors import OutputError
from articleaudio.files import write
from articleaudio.speak.places import voice_folder

Facts = tuple[str, bool]
"""SHA-256 of a file's bytes, and whether it draws random numbers."""

_LARGE = 8 << 20
_SETTLED = 5e9  # nanoseconds: a file younger than that may change once more and bear the same time


def remembered(path: Path, state: os.stat_result, read: Callable[[Path], Facts]) -> Facts:
    """Give what `read` says of a file, from memory where the file is large and its state is the one remembered."""
    if state.st_size < _LARGE:
        return read(path)
    where = (
        voice_folder("x").parent.parent / "models" / f"{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()}.json"
    )
    now = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(where.read_text("utf-8"))
        if kept["state"] == now:
            return str(kept["sha256"]), kept["draws"] is True
    sha256, draws = read(path)
    if time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) > _SETTLED:
        with contextlib.suppress(OSError, OutputError):
            where.parent.mkdir(parents=True, exist_ok=True)
            write(where, json.dumps({"state": now, "sha256": sha256, "draws": draws}).encode())
    return sha256, draws
