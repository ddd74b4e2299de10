"""One article as a task: what a worker is given at its start, what it makes of a job, and what it gives back.

A task's result is a value whatever happens, for one bad article must not take the others along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from articleaudio import events
from articleaudio.errors import ArticleAudioError
from articleaudio.model import Episode, Failure, House
from articleaudio.plan import Job
from articleaudio.splitting import Outcome, Part, Task, Uneven, UnevenLevelError

if TYPE_CHECKING:
    from articleaudio.pipeline import Studio

Result = Episode | Failure
"""What becomes of an article."""


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
    revive: bool = False
    """Whether articles whose episodes were withdrawn are published again."""
    retag: bool = False
    """Whether recordings get new tags also where nothing that is heard differs."""
    split_above: int = 200
    """Segments, about, above which an article is spoken by several workers; 0 never splits one."""
    work: Path | None = None
    """Private folder for unfinished recordings; the run takes one and removes it at its end."""


def failure(source: str, error: Exception) -> Failure:
    """Turn an error into the value that stands for it in a report."""
    if isinstance(error, ArticleAudioError):
        return Failure(source, error.message, error.hint, error.exit_code)
    if isinstance(error, OSError):
        return Failure(source, f"the system says: {error}", "check the disk, and run the command again", 5)
    return Failure(source, f"{type(error).__name__}: {error}", "this is a fault of the program: please report it", 1)


def studio_of(setting: Setting) -> Studio:
    """Open a studio as the run wants it."""
    from articleaudio.pipeline import Studio  # noqa: PLC0415 -- brings the stages along; most runs have nothing to make

    return Studio(
        setting.house,
        setting.out,
        work=setting.work,
        strict=setting.strict,
        force=setting.force,
        retag=setting.retag,
    )


def make(studio: Studio, job: Job, emit: events.Listener) -> Result:
    """Make one article; what goes wrong is the result."""
    try:
        return studio.make(job, emit)
    except Exception as error:  # noqa: BLE001 -- one bad article must not take the others along
        return failure(job.source, error)


def do(studio: Studio, task: Task, emit: events.Listener) -> Outcome:
    """Do one task, an article or a part of one; what goes wrong is the outcome."""
    if isinstance(task, Job):
        return make(studio, task, emit)
    try:
        if isinstance(task, Part):
            return studio.make_part(task, emit)
        return studio.make(task.job, emit, parts_at=task.steps)
    except UnevenLevelError as error:
        return Uneven(error.step)
    except Exception as error:  # noqa: BLE001 -- as above
        return failure(task.job.source, error)


def studio_worker() -> Callable[[object, events.Listener], object]:
    """Give the handler of a worker process: the first request is the Setting, each other one a task."""
    studio: list[Studio] = []

    def handle(request: object, emit: events.Listener) -> object:
        if isinstance(request, Setting):
            studio.append(studio_of(request))
            return None
        assert isinstance(request, Task)  # noqa: S101 -- the protocol of this module alone
        return do(studio[0], request, emit)

    return handle
