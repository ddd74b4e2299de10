"""Facts that the core states while it works. The core never draws: whoever wants to see, listens.

A listener is a plain function of one event. Events are frozen values; `--json` prints them as lines,
`terminal` draws them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    """A batch begins."""

    sources: int | None
    """How many sources there are; None where they are still being counted."""
    jobs: int
    """How many workers share them."""


@dataclass(frozen=True, slots=True)
class SourcesFound(Event):
    """How far the search for sources has come; stated once a second at most, and when it ends."""

    taken: int
    """Sources taken so far."""
    total: int | None
    """Sources in all, an estimate until all are taken; None while they are being counted."""


@dataclass(frozen=True, slots=True)
class ReportReady(Event):
    """The report of the run is written."""

    json: str
    """The file for machines."""
    html: str
    """The page for people."""


@dataclass(frozen=True, slots=True)
class OutputBusy(Event):
    """Another run is at work on the output, and this one waits for it to end."""

    folder: str
    """Output folder."""
    pid: int
    """Process id of the other run; 0 where it does not say."""
    host: str
    """The machine it runs on."""
    since: str
    """When it began, ISO 8601."""


@dataclass(frozen=True, slots=True)
class RunInterrupted(Event):
    """A run ends before it is through: it was told to, or has made as many articles as it was to make."""

    reason: str
    """`interrupted` or `limit`."""
    done: int
    """Articles that it made, or failed to make."""
    left: int | None
    """Sources that it has not come to; None when nobody knows how many there are."""


@dataclass(frozen=True, slots=True)
class SourceSkipped(Event):
    """A source is passed over, or an article of it: no kind that can be read, named before, not public."""

    source: str
    """Which."""
    reason: str
    """Why."""


@dataclass(frozen=True, slots=True)
class ArticleStarted(Event):
    """Work on an article begins."""

    source: str
    """Where it comes from."""
    title: str
    """Headline."""
    segments: int
    """How many segments its script has."""


@dataclass(frozen=True, slots=True)
class SegmentReady(Event):
    """One more segment is mastered."""

    source: str
    """Which article."""
    done: int
    """Segments done so far."""
    segments: int
    """Segments in all."""
    seconds: float
    """Length of its sound."""
    spoken: bool
    """Whether it was spoken now, and not taken from the cache."""
    voice: str = ""
    """Name of the profile that was to speak it, where it was spoken now."""
    characters: int = 0
    """Characters that its engine was fed, where it was spoken now."""


@dataclass(frozen=True, slots=True)
class EpisodeReady(Event):
    """An episode is published, or was found to be up to date."""

    source: str
    """Where it comes from."""
    id: str
    """UUID."""
    slug: str
    """Folder name."""
    title: str
    """Headline."""
    duration: float
    """Seconds."""
    size: int
    """Bytes of the MP3."""
    chapters: int
    """How many."""
    changed: bool
    """False when nothing had to be done."""
    spoken: int
    """Segments spoken in this run."""
    segments: int
    """Segments in all."""
    warnings: tuple[str, ...]
    """Things to look at or to listen to."""
    version: int = 1
    """1 at first, raised whenever what is published changes."""


@dataclass(frozen=True, slots=True)
class ArticleFailed(Event):
    """A source did not become an episode."""

    source: str
    """Which."""
    message: str
    """What went wrong."""
    hint: str
    """What to do next."""
    exit_code: int
    """The code a run of this source alone ends with."""


@dataclass(frozen=True, slots=True)
class Warned(Event):
    """Something is not as it should be, and the run goes on."""

    message: str
    """What, and what to do."""


@dataclass(frozen=True, slots=True)
class FileComing(Event):
    """More of a file that a voice needs has come."""

    voice: str
    """Name of the voice."""
    file: str
    """Name of the file."""
    done: int
    """Bytes that are there."""
    size: int
    """Bytes in all; 0 where the server does not say."""


@dataclass(frozen=True, slots=True)
class SiteReady(Event):
    """Feed, index and pages are up to date."""

    folder: str
    """Output folder."""
    episodes: int
    """How many episodes it holds."""
    written: int
    """How many files had to be written."""


@dataclass(frozen=True, slots=True)
class FileDelivered(Event):
    """A file is in the object store, and was looked at there."""

    name: str
    """Path below the store's address."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class FileNotDelivered(Event):
    """A file could not be put into the object store, or taken out of it; the others go on."""

    name: str
    """Path below the store's address."""
    message: str
    """What went wrong."""
    hint: str
    """What to do next."""


@dataclass(frozen=True, slots=True)
class DeliveryFinished(Event):
    """An object store holds what the output should be, but for what failed."""

    target: str
    """Address of the store."""
    files: int
    """Files sent in this run."""
    size: int
    """Their bytes."""
    removed: int
    """Objects removed in this run."""
    failed: int
    """Files that could not be put in place."""
    held: int
    """Files held back because they lead to what is not there."""


@dataclass(frozen=True, slots=True)
class VoiceCost:
    """What one voice cost."""

    voice: str
    """Name of its profile."""
    characters: int
    """Characters fed to it."""
    dollars: float
    """US dollars, by the profile's price."""


@dataclass(frozen=True, slots=True)
class MoneySpent(Event):
    """What a run has spent on services; said only where something was spent."""

    dollars: float
    """US dollars in all."""
    characters: int
    """Characters in all."""
    voices: tuple[VoiceCost, ...]
    """The same by voice, the dearest first."""


@dataclass(frozen=True, slots=True)
class RunFinished(Event):
    """A batch is over."""

    made: int
    """Episodes made or updated."""
    unchanged: int
    """Episodes found up to date."""
    failed: int
    """Sources that failed."""
    seconds: float
    """Length of all episodes, in seconds."""


Listener = Callable[[Event], None]
"""Whoever wants to know."""


def ignore(event: Event) -> None:
    """The listener that does not care."""
