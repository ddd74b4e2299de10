"""The main job into a bucket, from the command line, against moto's server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli
from articleaudio.delivery.order import LAST, rank
from articleaudio.site.headers import cache_control, content_type

ONE = "# Ferry sails again\n\nThe ferry will sail on Monday.\n\nNobody was hurt.\n"
TWO = "# Council meets\n\nThe council met on Tuesday.\n"
HOUSE = '[show]\ntitle = "The Harbour Post"\nbase_url = "https://audio.example.org/"\n'


@pytest.fixture
def desk(tmp_path, bucket, monkeypatch):
    """A folder with a house file and two articles; gives what runs a command there."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.md").write_text(ONE)
    (tmp_path / "articles" / "two.md").write_text(TWO)
    (tmp_path / "articleaudio.toml").write_text(HOUSE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return tmp_path


def command(*arguments):
    return [sys.executable, "-m", "articleaudio", *map(str, arguments)]


def run(*arguments, code=0):
    done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def convert(where, *more, code=0):
    return run("convert", "articles", "--out", where, "--cache", "cache", *more, code=code)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bucket_holds_what_a_folder_would(desk, bucket):
    done = convert(bucket.address)
    assert f"{bucket.address}: " in done.stdout
    assert "files sent" in done.stdout
    convert("public")
    assert bucket.files() == files_of(desk / "public")
    for name in bucket.names():
        assert bucket.headers(name) == (content_type(name), cache_control(name)), name
    put = [name.removeprefix("some/prefix/") for name in bucket.wire.put()]
    assert len(put) == len(set(put))
    assert put.index("feed.xml") > max(put.index(name) for name in put if rank(name) < LAST)

    bucket.wire.asked.clear()
    assert "Nothing to do" in convert(bucket.address).stdout
    assert [one.method for one in bucket.wire.asked] == ["GET"]

    (desk / "articles" / "one.md").write_text(ONE.replace("Nobody", "Not a soul"))
    before = bucket.files()
    convert(bucket.address, "--jobs", 1)
    convert("public")
    after = bucket.files()
    public = files_of(desk / "public")
    assert after == public
    changed = {name for name, data in after.items() if before.get(name) != data}
    assert {name.removeprefix("some/prefix/") for name in bucket.wire.put()} == changed
    assert {name.split("/")[1] for name in changed if "/" in name} == {"ferry-sails-again"}


def test_machines_are_told_of_every_file(desk, bucket):
    lines = [json.loads(line) for line in convert(bucket.address, "--json").stdout.splitlines()]
    told = {line["name"]: line["size"] for line in lines if line["event"] == "FileDelivered"}
    assert told == {name: len(data) for name, data in bucket.files().items()}
    (end,) = [line for line in lines if line["event"] == "DeliveryFinished"]
    assert (end["files"], end["size"], end["failed"]) == (len(told), sum(told.values()), 0)


def test_withdrawing_and_rebuilding_reach_the_bucket(desk, bucket):
    convert(bucket.address)
    assert "2 episodes checked: 0 errors" in run("check", bucket.address).stderr
    assert "https://audio.example.org/episodes/council-meets/" in run("embed", bucket.address, "council-meets").stdout
    run("check", f"{bucket.address}/elsewhere", code=3)
    run("retract", bucket.address, "council-meets")
    assert [name for name in bucket.names() if "council-meets" in name] == [
        "episodes/council-meets/embed.html",
        "episodes/council-meets/episode.json",
    ]
    assert json.loads(bucket.get("episodes/council-meets/episode.json"))["status"] == "retracted"
    assert b"council-meets" not in bucket.get("feed.xml") + bucket.get("index.html")
    bucket.wire.asked.clear()
    run("feed", bucket.address, "--base-url", "https://other.example/")
    assert b"https://other.example/" in bucket.get("feed.xml")
    assert not [name for name in bucket.wire.put() if name.endswith(".mp3")]


def test_a_run_killed_in_mid_delivery_goes_on_where_it_was(desk, bucket):
    bucket.wire.spoil = lambda asked: (
        "hang" if asked.puts and asked.key.endswith("council-meets/episode.json") else None
    )
    going = subprocess.Popen(
        command("convert", "articles", "--out", bucket.address, "--cache", "cache", "--jobs", 1),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert bucket.wire.hung.wait(300)
    os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    there = bucket.names()
    assert any(name.endswith(".mp3") for name in there)
    assert "feed.xml" not in there
    bucket.wire.spoil = lambda asked: None
    bucket.wire.asked.clear()
    convert(bucket.address)
    assert not {f"some/prefix/{name}" for name in there} & set(bucket.wire.put())
    convert("public")
    assert bucket.files() == files_of(desk / "public")


def test_a_lost_mirror_is_fetched_and_a_lost_state_is_no_reason_to_send_sound_again(desk, bucket):
    convert(bucket.address)
    before = bucket.files()
    (mirror,) = (desk / ".articleaudio").glob("*/mirror")
    shutil.rmtree(mirror)
    (desk / "articles" / "two.md").unlink()
    bucket.wire.asked.clear()
    assert "1 unchanged" in convert(bucket.address).stdout
    assert (bucket.files(), files_of(mirror), bucket.wire.put()) == (before, before, [])
    shutil.rmtree(desk / ".articleaudio")
    (desk / "articles" / "two.md").write_text(TWO)
    assert "2 made" in convert(bucket.address).stdout
    assert not [name for name in bucket.wire.put() if name.endswith((".mp3", ".vtt"))]
    assert bucket.files() == before


def test_one_denied_key_fails_and_the_rest_goes_on(desk, bucket):
    denied = (403, b"<Error><Code>AccessDenied</Code></Error>")
    bucket.wire.spoil = lambda asked: denied if asked.puts and "/council-meets." in asked.key else None
    done = convert(bucket.address, code=5)
    assert "not delivered  episodes/council-meets/council-meets." in done.stderr
    assert "refuses us (HTTP 403)" in done.stderr
    assert "1 failed" in done.stdout
    assert "held back" in done.stdout
    assert "episodes/ferry-sails-again/index.html" in bucket.names()
    assert not {"feed.xml", "index.html", "episodes/council-meets/episode.json"} & set(bucket.names())
    bucket.wire.spoil = lambda asked: None
    convert(bucket.address)
    assert "feed.xml" in bucket.names()


def test_credentials_that_expire_on_the_way_are_told_and_nothing_is_lost(desk, bucket):
    expired = (400, b"<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>")
    bucket.wire.spoil = lambda asked: expired if asked.puts else None
    done = convert(bucket.address, code=5)
    assert "have expired" in done.stderr
    assert "the same command goes on from here" in done.stderr
    assert "2 made" in done.stdout
    bucket.wire.spoil = lambda asked: None
    assert "2 unchanged" in convert(bucket.address).stdout
    assert len([name for name in bucket.names() if name.endswith(".mp3")]) == 2


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ((403, b"<Error><Code>AccessDenied</Code></Error>"), "refuses us"),
        ((404, b"<Error><Code>NoSuchBucket</Code></Error>"), "no such bucket"),
        ((400, b"<Error><Code>ExpiredToken</Code></Error>"), "have expired"),
    ],
)
def test_a_store_that_cannot_be_reached_is_told_before_anything_is_spoken(desk, bucket, spoil, why):
    bucket.wire.spoil = lambda asked: spoil
    done = convert(bucket.address, code=5)
    assert why in done.stderr
    assert "made" not in done.stdout
    assert not (desk / "cache").exists() or not any((desk / "cache").glob("*/*"))


def test_without_the_library_it_says_what_to_install(desk, bucket, monkeypatch):
    monkeypatch.setitem(sys.modules, "obstore", None)
    done = CliRunner().invoke(cli, ["convert", "articles", "--out", bucket.address, "--cache", "cache"])
    assert done.exit_code == 4
    assert "needs the package obstore" in done.stderr
    assert "pip install 'articleaudio[s3]'" in done.stderr


def test_a_dry_run_asks_the_store_for_nothing(desk, bucket):
    convert(bucket.address, "--dry-run")
    assert bucket.wire.asked == []
    assert bucket.names() == []
