"""The limiter: nothing passes, little is touched."""

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.master.limiter import AHEAD, limit
from articleaudio.master.loudness import true_peak as resampled_peak
from articleaudio.master.peaks import points_above, true_peak
from master.making import noise, pcm

RATE = 44_100


def highest(sound: np.ndarray) -> float:
    """True peak by sixteen times the rate, a way of its own."""
    return float(20 * np.log10(np.abs(soxr.resample(np.pad(sound, 256), 1, 16, quality="VHQ")).max()))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(-6, 20), st.sampled_from([22_050, 44_100]), st.integers(500, 9_000))
def test_no_true_peak_passes(seed, gain, rate, samples):
    sound = noise(seed, samples) / 32_768 * 10 ** (gain / 20)
    sound[:100] *= np.linspace(0, 1, 100)
    sound[-100:] *= np.linspace(1, 0, 100)
    assert highest(limit(sound, rate, -1.3)) <= -1.3 + 0.3


def test_what_is_quiet_is_left_as_it_is():
    sound = noise(1, RATE, level=9_000) / 32_768
    assert limit(sound, RATE, -1.0) is sound


def test_only_the_neighbourhood_of_a_peak_is_turned_down():
    sound = np.full(RATE, 0.1)
    sound[RATE // 2] = 1.5
    limited = limit(sound, RATE, -1.0)
    changed = np.flatnonzero(limited != sound)
    assert changed.min() >= RATE // 2 - 2.1 * AHEAD * RATE
    assert changed.max() <= RATE // 2 + 2.1 * AHEAD * RATE
    assert abs(limited[RATE // 2]) <= 10 ** (-1 / 20) + 1e-9
    gains = limited / sound
    assert np.abs(np.diff(gains)).max() < 0.02, "the gain jumps"


def test_every_point_that_passes_is_found():
    sound = noise(7, 20_000) / 32_768
    places, peaks = points_above(sound, 0.2)
    assert set(np.flatnonzero(np.abs(sound) > 0.2)) <= set(places.tolist())
    assert np.all(peaks > 0.2)
    assert np.all(np.diff(places) > 0)


@pytest.mark.parametrize("frequency", [997.0, 5_512.5, 8_000.0, 11_025.0])
def test_peaks_between_samples_are_measured(frequency):
    sound = 0.5 * np.sin(2 * np.pi * frequency * np.arange(RATE) / RATE + np.pi / 4)
    assert true_peak(sound) == pytest.approx(-6.02, abs=0.15)
    assert true_peak(sound) == pytest.approx(resampled_peak(pcm(sound * 32_768), RATE), abs=0.15)


def test_silence_has_no_peak():
    assert true_peak(np.zeros(100)) == float("-inf")
    assert true_peak(np.zeros(0)) == float("-inf")
