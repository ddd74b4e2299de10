"""What a run leaves that was killed, and how the next one clears it away.

A mark in the state folder says that a run is under way. Only who finds it there looks through the folders, so that an
archive of any size costs nothing as long as runs end by themselves.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from articleaudio.files import abandoned, sweep, write
from articleaudio.model import House
from articleaudio.plan import state_folder
from articleaudio.upkeep import settle

MARK = "unfinished"
"""Its name in the state folder."""

TOLD = b"A run is under way, or was cut short: the next one clears away what it left.\n"
"""What it holds."""


def begin(house: House, out: Path) -> None:
    """Note that a run begins; where another one never ended, clear away what it left. Raises OutputError."""
    state = state_folder(house, out)
    sweep(state)  # the mark itself may be half written
    if (state / MARK).exists():
        for folder in (*_folders(state), out, *_folders(out), *_folders(out / "episodes")):
            sweep(folder)
        _clear_work(house, out, state / "work")
    note(house, out)


def note(house: House, out: Path) -> None:
    """Note that a run is under way. Raises OutputError."""
    write(state_folder(house, out) / MARK, TOLD)


def end(house: House, out: Path) -> None:
    """Note that a run has ended."""
    with contextlib.suppress(OSError):
        (state_folder(house, out) / MARK).unlink(missing_ok=True)


def _clear_work(house: House, out: Path, work: Path) -> None:
    """Remove unfinished recordings, and book what was spent on them: it was paid for, and its clips are kept."""
    for path in sorted(work.glob("*")):
        if not abandoned(path):
            continue
        if path.suffix == ".spent":
            settle(house, out, path.with_suffix(""))
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _folders(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        yield from (Path(one.path) for one in found if one.is_dir(follow_symlinks=False))
