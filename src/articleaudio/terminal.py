"""Draws events: progress on a terminal, JSON lines for machines, one table at the end.

stdout gets data (the table, JSON lines), stderr gets talk (progress, warnings, failures).
"""

from __future__ import annotations

import json
import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from articleaudio import events
from articleaudio.delivery.words import in_a_line
from articleaudio.plain import plain

WIDTH_IN_A_PIPE = 120
"""Columns of the table where nobody tells how wide the reader is."""


def clock(seconds: float) -> str:
    """Write a length as a player shows it: `4:05`, `1:02:09`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def megabytes(size: int) -> str:
    """Write a size in bytes for people."""
    return f"{size / 1_000_000:.2f} MB"


class JsonLines:
    """Writes every event as one JSON object on stdout, `event` naming its kind."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        sys.stdout.flush()

    def __call__(self, event: events.Event) -> None:
        """Write one event."""
        facts = plain(event)
        assert isinstance(facts, dict)  # noqa: S101 -- events are dataclasses
        line = json.dumps({"event": type(event).__name__} | facts)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


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


class Screen:
    """Shows a run: a bar for each article at work on a terminal, silence in a pipe, and the table at the end."""

    def __init__(self) -> None:
        self._talk = Console(stderr=True, highlight=False)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            console=self._talk,
            disable=not self._talk.is_terminal,
            transient=True,
        )
        self._total = self._progress.add_task("articles", total=None)
        self._bars: dict[str, object] = {}
        self._episodes: list[events.EpisodeReady] = []
        self._spent: events.MoneySpent | None = None
        self._delivered: events.DeliveryFinished | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def __call__(self, event: events.Event) -> None:
        """Draw one event."""
        match event:
            case events.RunStarted():
                self._progress.update(self._total, total=event.sources)
            case events.ArticleStarted():
                title = event.title if len(event.title) <= 40 else event.title[:39] + "…"
                self._bars[event.source] = self._progress.add_task(escape(title), total=event.segments)
            case events.SegmentReady():
                self._advance(event)
            case events.EpisodeReady():
                self._episodes.append(event)
                self._done(event.source)
            case events.ArticleFailed():
                self._done(event.source)
                self._tell("failed", "red", f"{event.source}: {event.message}", event.hint)
            case events.SourceSkipped():
                self._tell("skipped", "yellow", f"{event.source}: {event.reason}")
            case events.Warned():
                self._tell("warning", "yellow", event.message)
            case events.MoneySpent():
                self._spent = event
            case events.RunFinished():
                self._progress.stop()
                self._sum_up(event)
            case _:
                self._tell_of_run(event)

    def _tell_of_run(self, event: events.Event) -> None:
        if isinstance(event, events.OutputBusy):
            by = f" (process {event.pid} on {event.host}, since {event.since})" if event.pid else ""
            self._tell("waiting", "yellow", f"another run is at work on {event.folder}{by}")
        elif isinstance(event, events.RunInterrupted):
            left = "" if event.left is None else f"; {event.left} left"
            self._tell(event.reason, "yellow", f"{event.done} made{left}: run the same command again to go on")
        elif isinstance(event, events.FileNotDelivered):
            self._tell("not delivered", "red", f"{event.name}: {event.message}", event.hint)
        elif isinstance(event, events.DeliveryFinished):
            self._delivered = event

    def _advance(self, event: events.SegmentReady) -> None:
        if event.source in self._bars:
            self._progress.update(self._bars[event.source], completed=event.done)  # type: ignore[arg-type] # rich's id

    def _done(self, source: str) -> None:
        self._progress.advance(self._total)
        if (bar := self._bars.pop(source, None)) is not None:
            self._progress.remove_task(bar)  # type: ignore[arg-type] # rich's id

    def _tell(self, word: str, colour: str, message: str, hint: str = "") -> None:
        self._talk.print(f"[{colour}]{word}[/]  {escape(message)}", soft_wrap=True)
        if hint:
            self._talk.print(f"        [dim]hint: {escape(hint)}[/]", soft_wrap=True)

    def _sum_up(self, event: events.RunFinished) -> None:
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=WIDTH_IN_A_PIPE)
        if event.made:
            console.print(self._table())
        if not event.made and not event.failed:
            console.print("Nothing to do: every episode is up to date.")
        parts = [f"{event.made} made", f"{event.unchanged} unchanged", f"{event.failed} failed"]
        console.print(f"{', '.join(parts)}; {clock(event.seconds)} of audio in all", soft_wrap=True)
        if self._delivered:
            console.print(escape(in_a_line(self._delivered)), soft_wrap=True)
        if self._spent:
            each = (f"{one.voice} ${one.dollars:.4f} for {one.characters:,} characters" for one in self._spent.voices)
            console.print(escape(f"${self._spent.dollars:.4f} spent on services: {'; '.join(each)}"), soft_wrap=True)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("Episode", overflow="ellipsis", no_wrap=True, ratio=1)
        for name in ("Chapters", "Minutes", "Size", "Spoken", "Warnings"):
            table.add_column(name, justify="right")
        for episode in sorted(self._episodes, key=lambda one: one.source):
            table.add_row(
                escape(episode.title),
                str(episode.chapters),
                clock(episode.duration),
                megabytes(episode.size),
                f"{episode.spoken}/{episode.segments}" if episode.changed else "unchanged",
                str(len(episode.warnings) or "–"),
            )
        return table
