"""A listener that takes notes of a run and leaves a report of it, however the run ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from articleaudio import events
from articleaudio.errors import ArticleAudioError, OutputError, UsageError
from articleaudio.files import must_be_writable, unwritable
from articleaudio.plain import plain
from articleaudio.report.heard import Shelf
from articleaudio.report.notes import Kind, Notebook, read_notes, sums_of
from articleaudio.report.writing import Report, write_html, write_json

NOTES = "report.notes"
"""Name of the notes in the state folder while a run goes on."""

NAME = "report"
"""Name of a report in the state folder, without its ending."""

KILLED = "report-of-killed-run"
"""Name of the report of a run that could not write its own."""

_FORMS = {".json": write_json, ".html": write_html}


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of a run when it begins."""

    version: str
    """Of this software."""
    command: str
    """What was typed."""
    output: str
    """Where it writes, as the user named it."""


def checked_copies(copies: Sequence[Path]) -> tuple[Path, ...]:
    """Give where reports are wanted beside the state folder. Raises UsageError and OutputError before any work."""
    for copy in copies:
        if copy.suffix.lower() not in _FORMS:
            raise UsageError(f"no report can be written to {copy}", hint="name a file that ends in .json or .html")
        must_be_writable(copy.absolute().parent)
        if copy.is_dir():
            raise UsageError(f"{copy} is a folder", hint="name a file that ends in .json or .html")
    return tuple(copy.absolute() for copy in copies)


class Recorder:
    """Takes down what matters of a run's events and passes all of them on.

    It is entered by whoever holds the output: two runs would write over each other's notes. Left without `finish`, it
    writes the report of a run that broke off.
    """

    def __init__(
        self,
        state: Path,
        start: Start,
        shelf: Shelf,
        *,
        emit: events.Listener,
        now: Callable[[], datetime],
        copies: Sequence[Path] = (),
    ) -> None:
        """Take the state folder, the facts, where episodes are, who else listens, a clock, and further places."""
        self._state = state
        self._facts = start
        self._shelf = shelf
        self._emit = emit
        self._now = now
        self._copies = tuple(copies)
        self._lock = threading.RLock()
        self._since = time.monotonic()
        self._report: dict[str, Any] = {}
        self._book: Notebook | None = None

    def __enter__(self) -> Self:
        path = self._state / NOTES
        if path.exists():
            self._rescue(path)
        facts = {**_plain(self._facts), "started": self._now().isoformat(timespec="seconds")}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._book = Notebook(path)
        except OSError as error:
            raise unwritable(path, error) from error
        self._book.take(Kind.RUN, facts)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._book is None:
            return
        try:
            self.finish(_code(error), broke=error)
        except OutputError as another:
            self._emit(events.Warned(f"no report was written: {another.message}"))

    def __call__(self, event: events.Event) -> None:
        """Take one event, from whichever thread it comes."""
        with self._lock:
            if self._book:
                self._note(self._book, event)
            self._emit(event)

    def finish(self, exit_code: int, broke: BaseException | None = None) -> None:
        """Write the report and say where it is. Raises OutputError when it cannot be written."""
        with self._lock:
            book, self._book = self._book, None
        if book is None:
            return
        if broke is not None and not isinstance(broke, KeyboardInterrupt):
            book.take(Kind.FACT, {"broke": str(broke) or type(broke).__name__})
        book.close()
        if book.problem:
            self._emit(events.Warned(f"the report is not whole: {book.problem}"))
        report = _report_of(book.path)
        report.facts |= {"ended": self._now().isoformat(timespec="seconds"), "exit_code": exit_code}
        report.facts["took"] = round(time.monotonic() - self._since, 1)
        report.facts["outcome"] = _outcome(report.facts, broke)
        report.sums = book.sums
        places = [self._state / f"{NAME}{form}" for form in _FORMS]
        for place in (*places, *self._copies):
            _FORMS[place.suffix.lower()](report, place)
        book.path.unlink(missing_ok=True)
        self._emit(events.ReportReady(*map(str, places)))

    def _rescue(self, path: Path) -> None:
        """Make a report of what a killed run left."""
        report = _report_of(path)
        report.sums = sums_of(path)
        report.facts |= {"outcome": "killed", "ended": None, "exit_code": None, "took": None}
        place = self._state / f"{KILLED}.html"
        write_json(report, place.with_suffix(".json"))
        write_html(report, place)
        self._emit(events.Warned(f"the run before this one was killed; what it had done is in {place}"))

    def _note(self, book: Notebook, event: events.Event) -> None:
        match event:
            case events.EpisodeReady():
                self._episode(book, event)
            case events.ArticleFailed():
                book.take(Kind.FAILED, _plain(event))
            case events.SourceSkipped():
                book.take(Kind.SKIPPED, _plain(event))
            case events.FileNotDelivered():
                facts = {"message": f"{event.name} was not delivered: {event.message}", "hint": event.hint}
                book.take(Kind.WARNING, facts)
            case events.Warned():
                book.take(Kind.WARNING, {"message": event.message, "hint": ""})
            case events.MoneySpent():
                book.take(Kind.FACT, {"spent": _plain(event)})
            case events.DeliveryFinished():
                book.take(Kind.FACT, {"delivery": _plain(event)})
            case events.RunInterrupted():
                book.take(Kind.FACT, {"interrupted": event.reason, "left": event.left})
            case _:
                pass

    def _episode(self, book: Notebook, event: events.EpisodeReady) -> None:
        if not event.changed:
            book.sums.unchanged += 1
            return
        facts: dict[str, Any] = {name: getattr(event, name) for name in ("title", "slug", "id", "version", "source")}
        kept = event.segments - event.spoken
        facts |= {"seconds": round(event.duration, 3), "size": event.size, "spoken": event.spoken, "kept": kept}
        book.take(Kind.DONE, facts | {"link": self._shelf.page(event.slug)})
        for flag in self._shelf.flags(event.slug, event.warnings):
            book.take(Kind.LISTEN, {"title": event.title, **flag})


def _report_of(path: Path) -> Report:
    facts: dict[str, Any] = {}
    for _, found in read_notes(path, Kind.RUN, Kind.FACT):
        facts |= found
    return Report(path, facts)


def _outcome(facts: dict[str, Any], broke: BaseException | None) -> str:
    if isinstance(broke, KeyboardInterrupt):
        return "interrupted"
    return "broke off" if broke else str(facts.get("interrupted", "finished"))


def _code(error: BaseException | None) -> int:
    if isinstance(error, ArticleAudioError):
        return error.exit_code
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def _plain(value: object) -> dict[str, Any]:
    found = plain(value)
    assert isinstance(found, dict)  # noqa: S101 -- dataclasses become objects
    return found
