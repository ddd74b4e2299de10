"""Frame arithmetic."""

import pytest

from articleaudio.errors import ConfigError
from articleaudio.master import PODCAST, WEB, Profile
from articleaudio.master.encoder import encode
from articleaudio.master.frames import DECODER_DELAY, END_PADDING, BrokenStreamError, FrameFormat

PROFILES = [
    PODCAST,
    WEB,
    Profile("fine", 48_000, 128_000),
    Profile("old", 32_000, 64_000),
    Profile("low", 24_000, 96_000),
]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_the_encoder_makes_frames_of_the_format(profile):
    mp3 = FrameFormat.of(profile)
    stream = encode(bytes(2 * 10 * mp3.samples), profile)
    assert int.from_bytes(stream[:4], "big") == mp3.header
    assert mp3.count(stream) >= 11


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_silence_keeps_the_bit_rate(profile):
    mp3 = FrameFormat.of(profile)
    silence = mp3.silence(1000)
    assert mp3.count(silence) == 1000
    assert len(silence) * 8 / (1000 * mp3.samples / mp3.rate) == pytest.approx(profile.bitrate, rel=1e-4)


def test_no_silence_is_no_bytes():
    assert FrameFormat.of(PODCAST).silence(0) == b""


@pytest.mark.parametrize(
    "profile", [Profile("a", 44_100, 95_000), Profile("b", 8_000), Profile("c", 44_100, 32_000), Profile("d", 0, 0)]
)
def test_what_layer_three_lacks_is_refused(profile):
    with pytest.raises(ConfigError) as caught:
        FrameFormat.of(profile)
    assert caught.value.hint


def test_a_damaged_stream_is_refused():
    mp3 = FrameFormat.of(PODCAST)
    stream = encode(bytes(2 * 5 * 1152), PODCAST)
    second = mp3.size
    for damaged in (stream[:-1], stream[1:], stream[:second] + b"\0\0" + stream[second + 2 :]):
        with pytest.raises(BrokenStreamError):
            mp3.count(damaged)


def test_a_stream_that_needs_earlier_bits_cannot_stand_alone():
    mp3 = FrameFormat.of(PODCAST)
    stream = encode(bytes(2 * 5 * 1152), PODCAST)
    with pytest.raises(BrokenStreamError, match="earlier"):
        mp3.count(stream[mp3.size :])


def test_a_decoder_can_give_the_last_sample():
    assert END_PADDING >= DECODER_DELAY
