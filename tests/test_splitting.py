"""A very long article is spoken by several workers, and has the bytes of one spoken by one."""

from __future__ import annotations

import os
import random
import signal
import sys

import pytest

from articleaudio import config, events, splitting
from articleaudio.batch import convert_many
from articleaudio.crews import local, supervised
from articleaudio.model import Article, Block, BlockKind, Episode, Failure
from articleaudio.plan import Job
from articleaudio.read.discover import discover
from articleaudio.task import Setting

WORDS = ["ferry", "harbor", "council", "budget", "morning", "window", "signal", "garden", "lantern", "bridge"]


def write_article(folder, name, sentences):
    draw = random.Random(name)
    lines = [
        f"The {draw.choice(WORDS)} met the {draw.choice(WORDS)} at {draw.randint(2, 11)} p.m." for _ in range(sentences)
    ]
    text = "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, sentences, 4))
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"# The {name} story\n\n{text}\n")


def public(folder):
    """All public files of the episodes, without what tells the time or the run."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted((folder / "episodes").rglob("*"))
        if path.is_file()
    }


def setting(folder, name, **changes):
    house = config.load_house(folder=folder, cache=folder / f"cache-{name}", state=folder / f"state-{name}")
    return Setting(house, folder / name, **changes)


def run(folder, name, jobs, emit=events.ignore, **changes):
    found = discover([str(folder / "articles")])
    return list(convert_many(found, setting(folder, name, **changes), jobs=jobs, emit=emit))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("split")
    write_article(folder / "articles", "long", 36)
    write_article(folder / "articles", "short", 4)
    return folder


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(splitting, "PART", 8)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")


@pytest.fixture(scope="module")
def whole(house):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1760000000")
        results = run(house, "whole", 1)
    assert all(isinstance(result, Episode) for result in results)
    return {result.title: result for result in results}


@pytest.fixture
def asked(monkeypatch):
    """What workers were asked for, with what became of it."""
    asked = []
    do = supervised.Supervised.do

    def noted(self, task, emit):
        outcome = do(self, task, emit)
        asked.append((task, outcome))
        return outcome

    monkeypatch.setattr(supervised.Supervised, "do", noted)
    return asked


def test_what_is_too_loud_as_a_whole_is_spoken_in_parts_once_more(house, asked):
    """Its level is known when all of it is there: that must not leave the other workers idle."""
    (house / "loud").mkdir()
    (house / "loud" / "voices").mkdir()
    (house / "loud" / "voices" / "loud.toml").write_text(
        'engine = "pyttsx3"\nlanguage = "en"\nlicence = "none"\ngain = 8\n[options]\nvoice = "en-us"\nvolume = 80\n'
    )
    (house / "loud" / "articleaudio.toml").write_text('[voices]\nen = "loud"\n')
    made = {}
    for name, bound in (("whole", 0), ("parts", 10)):
        home = config.load_house(
            house / "loud" / "articleaudio.toml", cache=house / f"loud-{name}", state=house / f"loud-state-{name}"
        )
        told = Setting(home, house / f"loud-out-{name}", split_above=bound)
        (made[name],) = convert_many(discover([str(house / "articles" / "long.md")]), told, jobs=2)
    assert all(isinstance(result, Episode) for result in made.values()), made
    assert public(house / "loud-out-parts") == public(house / "loud-out-whole")
    assert made["parts"].spoken_now == made["whole"].spoken_now
    parts = [task for task, _ in asked if isinstance(task, splitting.Part)]
    assert {part.step for part in parts} > {0.0}
    (ended,) = [task for task, outcome in asked if isinstance(task, splitting.Whole) and isinstance(outcome, Episode)]
    assert set(ended.steps) == {part.step for part in parts}


def test_parts_give_the_bytes_of_the_whole_and_are_counted_once(house, whole, asked):
    seen = []
    results = {result.title: result for result in run(house, "parts", 2, seen.append, split_above=10)}
    assert public(house / "parts") == public(house / "whole")
    assert sum(isinstance(task, splitting.Part) for task, _ in asked) == 3
    long = results["The long story"]
    assert long.segments == whole["The long story"].segments
    # The other article begins with the same line: who comes first speaks it.
    assert long.segments - 1 <= long.spoken_now <= long.segments
    assert [event.source for event in seen if isinstance(event, events.ArticleStarted)].count(
        str(house / "articles" / "long.md")
    ) == 1
    told = [event for event in seen if isinstance(event, events.SegmentReady) and "long" in event.source]
    assert [event.done for event in told] == list(range(1, long.segments + 1))
    assert sum(event.spoken for event in told) == long.spoken_now


@pytest.mark.usefixtures("whole")
def test_made_anew_nothing_is_split_and_everything_spoken_once(house, asked):
    results = run(house, "anew", 2, force=True, split_above=10)
    assert len(asked) == 2
    assert [result.spoken_now for result in results] == [result.segments for result in results]
    assert public(house / "anew") == public(house / "whole")


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_part_that_kills_its_workers_fails_its_article_alone(house, monkeypatch):
    monkeypatch.setenv("ARTICLEAUDIO_TEST_POISON", "The long story")
    monkeypatch.setattr(local, "WORKER", "poison:studio_worker")
    failed, made = sorted(run(house, "poisoned", 2, split_above=10), key=lambda result: isinstance(result, Episode))
    assert isinstance(failed, Failure)
    assert "its worker died 2 times" in failed.message
    assert signal.SIGSEGV.name in failed.message or sys.platform == "win32"
    assert made.title == "The short story"


def job(*lengths):
    blocks = tuple(Block(BlockKind.PARAGRAPH, "x" * length) for length in lengths)
    article = Article(id="1", aliases=("id:1",), title="T", language="en", blocks=blocks)
    return Job(article, "t.md", "", "")


@pytest.mark.parametrize("count", [1, 2, 7, 8, 100, 1001])
@pytest.mark.parametrize("of", [2, 3, 8, 11])
def test_parts_cover_all_segments_once(count, of):
    parts = [splitting.Part(job(1), number, of).of_segments(count) for number in range(of)]
    assert [index for part in parts for index in part] == list(range(count))


def test_only_what_is_long_is_split():
    assert splitting.split(job(90 * 20), 20) == ()
    assert splitting.split(job(90 * 20, 1), 0) == ()
    parts = splitting.split(job(90 * 20, 1), 20)
    assert [(part.number, part.of) for part in parts] == [(0, 3), (1, 3), (2, 3)]


def test_an_article_is_put_together_when_its_last_part_is_there():
    course = splitting.Course(20)
    long, short = job(90 * 30), job(90)
    assert course.tasks(short) == (short,)
    parts = course.tasks(long)
    assert [course.ended(part, splitting.Spoken(2)) for part in parts] == [()] * (len(parts) - 1) + [
        (splitting.Whole(long, (0.0,)),)
    ]
    again = course.ended(splitting.Whole(long, (0.0,)), splitting.Uneven(1.5))
    assert [(part.number, part.step) for part in again] == [(part.number, 1.5) for part in parts]
    assert [course.ended(part, splitting.Spoken(0)) for part in again][-1] == (splitting.Whole(long, (0.0, 1.5)),)
