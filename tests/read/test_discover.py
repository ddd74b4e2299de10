"""From arguments to sources."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from articleaudio.model import Failure
from articleaudio.read.discover import Skipped, discover
from articleaudio.read.source import Source


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "news/b.html",
        "news/a.md",
        "news/a.script",
        "news/cover.jpg",
        "news/articleaudio.toml",
        "news/notes.xyz",
        "news/.draft.md",
        "news/.git/x.html",
        "news/deep/c.txt",
        "other/b.html",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sources(*arguments: str) -> list[tuple[str, str]]:
    return [(item.name, item.relative) for item in discover(arguments) if isinstance(item, Source)]


def test_a_file(newsroom: Path) -> None:
    assert sources("news/b.html") == [("news/b.html", "b.html")]


def test_a_folder_is_searched_in_order(newsroom: Path) -> None:
    assert sources("news") == [("news/a.md", "a.md"), ("news/b.html", "b.html"), ("news/deep/c.txt", "deep/c.txt")]


def test_what_is_passed_over_is_said(newsroom: Path) -> None:
    skipped = {item.source: item.reason for item in discover(["news"]) if isinstance(item, Skipped)}
    assert skipped == {
        "news/.git": "hidden",
        "news/.draft.md": "hidden",
        "news/a.script": "an expected reading, no source",
        "news/articleaudio.toml": "settings, no source",
        "news/cover.jpg": "a picture, no source",
        "news/notes.xyz": "not a kind of file that can be read",
    }


def test_a_pattern_that_the_shell_left_alone(newsroom: Path) -> None:
    assert sources("news/*.html") == [("news/b.html", "b.html")]
    assert sources("news/**/*.txt") == [("news/deep/c.txt", "deep/c.txt")]
    assert sources(str(newsroom / "news" / "*.html")) == [(str(newsroom / "news/b.html"), "b.html")]


def test_a_pattern_without_a_match(newsroom: Path) -> None:
    (failure,) = discover(["news/*.docx"])
    assert isinstance(failure, Failure)
    assert failure.exit_code == 3
    assert "news/*.docx" in failure.message


def test_a_missing_file_does_not_stop_the_others(newsroom: Path) -> None:
    failure, source = discover(["gone.html", "news/a.md"])
    assert isinstance(failure, Failure)
    assert (failure.source, failure.exit_code) == ("gone.html", 3)
    assert failure.hint
    assert isinstance(source, Source)


def test_listed_twice_is_read_once(newsroom: Path) -> None:
    assert sources("news/b.html", "./news/b.html", "news") == [
        ("news/b.html", "b.html"),
        ("news/a.md", "a.md"),
        ("news/deep/c.txt", "deep/c.txt"),
    ]


def test_two_files_of_one_name_keep_apart(newsroom: Path) -> None:
    assert sources("news/b.html", "other/b.html") == [("news/b.html", "b.html"), ("other/b.html", "other/b.html")]


def test_what_a_shell_pattern_names_is_passed_over_too(newsroom: Path) -> None:
    given = ["news/a.md", "news/a.script", "news/cover.jpg"]
    assert [type(item) for item in discover(given)] == [Source, Skipped, Skipped]


def test_a_picture_alone_is_a_mistake(newsroom: Path) -> None:
    (failure,) = discover(["news/cover.jpg"])
    assert isinstance(failure, Failure)
    assert failure.message == "news/cover.jpg is a picture, no source"


def test_a_folder_without_articles(newsroom: Path) -> None:
    (newsroom / "empty").mkdir()
    (failure,) = discover(["empty"])
    assert isinstance(failure, Failure)
    assert ".html" in failure.hint


def test_an_unknown_extension_is_tried_when_it_is_named(newsroom: Path) -> None:
    assert sources("news/notes.xyz") == [("news/notes.xyz", "notes.xyz")]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Hello.")))
    (source,) = discover(["-"])
    assert isinstance(source, Source)
    assert source.load() == b"Hello."
    assert source.relative == ""
