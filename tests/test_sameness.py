"""An edit that changes nothing that is heard leaves the published audio alone, byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from articleaudio import config
from articleaudio.batch import convert_many
from articleaudio.model import Article, AudioProfile, Block, BlockKind, Role, Spoken
from articleaudio.plain import dump
from articleaudio.read.discover import discover
from articleaudio.task import Setting

STORY = Article(
    id="00000000-0000-4000-8000-000000000001",
    aliases=("cms:desk:1",),
    title="Story 1",
    language="en",
    blocks=(Block(BlockKind.PARAGRAPH, "The ferry is back."),),
    authors=("Ann Bo",),
)


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house that does not speak the headline, and makes every form."""
    monkeypatch.chdir(tmp_path)
    alternates = (AudioProfile.WEB, AudioProfile.ARCHIVE)
    return replace(config.load_house(folder=tmp_path), spoken=Spoken(order=(Role.DISCLOSURE,)), alternates=alternates)


@pytest.fixture
def make(tmp_path, house):
    """Convert a story; gives the episode, and all audio that is published of it."""

    def made(story, house=house, **settings):
        path = tmp_path / "desk.json"
        path.write_text(json.dumps([json.loads(dump(story))]))
        (episode,) = convert_many(discover([str(path)]), Setting(house, tmp_path / "out", **settings))
        document = json.loads((episode.folder / "episode.json").read_bytes())
        names = [one["file"] for one in (document["audio"], *document["alternates"])]
        return episode, document, {name: (episode.folder / name).read_bytes() for name in names}

    return made


def test_no_edit_that_is_not_heard_touches_the_audio(make):
    first, _, audio = make(STORY)
    assert len(audio) == 3
    edits = {
        "title": "Story one, told again",
        "section": "Islands",
        "url": "https://news.example/story",
        "image": "https://news.example/story.jpg",
        "dek": "What came of it.",
        "authors": ("Cy Dee",),
        "updated": datetime(2026, 3, 1, tzinfo=UTC),
    }
    version = first.version
    for key, value in edits.items():
        episode, document, same = make(replace(STORY, **{key: value}))
        version += 1
        assert (episode.version, episode.spoken_now) == (version, 0), key
        assert same == audio, key
        assert document["title"] == (edits["title"] if key == "title" else STORY.title)
    receipt = json.loads(next((episode.folder.parents[2] / ".articleaudio").rglob("receipts/*.json")).read_bytes())
    assert receipt["superseded"] == []


def test_new_tags_come_when_they_are_asked_for(make):
    _, before, audio = make(STORY)
    retold = replace(STORY, title="Story one, told again")
    make(retold)
    episode, document, tagged = make(retold, retag=True)
    assert not set(audio) & set(tagged), "each form has its tags"
    assert document["audio"]["duration"] == before["audio"]["duration"]
    assert b"Story one, told again" in tagged[episode.audio.name].replace(b"\0", b"")
    assert episode.spoken_now == 0
    again, _, _ = make(retold, retag=True)
    assert (again.version, again.changed) == (episode.version, False)


def test_what_is_heard_brings_its_tags_along(make):
    _, _, audio = make(STORY)
    told = replace(STORY, title="Told again", blocks=(Block(BlockKind.PARAGRAPH, "The ferry sank."),))
    episode, _, other = make(told)
    assert not set(audio) & set(other)
    assert b"Told again" in other[episode.audio.name].replace(b"\0", b"")


def test_another_disclosure_is_no_small_matter(make, house):
    quiet = replace(house, spoken=Spoken(order=(Role.HEADLINE,)))
    _, _, audio = make(STORY, quiet)
    _, document, other = make(STORY, replace(quiet, disclosure={"en": "Read by a machine."}))
    assert document["disclosure"] == "Read by a machine."
    assert not set(audio) & set(other)


def test_a_damaged_file_is_never_kept(make):
    episode, _, audio = make(STORY)
    damaged = bytearray(audio[episode.audio.name])
    damaged[-100] ^= 0xFF
    episode.audio.write_bytes(damaged)
    _, _, other = make(replace(STORY, section="Islands"))
    assert other == audio, "the section is in no tag: the same bytes are put in place again"


def test_another_cover_leaves_the_audio_alone(make, house, tmp_path):
    covers = []
    for colour in ("red", "blue"):
        cover = tmp_path / f"{colour}.png"
        Image.new("RGB", (1400, 1400), colour).save(cover)
        covers.append(replace(house, show=replace(house.show, image=cover)))
    _, _, audio = make(STORY, covers[0])
    assert make(STORY, covers[1])[2] == audio
    assert make(STORY, covers[1], retag=True)[2] != audio
