"""What a cluster costs beside this machine's own workers: the same articles, the same cores, one task an article.

`python benchmarks/cluster.py [ARTICLES] [WORDS] [ROUNDS]` (40 articles of 200 words, 2 rounds) starts a scheduler and
two workers here, and makes the articles in turn with two local processes and on the cluster, each time with an empty
cache. Printed are seconds of wall and of CPU with all processes that took part (scheduler and workers too), the ratio
of the cluster to the local processes, and whether the MP3s are the same. Where others use the machine, believe the CPU.
Then the cost of a task that does nothing, handed out as articles are: submitted, waited for, its result fetched.
"""

import ctypes
import json
import os
import queue
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import distributed
import psutil

NAMES = ("ferry", "harbor", "council", "budget", "morning", "window", "signal", "garden", "lantern", "bridge")
EMPTY_TASKS = 1000
WINDOW = 4
PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    count, words, rounds = (int(given) for given in (*sys.argv[1:], *("40", "200", "2")[len(sys.argv) - 1 :]))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as machines:
        folder = Path(temporary)
        write(folder / "articles", count, words)
        file = folder / "scheduler.json"
        start(machines, "--scheduler", "--port", "0", "--scheduler-file", file)
        while not file.exists():
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        for number in (1, 2):
            start(machines, address, "--name", f"w{number}")
        with distributed.Client(address) as client:
            client.wait_for_workers(2)
        print(f"{count} articles of {words} words, {rounds} rounds; two processes here, two workers of a cluster here")
        totals = {"local": [0.0, 0.0], "cluster": [0.0, 0.0]}
        for number in range(rounds):
            for name, more in (("local", ("--jobs", "2")), ("cluster", ("--cluster", address))):
                wall, cpu = convert(folder, f"{name}{number}", more)
                totals[name] = [total + spent for total, spent in zip(totals[name], (wall, cpu), strict=True)]
                print(f"{name:8} {wall:7.1f} s wall {cpu:7.1f} s CPU   {cpu / count:.2f} s CPU an article")
        ratios = [mine / other for mine, other in zip(totals["cluster"], totals["local"], strict=True)]
        same = audio(folder / "local0") == audio(folder / "cluster0")
        print(f"cluster / local: {ratios[0]:.3f} wall, {ratios[1]:.3f} CPU; same MP3s: {same}")
        empty(address)


def write(folder: Path, count: int, words: int) -> None:
    folder.mkdir()
    for number in range(count):
        draw = random.Random(number)
        sentences = (
            f"The {draw.choice(NAMES)} met the {draw.choice(NAMES)} at {draw.randint(2, 11)} p.m."
            for _ in range(words // 8)
        )
        (folder / f"story{number:03}.md").write_text(f"# Story number {number}\n\n{' '.join(sentences)}\n")


def start(machines: ExitStack, *arguments: object) -> None:
    command = [sys.executable, "-m", "articleaudio", "worker", *map(str, arguments)]
    process = machines.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    machines.callback(process.terminate)


def convert(folder: Path, name: str, more: tuple[str, ...]) -> tuple[float, float]:
    folders = [f"--{kind}={folder / kind / name}" for kind in ("cache", "state")]
    command = [sys.executable, "-m", "articleaudio", "convert", str(folder / "articles"), f"--out={folder / name}"]
    before, began = spent(), time.monotonic()
    subprocess.run([*command, *folders, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall = time.monotonic() - began
    time.sleep(1)  # what the last ones do on their way out counts, too
    return wall, spent() - before


def spent() -> float:
    """CPU seconds of all processes below this one, dead or alive: orphans come to us, and are buried here."""
    living = psutil.Process().children(recursive=True)
    for one in living:
        if one.status() == psutil.STATUS_ZOMBIE and one.ppid() == os.getpid():
            os.waitpid(one.pid, 0)
    dead = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = dead.ru_utime + dead.ru_stime
    for one in living:
        with suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])
    return total


def audio(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*.mp3")}


def empty(address: str) -> None:
    done: queue.SimpleQueue[distributed.Future] = queue.SimpleQueue()
    with distributed.Client(address) as client:
        began, out = time.monotonic(), 0
        for _ in range(EMPTY_TASKS):
            client.submit(int, pure=False).add_done_callback(done.put)
            out += 1
            while out >= WINDOW:
                done.get().result()
                out -= 1
        each = (time.monotonic() - began) / EMPTY_TASKS
    print(f"a task that does nothing: {each * 1000:.1f} ms wall")


if __name__ == "__main__":
    main()
