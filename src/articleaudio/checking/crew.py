"""Who examines episodes: this process, or several supervised ones that take turns. Reports keep their order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from articleaudio import events
from articleaudio.checking.episode import Bench, Examiner
from articleaudio.checking.feed import Item
from articleaudio.checking.findings import Finding, Report
from articleaudio.checking.section import section_of
from articleaudio.publish.lying import read_lying
from articleaudio.workers import Child, WorkerDied, WorkerHung

WORKER = "articleaudio.checking.crew:examining_worker"
"""What a worker process runs."""

PATIENCE = 1800.0
"""Seconds that one episode may take: eighteen hours of speech are decoded in less."""

AT_HAND = 4
"""Episodes for each worker that are handed out before the first of them is waited for."""


@dataclass(frozen=True, slots=True)
class Task:
    """An episode to be examined."""

    slug: str
    """Folder name."""
    items: tuple[Item, ...]
    """Its entries in feeds."""
    state: str = ""
    """Fingerprint of what its report will be made from; empty where nothing is to be remembered."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and what comes with it."""

    report: Report
    """What was found."""
    section: str = ""
    """Its part of the page of the check; empty where there is none."""
    state: str = ""
    """Fingerprint of what the report was made from."""
    remembered: bool = False
    """Whether it was found by an earlier check."""
    lost: bool = False
    """Whether the worker was lost over it."""


class Crew:
    """Examines tasks in order."""

    def __init__(self, bench: Bench, jobs: int) -> None:
        """Take what every worker needs, and how many there are."""
        self._bench = bench
        self._jobs = jobs
        self._pool = ThreadPoolExecutor(jobs) if jobs > 1 else None
        self._here = threading.local()
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for child in self._children:
            child.close()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def all(self, tasks: Iterable[Task | Checked]) -> Iterator[Checked]:
        """Examine what is a task, pass on what is known; a few at a time, in order."""
        if self._pool is None:
            examiner = Examiner(self._bench)
            for one in tasks:
                yield one if isinstance(one, Checked) else examined(examiner, one, self._bench)
            return
        waiting: deque[Future[Checked] | Checked] = deque()
        for one in tasks:
            waiting.append(one if isinstance(one, Checked) else self._pool.submit(self._ask, one))
            while waiting and (len(waiting) > AT_HAND * self._jobs or isinstance(waiting[0], Checked)):
                yield _got(waiting.popleft())
        while waiting:
            yield _got(waiting.popleft())

    def _ask(self, task: Task) -> Checked:
        """Let this thread's worker examine an episode; one that it is lost over is a finding."""
        for _ in range(2):
            try:
                answer = self._child().call(task, deadline=PATIENCE)
            except (WorkerDied, WorkerHung) as error:
                self._here.begun, told = False, error.message
                continue
            assert isinstance(answer, Checked)  # noqa: S101 -- the protocol of this module alone
            return answer
        what = f"its check ended two workers: {told}"
        return Checked(Report(task.slug, findings=(Finding("file", what, "episode.json"),)), lost=True)

    def _child(self) -> Child:
        child: Child | None = getattr(self._here, "child", None)
        if child is None:
            child = self._here.child = Child(WORKER)
            self._here.begun = False
            self._children.append(child)
        if not self._here.begun:
            child.call(self._bench, deadline=PATIENCE)
            self._here.begun = True
        return child


def _got(one: Future[Checked] | Checked) -> Checked:
    return one if isinstance(one, Checked) else one.result()


def examined(examiner: Examiner, task: Task, bench: Bench) -> Checked:
    """Examine one episode here."""
    one = read_lying(bench.out / "episodes" / task.slug)
    report, sound = examiner.examine(one, task.items)
    section = section_of(report, sound, bench.out, bench.page) if bench.page else ""
    return Checked(report, section, task.state)


def examining_worker() -> Callable[[object, events.Listener], object]:
    """Give the handler of a worker process: the first request is the Bench, each other one a Task."""
    begun: list[tuple[Bench, Examiner]] = []

    def handle(request: object, emit: events.Listener) -> object:  # noqa: ARG001 -- nothing is told on the way
        if isinstance(request, Bench):
            begun[:] = [(request, Examiner(request))]
            return None
        assert isinstance(request, Task)  # noqa: S101 -- the protocol of this module alone
        bench, examiner = begun[0]
        return examined(examiner, request, bench)

    return handle
