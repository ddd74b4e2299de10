"""`articleaudio prune`: what was replaced goes after its days, and nothing else ever."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner

import newsroom
from articleaudio import config
from articleaudio.cli import cli
from articleaudio.files import temporary_beside
from articleaudio.plan import state_folder
from articleaudio.publish.library import Library
from articleaudio.site import build_site

SLUG = "island-ferry-sails-again-after-41-days"
DAY = 86_400


def prune(*arguments):
    result = CliRunner().invoke(cli, ["prune", "public", *(str(argument) for argument in arguments)])
    assert result.exit_code == 0, result.output
    return result


def told(*arguments):
    return [(one["kind"], one["path"]) for one in map(json.loads, prune("--json", *arguments).stdout.splitlines())]


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def age(path, days):
    then = time.time() - days * DAY
    os.utime(path, (then, then))


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A built site of one episode in its second version; the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articleaudio.toml").write_text('[show]\ntitle = "Harbour"\n')
    out = tmp_path / "public"
    library = Library(out, state_folder(config.load_house(), out))
    newsroom.publish(library, newsroom.article())
    newsroom.publish(library, replace(newsroom.article(), title="Aurora is back"), now=newsroom.LATER)
    build_site(out, newsroom.SHOW, on_warning=lambda text: None)
    return tmp_path


def test_replaced_audio_goes(house):
    folder = house / "public" / "episodes" / SLUG
    receipt = next((house / ".articleaudio").rglob("receipts/*.json"))
    (old,) = (one["name"] for one in json.loads(receipt.read_bytes())["superseded"])
    assert told("--keep-days", 100_000) == []
    assert told("--dry-run") == [("audio", f"episodes/{SLUG}/{old}")]
    assert (folder / old).is_file()
    assert told() == [("audio", f"episodes/{SLUG}/{old}")]
    assert not (folder / old).exists()
    assert json.loads(receipt.read_bytes())["superseded"] == []
    assert told() == []


def test_covers_and_players_go_that_no_page_names(house):
    out = house / "public"
    (player,) = out.glob("article-audio.????????.js")
    former = out / "article-audio.00000000.js"
    former.write_bytes(b"former")
    age(former, 30)
    assert ("player", former.name) not in told("--dry-run"), "its successor is of today"
    age(player, 8)
    assert ("player", former.name) in told("--dry-run")
    page = out / "episodes" / SLUG / "embed.html"
    text = page.read_text()
    page.write_text(text.replace(player.name, former.name))
    assert ("player", former.name) not in told("--dry-run"), "a page names it"
    page.write_text(text)
    for name in ("cover.11111111.jpg", "cover.22222222.png"):
        (out / name).write_bytes(b"cover")
        age(out / name, 30)
    assert "cover" not in {kind for kind, _ in told("--dry-run")}, "none is named, so none was replaced"
    (out / "feed.xml").write_text("<rss>https://audio.example/cover.22222222.png</rss>")
    assert set(told()) >= {("player", former.name), ("cover", "cover.11111111.jpg")}
    assert not former.exists()
    assert player.is_file()
    assert (out / "cover.22222222.png").is_file()


def test_what_dead_runs_left_goes_and_what_live_ones_write_stays(house):
    out, state = house / "public", next((house / ".articleaudio").iterdir())
    live = temporary_beside(out / "episodes" / SLUG / "captions.vtt")
    dead = live.with_name(live.name.replace(f"-{os.getpid()}-", "-99999999-"))
    mark = live.name.rsplit(".", 2)[1]
    works = [state / "work" / name for name in (mark, mark.replace(f"-{os.getpid()}-", "-99999999-"))]
    for path in (live, dead):
        path.write_bytes(b"half")
    for work in works:
        work.mkdir(parents=True)
        (work / "a.mp3").write_bytes(b"half")
    found = {path for kind, path in told() if kind == "leftover"}
    assert found == {f"episodes/{SLUG}/{dead.name}", f"work/{works[1].name}"}
    assert live.is_file()
    assert works[0].is_dir()
    assert not dead.exists()
    assert not works[1].exists()


def test_nothing_else_is_touched(house):
    out = house / "public"
    mine = [
        "notes.txt", "cover.jpg", "cover.tool0000.jpg", "article-audio.backup.js", ".htaccess", ".hidden.tmp",
        *(f"episodes/{SLUG}/{name}" for name in (f"{SLUG}.interview.mp3", "interview.mp3", f"{SLUG}.12345678.wav")),
    ]  # fmt: skip
    for name in mine:
        (out / name).write_bytes(b"mine")
        age(out / name, 1000)
    prune("--keep-days", 0)
    before = files(out)
    assert set(mine) <= before
    prune("--keep-days", 0)
    assert files(out) == before


def test_people_are_told_what_it_came_to(house):
    result = prune()
    assert result.stdout.startswith("audio ")
    assert "bytes were removed" in result.stderr
