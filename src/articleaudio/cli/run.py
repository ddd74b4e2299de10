"""One run of `convert`: find sources, make episodes, bring the site up to date, sum up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from articleaudio import events
from articleaudio.batch import convert_many, finish
from articleaudio.cli.interrupts import heeding_interrupts
from articleaudio.crews import Crew
from articleaudio.delivery import open_outlet
from articleaudio.holding import holding
from articleaudio.model import Episode, Failure
from articleaudio.plan import reading, state_folder
from articleaudio.read.discover import Skipped, discover
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
    crew: Crew | None = None,
    overwrite: bool = False,
    limit: int = 0,
    wait: bool = True,
) -> int:
    """Convert and give the exit code: 0 done, a single source's own code, or 1 when some of several failed.

    130 when it was interrupted: what was finished by then is in feed and pages. `crew`, `limit` and `wait` are those
    of `convert_many`. `where` names the output as the user does, a folder or the address of an object store, to which
    it is delivered.
    """
    found = list(discover(sources, reading(setting.house)))
    real = sum(not isinstance(item, Skipped) for item in found)
    jobs = max(1, min(jobs, real))
    with (
        heeding_interrupts() as stop,
        JsonLines() if as_json else Screen() as emit,
        holding(state_folder(setting.house, setting.out), emit, out=where, wait=wait, stop=stop),
        open_outlet(where, setting.house, emit=emit, overwrite=overwrite or setting.force) as outlet,
    ):
        emit(events.RunStarted(real, jobs))
        results = list(
            outlet.following(convert_many(found, setting, jobs=jobs, crew=crew, limit=limit, stop=stop, emit=emit))
        )
        if any(isinstance(result, Episode) for result in results):
            finish(setting, emit)
            outlet.deliver()
        emit(_summary(results))
    return INTERRUPTED if stop.is_set() else exit_code(results) or outlet.exit_code


def exit_code(results: Sequence[Result]) -> int:
    """Give the exit code of a run."""
    failed = [result for result in results if isinstance(result, Failure)]
    if not results:
        return 3
    return failed[0].exit_code if failed and len(results) == 1 else int(bool(failed))


def _summary(results: Sequence[Result]) -> events.RunFinished:
    episodes = [result for result in results if isinstance(result, Episode)]
    changed = sum(episode.changed for episode in episodes)
    seconds = sum(episode.duration for episode in episodes)
    return events.RunFinished(changed, len(episodes) - changed, len(results) - len(episodes), seconds)
