"""Many articles with one in a hundred that is poison: `python tests/faults/poison_run.py [--articles 10000]`.

All say the same words, which the cache knows after the first one: what is measured is everything but speech.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from world import World

POISON = (
    ("empty", b""),
    ("no text", bytes(range(256)) * 40),
    ("only a front matter", b"---\ntitle: Nothing\n---\n"),
    ("a front matter that is none", b"---\ntitle: [unclosed\n---\n\nIt sails.\n"),
    ("nested too deeply", b"> " * 20_000 + b"deep"),
)
"""What nothing can be made of."""


@dataclass(frozen=True, slots=True)
class Poisoned:
    """What came of it."""

    code: int
    """Exit code."""
    made: int
    """Episodes that were made."""
    failed: list[str]
    """Names of the articles that failed."""
    poison: list[str]
    """Names of those that must."""
    findings: list[str]
    """What is not whole."""
    again: int
    """Exit code of the next run."""
    changed: list[str]
    """Files that the next run changed."""
    seconds: float
    """How long the first run took."""


def poisoned(root: Path, articles: int, *, jobs: int) -> Poisoned:
    """Make articles, one in a hundred of which is poison, and run twice."""
    world = World(root / "world", root / "cache")
    world.articles.mkdir(parents=True)
    poison = []
    for number in range(articles):
        _, data = POISON[number // 100 % len(POISON)]
        name = f"story{number:06}.md"
        if number % 100 == 50:
            (world.articles / name).write_bytes(data)
            poison.append(f"articles/{name}")
        else:
            date = f"date: 2026-0{number % 8 + 1}-01\nurl: https://harbour.example/{number}"
            world.write(name, f"---\ntitle: The ferry\n{date}\n---\n\nIt sails.\n")
    begun = time.monotonic()
    first = world.convert("--json", jobs=jobs, patience=None)
    seconds = time.monotonic() - begun
    told = [json.loads(line) for line in first.talk.splitlines() if line.startswith("{")]
    failed = [one["source"] for one in told if one["event"] == "ArticleFailed"]
    made = sum(one["event"] == "EpisodeReady" for one in told)
    before = world.tree()
    again = world.convert(jobs=jobs, patience=None)
    after = world.tree()
    changed = [name for name in after if after[name] != before.get(name)]
    return Poisoned(first.code, made, sorted(failed), poison, world.findings(), again.code, changed, round(seconds, 1))


def main() -> int:
    """Run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        result = poisoned(Path(name), asked.articles, jobs=asked.jobs)
    good = (result.failed, result.findings, result.changed) == (result.poison, [], [])
    sys.stdout.write(
        f"{result.made} made, {len(result.failed)} of {len(result.poison)} bad ones named, {result.seconds} s; "
        f"{len(result.findings)} findings, {len(result.changed)} files changed by the next run\n"
    )
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
