"""`articleaudio cache`, run as a user runs it."""

import json
import os
import time

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli
from articleaudio.store import Store


def invoke(*arguments):
    return CliRunner().invoke(cli, ["cache", *map(str, arguments)])


@pytest.fixture
def cache(tmp_path):
    """Three pieces of 1000 bytes, used three days, two days and a moment ago, and a clip."""
    store = Store(tmp_path / "cache")
    for number in range(3):
        key = f"{number:064x}"
        store.put("piece", key, b"x" * 952)
        moment = time.time() - (3 - number) * 86_400 if number < 2 else time.time()
        os.utime(store.folder / "piece" / "00" / key, (moment, moment))
    store.put("clip", "f" * 64, b"x" * 452)
    return store.folder


def test_show_is_what_the_bare_command_does(cache, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache.parent))
    cache.rename(cache.parent / "articleaudio")
    bare, show = invoke(), invoke("show")
    assert bare.exit_code == show.exit_code == 0, bare.output
    assert bare.output.splitlines()[0] == show.output.splitlines()[0]
    assert "4 entries" in bare.output


def test_show_tells_where_what_and_how_old(cache):
    first, pieces, clips, total = invoke("show", "--cache", cache).output.splitlines()
    assert first == f"{cache}  (no limit)"
    assert pieces.split()[:5] == ["piece", "3", "entries", "3.0", "kB"]
    assert pieces.endswith("to 3 d ago")
    assert clips.split()[:5] == ["clip", "1", "entries", "500", "B"]
    assert total.split() == ["in", "all", "4", "entries", "3.5", "kB"]


def test_show_as_json(cache, tmp_path):
    (tmp_path / "articleaudio.toml").write_text('[cache]\nlimit = "2 GB"\nwhere = "cache"\n')
    told = json.loads(invoke("show", "--json", "--config", tmp_path / "articleaudio.toml").output)
    assert (told["cache"], told["limit"], told["size"]) == (str(cache), 2 * 10**9, 3500)
    assert [(kind["kind"], kind["entries"], kind["size"]) for kind in told["kinds"]] == [
        ("piece", 3, 3000),
        ("clip", 1, 500),
    ]


def test_an_empty_cache_is_shown_too(tmp_path):
    result = invoke("show", "--cache", tmp_path / "none")
    assert result.exit_code == 0
    assert "0 entries" in result.output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("options", "removed", "left"),
    [
        (["--older-than", "60h"], 1, 2500),
        (["--older-than", "1d"], 2, 1500),
        (["--max-size", "1.6kB"], 2, 1500),
        (["--older-than", "60h", "--max-size", "1.6 kB"], 2, 1500),
        (["--max-size", "1GB"], 0, 3500),
        (["--all"], 4, 0),
    ],
)
def test_prune_reports_what_it_did(cache, options, removed, left):
    told = json.loads(invoke("prune", "--json", "--cache", cache, *options).output)
    assert told == {"entries": removed, "size": 3500 - left, "left": left}
    assert sum(entry.size for entry in Store(cache).entries()) == left


def test_prune_speaks_to_people_as_well(cache):
    assert invoke("prune", "--all", "--cache", cache).output == f"4 entries removed, 3.5 kB; 0 B are left in {cache}\n"


def test_prune_without_an_option_keeps_to_the_houses_limit(cache, tmp_path):
    house = tmp_path / "articleaudio.toml"
    house.write_text('[cache]\nlimit = "2kB"\nwhere = "cache"\n')
    assert invoke("prune", "--config", house).exit_code == 0
    assert sum(entry.size for entry in Store(cache).entries()) == 1500
    house.write_text('[cache]\nwhere = "cache"\n')
    result = invoke("prune", "--config", house)
    assert result.exit_code == 2
    assert "--older-than 30d" in result.output


@pytest.mark.parametrize("options", [["--max-size", "much"], ["--max-size", "5"], ["--older-than", "5 parsecs"]])
def test_what_is_no_amount_is_a_usage_error(cache, options):
    result = invoke("prune", "--cache", cache, *options)
    assert result.exit_code == 2
    assert "number and a unit" in result.output
    assert Store(cache).has("clip", "f" * 64)


def test_a_store_that_cannot_be_reached_has_its_exit_code(monkeypatch):
    pytest.importorskip("obstore")
    for name, value in (("ENDPOINT_URL", "http://127.0.0.1:9"), ("ACCESS_KEY_ID", "x"), ("SECRET_ACCESS_KEY", "y")):
        monkeypatch.setenv(f"AWS_{name}", value)
    result = invoke("show", "--cache", "s3://bucket/prefix")
    assert result.exit_code == 5
    assert "nobody answers" in result.output
