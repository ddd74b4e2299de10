"""One article is one episode whatever route leads to it, and two that are called alike are two."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsroom
from articleaudio import config
from articleaudio.batch import convert_many
from articleaudio.catalogue import Catalogue
from articleaudio.knowing import file_of
from articleaudio.model import Episode
from articleaudio.plan import Job, Planner
from articleaudio.publish.library import Library
from articleaudio.read.discover import discover
from articleaudio.read.source import Source
from articleaudio.task import Setting


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A house with two posts, whose files are called alike."""
    monkeypatch.chdir(tmp_path)
    write("apples", "Apples are ripe")
    write("bridges", "Bridges are shut")
    return config.load_house(folder=tmp_path, cache=tmp_path / "cache")


def write(folder, title):
    path = Path("posts", folder, "index.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\n---\n{title} today.\n")
    return str(path)


def made(house, *sources, **more):
    """Slug of each episode, and whether it was made."""
    setting = Setting(house, Path.cwd().absolute() / "out") if "out" not in more else Setting(house, more.pop("out"))
    results = list(convert_many(discover(sources, **more), setting))
    assert all(isinstance(result, Episode) for result in results), results
    return {result.slug: result.changed for result in results}


NEW = {"apples-are-ripe": True, "bridges-are-shut": True}
KNOWN = dict.fromkeys(NEW, False)


def test_a_file_is_one_article_by_whatever_route_it_is_named(desk, tmp_path, monkeypatch):
    assert made(desk, "posts") == NEW
    (tmp_path / "list.txt").write_text("posts/bridges/index.md\nposts/apples/index.md\n")
    assert made(desk, lists=("list.txt",)) == KNOWN
    assert made(desk, "posts/*/index.md") == KNOWN
    assert made(desk, "posts/bridges/index.md") == {"bridges-are-shut": False}
    monkeypatch.chdir(tmp_path / "posts" / "bridges")
    assert made(desk, "index.md", out=tmp_path / "out") == {"bridges-are-shut": False}
    monkeypatch.chdir(tmp_path)
    assert made(desk, "posts") == KNOWN


def test_files_that_are_called_alike_are_articles_of_their_own(desk):
    first, second = "posts/apples/index.md", "posts/bridges/index.md"
    assert made(desk, first) == {"apples-are-ripe": True}
    with Planner(desk, Path("out"), dry=True) as planner:
        (job,) = (item for source in discover([second]) for item in planner.plan(source))
    assert isinstance(job, Job)
    assert job.article.slug == "bridges-are-shut"
    assert made(desk, second) == {"bridges-are-shut": True}
    assert made(desk, first) == {"apples-are-ripe": False}
    assert made(desk, second, first) == KNOWN
    assert made(desk, "posts") == KNOWN
    write("bridges", "Bridges are open")
    assert made(desk, second) == {"bridges-are-shut": True}
    Path(first).unlink()
    assert made(desk, second) == {"bridges-are-shut": False}


def test_a_file_that_was_moved_and_given_another_headline_is_the_same_article(desk):
    made(desk, "posts/apples/index.md")
    Path("posts/apples/index.md").unlink()
    moved = write("pears", "Pears are ripe")
    assert made(desk, moved) == {"apples-are-ripe": True}
    assert made(desk, moved) == {"apples-are-ripe": False}


def test_a_copy_elsewhere_with_the_same_headline_is_the_same_article(desk):
    made(desk, "posts/apples/index.md")
    assert made(desk, write("copy", "Apples are ripe")) == {"apples-are-ripe": False}


def test_one_of_several_in_a_file_has_the_mark_that_tells_it_from_the_others(tmp_path):
    source = Source("book.epub", tmp_path / "book.epub", relative="books/book.epub")
    chapter = newsroom.article(aliases=("id:2", "path:books/book.epub#two"))
    assert file_of(source, chapter, tmp_path) == "book.epub#two"
    assert file_of(source, chapter, tmp_path / "house") == f"{tmp_path.resolve().as_posix()}/book.epub#two"
    assert file_of(source, newsroom.article(aliases=("url:https://a.example/",)), tmp_path) == ""
    assert file_of(Source("-"), chapter, tmp_path) == ""


def test_the_catalogue_knows_files_and_says_nothing_where_two_are_from_one(tmp_path):
    library = Library(tmp_path / "out", tmp_path / "state")
    odd = "/news/caf\udce9.md"
    for number, file in ((1, odd), (2, "/news/b.md"), (3, "/news/b.md")):
        newsroom.publish(library, newsroom.article(number), file=file)
    with Catalogue(library.out, library.state) as catalogue:
        catalogue.sync()
        assert catalogue.at(odd).id == newsroom.article(1).id
        assert catalogue.at("/news/b.md") is None
        assert catalogue.at("/news/c.md") is None
