"""How quick this machine is: measured while it works, kept in the local cache, so that the next run can be foretold."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from articleaudio import events
from articleaudio.errors import ArticleAudioError
from articleaudio.files import write
from articleaudio.model import Voice

FILE = "pace.json"
"""Its name in the cache folder of this machine; it may be removed at any time."""

FORMAT = 1
"""Raised when what is kept means something else."""

WORK = 0.03
"""Seconds of work for a second of speech, where nobody measured: a formant engine on one core."""

KEPT = 0.003
"""Seconds of work for a segment whose sound is in the cache, where nobody measured."""

ARTICLE = 0.15
"""Seconds of work for an article beside its segments, where nobody measured."""

CHARACTERS = 15.0
"""Characters that are spoken in a second at 165 words a minute, where nobody measured."""

_WORDS = 165
_MOST = 4 * 3600.0
"""Seconds of work from which older measures count half: a machine may get another disk, or another engine."""


@dataclass(slots=True)
class Rate:
    """Work, and what came of it."""

    work: float = 0.0
    """Seconds that a worker was at it."""
    amount: float = 0.0
    """How much came of it: seconds of speech, segments or articles."""
    characters: float = 0.0
    """Characters, where it was speech."""

    def add(self, work: float, amount: float, characters: float = 0.0) -> None:
        """Take in a measure; what is long ago fades."""
        if self.work > _MOST:
            self.work, self.amount, self.characters = self.work / 2, self.amount / 2, self.characters / 2
        self.work += work
        self.amount += amount
        self.characters += characters

    def each(self, otherwise: float) -> float:
        """Seconds of work for one, or what is assumed where nobody measured."""
        return self.work / self.amount if self.amount else otherwise


@dataclass(slots=True)
class Pace:
    """What was measured on this machine."""

    voices: dict[str, Rate] = field(default_factory=dict)
    """Speech, by the profile that spoke."""
    kept: Rate = field(default_factory=Rate)
    """Segments whose sound was in the cache."""
    articles: Rate = field(default_factory=Rate)
    """Articles, beside their segments."""

    @property
    def measured(self) -> bool:
        """Whether anything was measured yet."""
        return self.articles.amount > 0

    def speech(self, voice: Voice, characters: int) -> float:
        """About how many seconds a voice takes to say so many characters."""
        known = self.voices.get(voice.name)
        if known and known.characters and known.amount:
            return characters * known.amount / known.characters
        return characters * _WORDS / (CHARACTERS * max(voice.rate, 1))

    def work(self, voice: str, seconds: float) -> float:
        """Seconds of work for so many seconds of speech."""
        return seconds * self.voices.get(voice, Rate()).each(WORK)


def read_pace(cache: Path) -> Pace:
    """Read what was measured; nothing where there is no such file or it cannot be read."""
    try:
        value = json.loads((cache / FILE).read_bytes())
        if value["format"] != FORMAT:
            return Pace()
        voices = {str(name): _rate(told) for name, told in value["voices"].items()}
        return Pace(voices, _rate(value["kept"]), _rate(value["articles"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Pace()


def _rate(told: list[float]) -> Rate:
    work, amount, characters = (max(0.0, float(one)) for one in told)
    return Rate(work, amount, characters)


class Watch:
    """A listener that measures a run, and passes on everything that it is told."""

    def __init__(self, cache: Path, emit: events.Listener, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the cache folder of this machine, who else listens, and a clock."""
        self._cache = cache
        self._emit = emit
        self._clock = clock
        self._since: dict[str, float] = {}
        self._pace = read_pace(cache)
        self._fresh = False

    def __call__(self, event: events.Event) -> None:
        """Take note of an event."""
        now = self._clock()
        if isinstance(event, events.ArticleStarted):
            self._since[event.source] = now
        elif isinstance(event, events.SegmentReady) and event.source in self._since:
            self._segment(event, now - self._since[event.source])
            self._since[event.source] = now
        elif isinstance(event, events.EpisodeReady | events.ArticleFailed):
            since = self._since.pop(event.source, None)
            if since is not None and isinstance(event, events.EpisodeReady):
                self._pace.articles.add(now - since, 1)
                self._fresh = True
        self._emit(event)

    def keep(self) -> None:
        """Keep what was measured, if anything was; a cache that cannot be written only costs the next forecast."""
        if not self._fresh:
            return
        pace = self._pace
        value = {
            "format": FORMAT,
            "voices": {name: _told(rate) for name, rate in sorted(pace.voices.items())},
            "kept": _told(pace.kept),
            "articles": _told(pace.articles),
        }
        try:
            write(self._cache / FILE, json.dumps(value).encode() + b"\n")
        except ArticleAudioError:
            return

    def _segment(self, event: events.SegmentReady, work: float) -> None:
        if event.spoken and event.voice:
            self._pace.voices.setdefault(event.voice, Rate()).add(work, event.seconds, event.characters)
        elif not event.spoken:
            self._pace.kept.add(work, 1)


def _told(rate: Rate) -> list[float]:
    return [round(rate.work, 3), round(rate.amount, 3), round(rate.characters)]
