"""Levels of voices: found once, kept, and the same bytes whoever finds them, in whatever order."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from articleaudio import config, convert_many
from articleaudio.config import load_voice, voice_folders
from articleaudio.levels import KIND, Levels
from articleaudio.store import Store

ENGLISH = "# The ferry is back\n\nThe ferry is back after a long winter. It sails twice a day.\n"
UKRAINIAN = "---\ntitle: Пором повернувся\nlanguage: uk\n---\nПором повернувся після довгої зими.\n"
PROFILE = 'engine = "pyttsx3"\nlanguage = "{0}"\n[options]\nvoice = "{0}"\nvolume = {1}\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A house of two voices that state no gain, one of them quiet."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "voices").mkdir()
    (folder / "voices" / "quiet.toml").write_text(PROFILE.format("en-us", 30))
    (folder / "voices" / "loud.toml").write_text(PROFILE.format("uk", 70))
    (folder / "articleaudio.toml").write_text('[voices]\nen = "quiet"\nuk = "loud"\n')
    (folder / "ferry.md").write_text(ENGLISH)
    (folder / "porom.md").write_text(UKRAINIAN)
    return folder


def hashes(folder, run, *names, cache, jobs=1):
    """SHA-256 of each recording of a run with output and state of its own."""
    house = config.load_house(folder=folder, cache=folder / cache, state=folder / f"{run}-state")
    assert {voice.gain for voice in (house.voices["en"], house.voices["uk"])} == {None}
    made = list(convert_many([folder / name for name in names], house, out=folder / run, jobs=jobs))
    return {
        one.title: hashlib.sha256(next(one.folder.glob("*.mp3")).read_bytes()).hexdigest()
        for one in made
        if not hasattr(one, "exit_code")
    }


def test_the_same_bytes_whoever_finds_the_levels_and_when(folder):
    first = hashes(folder, "first", "ferry.md", "porom.md", cache="one")
    assert len(first) == 2
    assert hashes(folder, "warm", "ferry.md", "porom.md", cache="one") == first
    assert hashes(folder, "order", "porom.md", "ferry.md", cache="two") == first
    assert hashes(folder, "crew", "ferry.md", "porom.md", cache="three", jobs=2) == first


def test_a_stated_gain_is_taken_at_its_word():
    voice = load_voice("en-us", voice_folders())
    assert Levels(None).gain(replace(voice, gain=-7.5)) == -7.5


def test_a_found_gain_is_kept_and_holds_for_every_profile_that_sounds_the_same(tmp_path):
    store = Store(tmp_path)
    voice = replace(load_voice("en-us", voice_folders()), gain=None)
    found = Levels(store).gain(voice)
    assert 3 < found < 6
    (entry,) = [entry for entry in store.entries() if entry.kind == KIND]
    assert float(store.get(KIND, entry.key)) == found
    store.put(KIND, entry.key, b"1.25")
    assert Levels(store).gain(replace(voice, name="another", pauses={})) == 1.25


def test_nothing_is_spent_on_finding_out():
    voice = replace(load_voice("en-us", voice_folders()), gain=None, price=15.0)
    assert Levels(None).gain(voice) == 0.0
