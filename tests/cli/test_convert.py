"""`convert` at its edge: lists of sources, exit codes, the report, what machines are told."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli

STORY = "# The ferry sails again\n\nIt leaves at nine.\n"
OTHER = "# The mill is closed\n\nIt was sold for 5 zł.\n"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/ferry.md").write_text(STORY)
    (tmp_path / "news/mill.md").write_text(OTHER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def convert(*arguments, data=b""):
    return CliRunner().invoke(cli, ["convert", "--state", "state", "--jobs", "1", *arguments], input=data)


def report(room):
    (path,) = (room / "state").glob("*/report.json")
    return json.loads(path.read_bytes())


def test_a_list_with_dead_lines_and_duplicates(room):
    (room / "list.txt").write_bytes(b"# today\r\nnews/ferry.md\r\ngone.md\r\n./news/ferry.md\r\nodd\xff.md\r\n\r\n")
    done = convert("--from", "list.txt", "--out", "public", "--report", "run.html")
    assert done.exit_code == 1
    said = r"^made  0:0\d The ferry sails again \(the-ferry-sails-again\), \d of \d$"
    assert re.search(said, done.stderr, re.MULTILINE), done.stderr
    assert "failed  gone.md does not exist (list.txt, line 3)" in done.stderr
    assert "skipped  ./news/ferry.md: named before" in done.stderr
    assert "failed  list.txt, line 5: it is no UTF-8" in done.stderr
    assert done.stdout.splitlines()[-1].startswith("1 made, 0 unchanged, 2 failed")
    told = report(room)
    assert (told["counts"]["made"], told["counts"]["failed"], told["exit_code"]) == (1, 2, 1)
    assert told["done"][0]["slug"] == "the-ferry-sails-again"
    assert told["output"] == "public"
    (page,) = (room / "state").glob("*/report.html")
    assert (room / "run.html").read_bytes() == page.read_bytes()
    assert done.stderr.splitlines()[-1] == f"report: {page}"


def test_a_list_in_the_source_folder_names_what_a_run_over_the_folder_made(room):
    assert convert("news", "--out", "public").exit_code == 0
    (room / "news/changed.list").write_text("ferry.md\n")
    (room / "news/ferry.md").write_text(STORY + "\nAnd at ten.\n")
    assert convert("--from", "news/changed.list", "--out", "public").exit_code == 0
    (done,) = report(room)["done"]
    assert (done["slug"], done["version"]) == ("the-ferry-sails-again", 2)


def test_a_list_from_standard_input(room):
    assert convert("--from", "-", "--out", "public", data=b"news/mill.md\nnews/ferry.md\n").exit_code == 0
    assert [one["source"] for one in report(room)["done"]] == ["news/mill.md", "news/ferry.md"]


@pytest.mark.parametrize(
    ("content", "arguments", "code", "said"),
    [
        ("gone.md\n", (), 3, "gone.md does not exist (list.txt, line 1)"),
        ("# nothing yet\n\n", (), 3, "No article was found."),
        ("gone.md\ngone-too.md\n", (), 1, "2 failed"),
        ("news/ferry.md\n", ("--report", "run.pdf"), 2, "no report can be written to run.pdf"),
    ],
)
def test_exit_codes(room, content, arguments, code, said):
    (room / "list.txt").write_text(content)
    done = convert("--from", "list.txt", "--out", "public", *arguments)
    assert done.exit_code == code
    assert said in done.output
    assert not (room / "public/episodes").exists()


def test_a_list_that_is_not_there(room):
    done = convert("--from", "gone.txt", "--out", "public")
    assert done.exit_code == 3
    assert "failed  gone.txt does not exist" in done.stderr


def test_doubtful_readings_are_listed_with_the_second(room):
    assert convert("news/mill.md", "--out", "public", "--base-url", "https://audio.example/").exit_code == 0
    told = report(room)
    (flag,) = told["listen"]
    assert "zł" in flag["message"]
    document = json.loads((room / "public/episodes/the-mill-is-closed/episode.json").read_bytes())
    starts = {segment["id"]: segment["start"] for segment in document["segments"]}
    assert flag["second"] == pytest.approx(starts[flag["segments"][0]], abs=0.01)
    assert flag["link"] == f"https://audio.example/episodes/the-mill-is-closed/#t={flag['second']:g}"


def test_what_is_up_to_date_is_only_counted(room):
    convert("news", "--out", "public")
    done = convert("news", "--out", "public")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "Nothing to do: every episode is up to date."
    told = report(room)
    assert (told["counts"]["unchanged"], told["done"], told["listen"]) == (2, [], [])


def test_machines_are_told_how_far_the_search_is_and_where_the_report_lies(room):
    done = convert("news", "gone.md", "--out", "public", "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["event"] for event in told]
    assert kinds[-2:] == ["ReportReady", "RunFinished"]
    assert Path(told[-2]["json"]).is_file()
    search = [event for event in told if event["event"] == "SourcesFound"]
    assert (search[-1]["taken"], search[-1]["total"]) == (3, 3)
    assert done.stderr == ""


def test_dry_run_takes_lists_too(room):
    (room / "list.txt").write_text("news/ferry.md\n")
    done = convert("--from", "list.txt", "--out", "public", "--dry-run")
    assert done.exit_code == 0
    assert "news/ferry.md" in done.stdout
    assert not (room / "public").exists()


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_an_interrupted_run_ends_with_130_and_its_report(room):
    for number in range(40):
        (room / f"news/more{number}.md").write_text(f"# Number {number}\n\n{'The boat leaves at nine. ' * 30}\n")
    command = [sys.executable, "-m", "articleaudio", "convert", "news", "--out", "public", "--state", "state"]
    with subprocess.Popen([*command, "--jobs", "1"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        while run.poll() is None and not list((room / "public").rglob("episode.json")):
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _, talk = run.communicate(timeout=300)
    assert run.returncode == 130, talk
    told = report(room)
    assert (told["outcome"], told["exit_code"]) == ("interrupted", 130)
    assert 0 < told["counts"]["made"] < 42
    assert told["counts"]["made"] + told["left"] == 42


@pytest.mark.skipif(os.name == "nt", reason="a pipe's reader goes away otherwise")
@pytest.mark.parametrize("told", ["reader gone", "reader gone, for machines", "disk full"])
def test_a_run_goes_on_when_nobody_hears_what_it_says(room, told):
    for number in range(8):  # whose sign nobody settles how to say: workers have something to say, too
        (room / f"news/story{number}.md").write_text(f"# Story number {number}\n\nIt costs {number}.5 zł.\n")
    if told == "disk full":
        where = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, where = os.pipe()
        os.close(reader)
    more = ["--json"] if "machines" in told else []
    arguments = ["convert", "news", "--out", "public", "--state", "state", "--jobs", "2", *more]
    run = subprocess.run(
        [sys.executable, "-m", "articleaudio", *arguments], stdout=where, stderr=where, timeout=300, check=False
    )
    os.close(where)
    assert run.returncode == 0
    counts = report(room)["counts"]
    assert (counts["made"], counts["failed"]) == (10, 0)
    index = (room / "public/index.html").read_text()
    assert all(f"episodes/story-number-{number}/" in index for number in range(8))
