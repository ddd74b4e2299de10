"""Files that are coming: a bar for each."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from articleaudio import events


class Downloads:
    """Shows files that are coming: a bar for each on a terminal, silence in a pipe."""

    def __init__(self) -> None:
        talk = Console(stderr=True, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), DownloadColumn(), TransferSpeedColumn())
        self._progress = Progress(
            *columns, TimeRemainingColumn(compact=True), console=talk, disable=not talk.is_terminal
        )
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def __call__(self, event: events.Event) -> None:
        """Draw one event."""
        if isinstance(event, events.FileComing):
            if event.file not in self._bars:
                self._bars[event.file] = self._progress.add_task(escape(event.file), total=None)
            self._progress.update(self._bars[event.file], completed=event.done, total=event.size or None)
