"""Many sources through a few workers. A failure is a value in the report, and the run goes on.

One worker makes articles here, in this process; several are child processes, each supervised by a thread. A child that
crashes or hangs costs one retry and, if it happens again, that one article.
"""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio import events
from articleaudio.errors import ArticleAudioError, OutputError
from articleaudio.files import must_be_writable
from articleaudio.model import Episode, Failure, House
from articleaudio.pipeline import Studio, settle, trim, work_folder
from articleaudio.plan import Job, NotSpoken, Planner, keep_apart, prune
from articleaudio.read.discover import Skipped
from articleaudio.read.source import Source
from articleaudio.signing import open_sealer
from articleaudio.site import build_site
from articleaudio.store import Store
from articleaudio.workers import Child, WorkerDied, WorkerHung

WORKER = "articleaudio.batch:studio_worker"
"""What a worker process runs."""

ATTEMPTS = 2
"""How often an article is tried when its worker dies."""

GRACE = 60.0
"""Seconds that a worker may take to finish what is at hand when the run is interrupted."""

Found = Source | Skipped | Failure
"""What looking for sources finds."""

Result = Episode | Failure
"""What becomes of a source."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every worker of a run is given at its start."""

    house: House
    """The house."""
    out: Path
    """Output folder."""
    strict: bool = False
    """Whether a doubtful reading fails the article."""
    force: bool = False
    """Whether everything is made anew, past receipts and cache."""
    members: bool = False
    """Whether articles that only members may read are spoken."""
    work: Path | None = None
    """Private folder for unfinished recordings; the run takes one and removes it at its end."""


def convert_many(
    found: Iterable[Found], setting: Setting, *, jobs: int = 1, emit: events.Listener = events.ignore
) -> Iterator[Result]:
    """Convert sources, giving results as they come. Every result is also stated as an event.

    `jobs` is the number of workers; 0 takes one for each core. Raises OutputError when the output cannot be written at
    all, and KeyboardInterrupt with every worker ended.
    """
    must_be_writable(setting.out)
    if setting.house.signing:
        open_sealer(setting.house.signing)  # what cannot sign is refused before anything is spoken
    cache = Store(setting.house.cache, limit=setting.house.cache_limit)
    cache.check()
    keep_apart(setting.house, setting.out, members=setting.members)
    jobs = jobs or os.cpu_count() or 1
    work = setting.work or work_folder(setting.house, setting.out)
    setting = replace(setting, work=work)
    planned = _plan(found, setting, emit)
    results = _inline(planned, setting, emit) if jobs == 1 else _crew(planned, setting, jobs, emit)
    grown = False
    try:
        for result in results:
            emit(_as_event(result))
            grown |= isinstance(result, Failure) or result.spoken_now > 0
            yield result
    finally:
        results.close()
        settle(setting.house, setting.out, work, emit)
        shutil.rmtree(work, ignore_errors=True)
    if grown:
        trim(cache, emit)


def finish(setting: Setting, emit: events.Listener = events.ignore) -> None:
    """End a run that has episodes: remove what was superseded long ago, bring feed, index and pages up to date."""
    prune(setting.house, setting.out)
    house = setting.house
    report = build_site(setting.out, house.show, lambda text: emit(events.Warned(text)), templates=house.templates)
    emit(events.SiteReady(str(setting.out), report.episodes, report.written))


def failure(source: str, error: Exception) -> Failure:
    """Turn an error into the value that stands for it in a report."""
    if isinstance(error, ArticleAudioError):
        return Failure(source, error.message, error.hint, error.exit_code)
    return Failure(source, f"{type(error).__name__}: {error}", "this is a fault of the program: please report it", 1)


def _plan(found: Iterable[Found], setting: Setting, emit: events.Listener) -> Iterator[Job | Result]:
    planner = Planner(setting.house, setting.out, force=setting.force, members=setting.members)
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
    )


def studio_of(setting: Setting) -> Studio:
    """Open a studio as the run wants it."""
    return Studio(setting.house, setting.out, work=setting.work, strict=setting.strict, force=setting.force)


# ── one worker, here ────────────────────────────────────────────────────────────────────────────────────────────────


def _inline(planned: Iterator[Job | Result], setting: Setting, emit: events.Listener) -> Generator[Result, None, None]:
    with studio_of(setting) as studio:
        for item in planned:
            yield _make(studio, item, emit) if isinstance(item, Job) else item


def _make(studio: Studio, job: Job, emit: events.Listener) -> Result:
    try:
        return studio.make(job, emit)
    except Exception as error:  # noqa: BLE001 -- as above: the failure is in the report
        return failure(job.source, error)


# ── several workers, each a child process ───────────────────────────────────────────────────────────────────────────


def studio_worker() -> Callable[[object, events.Listener], object]:
    """Give the handler of a worker process: the first request is the Setting, each other one a Job."""
    studio: list[Studio] = []

    def handle(request: object, emit: events.Listener) -> object:
        if isinstance(request, Setting):
            studio.append(studio_of(request))
            return None
        assert isinstance(request, Job)  # noqa: S101 -- the protocol of this module alone
        return _make(studio[0], request, emit)

    return handle


def _crew(
    planned: Iterator[Job | Result], setting: Setting, jobs: int, emit: events.Listener
) -> Generator[Result, None, None]:
    """Hand jobs to `jobs` supervising threads through a short queue, so that memory does not grow with the run."""
    inbox: queue.Queue[Job | None] = queue.Queue(maxsize=jobs)
    outbox: queue.Queue[Result] = queue.Queue()
    guarded = _one_at_a_time(emit)
    workers = [_Worker(setting, inbox, outbox, guarded) for _ in range(jobs)]
    pending = 0
    try:
        for item in planned:
            if not isinstance(item, Job):
                yield item
                continue
            while not _offer(inbox, item):
                yield outbox.get()
                pending -= 1
            pending += 1
            while not outbox.empty():
                yield outbox.get()
                pending -= 1
        for _ in range(pending):
            yield outbox.get()
    finally:
        _end(workers, inbox)


def _end(workers: Sequence[_Worker], inbox: queue.Queue[Job | None]) -> None:
    """Let every worker finish what is at hand, then end it; a second Ctrl-C ends it at once."""
    with inbox.mutex:
        inbox.queue.clear()
    try:
        for _ in workers:
            inbox.put(None)
        for worker in workers:
            worker.join(GRACE)
    finally:
        for worker in workers:
            worker.end_child()


def _offer(inbox: queue.Queue[Job | None], job: Job) -> bool:
    try:
        inbox.put_nowait(job)
    except queue.Full:
        return False
    return True


def _one_at_a_time(emit: events.Listener) -> events.Listener:
    lock = threading.Lock()

    def guarded(event: events.Event) -> None:
        with lock:
            emit(event)

    return guarded


class _Worker(threading.Thread):
    """A thread that supervises one child process."""

    def __init__(
        self, setting: Setting, inbox: queue.Queue[Job | None], outbox: queue.Queue[Result], emit: events.Listener
    ) -> None:
        super().__init__(daemon=True)
        self._setting = setting
        self._inbox = inbox
        self._outbox = outbox
        self._emit = emit
        self._child = Child(WORKER)
        self._fresh = True
        self.start()

    def run(self) -> None:
        """Work until told to stop."""
        while (job := self._inbox.get()) is not None:
            self._outbox.put(self._attempt(job))

    def end_child(self) -> None:
        """End the child process, whatever it is at; the thread ends at the next job, which is None."""
        self._child.close()

    def _attempt(self, job: Job) -> Result:
        last = ""
        for _ in range(ATTEMPTS):
            try:
                return self._call(job)
            except (WorkerDied, WorkerHung) as error:
                last = str(error)
                self._fresh = True
            except Exception as error:  # noqa: BLE001 -- a fault of one article
                return failure(job.source, error)
        return Failure(job.source, f"its worker died {ATTEMPTS} times: {last}", "try it alone with --jobs 1", 1)

    def _call(self, job: Job) -> Result:
        if self._fresh:
            self._child.call(self._setting, deadline=120.0)
            self._fresh = False
        characters = sum(len(block.text) for block in job.article.blocks)
        result = self._child.call(job, deadline=300.0 + characters / 10, on_message=self._pass_on)
        assert isinstance(result, Episode | Failure)  # noqa: S101 -- the protocol of this module alone
        return result

    def _pass_on(self, message: object) -> None:
        if isinstance(message, events.Event):
            self._emit(message)
