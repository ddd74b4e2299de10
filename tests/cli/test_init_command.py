"""`articleaudio init`: questions and answers on a real terminal, and options where nobody answers."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from articleaudio import config
from articleaudio.cli import cli
from articleaudio.config.draft import Draft, check, checked, likely, written
from articleaudio.errors import ConfigError

SAMPLES = Path(__file__).parents[2] / "samples"


def init(*arguments):
    return CliRunner().invoke(cli, ["init", *(str(argument) for argument in arguments)])


@pytest.fixture
def newsroom(tmp_path):
    """A folder with articles, a cover and an output."""
    folder = tmp_path / "harbour_post"
    (folder / "articles" / "2026").mkdir(parents=True)
    (folder / "articles" / "2026" / "ferry.md").write_text("# The ferry\n\nThe ferry is back.\n")
    (folder / "public" / "episodes").mkdir(parents=True)
    (folder / "public" / "index.html").write_text("<p>ours</p>")
    (folder / "pictures").mkdir()
    (folder / "late.html").write_text("<p>Late news.</p>")
    (folder / "README.md").write_text("of the repository")
    (folder / "cover.png").write_bytes((SAMPLES / "cover.png").read_bytes())
    return folder


def test_what_a_folder_tells_is_offered(newsroom):
    assert likely(newsroom) == Draft(
        title="Harbour post, read aloud", cover="cover.png", sources=("articles", "*.html"), voice="en-us"
    )
    assert likely(newsroom, "uk").voice == "uk"


def test_with_yes_it_takes_what_is_likely_and_what_options_say(newsroom):
    result = init(newsroom, "--yes", "--json", "--title", 'The "Post"', "--base-url", "https://a.example/",
                  "--owner-email", "me@a.example", "--author", "Post & Co")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["sources"] == ["articles", "*.html"]
    house = config.load_house(newsroom / "articleaudio.toml")
    assert (house.show.title, house.show.base_url) == ('The "Post"', "https://a.example")
    assert (house.show.owner_name, house.show.owner_email) == ("Post & Co", "me@a.example")
    assert house.show.image == newsroom / "cover.png"
    assert house.sources == (str(newsroom / "articles"), str(newsroom / "*.html"))
    assert house.output == str(newsroom / "public")
    assert house.voices["en"].name == "en-us"
    assert house.disclosure["en"].startswith("This audio")
    assert [path.name for path in newsroom.iterdir() if path.name.endswith(".tmp")] == []


def test_what_is_written_is_enough_for_convert(newsroom, monkeypatch):
    monkeypatch.chdir(newsroom)
    assert init("--yes", "--base-url", "https://a.example/", "--source", "articles").exit_code == 0
    result = CliRunner().invoke(cli, ["convert", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    assert (newsroom / "public" / "episodes" / "the-ferry" / "episode.json").is_file()
    assert (newsroom / "public" / "feed.xml").is_file()


def test_a_file_that_is_there_stays_unless_somebody_says_so(newsroom):
    path = newsroom / "articleaudio.toml"
    path.write_text('[show]\ntitle = "Mine"\n')
    result = init(newsroom, "--yes")
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert "Mine" in path.read_text()
    assert init(newsroom, "--yes", "--overwrite", "--title", "Other").exit_code == 0
    assert "Other" in path.read_text()


def test_where_nobody_can_answer_it_says_what_to_do(newsroom):
    result = init(newsroom)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert not (newsroom / "articleaudio.toml").exists()


@pytest.mark.parametrize(
    ("option", "answer", "told"),
    [
        ("--language", "english", "is no language tag"),
        ("--base-url", "audio.example", "is no web address"),
        ("--owner-email", "me", "is no e-mail address"),
        ("--cover", "none.png", "is not a file"),
        ("--cover", "late.html", "is no JPEG or PNG"),
        ("--source", "nowhere", "there is no 'nowhere'"),
        ("--source", ".", "its pages would be read as articles"),
        ("--voice", "en-uss", "there is no voice 'en-uss'"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_written(newsroom, option, answer, told):
    result = init(newsroom, "--yes", option, answer)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (newsroom / "articleaudio.toml").exists()


@pytest.mark.parametrize("answer", ["no", "Read by a machine.", "yes"])
def test_the_disclosure_is_the_usual_none_or_ones_own(newsroom, answer):
    assert init(newsroom, "--yes", "--disclosure", answer).exit_code == 0
    told = config.load_house(newsroom / "articleaudio.toml").disclosure.get("en")
    assert told == {"no": None, "yes": "This audio is created with AI assistance."}.get(answer, answer)


def test_whatever_people_write_comes_back_as_it_was(tmp_path):
    odd = 'Ö "quoted" \\ back\tslash # no comment \x7f'
    path = tmp_path / "articleaudio.toml"
    path.write_text(written(Draft(title=check(tmp_path, "title", odd), author=odd, owner_email="a@b.example")), "utf-8")
    show = config.load_house(path).show
    assert show.title == " ".join(odd.split())
    assert show.owner_name == odd


def test_an_output_among_the_sources_is_refused(newsroom):
    with pytest.raises(ConfigError, match="lies in the source"):
        checked(newsroom, Draft("T", sources=("articles",), output="articles/audio"))
    assert checked(newsroom, Draft("T", sources=("articles",), output="s3://bucket/x")).output == "s3://bucket/x"


def converse(folder, answers):
    """Run it on a terminal of its own, and answer; gives exit code and what was seen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "articleaudio", "init", str(folder)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        seen = b""
        try:
            while more := os.read(ours, 4096):
                seen += more
        except OSError:  # the other end is closed
            pass
        os.close(ours)
    return process.returncode, seen.decode()


def test_on_a_terminal_it_asks_until_an_answer_is_one(newsroom):
    answers = ["Harbour", "english", "uk", "nope", "https://a.example", "", "me", "me@a.example", "-", "nowhere",
               "articles", "", "zz", "", "no"]  # fmt: skip
    code, seen = converse(newsroom, answers)
    assert code == 0, seen
    for told in ("is no language tag", "is no web address", "is no e-mail", "there is no 'nowhere'", "no voice 'zz'"):
        assert told in seen
    house = config.load_house(newsroom / "articleaudio.toml")
    assert (house.show.title, house.show.language, house.show.image) == ("Harbour", "uk", None)
    assert (house.voices["uk"].name, house.disclosure) == ("uk", {})
    assert house.sources == (str(newsroom / "articles"),)
    before = (newsroom / "articleaudio.toml").read_bytes()
    code, seen = converse(newsroom, ["n"])
    assert code == 1
    assert "Replace it?" in seen
    assert (newsroom / "articleaudio.toml").read_bytes() == before
