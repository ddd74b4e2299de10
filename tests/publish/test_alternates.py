"""Other forms of a recording among the published files: named by their bytes, told in episode.json, pruned in time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

import articleaudio
import newsroom
from articleaudio import config
from articleaudio.errors import ConfigError
from articleaudio.model import Alternate, AudioProfile, Loudness
from articleaudio.publish import publish_episode
from articleaudio.publish.pruning import prune_superseded
from articleaudio.publish.receipt import read_receipt

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "episode.schema.json").read_text("utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA)
WEB, ARCHIVE = AudioProfile.WEB, AudioProfile.ARCHIVE
TYPES = {WEB: "audio/mpeg", ARCHIVE: "audio/flac"}


def alternate(folder, profile, data: bytes) -> Alternate:
    path = folder / f"{profile}.tmp"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    heard = Loudness(-16.0, -1.2, 0.9, 0, 0.0)
    return Alternate(profile, path, TYPES[profile], digest, len(data), 12.5, 44_100, 64_000, "an encoder", heard)


def publish(library, forms, *, now=newsroom.NOW):
    item = newsroom.article()
    script = newsroom.script_of(item)
    work = library.out / "work"
    recording = newsroom.recording_of(item, script, work / "a.mp3")
    others = tuple(alternate(work, profile, data) for profile, data in forms.items())
    return publish_episode(
        item,
        script,
        replace(recording, alternates=others),
        library=library,
        show=newsroom.SHOW,
        voice=newsroom.VOICE,
        marks=newsroom.MARKS,
        inputs="",
        source_hash="",
        now=now,
    )


def audio(episode) -> list[str]:
    return sorted(path.name for path in episode.folder.iterdir() if path.suffix in {".mp3", ".flac"})


def test_they_are_told_with_names_that_change_with_their_bytes(library, read_json):
    episode = publish(library, {WEB: b"web", ARCHIVE: b"archive"})
    document = read_json(episode.folder / "episode.json")
    assert not list(VALID.iter_errors(document))
    assert [one["profile"] for one in document["alternates"]] == ["web", "archive"]
    for one, data, ending in zip(document["alternates"], (b"web", b"archive"), ("mp3", "flac"), strict=True):
        digest = hashlib.sha256(data).hexdigest()
        assert one["file"] == f"{episode.slug}.{digest[:8]}.{ending}"
        assert (one["sha256"], one["bytes"], one["duration"]) == (digest, len(data), 12.5)
        assert (episode.folder / one["file"]).read_bytes() == data
    assert not list((library.out / "work").iterdir())


def test_the_schema_wants_every_fact():
    items = SCHEMA["$defs"]["published"]["properties"]["alternates"]["items"]
    assert set(items["required"]) == set(items["properties"])


def test_the_receipt_keeps_how_they_were_made(library):
    publish(library, {ARCHIVE: b"archive"})
    (path,) = (library.state / "receipts").iterdir()
    (form,) = read_receipt(path).alternates
    assert (form.profile, form.encoder, form.loudness.integrated) == (ARCHIVE, "an encoder", -16.0)


def test_publishing_the_same_again_writes_nothing(library):
    first = publish(library, {WEB: b"web"})
    times = {path.name: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    again = publish(library, {WEB: b"web"}, now=newsroom.LATER)
    assert (again.changed, again.version) == (False, 1)
    assert {path.name: path.stat().st_mtime_ns for path in first.folder.iterdir()} == times


def test_one_more_form_raises_the_version_and_leaves_the_mp3_alone(library):
    first = publish(library, {})
    before = first.audio.stat()
    second = publish(library, {WEB: b"web"}, now=newsroom.LATER)
    assert (second.changed, second.version, second.audio) == (True, 2, first.audio)
    assert (second.audio.stat().st_mtime_ns, second.audio.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert len(audio(second)) == 2


@pytest.mark.parametrize("profile", [WEB, ARCHIVE])
def test_a_form_that_is_no_longer_wanted_goes_after_its_days(library, read_json, profile):
    first = publish(library, {profile: b"bytes"})
    (name,) = set(audio(first)) - {first.audio.name}
    second = publish(library, {}, now=newsroom.LATER)
    assert read_json(second.folder / "episode.json")["alternates"] == []
    assert second.version == 2
    assert prune_superseded(library, 7, newsroom.LATER + timedelta(days=6, hours=23)) == ()
    assert prune_superseded(library, 7, newsroom.LATER + timedelta(days=7)) == (second.folder / name,)
    assert audio(second) == [first.audio.name]


def test_a_form_that_comes_back_in_time_stays(library):
    first = publish(library, {WEB: b"web"})
    publish(library, {}, now=newsroom.LATER)
    publish(library, {WEB: b"web"}, now=newsroom.LATER + timedelta(days=1))
    assert prune_superseded(library, 0, newsroom.LATER + timedelta(days=99)) == ()
    assert len(audio(first)) == 2


def test_a_form_whose_bytes_change_keeps_the_old_file_for_its_days(library):
    first = publish(library, {WEB: b"web"})
    publish(library, {WEB: b"web, too"}, now=newsroom.LATER)
    assert len(audio(first)) == 3
    assert len(prune_superseded(library, 7, newsroom.LATER + timedelta(days=7))) == 1
    assert len(audio(first)) == 2


def test_an_episode_that_lost_a_form_is_not_up_to_date(library):
    episode = publish(library, {WEB: b"web"})
    receipt = library.receipt(episode.id)
    assert library.up_to_date(receipt, "", "")
    (name,) = set(audio(episode)) - {episode.audio.name}
    (episode.folder / name).unlink()
    assert not library.up_to_date(receipt, "", "")


def test_the_house_file_asks_for_them(tmp_path, monkeypatch, read_json):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Ferry returns\n\nThe ferry is back.\n")
    house = tmp_path / "articleaudio.toml"
    house.write_text('cache = { where = "cache" }\n')
    plain = articleaudio.convert("a.md")
    before = plain.audio.stat()
    house.write_text('cache = { where = "cache" }\n[audio]\nalternates = ["web", "archive"]\n')
    more = articleaudio.convert("a.md")
    document = read_json(more.folder / "episode.json")
    assert [one["type"] for one in document["alternates"]] == ["audio/mpeg", "audio/flac"]
    assert {one["duration"] for one in document["alternates"]} == {document["audio"]["duration"]}
    assert (more.audio, more.version, more.spoken_now) == (plain.audio, 2, 0)
    assert more.audio.stat().st_mtime_ns == before.st_mtime_ns
    assert len(audio(more)) == 3
    assert articleaudio.convert("a.md").changed is False
    house.write_text('cache = { where = "cache" }\n[audio]\nprofile = "web"\n')
    small = read_json(articleaudio.convert("a.md").folder / "episode.json")
    assert (small["audio"]["bitrate"], small["alternates"], small["version"]) == (64_000, [], 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profile = "hifi"', "profile must be one of podcast, web, archive"),
        ('profile = "archive"', 'alternates = \\["archive"\\]'),
        ('alternates = ["opus"]', "'opus' is none of podcast, web, archive"),
        ('alternates = "web"', "must be a list"),
        ('alternates = ["podcast"]', "the form of the MP3 itself"),
        ('alternates = ["web", "web"]', "stands there twice"),
        ('alternate = ["web"]', "did you mean 'alternates'"),
    ],
)
def test_what_no_form_is_called_is_refused_with_its_line(tmp_path, text, said):
    (tmp_path / "articleaudio.toml").write_text(f"[audio]\n{text}\n")
    with pytest.raises(ConfigError, match=f"line 2: .*{said}"):
        config.load_house(folder=tmp_path)


def test_without_a_word_on_it_there_is_the_podcast_alone(tmp_path):
    house = config.load_house(folder=tmp_path)
    assert (house.profile, house.alternates) == (AudioProfile.PODCAST, ())
