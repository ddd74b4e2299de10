"""The moving picture of a run on a terminal: a bar for all, figures, a line for each worker."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from articleaudio.shown import in_line
from articleaudio.terminal.tally import Tally
from articleaudio.terminal.telling import counts, figures, how_far

BAR = 20
"""Columns of a bar."""

OTHER_LINES = 6
"""Lines of a terminal that are not for workers."""


def draw(tally: Tally, height: int) -> RenderableType:
    """Draw what a run is at, for a terminal of so many lines."""
    whole = Table.grid(padding=(0, 1))
    expected = tally.expected
    bar = ProgressBar(total=expected or 1, completed=tally.finished, width=BAR, pulse=expected is None)
    whole.add_row(bar, _text(f"{how_far(tally)} articles: {counts(tally)}"))
    workers = sorted(tally.open.values(), key=lambda work: work.slot)
    room = max(1, height - OTHER_LINES)
    lines = Table.grid(padding=(0, 1))
    for work in workers[:room]:
        done = ProgressBar(total=max(work.segments, 1), completed=work.done, width=BAR)
        lines.add_row(done, Text(f"{work.done}/{work.segments}", justify="right"), _text(in_line(work.title)))
    more = [_text(f"and {len(workers) - room} more at work")] if len(workers) > room else []
    return Group(whole, _text(figures(tally)), lines, *more)


def _text(text: str) -> Text:
    return Text(text, no_wrap=True, overflow="ellipsis")
