"""From arguments to sources."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from articleaudio.model import Failure
from articleaudio.read.digests import Digests
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


def listed(folder: Path, data: bytes | str, name: str = "list.txt") -> list[Source | Skipped | Failure]:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(discover([], lists=[name]))


def names(found: list[Source | Skipped | Failure]) -> list[str]:
    return [item.name for item in found if isinstance(item, Source)]


def test_a_list_names_files_folders_and_addresses(newsroom: Path) -> None:
    found = listed(newsroom, "# today\n\nnews/b.html\nhttps://a.example/story#top\n  news/deep  \n#news/a.md\n")
    assert names(found) == ["news/b.html", "https://a.example/story#top", "news/deep/c.txt"]
    assert len(found) == 3


def test_a_list_as_windows_saves_it(newsroom: Path) -> None:
    assert names(listed(newsroom, b"\xef\xbb\xbfnews/b.html\r\n\r\nnews/a.md\r\n")) == ["news/b.html", "news/a.md"]


def test_paths_are_relative_to_the_folder_of_the_list(newsroom: Path) -> None:
    (found,) = listed(newsroom, "deep/../deep/c.txt", "news/list.txt")
    assert isinstance(found, Source)
    assert (found.name, found.relative) == ("news/deep/../deep/c.txt", "deep/c.txt")
    assert found.load() == b"x"
    (above,) = listed(newsroom, "../other/b.html", "news/list.txt")
    assert isinstance(above, Source)
    assert above.relative == "b.html"


def test_a_list_keeps_files_of_one_name_apart_whatever_their_order(newsroom: Path) -> None:
    there = {item.name: item.relative for item in listed(newsroom, "news/b.html\nother/b.html") if item}
    back = {item.name: item.relative for item in listed(newsroom, "other/b.html\nnews/b.html") if item}
    assert there == back == {"news/b.html": "news/b.html", "other/b.html": "other/b.html"}


def test_dead_lines_and_duplicates_are_told_and_the_rest_goes_on(newsroom: Path) -> None:
    long = b"x" * 300
    lines = [
        b"gone.html",
        b"news/a.md",
        b"a\xff.md",
        b"./news/a.md",
        b"a\0b",
        b"-",
        b"y" * 40_000,
        long,
        b"news/b.html",
    ]
    found = listed(newsroom, b"\n".join(lines))
    assert names(found) == ["news/a.md", "news/b.html"]
    assert [item for item in found if isinstance(item, Skipped)] == [Skipped("./news/a.md", "named before")]
    told = [item.message for item in found if isinstance(item, Failure)]
    assert told[0] == "gone.html does not exist (list.txt, line 1)"
    assert told[1] == "list.txt, line 3: it is no UTF-8 (byte FF at column 2)"
    assert [message.partition(":")[0] for message in told[2:5]] == [f"list.txt, line {at}" for at in (5, 6, 7)]
    assert told[5].endswith("File name too long (list.txt, line 8)")
    assert all(item.exit_code == 3 and item.hint for item in found if isinstance(item, Failure))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.txt", "gone.txt does not exist"),
        ("news", "news is a folder, no list"),
        ("wide.txt", "wide.txt is UTF-16"),
    ],
)
def test_a_list_that_is_none_fails_alone(newsroom: Path, name: str, said: str) -> None:
    (newsroom / "wide.txt").write_bytes("news/a.md\n".encode("utf-16"))
    (newsroom / "good.txt").write_text("news/b.html\n")
    first, failure, source = discover(["news/a.md"], lists=[name, "good.txt"])
    assert isinstance(first, Source)
    assert isinstance(failure, Failure)
    assert said in failure.message
    assert isinstance(source, Source)


def test_a_list_from_standard_input(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"news/a.md\n\nnews/b.html")))
    assert names(list(discover([], lists=["-"]))) == ["news/a.md", "news/b.html"]


def test_what_was_made_of_articles_is_no_source(newsroom: Path) -> None:
    """An output that lies among its articles, and what a killed run left of one."""
    for name in (
        "news/article-audio.js",
        "news/index.html",
        "news/feed-sport.xml",
        "news/playlist.uk.json",
        "news/archive/0001.html",
        "news/episodes/one/episode.json",
        "news/episodes/one/index.html",
        "killed/episodes/two/captions.vtt",
        "killed/episodes/two/captions.srt",
        "killed/episodes/two/transcript.html",
        "killed/a.md",
        "series/episodes/captions.vtt",
        "series/episodes/index.html",
        "series/episodes/three/index.html",
        "series/archive/0001.html",
    ):
        path = newsroom / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    made = "made of articles, and no source"
    found = list(discover(["news", "killed", "series"]))
    assert [item.source for item in found if isinstance(item, Skipped) and item.reason == made] == [
        "news/archive", "news/episodes", "news/feed-sport.xml", "news/index.html", "news/playlist.uk.json",
        "killed/episodes/two",
    ]  # fmt: skip
    named = [name for name, _ in sources("news", "killed", "series")]
    assert named == [
        "news/a.md", "news/b.html", "news/deep/c.txt", "killed/a.md",
        "series/archive/0001.html", "series/episodes/index.html", "series/episodes/three/index.html",
    ]  # fmt: skip
    assert [name for name, _ in sources("**/*.html")] == ["news/b.html", "other/b.html", *named[-3:]]
    assert sources("news/index.html", "news/b.html") == [("news/b.html", "b.html")]
    assert sources("news/index.html") == [("news/index.html", "index.html")], "who names it alone means it"


def test_links_pipes_and_closed_folders(newsroom: Path) -> None:
    news = newsroom / "news"
    (news / "again.md").symlink_to("a.md")
    (news / "dangling.md").symlink_to("nowhere.md")
    (news / "loop").symlink_to("..")
    os.mkfifo(news / "pipe.md")
    found = {item.name if isinstance(item, Source) else item.source: item for item in discover(["news"])}
    assert found["news/loop"] == Skipped("news/loop", "a link to a folder; name the folder itself")
    assert found["news/pipe.md"] == Skipped("news/pipe.md", "a pipe, a socket or a device, no source")
    assert found["news/again.md"] == Skipped("news/again.md", "named before")
    assert isinstance(found["news/dangling.md"], Source)


def test_sources_are_found_as_they_are_asked_for(newsroom: Path) -> None:
    (newsroom / "list.txt").write_text("news/a.md\nlater.md\n")
    found = discover([], lists=["list.txt"])
    assert isinstance(next(found), Source)
    (newsroom / "later.md").write_text("x")
    assert isinstance(next(found), Source)


def test_names_are_remembered_in_little_room() -> None:
    seen = Digests()
    assert all(seen.add(f"articles/{number}.html") for number in range(5000))
    assert not any(seen.add(f"articles/{number}.html") for number in range(5000))
    assert len(seen) == 5000
    assert "articles/4999.html" in seen
    assert "articles/5000.html" not in seen
    assert seen.add("odd\udcff.html")
