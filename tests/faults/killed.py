"""Kill whole runs, by hand: `python tests/faults/killed.py [--times 200] [--seed N]`.

A run makes some articles with two workers; at a random moment its whole process group and all that it started is
killed. What lies there then must be whole; after some kills a run is let through, and must come to the same bytes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from wholeness import findings
from world import BASE, EPOCH, World

__all__ = ["World", "kill_often", "several"]

ARTICLES = 6
"""How many a run makes."""

IN_A_ROW = 4
"""Kills before a run is let through."""


@dataclass(slots=True)
class Killed:
    """What came of it."""

    kills: int = 0
    """Runs that were killed before they ended."""
    rounds: int = 0
    """Runs that were let through after that."""
    findings: list[str] = field(default_factory=list)
    """What was not as it should be."""


def several(root: Path) -> World:
    """A world of some articles that nothing disturbed, with a warm cache."""
    world = World(root / "calm", root / "cache")
    for number in range(ARTICLES):
        world.write(
            f"story{number}.md",
            f"---\ntitle: Story number {number}\nurl: https://harbour.example/{number}\ndate: 2026-03-0{number + 1}\n"
            f"---\n\nThe ferry number {number} sails again.\n",
        )
    ran = world.convert(jobs=2)
    assert ran.code == 0, ran.talk
    return world


def kill_often(calm: World, root: Path, times: int, *, seed: int, tell: Callable[[str], None] = str) -> Killed:
    """Kill runs until `times` of them died before their end."""
    draw = random.Random(seed)
    result = Killed()
    length = _length(calm, root / "measured")
    while result.kills < times:
        world = World(root / "case", calm.cache)
        shutil.copytree(calm.articles, world.articles)
        for _ in range(IN_A_ROW):
            result.kills += _killed(world, draw.uniform(0.3, 1.1) * length)
            result.findings += findings(world.out, BASE)
        ran = world.convert(jobs=2)
        result.rounds += 1
        if ran.code:
            result.findings.append(f"the run after {IN_A_ROW} kills gave {ran.code}: {ran.talk}")
        result.findings += world.findings() + [f"left: {one}" for one in world.leftovers()]
        result.findings += [f"differs: {name}" for name in world.unlike(calm)]
        tell(f"{result.kills} kills, {result.rounds} runs let through, {len(result.findings)} findings")
        shutil.rmtree(world.root)
    return result


def _length(calm: World, root: Path) -> float:
    """Seconds that a run takes here and now."""
    world = World(root, calm.cache)
    shutil.copytree(calm.articles, world.articles)
    begun = time.monotonic()
    assert world.convert(jobs=2).code == 0
    shutil.rmtree(root)
    return time.monotonic() - begun


def _killed(world: World, after: float) -> bool:
    """Begin a run and kill all of it after so many seconds; tell whether it was still at work."""
    command = [sys.executable, "-m", "articleaudio", *world.arguments(jobs=2)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    with subprocess.Popen(
        command, cwd=world.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            family = [process.pid, *descendants(process.pid)]
            for pid in random.Random(len(family)).sample(family, len(family)):
                _kill(pid)
            process.wait()
            return True
    return False


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def descendants(pid: int) -> list[int]:
    """Process ids below a process, from /proc."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text("ascii", "replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        below.setdefault(parent, []).append(int(entry.parent.name))
    found, queue = [], [pid]
    while queue:
        children = below.get(queue.pop(), [])
        found += children
        queue += children
    return found


def main() -> int:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        result = kill_often(
            several(Path(name)),
            Path(name),
            asked.times,
            seed=asked.seed,
            tell=lambda line: sys.stderr.write(f"{line}\n"),
        )
    for one in result.findings:
        sys.stdout.write(f"{one}\n")
    return int(bool(result.findings))


if __name__ == "__main__":
    sys.exit(main())
