"""Sounds of the house from outside: files named in the house file are heard in what `convert` publishes."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import soundfile

from articleaudio.config import load_house
from articleaudio.errors import ConfigError
from articleaudio.master.sounds.files import read_sound
from articleaudio.model import Sounds
from articleaudio.plan import Planner, fingerprint
from articleaudio.publish.invariants import findings, timeline_findings
from articleaudio.publish.receipt import read_receipt
from master.making import offset

ARTICLE = """---
title: "The ferry is back"
author: Olena Marsh
date: 2026-03-02
url: https://example.org/ferry/
lang: en
---

The ferry across the bay runs again from Monday. It stood still for eleven weeks.

## Why it took so long

A gear had to be cast anew. The only foundry that can do it lies two thousand miles away.
"""


def tune(seconds, rate, pitch, seed):
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * rate)) / rate
    return 0.3 * np.sin(2 * np.pi * pitch * at * (1 + at / 9)) * np.exp(-at) + 0.01 * rng.standard_normal(len(at))


def convert(folder, *more):
    command = [sys.executable, "-m", "articleaudio", "convert", "article.md", "--out", "public", "--cache", "cache"]
    return subprocess.run([*command, *more], capture_output=True, text=True, cwd=folder, timeout=120, check=False)


def house(folder, **audio):
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in audio.items())
    (folder / "articleaudio.toml").write_text(f"[audio]\n{lines}" if audio else "")


def published(folder):
    (path,) = folder.glob("public/episodes/*/episode.json")
    episode = json.loads(path.read_text("utf-8"))
    (receipt,) = folder.glob(".articleaudio/*/receipts/*.json")
    return episode, read_receipt(receipt), path.parent


ALL = {
    "intro": "sounds/intro.wav",
    "jingle": "sounds/jingle.flac",
    "outro": "sounds/outro.mp3",
    "bed": "sounds/bed.ogg",
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """An article converted without sounds and with all of them."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "article.md").write_text(ARTICLE, "utf-8")
    (folder / "sounds").mkdir()
    stereo = np.stack([tune(3, 48_000, 400, 1)] * 2, axis=1)
    soundfile.write(folder / "sounds/intro.wav", stereo, 48_000, subtype="FLOAT")
    beats = np.zeros(96_000)
    beats[24_000::24_000] = 0.6  # what would be a click in speech
    soundfile.write(folder / "sounds/jingle.flac", tune(1, 96_000, 700, 2) + beats, 96_000, subtype="PCM_24")
    soundfile.write(folder / "sounds/outro.mp3", tune(2, 44_100, 300, 3), 44_100)
    soundfile.write(folder / "sounds/bed.ogg", tune(2.5, 32_000, 150, 4), 32_000)
    house(folder)
    plain = convert(folder)
    assert plain.returncode == 0, plain.stderr
    before = published(folder)
    house(folder, **ALL)
    done = convert(folder)
    assert done.returncode == 0, done.stderr
    return folder, before, published(folder)


def spans(receipt, kind):
    return [(span.start, span.end) for span in receipt.timeline if span.kind == kind]


def test_the_sounds_are_heard_at_their_places(newsroom):
    folder, _, (episode, receipt, public) = newsroom
    samples, rate = soundfile.read(public / episode["audio"]["file"])
    places = spans(receipt, "sound")
    assert len(places) == 5  # intro, bed before and after the headline, jingle, outro
    for place, name in ((0, "intro"), (3, "jingle"), (4, "outro")):
        expected = read_sound(folder / ALL[name], rate)
        late, alike = offset(samples, round(places[place][0] * rate), expected)
        assert late == 0, name
        assert alike > 0.95, name


def test_the_headline_lies_between_two_stretches_of_its_bed(newsroom):
    _, _, (episode, receipt, _) = newsroom
    headline = next(one for one in receipt.segments if one.written == episode["title"])
    before, after = spans(receipt, "sound")[1:3]
    assert before[1] == headline.start
    assert after[0] == headline.end
    assert before[1] - before[0] == pytest.approx(1.5, abs=0.01)
    assert after[1] - after[0] == pytest.approx(2.0, abs=0.01)


def test_the_episode_keeps_all_promises(newsroom):
    _, (plain, _, _), (episode, receipt, _) = newsroom
    assert findings(episode) == []
    assert timeline_findings(receipt.timeline, receipt.duration) == []
    assert episode["chapters"][0]["start"] == 0
    assert [one["written"] for one in episode["segments"]] == [one["written"] for one in plain["segments"]]
    for one, other in zip(plain["segments"], episode["segments"], strict=True):
        shift = other["start"] - one["start"]
        assert other["end"] - one["end"] == pytest.approx(shift, abs=0.002)
        starts = [word[0] + shift for word in one["words"]]
        assert [word[0] for word in other["words"]] == pytest.approx(starts, abs=0.002)


def test_the_level_holds(newsroom):
    loudness = newsroom[2][1].loudness
    assert loudness.integrated == pytest.approx(-16, abs=1.0)
    assert loudness.peak <= -1


def test_a_check_finds_nothing_wrong(newsroom):
    """It decodes the whole file: music is no sound in a pause, and a beat of it is no click."""
    command = [sys.executable, "-m", "articleaudio", "check", "public"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=newsroom[0], timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stderr


def test_without_sounds_all_is_as_before(newsroom, tmp_path):
    """Whoever takes the sounds out again has the file of the first day, to the byte."""
    folder, (plain, _, _), _ = newsroom
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    house(tmp_path)
    assert convert(tmp_path, "--cache", str(folder / "cache")).returncode == 0
    assert published(tmp_path)[0]["audio"] == plain["audio"]


def test_a_changed_file_makes_the_episode_anew_and_nothing_is_spoken(newsroom, tmp_path):
    folder = tmp_path / "house"
    shutil.copytree(newsroom[0], folder)
    before = published(folder)[0]
    assert "1 unchanged" in convert(folder).stdout
    soundfile.write(folder / ALL["intro"], tune(2, 44_100, 500, 9), 44_100)
    done = convert(folder)
    assert "1 made" in done.stdout, done.stdout
    after = published(folder)[0]
    assert after["version"] == before["version"] + 1
    assert after["audio"]["duration"] == pytest.approx(before["audio"]["duration"] - 1, abs=0.03)


def test_what_cannot_be_used_stops_the_run_before_any_work(tmp_path):
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "talk.m4a").write_bytes(b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom" + bytes(5000))
    house(tmp_path, intro="talk.m4a")
    done = convert(tmp_path)
    assert done.returncode == 2, done.stderr
    assert "talk.m4a cannot be read as audio" in " ".join(done.stderr.split())
    assert not list(tmp_path.glob("public/episodes/*"))
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("audio", "told"),
    [
        ({"bed": "none.wav"}, "none.wav holds no sound at all"),
        ({"outro": "nowhere.wav"}, "line 2: outro 'nowhere.wav' in [audio] is not a file"),
        ({"jingle": "."}, "jingle '.' in [audio] is not a file"),
        ({"jingel": "none.wav"}, "did you mean 'jingle'?"),
        ({"bed_level": -3}, "bed_level is -3 LU"),
        ({"bed_level": "low"}, "bed_level must be a number"),
        ({"intro": 3}, "intro must be a text"),
    ],
)
def test_what_is_wrong_in_the_house_file_is_said(tmp_path, audio, told):
    soundfile.write(tmp_path / "none.wav", np.zeros(0), 44_100)
    house(tmp_path, **audio)
    with pytest.raises(ConfigError, match=re.escape(told)):
        Planner(load_house(folder=tmp_path), tmp_path / "public")


def test_a_house_without_sounds_is_known_as_before(tmp_path):
    """Its fingerprint does not change: no episode of it is made again."""
    plain = load_house(folder=tmp_path)
    assert fingerprint(replace(plain, sounds=Sounds(bed_level=-30.0))) == fingerprint(plain)
    soundfile.write(tmp_path / "a.wav", tune(1, 44_100, 440, 1), 44_100)
    assert fingerprint(replace(plain, sounds=Sounds(intro=tmp_path / "a.wav"))) != fingerprint(plain)
