"""Crews: who makes the jobs of a run. They differ in where the work is done, and give the same episodes.

A crew is a generator of results over the planned items, what every worker is told, a listener, and the sign that tells
it to stop. It takes planned items one by one, holds only a few at a time, passes on what is already a result, and gives
results as they come, in any order. Told to stop, or closed early, it begins nothing more and lets each worker finish
what is at hand. `splitting.Course` tells which tasks an article takes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator

from articleaudio import events
from articleaudio.crews.inline import inline_crew
from articleaudio.crews.local import local_crew
from articleaudio.plan import Job
from articleaudio.task import Result, Setting

Crew = Callable[[Iterator[Job | Result], Setting, events.Listener, threading.Event], Generator[Result, None, None]]
"""What makes jobs."""

__all__ = ["Crew", "inline_crew", "local_crew"]
