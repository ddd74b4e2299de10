"""One run of `convert`: find sources, make episodes, bring the site up to date, report."""

from __future__ import annotations

import importlib.metadata
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articleaudio import config, events
from articleaudio.batch import convert_many, finish
from articleaudio.cli.interrupts import heeding_interrupts
from articleaudio.crews import Crew
from articleaudio.delivery import open_outlet
from articleaudio.errors import ClusterLostError, OutputError
from articleaudio.holding import holding
from articleaudio.missed import tell_missed
from articleaudio.model import Failure
from articleaudio.plan import reading, state_folder
from articleaudio.read.discover import discover
from articleaudio.read.stream import Stream
from articleaudio.report import Recorder, Shelf, Start, checked_copies
from articleaudio.task import Result, Setting
from articleaudio.terminal import JsonLines, Screen

INTERRUPTED = 130
"""Exit code of a run that was told to stop, as shells give it."""


def run(
    sources: Sequence[str],
    setting: Setting,
    *,
    jobs: int,
    as_json: bool,
    where: str | Path,
    lists: Sequence[str] = (),
    reports: Sequence[Path] = (),
    crew: Crew | None = None,
    overwrite: bool = False,
    limit: int = 0,
    wait: bool = True,
) -> int:
    """Convert and give the exit code: 0 done, a single source's own code, or 1 when some of several failed.

    130 when it was interrupted: what was finished by then is in feed and pages. `lists` are list files, `reports`
    places for the report beside the state folder. `crew`, `limit` and `wait` are those of `convert_many`. `where`
    names the output as the user does, a folder or the address of an object store, to which it is delivered.
    """
    copies = checked_copies(reports)
    house, state = setting.house, state_folder(setting.house, setting.out)
    shelf = Shelf(setting.out, house.show.base_url)
    with (
        heeding_interrupts() as stop,
        JsonLines() if as_json else Screen() as shown,
        holding(state, shown, out=where, folder=setting.out, wait=wait, stop=stop),
        Recorder(state, _start(where), shelf, emit=shown, now=config.now, copies=copies) as emit,
        open_outlet(where, house, emit=emit, overwrite=overwrite or setting.force) as outlet,
    ):
        found = Stream(discover(sources, reading(house), lists=lists), emit)
        jobs = found.workers(jobs)
        emit(events.RunStarted(found.total, jobs))
        found.count(sources, lists)
        counts = Counts()
        made = convert_many(found, setting, jobs=jobs, crew=crew, limit=limit, stop=stop, emit=emit)
        lost = counts.count(outlet.following(made))
        if counts.episodes:
            finish(setting, emit)
            outlet.deliver()
        if not (stop.is_set() or lost):
            tell_missed(setting, sources, emit)
        code = INTERRUPTED if stop.is_set() else counts.exit_code or outlet.exit_code
        if lost:
            code = lost.exit_code
        try:
            emit.finish(code)
        except OutputError as error:
            emit(events.Warned(f"no report was written: {error.message}"))
            code = code or error.exit_code
        emit(events.RunFinished(counts.made, counts.episodes - counts.made, counts.failed, counts.seconds))
    if lost:
        raise lost
    return code


@dataclass(slots=True)
class Counts:
    """What became of a run's articles; nothing is kept of them."""

    made: int = 0
    """Episodes made or updated."""
    episodes: int = 0
    """Episodes, those that were up to date included."""
    failed: int = 0
    """Articles and sources that failed."""
    seconds: float = 0.0
    """Audio of all episodes."""
    first_code: int = 0
    """Exit code of the first failure."""

    def count(self, results: Iterable[Result]) -> ClusterLostError | None:
        """Count all results; give the error of a cluster that went away, for what was finished is to be published."""
        try:
            for _ in self.counted(results):
                pass
        except ClusterLostError as error:
            return error
        return None

    def counted(self, results: Iterable[Result]) -> Iterator[Result]:
        """Count results, passing them on."""
        for result in results:
            if isinstance(result, Failure):
                self.first_code = self.first_code or result.exit_code
                self.failed += 1
            else:
                self.made += result.changed
                self.episodes += 1
                self.seconds += result.duration
            yield result

    @property
    def exit_code(self) -> int:
        """3 where nothing was found, a single source's own code, 1 where some of several failed, else 0."""
        if not self.failed:
            return 0 if self.episodes else 3
        return self.first_code if self.failed + self.episodes == 1 else 1


def _start(where: str | Path) -> Start:
    command = shlex.join(["articleaudio", *sys.argv[1:]])
    return Start(importlib.metadata.version("articleaudio"), command, str(where))
