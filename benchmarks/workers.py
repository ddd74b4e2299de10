"""What a second worker brings: the same articles by one and by two, and whether workers ever wait.

`python benchmarks/workers.py [ARTICLES] [SENTENCES]` makes 40 articles of 24 sentences with eSpeak NG, in turn by one
worker on one core, by two on two, and by two again as one very long article of all the sentences, split and not.

Seconds of wall and of CPU, where it went (parent or workers), and the share of the run that each worker had work, which
holds on a busy machine too: wall does not.
"""

import os
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from articleaudio import config
from articleaudio.batch import convert_many
from articleaudio.crews import local, local_crew, supervised
from articleaudio.read.discover import discover
from articleaudio.task import Setting

WORDS = ["ferry", "harbor", "council", "budget", "morning", "window", "signal", "garden", "lantern", "bridge"]


class Watched(supervised.Supervised):
    """A worker that notes when it is at work."""

    spans: ClassVar[list[tuple[float, float]]] = []
    guard = threading.Lock()

    def do(self, task, emit):
        begin = time.monotonic()
        try:
            return super().do(task, emit)
        finally:
            with self.guard:
                self.spans.append((begin, time.monotonic()))


def main() -> None:
    count, sentences = (int(one) for one in (*sys.argv[1:], "40", "24")[:2])
    local.Supervised = Watched
    base = Path(tempfile.mkdtemp())
    cores = sorted(os.sched_getaffinity(0))
    try:
        many, long = base / "many", base / "long"
        write(many, count, sentences)
        write(long, 1, count * sentences)
        one = told("one worker, one core", base, many, 1, cores[:1])
        two = told("two workers, two cores", base, many, 2, cores[:2])
        print(f"  two are {one / two:.2f} times as quick as one")
        whole = told("one long article, not split", base, long, 2, cores[:2], split_above=0)
        split = told("one long article, split", base, long, 2, cores[:2], split_above=100)
        print(f"  split it is {whole / split:.2f} times as quick")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def write(folder: Path, count: int, sentences: int) -> None:
    folder.mkdir()
    for number in range(count):
        draw = random.Random(number)
        lines = [
            f"The {draw.choice(WORDS)} met the {draw.choice(WORDS)} at {draw.randint(2, 11)}:{draw.randint(10, 59)} "
            f"p.m. in {draw.randint(1000, 9999)} places."
            for _ in range(sentences)
        ]
        text = "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, sentences, 3))
        (folder / f"story{number:03}.md").write_text(f"# Story number {number}\n\n{text}\n")


def told(name: str, base: Path, articles: Path, jobs: int, cores: list[int], **changes) -> float:
    home = Path(tempfile.mkdtemp(dir=base))
    house = config.load_house(folder=home, cache=home / "cache", state=home / "state")
    setting = replace(Setting(house, home / "out"), **changes)
    before = spent(), spent(resource.RUSAGE_CHILDREN)
    os.sched_setaffinity(0, cores)
    Watched.spans.clear()
    begin = time.monotonic()

    def crew(planned, setting, emit, stop):
        return local_crew(planned, setting, emit, stop, jobs=jobs)

    results = list(convert_many(discover([str(articles)]), setting, crew=crew))
    wall = time.monotonic() - begin
    os.sched_setaffinity(0, os.sched_getaffinity(os.getppid()))
    ours, theirs = spent() - before[0], spent(resource.RUSAGE_CHILDREN) - before[1]
    first, last = min(span[0] for span in Watched.spans), max(span[1] for span in Watched.spans)
    busy = sum(end - start for start, end in Watched.spans) / ((last - first) * jobs)
    print(
        f"{name:30} {wall:7.1f} s wall, CPU {ours:5.2f} s here and {theirs:7.1f} s in workers, "
        f"at work {busy:.1%} of the time, {len(results)} articles, {sum(one.spoken_now for one in results)} segments"
    )
    return wall


def spent(whose: int = resource.RUSAGE_SELF) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
