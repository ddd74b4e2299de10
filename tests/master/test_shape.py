"""Shaping: what is cut off, what is left, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import SpeechFailedError
from articleaudio.master import SHAPING, Shaping
from articleaudio.master.peaks import true_peak
from articleaudio.master.shape import CLIPPED, SILENT, shape
from articleaudio.model import Clip
from master.making import noise, offset, pcm

RATE = 44_100


def clip(samples, rate=RATE) -> Clip:
    return Clip("key", rate, pcm(np.asarray(samples, float)), ())


def heard(speech) -> np.ndarray:
    return np.frombuffer(speech.pcm, "<i2").astype(float)


def test_silence_is_cut_off_but_for_a_breath():
    sound = noise(1, RATE)
    speech = shape(clip(np.concatenate([np.zeros(RATE // 2), sound, np.zeros(RATE)])), RATE, SHAPING)
    assert speech.skipped == pytest.approx(0.5 - SHAPING.before, abs=0.011)
    assert speech.samples / RATE == pytest.approx(1.0 + SHAPING.before + SHAPING.after, abs=0.021)
    assert offset(heard(speech), round((0.5 - speech.skipped) * RATE), sound)[0] == 0
    assert speech.warnings == ()


@pytest.mark.parametrize("level", [40, -300, 3_000])
def test_silence_is_cut_off_where_the_whole_sound_is_off_zero(level):
    """Else each pause would be longer by what the voice leaves around its sentences."""
    sound = np.concatenate([np.zeros(RATE // 2), noise(1, RATE), np.zeros(RATE)])
    straight, off = shape(clip(sound), RATE, SHAPING), shape(clip(sound + level), RATE, SHAPING)
    assert (off.skipped, off.samples) == (straight.skipped, straight.samples)
    assert np.abs(heard(off) - heard(straight)).max() <= 2
    assert shape(clip(np.full(RATE, level)), RATE, SHAPING).warnings == (SILENT,)


def test_a_soft_onset_is_kept():
    onset = noise(2, RATE // 10, level=80)  # about -58 dB, like the "f" of a quiet voice
    sound = np.concatenate([np.zeros(RATE // 2), onset, noise(1, RATE)])
    assert shape(clip(sound), RATE, SHAPING).skipped <= 0.5


def square(level, samples=RATE, period=441):
    """A wave of two levels, whose edges tell what a fade does to it."""
    return np.where(np.arange(samples) // period % 2, -level, level).astype(float)


def test_edges_come_from_and_go_to_silence():
    speech = np.abs(heard(shape(clip(square(9000.0)), RATE, SHAPING)))
    up, down = round(SHAPING.fade_in * RATE), round(SHAPING.fade_out * RATE)
    assert speech[0] == 0
    assert abs(speech[-1]) <= 2
    assert np.all(np.diff(speech[:up]) >= 0)
    assert np.all(np.diff(speech[-down:]) <= 0)
    assert np.all(np.abs(speech[up:-down] - 9000) <= 1)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 48_000, 96_000])
@pytest.mark.parametrize("wanted", [22_050, 44_100])
def test_resampling_moves_nothing(rate, wanted):
    tone = 9000 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    speech = heard(shape(clip(tone, rate), wanted, SHAPING))
    assert len(speech) == pytest.approx(wanted, abs=1)
    expected = 9000 * np.sin(2 * np.pi * 440 * np.arange(wanted) / wanted)
    middle = slice(wanted // 4, 3 * wanted // 4)
    assert np.abs(speech[middle] - expected[middle]).max() < 5


def test_gain():
    speech = np.abs(heard(shape(clip(square(8000.0)), RATE, Shaping(gain=-6.0206))))
    assert speech[RATE // 2] == pytest.approx(4000, abs=1)


def test_an_offset_is_taken_out():
    sound = noise(3, RATE)
    moved = heard(shape(clip(np.clip(sound + 3000, -32_768, 32_767)), RATE, SHAPING))
    assert abs(moved.mean()) < 30


def test_no_peak_passes_the_ceiling():
    loud = heard(shape(clip(noise(4, RATE)), RATE, Shaping(gain=20.0))) / 32_768
    assert true_peak(loud) <= SHAPING.ceiling + 0.02
    assert 20 * np.log10(np.abs(loud).max()) > SHAPING.ceiling - 1.5


def test_only_silence_is_kept_whole_and_told():
    speech = shape(clip(np.zeros(RATE)), RATE, SHAPING)
    assert (speech.samples, speech.skipped, speech.warnings) == (RATE, 0.0, (SILENT,))


def test_peaks_cut_off_are_told():
    loud = np.clip(noise(1, RATE, level=40_000), -32_768, 32_767)
    assert shape(clip(loud), RATE, SHAPING).warnings == (CLIPPED,)
    just = noise(1, RATE)
    just[[5000, 9000]] = 32_767
    assert shape(clip(just), RATE, SHAPING).warnings == ()


@pytest.mark.parametrize(
    "broken", [Clip("k", RATE, b"", ()), Clip("k", RATE, b"abc", ()), Clip("k", 0, bytes(2000), ())]
)
def test_damaged_clips_are_refused(broken):
    with pytest.raises(SpeechFailedError) as caught:
        shape(broken, RATE, SHAPING)
    assert caught.value.hint


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=3000),
    st.sampled_from([8_000, 22_050, 44_100, 48_000]),
    st.integers(0, 2000),
)
def test_any_sound_is_shaped_or_refused(samples, rate, quiet):
    sound = np.concatenate([np.zeros(quiet), np.array(samples), np.zeros(quiet)])
    try:
        speech = shape(clip(sound, rate), RATE, SHAPING)
    except SpeechFailedError:
        return
    assert 0 < speech.samples <= round(len(sound) * RATE / rate) + 2
    assert 0 <= speech.skipped * rate <= len(sound)
