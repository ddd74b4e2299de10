"""`articleaudio retract`: from the command line to what listeners see, and back with --revive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli

BASE = "https://audio.example"
ARTICLES = {
    "ferry.md": "---\ntitle: The ferry is back\nurl: https://news.example/ferry\n---\n\nThe ferry is back.\n",
    "bridge.md": "---\ntitle: The bridge is shut\nurl: https://news.example/bridge\n---\n\nThe bridge is shut.\n",
}
FERRY, BRIDGE = "the-ferry-is-back", "the-bridge-is-shut"


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def convert(*more):
    result = run("convert", "articles", "--out", "public", "--jobs", "1", "--json", *more)
    assert result.exit_code in {0, 3}, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def ready(told):
    return {one["slug"]: one for one in told if one["event"] == "EpisodeReady"}


def skipped(told):
    return [one["reason"] for one in told if one["event"] == "SourceSkipped"]


def named(folder, text):
    """Files below a folder, the withdrawn episode's own left out, that name something."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and text in path.read_bytes().decode("latin1")]


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house with two finished episodes; the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articleaudio.toml").write_text(f'[show]\ntitle = "Harbour"\nbase_url = "{BASE}"\n')
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text)
    convert()
    return tmp_path


def test_what_was_withdrawn_is_listed_nowhere_and_stays_away_until_it_is_revived(house):
    public = house / "public"
    folder = public / "episodes" / FERRY
    guid = json.loads((folder / "episode.json").read_bytes())["id"]
    result = run("retract", "public", "https://news.example/ferry")
    assert result.exit_code == 0, result.output
    assert f"episodes/{FERRY}/captions.vtt" in result.stdout.splitlines()
    assert sorted(path.name for path in folder.iterdir()) == ["embed.html", "episode.json"]
    assert json.loads((folder / "episode.json").read_bytes())["status"] == "retracted"
    page = (folder / "embed.html").read_text()
    assert "This audio was withdrawn." in page
    assert "ferry" not in page.lower()
    assert named(public, FERRY) == [folder / "episode.json"]
    assert named(public, "ferry is back") == []
    assert named(public, BRIDGE)
    for _ in range(3):  # read anew, known from the last run, and known again
        told = convert()
        assert skipped(told) == [f"its episode {FERRY} was withdrawn; --revive publishes it again"]
        assert set(ready(told)) == {BRIDGE}
    assert named(public, FERRY) == [folder / "episode.json"]
    revived = ready(convert("--revive"))[FERRY]
    assert (revived["id"], revived["spoken"]) == (guid, 0)
    document = json.loads((folder / "episode.json").read_bytes())
    assert (document["status"], document["id"], document["version"]) == ("published", guid, 2)
    assert guid in (public / "feed.xml").read_text()
    assert "<audio" in (folder / "embed.html").read_text()
    assert not ready(convert())[FERRY]["changed"]


def test_again_it_does_nothing(house):
    assert run("retract", "public", FERRY).exit_code == 0
    before = {path: path.read_bytes() for path in (house / "public").rglob("*") if path.is_file()}
    result = run("retract", "public", FERRY, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["removed"] == []
    assert {path: path.read_bytes() for path in (house / "public").rglob("*") if path.is_file()} == before


def test_a_lost_or_other_state_folder_brings_nothing_back(house):
    assert run("retract", "public", FERRY, "--state", "elsewhere").exit_code == 0
    assert skipped(convert()) == [f"its episode {FERRY} was withdrawn; --revive publishes it again"]
    assert skipped(convert("--state", "new")) == [f"its episode {FERRY} was withdrawn; --revive publishes it again"]


def test_the_last_episode_can_be_withdrawn_too(house):
    assert run("retract", "public", FERRY, BRIDGE).exit_code == 0
    assert "<item>" not in (house / "public" / "feed.xml").read_text()
    told = convert()
    assert len(skipped(told)) == 2
    assert not ready(told)


def test_the_cache_forgets_what_was_said(house):
    cache = Path(run("cache", "show").stdout.split("  ")[0])
    (house / "articles" / "ferry.md").write_text(ARTICLES["ferry.md"].replace("is back.", "sank."))
    convert()
    entries = {path for path in cache.rglob("*") if path.is_file()}
    result = run("retract", "public", FERRY, "--purge-cache", "--json")
    assert result.exit_code == 0, result.output
    gone = entries - {path for path in cache.rglob("*") if path.is_file()}
    assert len(gone) == json.loads(result.stdout.splitlines()[-1])["purged"] > 0
    assert {path.parent.parent.name for path in gone} <= {"clip", "piece"}
    told = [path.name for path in named(house / ".articleaudio", "ferry is back")]
    assert set(told) <= {"report.json", "report.html"}, "only the report of the last run, which the next replaces"
    assert ready(convert())[BRIDGE]["spoken"] == 0
    assert ready(convert("--revive"))[FERRY]["spoken"] == ready(convert())[FERRY]["segments"]
    (house / "articles" / "ferry.md").write_text(ARTICLES["ferry.md"])
    assert ready(convert())[FERRY]["spoken"] == 1, "the former version's sentence is spoken again"


def test_feeds_that_could_not_follow_are_refused_before_anything_is_done(house):
    (house / "articleaudio.toml").write_text('[show]\ntitle = "Harbour"\n')
    result = run("retract", "public", FERRY)
    assert result.exit_code == 2
    assert "--base-url" in result.stderr
    assert (house / "public" / "episodes" / FERRY / "index.html").is_file()
    assert run("retract", "public", FERRY, "--base-url", BASE).exit_code == 0


def test_an_unknown_one_among_several_stops_before_any_is_touched(house):
    result = run("retract", "public", FERRY, "the-fery")
    assert result.exit_code == 2
    assert f"did you mean {FERRY}" in result.stderr
    assert (house / "public" / "episodes" / FERRY / "index.html").is_file()


def test_foreign_files_are_left_and_named(house):
    mine = house / "public" / "episodes" / FERRY / "notes.txt"
    mine.write_text("mine")
    result = run("retract", "public", FERRY)
    assert "notes.txt is not ours" in result.stderr
    assert mine.is_file()
