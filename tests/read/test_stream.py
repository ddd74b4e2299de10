"""Sources as a stream: taken one by one, counted beside the work."""

from __future__ import annotations

import operator
import threading
from pathlib import Path

import pytest

from articleaudio import events
from articleaudio.model import Failure
from articleaudio.read.discover import TWICE, Skipped, discover
from articleaudio.read.source import Source
from articleaudio.read.stream import Stream

STORY = Source("a.md", data=b"x")
EXPORT = Source("export.json", data=b"{}")
PICTURE = Skipped("a.jpg", "a picture")
DEAD = Failure("gone.md", "gone", "", 3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "news/deep").mkdir(parents=True)
    for name in ("a.md", "b.html", "c.jpg", ".d.md", "deep/e.txt"):
        (tmp_path / "news" / name).write_text("x")
    (tmp_path / "list.txt").write_text("# two\nnews/a.md\nhttps://a.example/\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def count(stream: Stream, arguments: list[str], lists: list[str]) -> None:
    stream.count(arguments, lists)
    for thread in threading.enumerate():
        if thread.name == "counting":
            thread.join()


def test_what_is_passed_over_is_given_and_not_counted() -> None:
    said: list[events.Event] = []
    stream = Stream([PICTURE, STORY, DEAD, PICTURE], said.append)
    assert list(stream) == [PICTURE, STORY, DEAD, PICTURE]
    assert said == [events.SourcesFound(1, None), events.SourcesFound(2, 2)]


def test_the_end_is_told_even_where_the_number_was_known() -> None:
    said: list[events.Event] = []
    stream = Stream([STORY, DEAD], said.append, clock=lambda: 5.0)
    assert stream.workers(8) == 2
    assert list(stream) == [STORY, DEAD]
    assert said == [events.SourcesFound(1, 2), events.SourcesFound(2, 2)]


@pytest.mark.parametrize("counted", [0, 4])
def test_what_is_named_twice_is_counted_once_as_soon_as_that_is_known(folder: Path, counted: int) -> None:
    """Whether the search has come to it before or after all was counted."""
    again = ["news/a.md", "news/b.html", "news/a.md"]
    stream = Stream(discover([*again, "news"]), lambda _: None)
    items = [next(stream) for _ in range(counted)]
    count(stream, [*again, "news"], [])
    assert stream.total == 6 - sum(isinstance(item, Skipped) and item.reason == TWICE for item in items)
    last = items[-1:]
    while not (last and isinstance(last[0], Source) and last[0].path.name == "e.txt"):
        last = [next(stream)]
    assert stream.total == stream.taken == 3


def test_a_word_a_second() -> None:
    said: list[events.Event] = []
    ticks = iter(step / 10 for step in range(1000))
    list(Stream([STORY] * 100, said.append, clock=lambda: next(ticks)))
    assert 5 <= len(said) <= 12


@pytest.mark.parametrize(
    ("found", "jobs", "workers"),
    [
        ([], 4, 1),
        ([PICTURE, STORY], 4, 1),
        ([STORY] * 3, 4, 3),
        ([STORY] * 30, 4, 4),
        ([EXPORT], 4, 4),
        ([PICTURE] * 5000, 4, 4),
    ],
)
def test_no_more_workers_than_sources(found: list[Source | Skipped], jobs: int, workers: int) -> None:
    stream = Stream(iter(found), events.ignore)
    assert stream.workers(jobs) == workers
    assert list(stream) == found


def test_looking_ahead_takes_no_more_than_it_must() -> None:
    taken: list[int] = []

    def endless():
        while True:
            taken.append(1)
            yield STORY

    assert Stream(endless(), events.ignore).workers(3) == 3
    assert len(taken) == 3


def test_what_is_to_come_is_counted_beside_the_work(folder: Path) -> None:
    said: list[events.Event] = []
    arguments, lists = ["news", "one.md", "https://b.example/"], ["list.txt", "gone.txt"]
    stream = Stream(discover(arguments, lists=lists), said.append)
    assert operator.length_hint(stream, -1) == -1
    count(stream, arguments, lists)
    assert stream.total == 3 + 2 + 2 + 1
    assert operator.length_hint(stream, -1) == 8
    next(stream)
    next(stream)
    assert operator.length_hint(stream, -1) in {6, 7}
    items = list(stream)
    assert stream.taken == stream.total == 7, items
    assert said[-1] == events.SourcesFound(7, 7)


def test_standard_input_cannot_be_counted(folder: Path) -> None:
    stream = Stream([STORY], events.ignore)
    count(stream, [], ["-"])
    assert stream.total is None
