"""Word times for engines that tell none."""

import array
import statistics
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.config import load_voice, voice_folders
from articleaudio.speak import Prompt, Sound, WordEvent, clips, open_engine
from articleaudio.speak.estimate import estimate

RATE = 8_000


def sound(*parts):
    """Seconds of noise and of silence, by turns, noise first."""
    samples = array.array("h")
    for number, seconds in enumerate(parts):
        count = round(seconds * RATE)
        samples.extend([0] * count if number % 2 else [6_000 if at % 7 else -6_000 for at in range(count)])
    return Sound(samples.tobytes(), RATE)


def starts(text, heard):
    return {text[event.first : event.last]: round(event.start, 2) for event in estimate(text, heard)}


def test_a_pause_belongs_to_the_comma():
    text = "alpha beta, gamma delta."
    found = starts(text, sound(0.9, 0.3, 0.7))
    assert list(found) == ["alpha", "beta", "gamma", "delta"]
    assert found["gamma"] == 1.2


def test_silence_at_both_ends_belongs_to_nobody():
    heard = sound(0.0, 0.5, 1.0, 0.4)
    (only,) = estimate("alphabet", heard)
    assert (round(only.start, 2), round(only.end, 2)) == (0.5, 1.5)


def test_a_pause_without_a_mark_pushes_no_other_pair_away():
    text = "alpha beta gamma delta, alpha beta gamma delta."
    found = [round(event.start, 2) for event in estimate(text, sound(0.7, 0.12, 0.9, 0.3, 1.6))]
    assert found[4] == 2.02


def test_a_mark_at_which_the_voice_does_not_pause_is_passed_over():
    text = "one, alphabetical order, gamma delta epsilon zeta."
    found = starts(text, sound(1.5, 0.3, 1.7))
    assert found["gamma"] == 1.8
    assert found["alphabetical"] < 0.6


def test_letters_and_figures_take_long():
    found = estimate("At 9:45 P.M. we go", sound(3.0))
    long = {event.first: event.end - event.start for event in found}
    assert long[3] > 2 * long[0]
    assert long[8] > 2 * long[13]


@pytest.mark.parametrize("text", ["", " ", "…", "— , —"])
def test_where_nothing_is_said_nothing_is_timed(text):
    assert estimate(text, sound(1.0)) == ()


@given(
    text=st.text("aeé bcd12,.;:—…!?$東😀\n", max_size=80),
    parts=st.lists(st.floats(0, 0.6), max_size=9),
    rate=st.sampled_from([4_000, 8_000, 44_100]),
)
def test_always_in_order_and_inside(text, parts, rate):
    heard = replace(sound(*parts), rate=rate)
    events = estimate(text, heard)
    for event in events:
        assert 0 <= event.start <= event.end <= heard.duration + 1e-9
        assert 0 <= event.first < event.last <= len(text)
    for before, after in pairwise(events):
        assert before.end <= after.start
        assert before.last <= after.first


def test_long_texts_take_no_longer_than_they_are():
    words = "alpha, beta; " * 20_000
    assert len(estimate(words, sound(*[0.1] * 999))) == 40_000


SENTENCES = [
    "The committee said on Tuesday, after a long debate, that nothing would change before the summer.",
    "Ferries will keep to the old landing until then; the road along the water stays closed, the harbour board said.",
    "In a windowless room in Halden, nine hundred miles away, a green square on a wall of screens turned red.",
    "People hope for a spy with a pair of scissors, but it is nearly always a trawler and a bad night.",
    "At nine forty-five P.M. the lights went out, and nobody heard a thing.",
]


def test_close_to_what_an_engine_tells():
    """Against eSpeak NG's own events; benchmarks/timing.py has the figures over the samples."""
    engine, voice = open_engine("pyttsx3"), load_voice("en-us", voice_folders())
    errors = []
    for text in SENTENCES:
        heard = engine.speak(Prompt(text), voice)
        true = {event.first: event.start for event in heard.words}
        guessed = estimate(text, replace(heard, words=()))
        errors += [abs(event.start - true[event.first]) for event in guessed if event.first in true]
    assert len(errors) > 60
    assert statistics.median(errors) < 0.08
    assert sorted(errors)[int(len(errors) * 0.95)] < 0.25


def test_a_sound_without_words_is_kept_as_inexact_whatever_its_engine_says():
    heard = sound(0.1)
    assert heard.exact
    assert not clips.unpack(clips.pack(heard)).exact
    told = replace(heard, words=(WordEvent(0.0, 0.1, 0, 3),))
    assert clips.unpack(clips.pack(told)) == told
