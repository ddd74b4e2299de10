"""The main job from outside: real articles in, finished audio out, through the command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from articleaudio.publish.invariants import findings
from test_samples import ALL, MANY

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
ARTICLES = len(ALL) + sum(len(public) for public, _ in MANY.values())


def run(*arguments, cwd=None, **settings):
    command = [sys.executable, "-m", "articleaudio", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300, check=False, **settings)


OF_THE_RUN = ("running", "report.json", "report.html")
"""Files of the state folder that tell of the last run, whatever it did."""


def snapshot(folder):
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in OF_THE_RUN]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The samples converted once, as `make demo` does, in a folder of their own."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(SAMPLES, folder / "samples", ignore=shutil.ignore_patterns(".articleaudio"))
    done = run(
        "convert", "samples", "--out", "public", "--config", "samples/articleaudio.toml", "--cache", "cache", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    folder.joinpath("stdout").write_text(done.stdout)
    return folder


@pytest.fixture(scope="module")
def episodes(house):
    paths = sorted((house / "public" / "episodes").glob("*/episode.json"))
    return {path.parent: json.loads(path.read_text("utf-8")) for path in paths}


def test_every_sample_is_an_episode(house, episodes):
    assert len(episodes) == ARTICLES
    table = (house / "stdout").read_text()
    assert f"{ARTICLES} made, 0 unchanged, 0 failed" in table
    for episode in episodes.values():
        assert episode["title"][:20] in table


def test_every_file_of_the_contract_is_there(house, episodes):
    public = house / "public"
    for name in ("index.html", "feed.xml", "article-audio.js"):
        assert (public / name).is_file()
    for folder, episode in episodes.items():
        names = {path.name for path in folder.iterdir()}
        assert {"episode.json", "captions.vtt", "chapters.json", "transcript.json", "index.html"} <= names
        assert re.fullmatch(rf"{folder.name}\.[0-9a-f]{{8,}}\.mp3", episode["audio"]["file"])
        assert (folder / episode["audio"]["file"]).stat().st_size == episode["audio"]["bytes"]


def test_the_public_document_is_what_its_schema_says(episodes):
    schema = json.loads((ROOT / "docs" / "episode.schema.json").read_text())
    for episode in episodes.values():
        jsonschema.validate(episode, schema)
        assert findings(episode) == []


def test_nothing_private_is_public(house):
    private = (str(house), '"confidence"', '"spoken"', '"tokens"', '"dropped"', '"key"', '"rule"')
    for path in (house / "public").rglob("*"):
        if path.suffix in {".json", ".html", ".xml", ".vtt"}:
            text = path.read_text("utf-8")
            for word in private:
                assert word not in text, (path, word)
    for path in (house / "public").rglob("*.mp3"):
        assert str(house).encode() not in path.read_bytes()


def test_players_see_duration_chapters_and_tags(episodes):
    for folder, episode in episodes.items():
        sound = MP3(folder / episode["audio"]["file"])
        assert sound.info.length == pytest.approx(episode["audio"]["duration"], abs=0.06)
        assert sound.info.bitrate == pytest.approx(episode["audio"]["bitrate"], rel=0.001)
        assert episode["audio"]["bitrate"] == 96000
        assert (sound.info.sample_rate, sound.info.channels) == (44100, 1)
        tags = ID3(folder / episode["audio"]["file"], translate=False)
        assert tags.version == (2, 3, 0)
        assert str(tags["TIT2"]) == episode["title"]
        assert str(tags["TALB"])
        assert "AI assistance" in str(tags.getall("COMM")) or "штучного інтелекту" in str(tags.getall("COMM"))
        assert tags.getall("APIC")
        starts = [frame.start_time for frame in sorted(tags.getall("CHAP"), key=lambda one: one.start_time)]
        assert starts == [pytest.approx(chapter["start"] * 1000, abs=1) for chapter in episode["chapters"]]


def test_the_first_chapter_is_the_headline_and_headings_open_the_others(episodes):
    for episode in episodes.values():
        assert episode["chapters"][0]["title"] == episode["title"]
        assert episode["chapters"][0]["start"] == 0
        headings = [segment["written"] for segment in episode["segments"] if segment["role"] == "heading"]
        if headings:
            assert [chapter["title"] for chapter in episode["chapters"][1:]] == headings
        elif episode["audio"]["duration"] > 120:
            assert len(episode["chapters"]) >= 2


def test_the_disclosure_is_spoken_shown_and_tagged(house, episodes):
    for folder, episode in episodes.items():
        assert episode["segments"][0]["role"] == "disclosure"
        assert episode["disclosure"] in (folder / "index.html").read_text("utf-8")


def test_ffprobe_lists_the_chapters_in_order(episodes):
    if shutil.which("ffprobe") is None:
        pytest.skip("needs ffprobe")
    for folder, episode in episodes.items():
        command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", folder / episode["audio"]["file"]]
        seen = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
        assert [chapter["tags"]["title"] for chapter in seen] == [chapter["title"] for chapter in episode["chapters"]]


def test_a_second_run_writes_nothing_and_says_so(house):
    before = snapshot(house)
    done = run(
        "convert", "samples", "--out", "public", "--config", "samples/articleaudio.toml", "--cache", "cache", cwd=house
    )
    assert done.returncode == 0
    assert "Nothing to do" in done.stdout
    assert {line.split(maxsplit=1)[0] for line in done.stderr.splitlines()} == {"skipped", "report:"}
    assert snapshot(house) == before


def test_another_machine_makes_the_same_bytes(house, episodes, tmp_path):
    source = house / "samples" / "council.txt"
    done = run("convert", source, "--out", tmp_path / "out", "--config", house / "samples" / "articleaudio.toml",
               "--cache", tmp_path / "cold", "--state", tmp_path / "state", "--jobs", "1")  # fmt: skip
    assert done.returncode == 0, done.stderr
    (again,) = (tmp_path / "out" / "episodes").glob("*/*.mp3")
    (first,) = (house / "public" / "episodes" / again.parent.name).glob("*.mp3")
    assert again.name == first.name
    assert again.read_bytes() == first.read_bytes()


def test_one_changed_sentence_is_spoken_alone(tmp_path):
    page = tmp_path / "story.md"
    page.write_text("# Ferry returns\n\nThe ferry is back. It sails at noon.\n\nTickets cost $4.\n")
    command = ("convert", page, "--out", tmp_path / "out", "--json")
    first = ready(run(*command, cwd=tmp_path))
    assert (first["spoken"], first["changed"]) == (first["segments"], True)
    page.write_text("# Ferry returns\n\nThe ferry is back. It sails at one.\n\nTickets cost $4.\n")
    second = ready(run(*command, cwd=tmp_path))
    assert (second["spoken"], second["id"], second["slug"]) == (1, first["id"], first["slug"])
    third = ready(run(*command, cwd=tmp_path))
    assert (third["spoken"], third["changed"]) == (0, False)


def ready(done):
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    (event,) = [line for line in lines if line["event"] == "EpisodeReady"]
    return event


def test_a_new_headline_moves_nothing(tmp_path):
    page = tmp_path / "story.md"
    page.write_text("# Ferry returns\n\nThe ferry is back.\n")
    first = ready(run("convert", page, "--out", tmp_path / "out", "--json", cwd=tmp_path))
    page.write_text("# Ferry is back at last\n\nThe ferry is back.\n")
    second = ready(run("convert", page, "--out", tmp_path / "out", "--json", cwd=tmp_path))
    assert (first["slug"], first["id"]) == (second["slug"], second["id"])
    assert second["title"] == "Ferry is back at last"


def test_state_never_lies_in_the_public_folder(house):
    assert not list((house / "public").rglob(".articleaudio"))
    assert list((house / "samples" / ".articleaudio").rglob("*.json"))


def test_without_a_base_url_everything_is_made_but_the_feed(tmp_path):
    (tmp_path / "a.md").write_text("# Ferry returns\n\nThe ferry is back.\n")
    done = run("convert", "a.md", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert "base_url" in done.stderr
    assert (tmp_path / "out" / "index.html").is_file()
    assert not (tmp_path / "out" / "feed.xml").exists()


def test_standard_input_is_a_source(tmp_path):
    done = run("convert", "-", "--out", "out", "--json", cwd=tmp_path, input="# From a pipe\n\nIt works.\n")
    assert ready(done)["title"]


def test_a_superseded_recording_stays_for_keep_days(tmp_path):
    page = tmp_path / "story.md"
    command = ("convert", page, "--out", tmp_path / "out", "--json")

    def recordings(text, day, keep):
        page.write_text(f"# Ferry returns\n\n{text}\n")
        (tmp_path / "articleaudio.toml").write_text(f"keep_days = {keep}\n")
        ready(run(*command, cwd=tmp_path, env=os.environ | {"SOURCE_DATE_EPOCH": str(1_700_000_000 + day * 86_400)}))
        return len(list((tmp_path / "out").rglob("*.mp3")))

    assert recordings("It sails at noon.", 0, 3) == 1
    assert recordings("It sails at one.", 1, 3) == 2
    assert recordings("It sails at one.", 2, 3) == 2
    assert recordings("It sails at one.", 9, 3) == 1
