"""What finished pieces measure, and what a recording is brought to."""

import io
from dataclasses import replace

import numpy as np
import pytest

from articleaudio.master import PODCAST, SHAPING, WEB
from articleaudio.master.calibrate import _mastered, missing_gain
from articleaudio.master.encoder import encode
from articleaudio.master.forward import ForwardFile
from articleaudio.master.level import TARGET, step_for, tolerance
from articleaudio.master.loudness import SILENCE, frame_energies, loudness, spectral_energies
from articleaudio.master.measure import decode, longest_silence, measure
from articleaudio.model import Clip
from master.making import noise, pcm

RATE = 44_100


def speechlike(seed: int, seconds: float, rate: int = RATE) -> np.ndarray:
    """Noise that comes and goes as syllables do."""
    sound = noise(seed, round(seconds * rate), level=6_000)
    return sound * np.abs(np.sin(2 * np.pi * 2.3 * np.arange(len(sound)) / rate))


@pytest.mark.parametrize("profile", [PODCAST, WEB])
@pytest.mark.parametrize("frame", [576, 1152])
def test_weighing_spectra_is_as_good_as_filtering(profile, frame):
    sound = speechlike(1, 20, profile.rate)
    exact = loudness(frame_energies(pcm(sound), profile.rate, frame), profile.rate, frame)
    assert loudness(spectral_energies(sound / 32_768, profile.rate, frame), profile.rate, frame) == pytest.approx(
        exact, abs=0.1
    )


def test_frames_are_decoded_whole():
    stream = encode(pcm(speechlike(2, 1.0)), PODCAST)
    samples, rate = decode(stream)
    assert rate == RATE
    assert samples.dtype == np.int16
    assert len(samples) >= RATE
    with pytest.raises(ValueError, match="no MP3"):
        decode(b"not an mp3")


def test_measures_of_silence():
    found = measure(np.zeros(5000, np.int16), RATE, 1152)
    assert (found.peak, found.silence, found.clipped) == (SILENCE, 0.0, 0)
    assert sum(found.energies) == 0


def test_the_longest_silence_lies_between_sounds():
    sound = np.concatenate(
        [np.zeros(RATE), np.full(100, 5000), np.zeros(RATE // 2), np.full(100, 5000), np.zeros(RATE)]
    )
    assert longest_silence(sound.astype(np.int16), RATE) == pytest.approx(0.5, abs=0.001)


def test_clipped_samples_are_counted():
    sound = np.array([0, 32_767, -32_768, 32_766, -32_767], np.int16)
    assert measure(sound, RATE, 1152).clipped == 3


@pytest.mark.parametrize("level", [300, 3_000, 20_000])
def test_a_voice_is_brought_to_the_target(level):
    clips = [Clip(str(seed), 22_050, pcm(speechlike(seed, 3, 22_050) * level / 6_000), ()) for seed in range(4)]
    gain = missing_gain(clips)
    assert missing_gain(clips) == gain
    assert _mastered(clips, PODCAST, replace(SHAPING, gain=gain)) == pytest.approx(TARGET, abs=0.1)


def test_silence_needs_no_gain():
    assert missing_gain([Clip("k", RATE, bytes(2 * RATE), ())]) == 0.0
    assert missing_gain([]) == 0.0


@pytest.mark.parametrize(
    ("integrated", "seconds", "step"),
    [(-16.0, 200, 0.0), (-16.2, 200, 0.0), (-16.4, 200, 0.5), (-15.0, 200, -1.0), (-16.8, 60, 0.0), (-17.4, 60, 1.5),
     (-17.4, 5, 0.0), (SILENCE, 60, 0.0)],
)  # fmt: skip
def test_steps_are_taken_only_where_they_are_needed(integrated, seconds, step):
    assert step_for(integrated, seconds) == step
    if step:
        assert abs(integrated + step - TARGET) <= tolerance(seconds)


def test_what_is_read_block_by_block_is_what_is_read_at_once(capfd):
    """Else a decoder begins anew at every block, rounds otherwise, and complains of bits that it has not seen."""
    beats = np.arange(WEB.rate * 6) % 5_000 < 400
    music = 8_000 * np.sin(np.arange(len(beats)) / 8) + 3_000 * noise(1, len(beats), level=2) * beats
    stream = encode(pcm(np.clip(music, -30_000, 30_000)), WEB)
    blocks = []
    with ForwardFile(io.BytesIO(stream)) as file:
        while len(block := file.read(3_000, dtype="int16")):
            blocks.append(block)
    assert np.array_equal(np.concatenate(blocks), decode(stream)[0])
    assert capfd.readouterr().err == ""
