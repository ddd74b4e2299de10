"""What is said of events while a run goes on: a word, a message, a hint. Where it is said is for others to settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from articleaudio import events
from articleaudio.shown import in_line
from articleaudio.terminal.tally import Tally
from articleaudio.terminal.words import clock

MOST = MappingProxyType({"skipped": 50, "warning": 200, "failed": 1000, "not delivered": 200})
"""How often a word is said; what is beyond that is in the report."""

COLOURS = MappingProxyType({"failed": "red", "not delivered": "red", "made": "green"})
"""Colours of words; the others are yellow."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line for people."""

    word: str
    """What kind of thing happened."""
    message: str
    """What happened."""
    hint: str = ""
    """What to do next."""


class Teller:
    """Turns events into lines, and stops repeating itself."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()

    def told(self, event: events.Event) -> Iterator[Told]:
        """Give what is to be said of an event."""
        told = _told(event)
        if told is None:
            return
        self._said[told.word] += 1
        most = MOST.get(told.word)
        if most is None or self._said[told.word] <= most:
            yield Told(told.word, in_line(told.message), in_line(told.hint))
        elif self._said[told.word] == most + 1:
            yield Told(told.word, "more of them, which only the report names")


def _told(event: events.Event) -> Told | None:
    match event:
        case events.ArticleFailed():
            # Most messages name the source themselves.
            named = event.message if event.source in event.message else f"{event.source}: {event.message}"
            return Told("failed", named, event.hint)
        case events.SourceSkipped():
            return Told("skipped", f"{event.source}: {event.reason}")
        case events.Warned():
            return Told("warning", event.message)
        case events.FileNotDelivered():
            return Told("not delivered", f"{event.name}: {event.message}", event.hint)
        case events.OutputBusy():
            by = f" (process {event.pid} on {event.host}, since {event.since})" if event.pid else ""
            return Told("waiting", f"another run is at work on {event.folder}{by}")
        case events.RunInterrupted():
            left = "" if event.left is None else f"; {event.left} left"
            return Told(event.reason, f"{event.done} made{left}: run the same command again to go on")
        case _:
            return None


def of_finished(event: events.EpisodeReady, tally: Tally) -> Told:
    """A finished article in a log."""
    return Told("made", f"{clock(event.duration)} {in_line(event.title)} ({event.slug}), {how_far(tally)}")


def how_far(tally: Tally) -> str:
    """How far a run has come: `12 of 3,400`, with `?` while nobody knows how many there are."""
    expected = tally.expected
    return f"{tally.finished:,} of {'?' if expected is None else f'{expected:,}'}"


def counts(tally: Tally) -> str:
    """What became of the articles so far, in a line."""
    parts = [f"{tally.made:,} made", f"{tally.unchanged:,} unchanged"]
    if tally.failed:
        parts.append(f"{tally.failed:,} failed")
    if tally.skipped:
        parts.append(f"{tally.skipped:,} skipped")
    return ", ".join(parts)


def figures(tally: Tally) -> str:
    """Audio made, speed and time left, in a line."""
    parts = [f"{clock(tally.audio)} of audio"]
    if (speed := tally.speed) is not None:
        parts.append(f"{speed:.0f}× real time" if speed >= 10 else f"{speed:.1f}× real time")
    if (pace := tally.pace) is not None:
        parts.append(f"{pace:.0f} articles/min" if pace >= 10 else f"{pace:.1f} articles/min")
    if (left := tally.time_left) is not None:
        parts.append(f"about {clock(left)} left")
    return ", ".join(parts)
