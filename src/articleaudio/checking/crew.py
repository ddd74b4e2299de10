"""Who examines episodes: this process, or several supervised ones that take turns. Reports keep their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articleaudio import events
from articleaudio.checking.episode import Bench, Examiner
from articleaudio.checking.feed import Item
from articleaudio.checking.findings import Finding, Report
from articleaudio.checking.section import section_of
from articleaudio.publish.lying import read_lying
from articleaudio.workers.turns import ATTEMPTS, Turns

WORKER = "articleaudio.checking.crew:examining_worker"
"""What a worker process runs."""

PATIENCE = 1800.0
"""Seconds that one episode may take: eighteen hours of speech are decoded in less."""


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


def check_all(bench: Bench, items: Iterable[Task | Checked], jobs: int) -> Iterator[Checked]:
    """Examine what is a task, pass on what is known, in order."""
    if jobs == 1:
        examiner = Examiner(bench)
        for one in items:
            yield one if isinstance(one, Checked) else examined(examiner, one, bench)
        return
    with Turns[Task, Checked](WORKER, bench, jobs, _lost, deadline=PATIENCE) as turns:
        yield from turns.all(items, Task)


def _lost(task: Task, told: str) -> Checked:
    """What is said of an episode over which workers are lost."""
    what = f"its check ended {ATTEMPTS} workers: {told}"
    return Checked(Report(task.slug, findings=(Finding("file", what, "episode.json"),)), lost=True)


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
