"""Voices by language, region and role, end to end: real speech, real episodes."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import articleaudio
from articleaudio import config
from articleaudio.model import Article, Block, BlockKind, Mark, MarkKind, Role, Voice
from articleaudio.plan import state_folder
from articleaudio.publish.library import Library
from articleaudio.script import Style, write_script
from articleaudio.speak import Speaker
from articleaudio.speak.contract import Prompt
from articleaudio.speak.registry import open_engine

TEXT = "The word Вербівка is old, and she likes тишу."
ARTICLE = """---
title: The ferry is back
id: ferry
---
The ferry is back after a long winter.

> We had parcels stacked to the ceiling.

It sails twice a day.

> Nobody was hurt at all.
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def house():
    return config.load_house()


def segment_of(text, language="en", **style):
    marks = tuple(
        Mark(MarkKind.LANGUAGE, text.index(word), text.index(word) + len(word), "uk")
        for word in ("Вербівка", "тишу")
        if word in text
    )
    block = Block(BlockKind.PARAGRAPH, text, marks=marks)
    made = write_script(Article("", (), "", language, (block,)), Style(byline=False, **style))
    return made.segments[0]


def alone(text: str, voice: Voice) -> np.ndarray:
    """What a voice makes of a text by itself, without the silence around it."""
    sound = open_engine(voice.engine).speak(Prompt(text), voice)
    samples = np.frombuffer(sound.pcm, "<i2").astype(np.int32)
    loud = np.flatnonzero(np.abs(samples) > 32)
    return samples[loud[0] : loud[-1] + 1]


def place_of(sound: np.ndarray, whole: np.ndarray) -> list[int]:
    """Where a sound lies in a longer one, sample for sample."""
    starts = np.flatnonzero(whole[: len(whole) - len(sound) + 1] == sound[0])
    return [int(at) for at in starts if np.array_equal(whole[at : at + len(sound)], sound)]


def test_ukrainian_words_are_spoken_by_the_ukrainian_voice_at_their_times(house):
    segment = segment_of(TEXT, languages=frozenset({"en", "uk"}))
    with Speaker(house.voices, None, cast=house.cast, level=lambda _: 0.0) as speaker:
        clip = speaker.clip(segment)
    whole = np.frombuffer(clip.pcm, "<i2").astype(np.int32)
    times = {TEXT[word.first : word.last]: word for word in clip.words}
    assert list(times) == ["The", "word", "Вербівка", "is", "old", "and", "she", "likes", "тишу"]
    assert clip.voice == "en-us + uk"
    assert clip.exact
    for word, fed in (("Вербівка", "Вербівка,"), ("тишу", "тишу.")):
        sound = alone(fed, house.voices["uk"])
        (at,) = place_of(sound, whole)
        assert times[word].start == pytest.approx(at / clip.rate, abs=0.03)
        assert times[word].end == pytest.approx((at + len(sound)) / clip.rate, abs=0.06)
        assert place_of(alone(fed, house.voices["en"]), whole) == []
    ends = [0.0, *(word.end for word in clip.words)]
    assert all(end <= word.start <= word.end for end, word in zip(ends, clip.words, strict=False))
    assert ends[-1] <= clip.duration


def test_a_sentence_that_goes_on_in_another_voice_does_not_fall(house):
    """The voice's pitch at the end of “The old word” before a Ukrainian one, against the same words by themselves."""
    segment = segment_of("The old sailors' word Вербівка is heard.")
    with Speaker(house.voices, None) as speaker:
        clip, cut = speaker.clip(segment), speaker.clip(segment_of("The old sailors' word"))
    going_on, ending = (pitch(made, made.words[3].end) for made in (clip, cut))
    assert going_on > 1.1 * ending


def pitch(clip, end: float) -> float:
    """The fundamental frequency of the last voiced twentieth of a second before a time, by autocorrelation."""
    samples = np.frombuffer(clip.pcm, "<i2").astype(float)
    size, stop = clip.rate // 20, int(end * clip.rate)
    while True:
        window = samples[stop - size : stop] - samples[stop - size : stop].mean()
        same = np.correlate(window, window, "full")[size - 1 :]
        low, high = clip.rate // 200, clip.rate // 60
        lag = low + int(same[low:high].argmax())
        if np.abs(window).max() > 800 and same[lag] > 0.5 * same[0]:
            return clip.rate / lag
        stop -= size // 4


def test_one_voice_asked_for_by_name_speaks_everything():
    house = config.load_house(voice="en-us")
    segment = segment_of(TEXT, languages=config.house_style(house).languages)
    assert segment.switches == ()
    with Speaker(house.voices, None) as speaker:
        assert speaker.clip(segment).voice == "en-us"
        assert speaker.key(segment) == speaker.key(segment_of(TEXT, languages=frozenset()))


@pytest.mark.parametrize(
    ("own", "tag", "expected"),
    [
        ("", "en-gb", "en-gb"),
        ("", "en-GB", "en-gb"),
        ("", "en-au", "en-us"),
        ("", "en", "en-us"),
        ("[voices]\nen = 'en-us-f3'\n", "en-gb", "en-us-f3"),
        ("[voices]\nen = 'en-us-f3'\nen-GB = 'en-gb'\n", "en-gb", "en-gb"),
        ("[voices]\nru = 'uk'\n", "ru", "uk"),
    ],
)
def test_who_speaks_a_region(tmp_path, own, tag, expected):
    (tmp_path / "articleaudio.toml").write_text(own)
    house = config.load_house(folder=tmp_path)
    with Speaker(house.voices, None) as speaker:
        assert speaker.voice(tag).name == expected


def desk(folder, quotes="en-gb"):
    (folder / "voices").mkdir(exist_ok=True)
    (folder / "voices" / "desk.toml").write_text(
        'engine = "pyttsx3"\nlanguage = "en-us"\n[options]\nvoice = "en-us"\n'
        f'[roles]\nheadline = "en-us-f3"\nquote = "{quotes}"\n'
    )
    (folder / "articleaudio.toml").write_text('[voices]\nen = "desk"\n')
    return config.load_house(folder=folder)


def voices_of(house, episode):
    out = episode.folder.parents[1]
    receipt = Library(out, state_folder(house, out)).receipt(episode.id)
    return receipt, {one.written: one.voice for one in receipt.segments}


def test_quotes_have_their_voice_and_only_they_are_spoken_again_when_it_changes(tmp_path):
    (tmp_path / "ferry.md").write_text(ARTICLE)
    house = desk(tmp_path)
    assert set(house.cast) == {"en-us-f3", "en-gb"}

    first = articleaudio.convert("ferry.md", house)
    receipt, voices = voices_of(house, first)
    assert first.spoken_now == first.segments == len(receipt.segments)
    assert voices["The ferry is back"] == "en-us-f3"
    assert voices["We had parcels stacked to the ceiling."] == voices["Nobody was hurt at all."] == "en-gb"
    assert voices["It sails twice a day."] == "desk"

    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*") if path.is_file()}
    again = articleaudio.convert("ferry.md", desk(tmp_path))
    assert not again.changed
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*") if path.is_file()}

    other = desk(tmp_path, quotes="en-us-f3")
    changed = articleaudio.convert("ferry.md", other)
    assert changed.changed
    assert changed.spoken_now == 2
    now, voices = voices_of(other, changed)
    assert voices["Nobody was hurt at all."] == "en-us-f3"
    same = {one.id for one, was in zip(now.segments, receipt.segments, strict=True) if one.key == was.key}
    quotes = {
        one.id
        for one in now.segments
        if one.written in {"We had parcels stacked to the ceiling.", "Nobody was hurt at all."}
    }
    assert same == {one.id for one in now.segments} - quotes


def test_a_quote_sounds_as_its_own_voice_makes_it(tmp_path):
    house = desk(tmp_path)
    line = segment_of("We had parcels stacked to the ceiling.")
    with Speaker(house.voices, None, cast=house.cast) as speaker, Speaker({"*": house.cast["en-gb"]}, None) as british:
        quote, body = speaker.clip(replace(line, role=Role.QUOTE)), speaker.clip(line)
        assert quote.pcm == british.clip(line).pcm
        assert quote.pcm != body.pcm


def test_spans_are_right_for_javascript_behind_emoji_and_cyrillic(tmp_path):
    text = "🚢🇺🇦 The ferry 🚢 to Вербівка carried 1,250 people 👩‍🚀 and 3 goats 🐐 to тиша."
    (tmp_path / "a.md").write_text(f"# Ferry 🚢 news 42\n\n{text}\n")
    episode = articleaudio.convert("a.md")
    document = json.loads((episode.folder / "episode.json").read_text("utf-8"))
    seen = {}
    for segment in document["segments"]:
        units = segment["written"].encode("utf-16-le")  # as JavaScript's slice counts
        seen[segment["written"]] = [units[2 * a : 2 * b].decode("utf-16-le") for _, _, a, b in segment["words"]]
    assert seen["Ferry 🚢 news 42"][-2:] == ["news", "42"]
    words = [word for word in seen[text] if word.isalnum() or "," in word]
    assert [word for word in words if word not in "🚢🇺🇦👩‍🚀🐐"] == [
        *("The", "ferry", "to", "Вербівка", "carried", "1,250", "people", "and", "3", "goats", "to", "тиша"),
    ]


def test_the_receipt_tells_who_said_what_in_which_language(tmp_path):
    (tmp_path / "a.md").write_text("# The old word\n\nThe word тиша is old.\n\nIt rained.\n")
    house = config.load_house()
    episode = articleaudio.convert("a.md", house)
    receipt, voices = voices_of(house, episode)
    assert voices["The word тиша is old."] == "en-us + uk"
    assert voices["It rained."] == "en-us"
    (mixed,) = (one for one in receipt.segments if one.switches)
    assert [(mixed.written[one.start : one.end], one.language) for one in mixed.switches] == [("тиша", "uk")]
    assert articleaudio.convert("a.md", house).changed is False
