"""Disturb everything, by hand: `python tests/faults/everywhere.py [--every K] [--scene NAME] [--jobs N]`.

Prints each finding with the system call at which it came about, and a table of how many faults there were.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from disturbed import Missed, disturb, faults, scenes
from stable import Stable
from world import EPOCH, FERRY, World


def tell(*lines: str) -> None:
    """Print lines, those after the first one set in."""
    sys.stdout.write("\n    ".join(lines) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Disturb, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--scene", default="")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    begun = time.monotonic()
    counted: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(asked.jobs) as pool:
        riders = [pool.submit(ride, Path(name, str(number)), asked, number, counted) for number in range(asked.jobs)]
        bad = sum(rider.result() for rider in riders)
    for (scene, kind), count in sorted(counted.items()):
        tell(f"{scene:10}{kind:10}{count:6}")
    tell(f"{sum(counted.values())} faults, {bad} with findings, {time.monotonic() - begun:.0f} s")
    return int(bool(bad))


def ride(root: Path, asked: argparse.Namespace, number: int, counted: Counter[tuple[str, str]]) -> int:
    """Do one rider's share; each has a stable of its own, in which runs make the same calls every time."""
    warm = World(root / "warm", root / "cache")
    warm.write("ferry.md", FERRY)
    stable = Stable(warm.arguments(), warm.root)
    todo = [(scene, *fault) for scene in scenes(stable, root, root / "cache") for fault in faults(scene)]
    todo = [one for one in todo if asked.scene in one[0].name][asked.first :: asked.every][number :: asked.jobs]
    bad = 0
    for scene, kind, point in todo:
        try:
            wrong = disturb(stable, scene, kind, point, root / "case")
        except Missed:
            counted["missed", kind] += 1
            continue
        counted[scene.name, kind] += 1
        bad += bool(wrong)
        if wrong:
            tell(f"{scene.name} {kind} {point.call} {point.number}: {point.line[:220]}", *wrong)
    stable.close()
    return bad


if __name__ == "__main__":
    sys.exit(main())
