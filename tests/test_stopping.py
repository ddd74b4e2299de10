"""Runs that end before they are through: told to stop, limited, in each other's way, with workers that hang."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from articleaudio import config, events, holding
from articleaudio.batch import convert_many
from articleaudio.crews import local, supervised
from articleaudio.model import Episode, Failure
from articleaudio.plan import state_folder
from articleaudio.read.discover import discover
from articleaudio.read.source import Source
from articleaudio.task import Setting

PATIENCE = 300
"""Seconds that a run may take on a machine that has much else to do."""

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


def write_articles(folder, count, text="The ferry met the council at 4 p.m."):
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"story{number:02}.md").write_text(f"# Story number {number}\n\n{text}\n")
    return folder


def setting(folder, name="out"):
    house = config.load_house(folder=folder, cache=folder / "cache", state=folder / "state")
    return Setting(house, folder / name)


def command(folder, *more, out="out"):
    folders = [f"--out={folder / out}", f"--cache={folder / 'cache'}", f"--state={folder / 'state'}"]
    return [sys.executable, "-m", "articleaudio", "convert", str(folder / "articles"), *folders, "--json", *more]


def started(folder, *more, **settings):
    return subprocess.Popen(
        command(folder, *more, **settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )


def told(process, kind):
    """The next event of a kind that a run tells."""
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == kind:
            return event
    return pytest.fail(f"no {kind}: {process.stderr.read()}")


def published(folder):
    return {path.parent.name for path in folder.rglob("episode.json")}


def on_pages(folder):
    """Slugs that the index names."""
    page = (folder / "index.html").read_text()
    return {slug for slug in published(folder) if f"episodes/{slug}/" in page}


@posix
@pytest.mark.parametrize(("jobs", "number"), [("2", signal.SIGINT), ("1", signal.SIGTERM)])
def test_the_first_signal_finishes_what_is_at_hand_and_puts_it_on_the_pages(tmp_path, jobs, number):
    write_articles(tmp_path / "articles", 40)
    with started(tmp_path, f"--jobs={jobs}") as run:
        told(run, "EpisodeReady")
        run.send_signal(number)
        ended = told(run, "RunInterrupted")
        _, talk = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, talk
    assert "finishing what is at hand" in talk
    assert "Traceback" not in talk
    assert ended["reason"] == "interrupted"
    made = published(tmp_path / "out")
    assert 1 <= len(made) == ended["done"] < 40
    assert ended["left"] in {None, 40 - len(made)}
    assert on_pages(tmp_path / "out") == made
    assert not list(tmp_path.rglob("*.tmp*"))
    assert not list((tmp_path / "state").glob("*/work/*"))


@posix
def test_the_second_signal_ends_at_once_and_nothing_is_left_running(tmp_path):
    write_articles(tmp_path / "articles", 1, "The ferry met the council at 4 p.m. " * 400)
    write_articles(tmp_path / "more", 1)
    with started(tmp_path, str(tmp_path / "more"), "--jobs=2") as run:
        for _ in range(4):
            told(run, "SegmentReady")
        run.send_signal(signal.SIGINT)
        assert any("finishing" in line for line in run.stderr)
        workers = below(run.pid)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=PATIENCE)
    assert run.returncode == 130
    assert workers
    assert all(map(gone, workers))


def gone(pid):
    """Whether a process ends soon; one whose parent has died may stay as a zombie for good."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def below(pid):
    """Process ids of the children of a process."""
    return [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]


def test_no_more_than_the_limit_is_made_and_the_next_run_goes_on(tmp_path):
    articles = write_articles(tmp_path / "articles", 5)
    for made, left in ((2, 3), (2, 1), (1, None)):
        seen = []
        found = list(discover([str(articles)]))
        results = list(convert_many(found, setting(tmp_path), jobs=2, limit=2, emit=seen.append))
        assert sum(isinstance(result, Episode) and result.changed for result in results) == made
        ended = [event for event in seen if isinstance(event, events.RunInterrupted)]
        assert ended == ([events.RunInterrupted("limit", made, left)] if left else [])
    assert len(published(tmp_path / "out")) == 5


def test_sources_are_taken_as_they_are_needed(tmp_path):
    """An endless list of sources: a run may look a little ahead, and no further."""
    taken = itertools.count()

    def endless():
        for number in taken:
            yield Source(name=f"{number}.md", data=f"# Story {number}\n\nThe ferry met it.\n".encode(), relative="")

    seen = []
    results = list(convert_many(endless(), setting(tmp_path), jobs=2, limit=6, emit=seen.append))
    assert len(results) == 6
    assert seen[-1] == events.RunInterrupted("limit", 6, None)
    assert next(taken) == 7


@posix
@pytest.mark.parametrize(("jobs", "most"), [(1, 1), (2, 2 * local.AT_HAND)])
def test_told_to_stop_nothing_more_is_begun(tmp_path, jobs, most):
    articles = write_articles(tmp_path / "articles", 30)
    stop = threading.Event()
    seen = []
    results = []
    found = list(discover([str(articles)]))
    for result in convert_many(found, setting(tmp_path), jobs=jobs, stop=stop, emit=seen.append):
        results.append(result)
        stop.set()
    assert 1 <= len(results) <= most, "what was handed out may have ended by then, and no more"
    assert {result.slug for result in results} == published(tmp_path / "out")
    assert seen[-1] == events.RunInterrupted("interrupted", len(results), 30 - len(results))


@posix
def test_a_worker_that_hangs_as_a_whole_costs_its_article_alone(tmp_path, monkeypatch):
    articles = write_articles(tmp_path / "articles", 4)
    monkeypatch.setenv("ARTICLEAUDIO_TEST_POISON", "Story number 1")
    monkeypatch.setenv("ARTICLEAUDIO_TEST_POISON_NOTES", str(tmp_path / "notes"))
    monkeypatch.setattr(local, "WORKER", "poison:hanging_worker")
    monkeypatch.setattr(supervised, "SILENCE", 6.0)  # one that is only slow, for much else is going on, must not count
    results = list(convert_many(discover([str(articles)]), setting(tmp_path), jobs=2))
    failed = [result for result in results if isinstance(result, Failure)]
    assert [Path(failure.source).name for failure in failed] == ["story01.md"]
    assert "no sign of life" in failed[0].message
    assert len(results) == 4
    engines = [int(line) for line in (tmp_path / "notes").read_text().split()]
    assert len(engines) == 2, "it is tried twice"
    assert all(map(gone, engines))


def test_a_second_run_waits_for_the_first_and_says_so(tmp_path):
    write_articles(tmp_path / "articles", 1)
    mine = setting(tmp_path)
    with holding.holding(state_folder(mine.house, mine.out)), started(tmp_path) as waiting:
        busy = told(waiting, "OutputBusy")
        with started(tmp_path, "--no-wait") as refused:
            _, refusal = refused.communicate(timeout=PATIENCE)
        with started(tmp_path, out="another") as other:
            other.communicate(timeout=PATIENCE)
        assert not published(tmp_path / "out")
        waiting.send_signal(signal.SIGTERM)
        _, talk = waiting.communicate(timeout=PATIENCE)
    assert busy["pid"] == os.getpid()
    assert refused.returncode == 5
    assert f"process {os.getpid()} on " in refusal
    assert other.returncode == 0, "two outputs are not in each other's way"
    assert waiting.returncode == 130, talk


@posix
def test_one_output_with_two_state_folders_is_one_output(tmp_path):
    write_articles(tmp_path / "articles", 1)
    with holding.holding(tmp_path / "elsewhere", out=tmp_path / "out"), started(tmp_path, "--no-wait") as refused:
        _, refusal = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 5, refusal
    assert "another run is at work on" in refusal


def test_when_the_first_run_ends_the_second_goes_on(tmp_path):
    write_articles(tmp_path / "articles", 1)
    mine = setting(tmp_path)
    with holding.holding(state_folder(mine.house, mine.out)):
        waiting = started(tmp_path)
        told(waiting, "OutputBusy")
    with waiting:
        _, talk = waiting.communicate(timeout=PATIENCE)
    assert waiting.returncode == 0, talk
    assert len(published(tmp_path / "out")) == 1


@posix
def test_an_interrupt_that_comes_before_anything_has_begun_ends_quietly(tmp_path):
    # What is imported first comes from here, and asks for the interrupt that a user may send at any moment.
    (tmp_path / "click.py").write_text("import signal, time\nsignal.raise_signal(signal.SIGINT)\ntime.sleep(60)\n")
    run = subprocess.run(
        [sys.executable, "-m", "articleaudio", "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "")
