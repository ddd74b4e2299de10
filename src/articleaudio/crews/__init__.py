"""Crews: who makes the jobs of a run. They differ in where the work is done, and give the same episodes.

A crew is a generator of results over the planned items, what every worker is told, and a listener. It takes planned
items one by one, holds only a few at a time, passes on what is already a result, and gives results as they come, in any
order. When it is closed early it lets each worker finish what is at hand.
"""

from __future__ import annotations

from articleaudio.crews.inline import inline_crew
from articleaudio.crews.local import local_crew

__all__ = ["inline_crew", "local_crew"]
