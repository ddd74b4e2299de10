"""What others make of a finished file: ffmpeg and ffprobe, mutagen, Chromium."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, BitrateMode

from articleaudio.master import PODCAST, WEB, TagFacts, make_recording
from articleaudio.model import Boundary, ChapterMark
from master.making import NoiseSource, Same, Shelf, decode, need, offset, png, probe, script, sentences

PAUSES = {Boundary.HEADLINE: 0.9, Boundary.SENTENCE: 0.3, Boundary.PARAGRAPH: 0.7}
PROFILES = pytest.mark.parametrize("profile", [PODCAST, WEB], ids=lambda profile: profile.name)
TITLE = "Заголовок, дещо довший за інші"


def make(folder, profile=PODCAST, *, count=30, chapters=(10, 17, 25), **options):
    clips = NoiseSource(rate=profile.rate, pauses=PAUSES)
    made = script(*sentences(count), chapters=chapters, headline=TITLE)
    tags = TagFacts(TITLE, album="Show", language="uk", url="https://example.org/a", cover=png())
    return make_recording(
        made, clips, folder / "a.mp3", tags=tags, profile=profile, article_url="https://example.org/a", **options
    )


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    return make(tmp_path_factory.mktemp("players"))


@PROFILES
def test_every_sound_is_heard_at_its_very_sample(tmp_path, profile):
    recording = make(tmp_path, profile)
    heard = decode(recording.path)
    assert len(heard) == round(recording.duration * profile.rate)
    clips = NoiseSource(rate=profile.rate)
    for timed in recording.segments:
        start = round(timed.start * profile.rate)
        burst = clips.burst(timed.segment)
        breath = round(0.02 * profile.rate)  # what shaping leaves before the first sound
        late, alike = offset(heard, start + breath, burst)
        assert (late, alike) == (0, pytest.approx(1.0, abs=0.03)), timed.segment.id


@PROFILES
def test_pauses_are_true_silence_and_joins_do_not_click(tmp_path, profile):
    recording = make(tmp_path, profile)
    heard = decode(recording.path)
    frame = 1152  # the encoder's noise may reach a frame beyond the sound
    for before, after in zip(recording.segments, recording.segments[1:], strict=False):
        quiet = heard[round(before.end * profile.rate) + frame : round(after.start * profile.rate) - frame]
        assert len(quiet) > frame
        assert np.abs(quiet).max() <= 2


def test_ffprobe_lists_the_chapters(recording):
    told = probe(recording.path)
    chapters = [(c["tags"]["title"], float(c["start_time"]), float(c["end_time"])) for c in told["chapters"]]
    assert [title for title, _, _ in chapters] == [TITLE, "Part 10", "Part 17", "Part 25"]
    assert [(start, end) for _, start, end in chapters] == [
        (round(planned.start, 3), round(planned.end, 3)) for planned in recording.chapters
    ]
    assert told["format"]["tags"]["title"] == TITLE
    assert float(told["format"]["duration"]) == pytest.approx(recording.duration, abs=0.06)


def test_five_hundred_chapters_with_endless_titles_are_listed_alike_by_all(tmp_path):
    marks = tuple(ChapterMark(f"Розділ {i} {'й' * 5000}", i and i + 9) for i in range(500))
    made = replace(script(*sentences(520)), chapters=marks)
    recording = make_recording(made, Same(), tmp_path / "a.mp3", tags=TagFacts("й" * 5000), store=Shelf())
    assert [one.title for one in recording.chapters] == [mark.title for mark in marks]
    expected = [
        (f"Розділ {i} ".ljust(199, "й") + "…", round(one.start * 1000), round(one.end * 1000))
        for i, one in enumerate(recording.chapters)
    ]
    told = probe(recording.path)["chapters"]
    assert {one["time_base"] for one in told} == {"1/1000"}
    assert [(one["tags"]["title"], one["start"], one["end"]) for one in told] == expected
    tag = ID3(recording.path, translate=False)
    tables = [tag[f"CTOC:{name}"] for name in tag["CTOC:toc"].child_element_ids]
    listed = [tag[f"CHAP:{name}"] for table in tables for name in table.child_element_ids]
    assert [len(table.child_element_ids) for table in tables] == [255, 245]
    assert [(str(one.sub_frames["TIT2"]), one.start_time, one.end_time) for one in listed] == expected
    assert [one.element_id for one in tag.values() if one.FrameID == "CHAP"] == [one.element_id for one in listed]


def test_mutagen_says_the_same(recording):
    told = MP3(recording.path).info
    assert told.length == pytest.approx(recording.duration, abs=1e-6)
    assert told.bitrate == pytest.approx(96_000, rel=0.002)
    assert (told.channels, told.sample_rate) == (1, 44_100)
    assert told.bitrate_mode is BitrateMode.CBR


def listen(path, rate, *seconds) -> dict:
    """What Chromium says of a file, and what is heard in it after each seek."""
    command = [sys.executable, Path(__file__).with_name("listen.py"), need("chromium"), path]
    command += [str(argument) for argument in (rate, *seconds)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout)


class Siren(NoiseSource):
    """A tone that rises all through the recording, 100 Hz a second: how high it is tells where one is."""

    LOW, RISE, EACH = 400.0, 100.0, 8.0

    def burst(self, segment):
        first = (int(segment.id[1:]) - 1) * self.EACH
        at = first + np.arange(round(self.EACH * self.rate)) / self.rate
        return 6000 * np.sin(2 * np.pi * (self.LOW * at + self.RISE * at**2 / 2))

    def gain(self, segment):
        return -3.5

    def place(self, heard) -> float:
        """Seconds of sound that lie before what is heard: its rise is taken out, and a steady tone is left."""
        samples = np.asarray(heard)
        at = np.arange(len(samples)) / self.rate
        steady = samples * np.hanning(len(samples)) * np.exp(-1j * np.pi * self.RISE * at**2)
        tone = np.abs(np.fft.fft(steady, 1 << 19))[: 1 << 18].argmax() * self.rate / (1 << 19)
        return (tone - self.LOW) / self.RISE


@PROFILES
def test_chromium_plays_the_very_second_it_is_asked_for(tmp_path, profile):
    siren = Siren(rate=profile.rate)
    made = script(*sentences(9), chapters=(4, 7))
    recording = make_recording(
        made, siren, tmp_path / "a.mp3", tags=TagFacts("T", cover=png()), profile=profile, article_url="https://e.org/a"
    )
    rng = random.Random(20)
    asked = []
    while len(asked) < (20 if profile is PODCAST else 6):
        second = rng.uniform(0, recording.duration)
        if any(one.start + 0.1 <= second <= one.end - 0.5 for one in recording.segments):
            asked.append(second)
    told = listen(recording.path, profile.rate, *asked)
    assert told["duration"] == pytest.approx(recording.duration, abs=0.06)
    assert told["seeked"] == pytest.approx(asked, abs=0.001)
    assert told["decoded"] == pytest.approx(recording.duration * 44_100, abs=0.06 * 44_100)
    late = []
    for second, heard in zip(asked, told["heard"], strict=True):
        index = max(i for i, one in enumerate(recording.segments) if one.start <= second)
        breath = 0.02  # what shaping leaves before the first sound
        expected = index * siren.EACH + second - recording.segments[index].start - breath
        late.append(siren.place(heard) - expected)
    assert np.abs(late).max() < 0.1, late
