"""What a run came to, on stdout: the newest episodes in a table, and the sums."""

from __future__ import annotations

import sys
from collections import deque

from rich.table import Table
from rich.text import Text

from articleaudio import events
from articleaudio.delivery.words import in_a_line
from articleaudio.shown import in_line
from articleaudio.terminal.unheard import Talk, heard_or_not
from articleaudio.terminal.words import WIDTH_IN_A_PIPE, clock, megabytes

ROWS = 50
"""Episodes that the table names."""


class Summary:
    """Keeps what the end of a run wants to know, and no more of it than is shown."""

    def __init__(self) -> None:
        self._newest: deque[events.EpisodeReady] = deque(maxlen=ROWS)
        self._spent: events.MoneySpent | None = None
        self._delivered: events.DeliveryFinished | None = None
        self._report = ""
        self._interrupted = False

    def take(self, event: events.Event) -> None:
        """Keep what an event says, if it matters at the end."""
        match event:
            case events.EpisodeReady():
                if event.changed:
                    self._newest.append(event)
            case events.MoneySpent():
                self._spent = event
            case events.DeliveryFinished():
                self._delivered = event
            case events.ReportReady():
                self._report = event.html
            case events.RunInterrupted():
                self._interrupted = True
            case _:
                pass

    def print(self, event: events.RunFinished) -> None:
        """Write it all."""
        console = Talk(highlight=False, markup=False)
        if not console.is_terminal:
            console = Talk(highlight=False, markup=False, width=WIDTH_IN_A_PIPE)
        if self._newest:
            console.print(self._table())
            if event.made > len(self._newest):
                console.print(f"and {event.made - len(self._newest):,} more")
        elif not event.failed and not self._interrupted:
            idle = "Nothing to do: every episode is up to date." if event.unchanged else "No article was found."
            console.print(idle)
        parts = [f"{event.made:,} made", f"{event.unchanged:,} unchanged", f"{event.failed:,} failed"]
        console.print(f"{', '.join(parts)}; {clock(event.seconds)} of audio in all", soft_wrap=True)
        if self._delivered:
            console.print(in_a_line(self._delivered), soft_wrap=True)
        if self._spent:
            each = (f"{one.voice} ${one.dollars:.4f} for {one.characters:,} characters" for one in self._spent.voices)
            console.print(f"${self._spent.dollars:.4f} spent on services: {'; '.join(each)}", soft_wrap=True)
        if self._report:
            with heard_or_not(sys.stderr):
                Talk(stderr=True, highlight=False, markup=False).print(f"report: {self._report}", soft_wrap=True)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("Episode", overflow="ellipsis", no_wrap=True, ratio=1)
        for name in ("Chapters", "Minutes", "Size", "Spoken", "Warnings"):
            table.add_column(name, justify="right")
        for episode in sorted(self._newest, key=lambda one: one.source):
            table.add_row(
                Text(in_line(episode.title)),
                str(episode.chapters),
                clock(episode.duration),
                megabytes(episode.size),
                f"{episode.spoken}/{episode.segments}",
                str(len(episode.warnings) or "–"),
            )
        return table
