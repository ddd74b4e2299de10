"""A run, shown to people: moving on a terminal, line by line in a log, and summed up at the end.

Events only change figures. A thread of its own draws them a few times a second, however many events come.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Self

from rich.live import Live
from rich.text import Text

from articleaudio import events
from articleaudio.terminal.drawing import draw
from articleaudio.terminal.summary import Summary
from articleaudio.terminal.tally import Tally
from articleaudio.terminal.telling import COLOURS, Teller, Told, counts, figures, how_far, of_finished
from articleaudio.terminal.unheard import Talk, heard_or_not

FRAME = 0.15
"""Seconds between two pictures on a terminal."""

SUMMARY = 30.0
"""Seconds between two summaries in a log."""


class Screen:
    """Shows a run on stderr as it goes, and sums it up on stdout."""

    def __init__(self, *, summary_every: float = SUMMARY) -> None:
        """Look where stderr leads; `summary_every` is the seconds between two summaries in a log."""
        moving = sys.stderr.isatty()
        self._talk = Talk(stderr=True, highlight=False, force_terminal=None if moving else False)
        moving = moving and not self._talk.is_dumb_terminal
        self._live = Live(console=self._talk, auto_refresh=False, transient=True) if moving else None
        self._period = FRAME if moving else summary_every
        self._tally = Tally()
        self._teller = Teller()
        self._summary = Summary()
        self._pending: list[Told] = []
        self._lock = threading.RLock()
        self._begun = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True, name="screen")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def __call__(self, event: events.Event) -> None:
        """Take one event, from whichever thread it comes."""
        with self._lock, heard_or_not(sys.stderr):
            self._tally.take(event)
            self._summary.take(event)
            self._begun |= isinstance(event, events.RunStarted)
            self._pending += self._teller.told(event)
            if self._live is None:
                if isinstance(event, events.EpisodeReady) and event.changed:
                    self._pending.append(of_finished(event, self._tally))
                self._flush()
        if isinstance(event, events.RunFinished):
            self._stop()
            with heard_or_not(sys.stdout):
                self._summary.print(event)

    def _stop(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._lock, heard_or_not(sys.stderr):
            if self._live and self._live.is_started:
                self._live.stop()
            self._flush()

    def _tick(self) -> None:
        while not self._over.wait(self._period):
            if self._live is None:
                self._log()
            else:
                self._frame(self._live)

    def _log(self) -> None:
        with self._lock, heard_or_not(sys.stderr):
            if self._begun:
                said = f"{how_far(self._tally)} articles: {counts(self._tally)}; {figures(self._tally)}"
                self._pending.append(Told("progress", said))
                self._flush()

    def _frame(self, live: Live) -> None:
        """Draw once: what is to be said goes above the picture in one piece."""
        with self._lock, heard_or_not(sys.stderr):
            if self._begun:
                live.update(draw(self._tally, self._talk.height))
            pending = bool(self._pending)
            if self._begun and not live.is_started:
                live.start(refresh=False)
            self._flush()
        if not pending:
            with heard_or_not(sys.stderr):
                live.refresh()

    def _flush(self) -> None:
        if self._pending:
            lines = [_line(told) for told in self._pending]
            self._pending = []
            self._talk.print(Text("\n").join(lines), soft_wrap=True)


def _line(told: Told) -> Text:
    line = Text.assemble((told.word, COLOURS.get(told.word, "yellow")), "  ", told.message)
    if told.hint:
        line.append("\n        ")
        line.append(f"hint: {told.hint}", "dim")
    return line
