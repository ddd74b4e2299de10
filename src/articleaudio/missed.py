"""What is gone from the folders that a run was given: articles whose episodes are still published.

A run never withdraws by itself: a folder may be out of reach, an article may only have moved. It names what it misses.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from articleaudio import events
from articleaudio.catalogue import Catalogue
from articleaudio.plan import state_folder
from articleaudio.read.source import files_meant
from articleaudio.task import Setting

MOST = 20
"""How many are named; the rest is counted."""


def tell_missed(setting: Setting, sources: Sequence[str], emit: events.Listener) -> int:
    """State which episodes came from a folder among the sources and have no file there any more; give how many."""
    folders = tuple(f"{os.path.abspath(one)}{os.sep}" for one in sources if Path(one).is_dir())  # noqa: PTH100 -- as typed
    if not folders:
        return 0
    count = 0
    with Catalogue(setting.out, state_folder(setting.house, setting.out)) as catalogue:
        for entry in catalogue.entries():
            source = os.path.abspath(entry.source)  # noqa: PTH100 -- nothing is asked of the disk
            if not source.startswith(folders) or _is_there(source):
                continue
            count += 1
            if count <= MOST:
                told = f"{entry.source} is gone; its episode {entry.slug} is still published"
                emit(events.Warned(f"{told}: `articleaudio retract` withdraws it"))
    if count > MOST:
        emit(events.Warned(f"{count - MOST} more episodes are published whose sources are gone; `check` names them"))
    return count


def _is_there(source: str) -> bool:
    return any(os.path.exists(name) for name in files_meant(source))  # noqa: PTH110 -- a hundred thousand
