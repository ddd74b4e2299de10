"""Withdrawing what lies in an object store, and what was replaced there."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli

HOUSE = '[show]\ntitle = "The Harbour Post"\nbase_url = "https://audio.example.org/"\n'


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a house file and two articles; the working directory."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.md").write_text("# Ferry sails again\n\nThe ferry will sail on Monday.\n")
    (tmp_path / "articles" / "two.md").write_text("# Council meets\n\nThe council met on Tuesday.\n")
    (tmp_path / "articleaudio.toml").write_text(HOUSE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def convert(bucket, *more):
    run("convert", "articles", "--out", bucket.address, "--jobs", "1", *more)


def test_what_is_withdrawn_leaves_the_bucket_too_and_comes_back(desk, bucket):
    convert(bucket)
    told = json.loads(run("retract", bucket.address, "ferry-sails-again", "--json").stdout)
    left = [name for name in bucket.names() if name.startswith("episodes/ferry-sails-again/")]
    assert left == ["episodes/ferry-sails-again/embed.html", "episodes/ferry-sails-again/episode.json"]
    assert json.loads(bucket.get(left[1]))["status"] == "retracted"
    assert "captions.vtt" in told["removed"]
    for name in ("feed.xml", "index.html", "playlist.json"):
        assert b"ferry-sails-again" not in bucket.get(name), name
        assert b"council-meets" in bucket.get(name), name
    convert(bucket, "--revive")
    assert b"ferry-sails-again" in bucket.get("feed.xml")
    assert json.loads(bucket.get(left[1]))["version"] == 2


def test_replaced_audio_is_pruned_there_too(desk, bucket):
    convert(bucket)
    (desk / "articles" / "one.md").write_text("# Ferry sails again\n\nThe ferry will sail on Friday.\n")
    convert(bucket)
    audio = {name for name in bucket.names() if name.endswith(".mp3")}
    assert len(audio) == 3
    (gone,) = (
        json.loads(line)["path"]
        for line in run("prune", bucket.address, "--keep-days", "0", "--json").stdout.splitlines()
    )
    assert audio - set(bucket.names()) == {gone}
