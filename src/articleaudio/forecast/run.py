"""All sources of a run: planned as the run would plan them, each article that would be made looked at once.

Memory stays flat: what must be remembered of a hundred thousand articles lies in a private database of SQLite's.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from articleaudio import config, events
from articleaudio.batch import Found, plan_all, planner_of
from articleaudio.forecast.needs import Ask, Need, Studied, Studier, failed, studied
from articleaudio.forecast.outlook import Outlook, Totals, VoiceNeed, What, Why
from articleaudio.forecast.tally import Tally
from articleaudio.model import Episode, Failure
from articleaudio.pace import read_pace
from articleaudio.plan import Job, keep_apart
from articleaudio.publish.receipt import Receipt
from articleaudio.signing import open_sealer
from articleaudio.task import Result, Setting
from articleaudio.workers.turns import ATTEMPTS, Turns

WORKER = "articleaudio.forecast.needs:studying_worker"
"""What a worker process runs."""

ALONE = 40
"""Sources after which workers join in: they take a second to start."""

PATIENCE = 600.0
"""Seconds that one article may take; a million characters are scripted in less."""


class Forecast:
    """One run, foretold. Use it in a `with` statement; `lines` first, then `totals`."""

    def __init__(self, setting: Setting, *, folders: Sequence[Path] = (), jobs: int = 1, limit: int = 0) -> None:
        """Take what the run would be given.

        `folders` are those that were named whole, for what is gone from them; `limit` is how many articles the run may
        make, 0 for all.

        Raises what the run would refuse to begin with: ConfigError for what cannot sign, UsageError for members.
        """
        if setting.house.signing:
            open_sealer(setting.house.signing)
        keep_apart(setting.house, setting.out, members=setting.members, dry=True)
        self._setting = setting
        self._folders = tuple(f"{folder.absolute()}{os.sep}" for folder in folders)
        self._planner = planner_of(setting, dry=True)
        self._studier = Studier(setting)
        self._memory = _Memory()
        self._tally = Tally(setting.house.max_cost, jobs, read_pace(config.local_cache(setting.house.cache)))
        self._skipped: list[Studied] = []
        self._jobs = jobs
        self._limit = limit
        self._enough = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._studier.__exit__(kind, error, at)
        self._planner.__exit__(kind, error, at)

    def lines(self, found: Iterable[Found]) -> Iterator[Outlook]:
        """Say what would become of each article, in the order of the sources; what is gone comes last."""
        for told in self._studied(self._planned(found)):
            line = self._spoken(told)
            if line.what is What.FAILED:
                self._memory.note("told", line.source)
            self._tally.add(line)
            yield line
        if self._enough:
            return  # what was not looked at is not gone
        for line in self._gone():
            self._tally.add(line)
            yield line

    def totals(self) -> Totals:
        """What the lines so far come to."""
        return self._tally.totals()

    def _planned(self, found: Iterable[Found]) -> Iterator[Ask | Studied]:
        """Plan sources one by one; what was skipped on the way to an article comes before it."""
        asked = 0
        for item in found:
            begun = time.monotonic()
            for planned in plan_all(self._planner, [item], self._note):
                self._tally.planning += time.monotonic() - begun
                self._enough = isinstance(planned, Job) and 0 < self._limit <= asked
                if self._enough:
                    return
                asked += isinstance(planned, Job)
                yield from self._passed()
                yield self._told(planned)
                begun = time.monotonic()
            self._tally.planning += time.monotonic() - begun
            yield from self._passed()

    def _studied(self, items: Iterator[Ask | Studied]) -> Iterator[Studied]:
        """Look at articles here, and let workers join in where there are many."""
        for number, item in enumerate(items):
            yield studied(self._studier, item) if isinstance(item, Ask) else item
            if self._jobs > 1 and isinstance(item, Ask) and number >= ALONE:
                break
        else:
            return
        with Turns[Ask, Studied](WORKER, self._setting, self._jobs, _lost, deadline=PATIENCE) as turns:
            yield from turns.all(items, Ask)

    def _note(self, event: events.Event) -> None:
        if isinstance(event, events.SourceSkipped):
            self._memory.note("told", event.source)
            self._skipped.append(Studied(Outlook(event.source, What.SKIPPED, event.reason)))

    def _passed(self) -> Sequence[Studied]:
        skipped, self._skipped = self._skipped, []
        return skipped

    def _told(self, planned: Job | Result) -> Ask | Studied:
        if isinstance(planned, Failure):
            return failed(planned)
        if isinstance(planned, Episode):
            self._memory.note("seen", planned.id)
            return Studied(
                Outlook(
                    planned.source, What.UNCHANGED, id=planned.id, slug=planned.slug, title=planned.title,
                    segments=planned.segments, duration=planned.duration, flags=len(planned.flags),
                )
            )  # fmt: skip
        self._memory.note("seen", planned.article.id)
        receipt = self._planner.library.receipt(planned.article.id)
        if receipt is None:
            return Ask(planned, {}, What.NEW)
        why = _why(planned, receipt, forced=self._setting.force or self._setting.retag)
        return Ask(planned, {one.key: one.end - one.start for one in receipt.segments}, What.CHANGED, why)

    def _spoken(self, told: Studied) -> Outlook:
        """Add what would be spoken, but for what an article before has had spoken."""
        fresh = [[need for need in row if self._memory.note("sound", need.key)] for row in told.needs]
        needs = [need for row in fresh for need in row]
        if not needs:
            return told.line
        return replace(
            told.line,
            spoken=sum(map(bool, fresh)),
            characters=sum(need.characters for need in needs),
            seconds=sum(need.seconds for need in needs),
            dollars=sum(need.dollars for need in needs),
            voices=_by_voice(needs),
        )

    def _gone(self) -> Iterator[Outlook]:
        """Episodes from the folders that were given, whose source was not among the sources."""
        for entry in self._planner.catalogue.entries() if self._folders else ():
            if not os.path.abspath(entry.source).startswith(self._folders):  # noqa: PTH100 -- nothing is asked of the disk
                continue
            if self._memory.has("seen", entry.id) or self._memory.has("told", entry.source):
                continue
            why = "its source is not in the folder any more"
            yield Outlook(entry.source, What.GONE, why, id=entry.id, slug=entry.slug, title=entry.title)


class _Memory:
    """What was met so far: memory that lies on disk."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA cache_size=-16000")  # kilobytes
        for kind in ("sound", "seen", "told"):
            self._base.execute(f"CREATE TABLE {kind} (name PRIMARY KEY) WITHOUT ROWID")

    def note(self, kind: str, name: str | bytes) -> bool:
        """Note a name; tell whether it is new."""
        statement = f"INSERT OR IGNORE INTO {kind} VALUES (?)"  # noqa: S608 -- the kinds are ours
        return self._base.execute(statement, (_key(name),)).rowcount > 0

    def has(self, kind: str, name: str) -> bool:
        """Whether a name was noted."""
        statement = f"SELECT 1 FROM {kind} WHERE name = ?"  # noqa: S608 -- as above
        return self._base.execute(statement, (_key(name),)).fetchone() is not None


def _key(name: str | bytes) -> bytes:
    return name if isinstance(name, bytes) else name.encode("utf-8", "surrogateescape")


def _lost(ask: Ask, told: str) -> Studied:
    """What is said of an article over which workers are lost."""
    what = f"its forecast ended {ATTEMPTS} workers: {told}"
    return failed(Failure(ask.job.source, what, "try it alone with --jobs 1", 1))


def _why(job: Job, receipt: Receipt, *, forced: bool) -> Why:
    if receipt.source_hash != job.source_hash:
        return Why.TEXT
    if receipt.inputs != job.inputs:
        return Why.SETTINGS
    return Why.FORCED if forced else Why.FILES


def _by_voice(needs: Sequence[Need]) -> tuple[VoiceNeed, ...]:
    found: dict[str, VoiceNeed] = {}
    for need in needs:
        more = VoiceNeed(need.voice, 1, need.characters, need.seconds, need.dollars)
        found[need.voice] = found.get(need.voice, VoiceNeed(need.voice)).plus(more)
    return tuple(found.values())
