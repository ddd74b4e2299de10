"""Splicing sounds of several voices: nothing heard is lost, words keep their place, whatever the rates are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.model import WordTime
from articleaudio.speak.contract import Sound
from articleaudio.speak.splice import EDGE, Stretch, splice


def stretch(rate, lead, heard, tail, *, gap=0.06, gain=0.0, offset=0, exact=True):
    """A tone between silences, one word as long as the tone."""
    tone = (8000 * np.sin(np.arange(int(heard * rate)) * 2 * np.pi * 220 / rate)).astype("<i2")
    pcm = bytes(2 * int(lead * rate)) + tone.tobytes() + bytes(2 * int(tail * rate))
    return Stretch(Sound(pcm, rate, (), (), exact), (WordTime(lead, lead + heard, 0, 4),), offset, gain, gap)


SECONDS = st.floats(0.0, 0.4)
STRETCHES = st.lists(
    st.tuples(st.sampled_from([8_000, 16_000, 22_050, 24_000, 44_100]), SECONDS, st.floats(0.05, 0.4), SECONDS),
    min_size=2,
    max_size=4,
)


@given(STRETCHES, st.sampled_from([0.06, 0.16]))
def test_words_stay_on_their_sound(parts, gap):
    made = [stretch(*part, gap=gap, offset=5 * place) for place, part in enumerate(parts)]
    sound, words = splice(made)
    assert sound.rate == max(rate for rate, *_ in parts)
    samples = np.abs(np.frombuffer(sound.pcm, "<i2").astype(int))
    assert [(word.first, word.last) for word in words] == [(5 * at, 5 * at + 4) for at in range(len(parts))]
    at = 0.0
    for word, (_, _, heard, _) in zip(words, parts, strict=True):
        assert at <= word.start <= word.end <= sound.duration
        assert word.end - word.start == pytest.approx(heard, abs=0.005)
        inside = samples[int(word.start * sound.rate) + 40 : int(word.end * sound.rate) - 40]
        assert inside.max(initial=0) > 7000
        at = word.end
    for left, right in pairwise(words):
        assert right.start - left.end <= gap + 2 * EDGE + 0.01
        assert right.start - left.end >= gap - 0.005
    lead, tail = parts[0][1], parts[-1][3]
    assert words[0].start == pytest.approx(lead, abs=0.005)
    assert sound.duration - words[-1].end == pytest.approx(tail, abs=0.005)


def test_levels_are_brought_together_without_distortion():
    quiet, loud = stretch(8_000, 0, 0.2, 0), stretch(8_000, 0, 0.2, 0, gain=6.0)
    sound, words = splice([quiet, loud])
    samples = np.frombuffer(sound.pcm, "<i2").astype(int)
    peaks = [np.abs(samples[int(w.start * 8000) : int(w.end * 8000)]).max() for w in words]
    assert peaks[1] / peaks[0] == pytest.approx(10 ** (6 / 20), rel=0.01)
    deafening, (_, word) = splice([quiet, stretch(8_000, 0, 0.2, 0, gain=40.0)])
    loud = np.frombuffer(deafening.pcm, "<i2").astype(int)[int(word.start * 8000) :]
    assert np.abs(loud).max() == 32767
    assert np.count_nonzero(np.abs(loud) == 32767) < len(loud) / 30  # its peaks, not flat tops


def test_it_is_exact_only_where_every_voice_is():
    assert splice([stretch(8_000, 0, 0.1, 0), stretch(8_000, 0, 0.1, 0)])[0].exact
    assert not splice([stretch(8_000, 0, 0.1, 0), stretch(8_000, 0, 0.1, 0, exact=False)])[0].exact


@pytest.mark.parametrize("offset", [0, 25, 900])
def test_voices_that_hiss_or_are_off_zero_do_not_click(offset):
    hiss = np.tile([0, 30, 0, -30], 2_000)

    def hissing(made):
        samples = np.frombuffer(made.sound.pcm, "<i2") + hiss[: len(made.sound.pcm) // 2] + offset
        return replace(made, sound=replace(made.sound, pcm=samples.astype("<i2").tobytes()))

    plain = [stretch(16_000, 0.1, 0.2, 0.1) for _ in range(2)]
    sound, words = splice([hissing(made) for made in plain])
    samples = np.frombuffer(sound.pcm, "<i2").astype(int)
    sounding = np.flatnonzero(samples)
    gap = int(np.argmax(np.diff(sounding)))
    assert np.diff(sounding)[gap] > 900
    assert np.abs(samples[sounding[[gap, gap + 1]]]).max() <= 2
    assert words[0].end * 16_000 < sounding[gap] < sounding[gap + 1] < words[1].start * 16_000
    assert sound.duration == pytest.approx(splice(plain)[0].duration, abs=0.002)
