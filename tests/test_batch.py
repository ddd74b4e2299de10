"""Many articles, workers that die: nothing is lost, nothing differs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from articleaudio import config, events
from articleaudio.batch import convert_many
from articleaudio.crews import local
from articleaudio.model import Episode, Failure
from articleaudio.read.discover import discover
from articleaudio.task import Setting

PATIENCE = 300
"""Seconds that a run may take on a machine that has much else to do."""

WORDS = ["ferry", "harbor", "council", "budget", "morning", "window", "signal", "garden", "lantern", "bridge"]


def write_articles(folder, count):
    folder.mkdir()
    for number in range(count):
        draw = random.Random(number)
        body = "\n\n".join(
            " ".join(
                f"The {draw.choice(WORDS)} met the {draw.choice(WORDS)} at {draw.randint(2, 11)} p.m." for _ in range(3)
            )
            for _ in range(3)
        )
        (folder / f"story{number:02}.md").write_text(f"# Story number {number}\n\n{body}\n")
    return folder


def setting(folder, name, **changes):
    house = config.load_house(folder=folder, cache=folder / f"cache-{name}", state=folder / f"state-{name}")
    return Setting(house, folder / name, **changes)


def audio(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.mp3"))}


def run(folder, name, jobs, emit=events.ignore):
    found = list(discover([str(folder / "articles")]))
    return list(convert_many(found, setting(folder, name), jobs=jobs, emit=emit))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("batch")
    write_articles(folder / "articles", 8)
    results = run(folder, "calm", 1)
    assert all(isinstance(result, Episode) for result in results)
    return folder


def test_two_workers_make_the_same_bytes_as_one(house):
    seen = []
    results = run(house, "two", 2, seen.append)
    assert sorted(result.slug for result in results) == sorted(
        path.name for path in (house / "calm/episodes").iterdir()
    )
    assert audio(house / "two") == audio(house / "calm")
    assert sum(isinstance(event, events.EpisodeReady) for event in seen) == 8
    assert sum(isinstance(event, events.SegmentReady) for event in seen) == sum(result.segments for result in results)


def workers(pid):
    """Process ids of the workers below a process, from /proc: a browser of other tests may be there, too."""
    below = {}
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
    return [one for one in found if is_worker(one)]


def is_worker(pid):
    try:
        return b"articleaudio.workers" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGSEGV])
def test_killed_workers_lose_nothing(house, jobs, signal_):
    """Kill a speaking child or an article worker now and then; every article may be hit, none is lost."""
    name = f"killed-{jobs}-{signal_.name}"
    over = threading.Event()
    kills = []

    def killer():
        draw = random.Random(jobs)
        while not over.wait(0.35):
            if len(kills) < 4 and (pids := workers(os.getpid())):
                victim = draw.choice(pids)
                try:
                    os.kill(victim, signal_)
                except ProcessLookupError:
                    continue
                kills.append(victim)

    thread = threading.Thread(target=killer)
    thread.start()
    try:
        results = run(house, name, jobs)
    finally:
        over.set()
        thread.join()
    assert kills
    again = run(house, name, jobs)
    assert not [result for result in again if isinstance(result, Failure)], (results, again)
    assert audio(house / name) == audio(house / "calm")


def test_a_poisonous_article_costs_itself_alone(house, monkeypatch):
    found = list(discover([str(house / "articles")]))
    monkeypatch.setenv("ARTICLEAUDIO_TEST_POISON", "Story number 3")
    monkeypatch.setattr(local, "WORKER", "poison:studio_worker")
    results = list(convert_many(found, setting(house, "poison"), jobs=2))
    failed = [result for result in results if isinstance(result, Failure)]
    assert [failure.source for failure in failed] == [str(house / "articles" / "story03.md")]
    assert "its worker died 2 times" in failed[0].message
    assert len(results) == 8


def test_ctrl_c_ends_with_130_and_the_rest_goes_on_later(house, tmp_path):
    articles = write_articles(tmp_path / "articles", 12)
    folders = [f"--{name}={tmp_path / name}" for name in ("out", "cache", "state")]
    command = [sys.executable, "-m", "articleaudio", "convert", str(articles), "--jobs", "2", "--json", *folders]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert any('"EpisodeReady"' in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        told, talk = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, talk
    assert '"RunInterrupted", "reason": "interrupted"' in told
    assert "Traceback" not in talk
    assert not list(tmp_path.rglob("*.tmp*"))
    assert not list((tmp_path / "state").glob("*/work/*"))
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").rglob("episode.json"))) == 12
