"""Loudness and true peak, against the standard's own figures and against ffmpeg."""

import re
import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.master import PODCAST, WEB, TagFacts, make_recording
from articleaudio.master.loudness import SILENCE, Meter, frame_energies, loudness, true_peak
from master.making import NoiseSource, decode, need, pcm, script, sentences

RATES = pytest.mark.parametrize(("rate", "frame"), [(44_100, 1152), (22_050, 576), (48_000, 1152)])


def tone(rate, hertz, decibels, seconds):
    return 32_768 * 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def heard(sound, rate, frame):
    return loudness(frame_energies(pcm(sound), rate, frame), rate, frame)


@RATES
@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_the_tone_of_tech_3341(rate, frame, level):
    """A stereo tone of 1 kHz at -23 dBFS in each channel is -23 LUFS: mono on two speakers is just that."""
    assert heard(tone(rate, 1000, level, 20), rate, frame) == pytest.approx(level, abs=0.1)


@RATES
def test_quiet_parts_are_gated(rate, frame):
    """Tech 3341, case 3: the quiet minutes around do not count."""
    parts = [tone(rate, 1000, -36, 10), tone(rate, 1000, -23, 60), tone(rate, 1000, -36, 10)]
    assert heard(np.concatenate(parts), rate, frame) == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("samples", [0, 10, 44_100])
def test_silence_has_no_loudness(samples):
    assert heard(np.zeros(samples), 44_100, 1152) == SILENCE
    assert true_peak(bytes(2 * samples), 44_100) == SILENCE


@RATES
def test_pieces_add_up_to_the_whole(rate, frame):
    """Cut at frames, where it is silent, the sum is the same as measured in one go."""
    parts = [np.pad(tone(rate, 300 + 100 * i, -20 - i, 1.5), (frame, 40 * frame)) for i in range(8)]
    parts = [np.pad(part, (0, -len(part) % frame)) for part in parts]
    added = np.concatenate([frame_energies(pcm(part), rate, frame) for part in parts])
    assert loudness(added, rate, frame) == pytest.approx(heard(np.concatenate(parts), rate, frame), abs=0.02)


@given(
    st.lists(st.sampled_from([0.0, 1e-6, 0.02, 3.0]), min_size=1, max_size=200),
    st.lists(st.integers(0, 200), max_size=4),
    st.sampled_from([(44_100, 1152), (22_050, 576), (11_025, 576)]),
)
def test_a_meter_hears_the_same_however_the_frames_come(levels, cuts, form):
    rate, frame = form
    energies = np.repeat(levels, 50)
    meter = Meter(rate, frame)
    for part in np.split(energies, sorted(cuts)):
        meter.add(part)
    meter.loudness()  # asking changes nothing
    assert meter.loudness() == loudness(energies, rate, frame)


def test_a_meter_begins_behind_the_delay():
    heard = np.full(40, 5.0)
    late = Meter(44_100, 1152, delay=1152)
    late.add(np.concatenate([[900.0], heard]))
    assert late.loudness() == pytest.approx(loudness(heard, 44_100, 1152))


def test_a_peak_between_samples_is_found():
    sound = 32_768 * 0.5 * np.sin(2 * np.pi * 11_025 * np.arange(44_100) / 44_100 + np.pi / 4)
    assert np.abs(sound).max() < 32_768 * 0.36
    assert true_peak(pcm(sound), 44_100) == pytest.approx(20 * np.log10(0.5), abs=0.25)


@pytest.mark.parametrize("profile", [PODCAST, WEB], ids=lambda profile: profile.name)
def test_ffmpeg_measures_the_same(tmp_path, profile):
    path = tmp_path / "a.mp3"
    clips = NoiseSource(rate=profile.rate)
    make_recording(script(*sentences(30)), clips, path, tags=TagFacts("T"), profile=profile)
    filters = "ebur128=dualmono=true:peak=true"
    command = [need("ffmpeg"), "-hide_banner", "-nostats", "-i", str(path), "-af", filters, "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    summary = told[told.rindex("Summary") :]
    integrated, peak = (float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak"))
    sound, frame = pcm(decode(path)), 1152 if profile is PODCAST else 576
    assert loudness(frame_energies(sound, profile.rate, frame), profile.rate, frame) == pytest.approx(
        integrated, abs=0.1
    )
    assert true_peak(sound, profile.rate) == pytest.approx(peak, abs=0.15)
