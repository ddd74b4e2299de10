"""Runs that meet each other, sources that change under them, clocks that go back, engines that stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from killed import descendants
from world import EDITED, FERRY, World

OTHER = FERRY.replace("ferry", "plane").replace("sails", "flies")


def begun(world, *more, source="articles", jobs=2):
    arguments = [source if one == "articles" else one for one in world.arguments(*more, jobs=jobs)]
    return subprocess.Popen(
        [sys.executable, "-m", "articleaudio", *arguments],
        cwd=world.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(*runs):
    for run in runs:
        talk, _ = run.communicate(timeout=240)
        assert run.returncode == 0, talk


@pytest.mark.parametrize("second", ["articles", "others"])
def test_two_runs_at_once(horses, fresh, tmp_path, second):
    """Over the same articles, or over others: as if one had come after the other."""
    (fresh.root / "others").mkdir()
    (fresh.root / "others" / "plane.md").write_text(OTHER)
    calm = fresh.copy(tmp_path / "calm")
    for source in ("articles", second):
        told = [source if one == "articles" else one for one in calm.arguments()]
        assert horses.run(told, calm.root).code == 0
    ended(begun(fresh), begun(fresh, source=second))
    assert not fresh.findings()
    assert not fresh.leftovers()
    assert not fresh.unlike(calm)


def test_a_source_that_changes_while_it_is_read(horses, warm, fresh):
    """Whatever a run catches, nothing half made is seen; once the source is quiet, the next run is right."""
    path = fresh.articles / "ferry.md"
    over = threading.Event()

    def writer():
        aside = path.with_suffix(".new")
        while not over.is_set():
            path.write_text(EDITED)  # empty for a moment, and half there
            aside.write_text(FERRY * 50)
            aside.replace(path)
            path.unlink()
            path.write_text(FERRY)

    thread = threading.Thread(target=writer)
    thread.start()
    try:
        for _ in range(4):
            ran = horses.run(fresh.arguments(), fresh.root)
            assert ran.code in {0, 3}, ran.talk
            assert "Traceback" not in ran.talk
            assert "fault of the program" not in ran.talk
            assert not fresh.findings()
    finally:
        over.set()
        thread.join()
    path.write_text(FERRY)
    assert horses.run(fresh.arguments(), fresh.root).code == 0
    document = json.loads(next(fresh.out.glob("episodes/*/episode.json")).read_bytes())
    calm = json.loads(next(warm.out.glob("episodes/*/episode.json")).read_bytes())
    assert (document["id"], document["audio"]["sha256"]) == (calm["id"], calm["audio"]["sha256"])


@pytest.mark.parametrize("how", ["faketime", "SOURCE_DATE_EPOCH"])
def test_a_clock_that_goes_back(published, how, monkeypatch):
    before = json.loads(next(published.out.glob("episodes/*/episode.json")).read_bytes())
    published.write("ferry.md", EDITED)
    if how == "faketime":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
        ran = published.convert(env={"SOURCE_DATE_EPOCH": ""}, before=("faketime", "2026-03-20 12:00:00"))
    else:
        ran = published.convert(env={"SOURCE_DATE_EPOCH": "1550000000"})
    assert ran.code == 0, ran.talk
    after = json.loads(next(published.out.glob("episodes/*/episode.json")).read_bytes())
    assert (after["id"], after["slug"], after["version"]) == (before["id"], before["slug"], before["version"] + 1)
    assert after["audio"]["sha256"] != before["audio"]["sha256"]
    assert not published.findings()
    # The clock is right again: the audio of before keeps its days, for the run of then may have been just now.
    assert published.convert().code == 0
    assert len(list(published.out.glob("episodes/*/*.mp3"))) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_speaking_process_that_stops_is_ended(warm, fresh, tmp_path):
    """It is stopped with SIGSTOP, which nothing but a watchdog ends."""
    world = World(fresh.root, tmp_path / "cold")
    run = begun(world, jobs=1)
    stopped = []
    while run.poll() is None and not stopped:
        for pid in descendants(run.pid):
            try:
                os.kill(pid, signal.SIGSTOP)
            except ProcessLookupError:
                continue
            stopped.append(pid)
        time.sleep(0.02)
    ended(run)
    assert stopped
    assert not world.unlike(warm)
    shutil.rmtree(world.cache)
