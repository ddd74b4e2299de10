"""All sources of a run: planned as the run would plan them, each article that would be made looked at once.

Memory stays flat: what must be remembered of a hundred thousand articles lies in a private database of SQLite's.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from articleaudio import config, events
from articleaudio.batch import Found, plan_all, planner_of
from articleaudio.forecast.needs import Need, Studier, Study
from articleaudio.forecast.outlook import Outlook, Totals, VoiceNeed, What, Why
from articleaudio.forecast.tally import Tally
from articleaudio.model import Episode, Failure
from articleaudio.pace import read_pace
from articleaudio.plan import Job, keep_apart
from articleaudio.publish.receipt import Receipt
from articleaudio.signing import open_sealer
from articleaudio.task import Result, Setting, failure


class Forecast:
    """One run, foretold. Use it in a `with` statement; `lines` first, then `totals`."""

    def __init__(self, setting: Setting, *, folders: Sequence[Path] = (), jobs: int = 1) -> None:
        """Take what the run would be given; `folders` are those that were named whole, for what is gone from them.

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
        self._skipped: list[Outlook] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._studier.__exit__(kind, error, at)
        self._planner.__exit__(kind, error, at)

    def lines(self, found: Iterable[Found]) -> Iterator[Outlook]:
        """Say what would become of each article, in the order of the sources; what is gone comes last."""
        for item in found:
            begun = time.monotonic()
            for planned in plan_all(self._planner, [item], self._note):
                self._tally.planning += time.monotonic() - begun
                yield from self._told(self._outlook(planned))
                begun = time.monotonic()
            self._tally.planning += time.monotonic() - begun
            yield from self._told()
        for line in self._gone():
            yield from self._told(line)

    def totals(self) -> Totals:
        """What the lines so far come to."""
        return self._tally.totals()

    def _note(self, event: events.Event) -> None:
        if isinstance(event, events.SourceSkipped):
            self._memory.note("told", event.source)
            self._skipped.append(Outlook(event.source, What.SKIPPED, event.reason))

    def _told(self, *lines: Outlook) -> Iterator[Outlook]:
        """Count lines, after what was skipped on the way to them, and give them."""
        skipped, self._skipped = self._skipped, []
        for line in (*skipped, *lines):
            self._tally.add(line)
            yield line

    def _outlook(self, planned: Job | Result) -> Outlook:
        if isinstance(planned, Failure):
            return self._failed(planned)
        if isinstance(planned, Episode):
            self._memory.note("seen", planned.id)
            return Outlook(
                planned.source, What.UNCHANGED, id=planned.id, slug=planned.slug, title=planned.title,
                segments=planned.segments, duration=planned.duration, flags=len(planned.flags),
            )  # fmt: skip
        self._memory.note("seen", planned.article.id)
        receipt = self._planner.library.receipt(planned.article.id)
        try:
            study = self._studier.study(planned, _lengths(receipt))
        except Exception as error:  # noqa: BLE001 -- one bad article must not take the others along
            return self._failed(failure(planned.source, error))
        return self._made(planned, receipt, study)

    def _failed(self, failed: Failure) -> Outlook:
        self._memory.note("told", failed.source)
        return Outlook(failed.source, What.FAILED, failed.message, failed.hint, failed.exit_code)

    def _made(self, job: Job, receipt: Receipt | None, study: Study) -> Outlook:
        fresh = [[need for need in row if self._memory.note("sound", need.key)] for row in study.needs]
        needs = [need for row in fresh for need in row]
        return Outlook(
            source=job.source,
            what=What.CHANGED if receipt else What.NEW,
            why=_why(job, receipt, forced=self._setting.force or self._setting.retag) if receipt else "",
            id=job.article.id,
            slug=job.article.slug,
            title=job.article.title,
            segments=study.segments,
            spoken=sum(map(bool, fresh)),
            characters=sum(need.characters for need in needs),
            duration=study.duration,
            seconds=sum(need.seconds for need in needs),
            dollars=sum(need.dollars for need in needs),
            flags=study.flags,
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


def _lengths(receipt: Receipt | None) -> dict[str, float]:
    """Seconds of the segments that an episode has, by the keys of their clips."""
    return {one.key: one.end - one.start for one in receipt.segments} if receipt else {}


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
