"""Many sources through a crew of workers. A failure is a value in the report, and the run goes on."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from articleaudio import events, tidying
from articleaudio.catalogue import Catalogue
from articleaudio.config import local_cache
from articleaudio.crews import Crew, inline_crew, local_crew
from articleaudio.errors import NotPublicError, OutputError
from articleaudio.files import must_be_writable
from articleaudio.holding import holding
from articleaudio.model import Failure
from articleaudio.pace import Watch
from articleaudio.plan import Job, NotSpoken, Planner, keep_apart, prune, state_folder
from articleaudio.rations import Rations
from articleaudio.read.discover import Skipped
from articleaudio.read.source import Source
from articleaudio.signing import open_sealer
from articleaudio.site.cards import shelf_of
from articleaudio.store import Store
from articleaudio.task import Result, Setting, failure
from articleaudio.upkeep import settle, trim, work_folder

Found = Source | Skipped | Failure
"""What looking for sources finds."""


def convert_many(
    found: Iterable[Found],
    setting: Setting,
    *,
    jobs: int = 1,
    crew: Crew | None = None,
    limit: int = 0,
    stop: threading.Event | None = None,
    wait: bool = True,
    emit: events.Listener = events.ignore,
) -> Iterator[Result]:
    """Convert sources, giving results as they come. Every result is also stated as an event.

    Sources are taken as they are needed, so `found` may be endless. `jobs` is the number of workers; 0 takes one for
    each core; a `crew` of another kind is asked in their stead. At most `limit` new or changed articles are made; 0
    makes all. Once `stop` is set, articles at hand are finished and no other is begun. Either end is stated as
    RunInterrupted. Another run over the same output is waited for; without `wait` that is a BusyError.

    Raises OutputError when the output cannot be written at all, and KeyboardInterrupt with every worker ended.
    """
    must_be_writable(setting.out)
    if setting.house.signing:
        open_sealer(setting.house.signing)  # what cannot sign is refused before anything is spoken
    cache = Store(setting.house.cache, limit=setting.house.cache_limit)
    cache.check()
    state = state_folder(setting.house, setting.out)
    with holding(state, emit, out=setting.out, wait=wait, stop=stop):
        tidying.begin(setting.house, setting.out)
        keep_apart(setting.house, setting.out, members=setting.members)
        work = setting.work or work_folder(setting.house, setting.out)
        setting = replace(setting, work=work)
        watch = Watch(local_cache(setting.house.cache), emit)
        rations = Rations(found, limit, stop or threading.Event())
        grown = False
        try:
            for result in _made(rations, setting, watch, crew or _crew(jobs)):
                grown |= isinstance(result, Failure) or result.spoken_now > 0
                yield result
        finally:
            watch.keep()
            settle(setting.house, setting.out, work, emit)
            shutil.rmtree(work, ignore_errors=True)
        if ended := rations.ended_early():
            emit(ended)
        if grown:
            trim(cache, emit)


def _crew(jobs: int) -> Crew:
    jobs = jobs or os.cpu_count() or 1
    return inline_crew if jobs == 1 else partial(local_crew, jobs=jobs)


def _made(rations: Rations[Found], setting: Setting, emit: events.Listener, crew: Crew) -> Iterator[Result]:
    """Let a crew make what is planned; the crew is closed whatever happens, and then the planner."""
    planned = rations.of(_plan(rations.found, setting, emit))
    with contextlib.closing(planned), contextlib.closing(crew(planned, setting, emit, rations.stop)) as results:
        for result in results:
            rations.results += 1
            emit(_as_event(result))
            yield result


def finish(setting: Setting, emit: events.Listener = events.ignore) -> None:
    """End a run that has episodes: remove what was superseded long ago, bring feed, index and pages up to date.

    Waits for another run over the same output; whoever wants none in between holds the output around both.
    """
    from articleaudio.site import build_site  # noqa: PLC0415 -- slow to import, and needed at the end alone

    house, out = setting.house, setting.out
    state = state_folder(house, out)

    def warn(text: str) -> None:
        emit(events.Warned(text))

    with holding(state, emit, out=out):
        tidying.note(house, out)
        with Catalogue(out, state) as catalogue:
            catalogue.sync()
            prune(house, out, catalogue)
            shelf = shelf_of(out, catalogue.cards(warn), warn)
            report = build_site(out, house.show, warn, templates=house.templates, shelf=shelf, printed=catalogue)
        tidying.end(house, out)
    emit(events.SiteReady(str(out), report.episodes, report.written))


def _plan(found: Iterable[Found], setting: Setting, emit: events.Listener) -> Iterator[Job | Result]:
    with planner_of(setting) as planner:
        for broken in planner.catalogue.warnings:
            emit(events.Warned(broken))
        yield from plan_all(planner, found, emit)


def planner_of(setting: Setting, *, dry: bool = False) -> Planner:
    """Open a planner as the run wants it."""
    anew = setting.force or setting.retag
    return Planner(setting.house, setting.out, force=anew, members=setting.members, revive=setting.revive, dry=dry)


def plan_all(planner: Planner, found: Iterable[Found], emit: events.Listener) -> Iterator[Job | Result]:
    """Plan sources in order; a source that cannot be planned is a failure, what is passed over is an event."""
    for item in found:
        if isinstance(item, Skipped):
            emit(events.SourceSkipped(item.source, item.reason))
        elif isinstance(item, Failure):
            yield item
        else:
            yield from _plan_one(planner, item, emit)


def _plan_one(planner: Planner, source: Source, emit: events.Listener) -> Iterator[Job | Result]:
    try:
        for item in planner.plan(source):
            if isinstance(item, NotSpoken):
                emit(events.SourceSkipped(item.source, item.reason))
            else:
                yield item
    except OutputError:
        raise
    except NotPublicError as error:
        slugs = ", ".join(planner.still_published(source))
        told = replace(failure(source.name, error), hint=f"{error.hint}; `articleaudio retract` withdraws it")
        still = replace(told, message=f"{error.message}; its episode {slugs} is still published")
        yield still if slugs else failure(source.name, error)
    except Exception as error:  # noqa: BLE001 -- one bad source must not take the others along
        yield failure(source.name, error)


def _as_event(result: Result) -> events.Event:
    if isinstance(result, Failure):
        return events.ArticleFailed(result.source, result.message, result.hint, result.exit_code)
    return events.EpisodeReady(
        source=result.source,
        id=result.id,
        slug=result.slug,
        title=result.title,
        duration=result.duration,
        size=result.size,
        chapters=result.chapters,
        changed=result.changed,
        spoken=result.spoken_now,
        segments=result.segments,
        warnings=tuple(f"{flag.segment}: {flag.message}" if flag.segment else flag.message for flag in result.flags),
        version=result.version,
    )
