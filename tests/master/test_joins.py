"""Joins in real speech: nothing is heard there that the pieces alone have not, and no word loses its beginning or end.

`benchmarks/master.py joins` looks at a thousand.
"""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
import soundfile

from articleaudio.config import load_voice, voice_folders
from articleaudio.master import PODCAST, SHAPING, Shaping, TagFacts, make_recording
from articleaudio.master.frames import DECODER_DELAY, ENCODER_DELAY
from articleaudio.master.measure import decode as decode_frames
from articleaudio.master.pieces import make_piece
from articleaudio.master.shape import CLIPPED, SILENT, shape
from articleaudio.model import Article, Block, BlockKind, Clip
from articleaudio.script import Style, write_script
from articleaudio.speak import Speaker
from master.making import noise, pcm
from master.test_levels import pool

NOISE = 2
"""Units of 16 bits that two decodings of the same frames may differ by."""
DELAY = ENCODER_DELAY + DECODER_DELAY
CUT = -40.0
"""Decibels below a segment's loudest hundredth of a second that nothing lost of it may pass."""
VOICES = ("en-us", "en-us-f3", "uk", "de")


def script_of(language: str, count: int):
    lines = random.Random(count).sample(pool(language), count)
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
    return write_script(Article("a", (), "", language, blocks), Style(byline=False))


@pytest.fixture(params=VOICES)
def spoken(request):
    voice = load_voice(request.param, voice_folders())
    with Speaker({"*": voice}, None) as speaker:
        yield speaker, script_of(voice.language.partition("-")[0], 10)


def test_nothing_is_heard_at_a_join_but_the_pieces(spoken, tmp_path):
    """Every sample of the decoded file is that of a piece decoded alone, or silence: so are those around a join."""
    speaker, script = spoken
    made = make_recording(script, speaker, tmp_path / "a.mp3", tags=TagFacts("a"))
    heard, _ = soundfile.read(made.path, dtype="int16")
    expected = np.zeros(len(heard) + 8 * 1152, int)
    joins = []
    for timed in made.segments:
        shaping = replace(SHAPING, gain=round(speaker.gain(timed.segment) + made.loudness.gain, 3))
        piece = make_piece(speaker.clip(timed.segment), PODCAST, shaping)
        alone = decode_frames(piece.stream)[0].astype(int)
        start = round(timed.start * 44_100) - piece.start - DELAY
        whole = slice(max(0, start), start + len(alone))
        expected[whole] += alone[whole.start - start :]
        joins += [start + DELAY, start + DELAY + len(alone)]
    assert np.abs(heard - expected[: len(heard)]).max() <= NOISE
    jumps = np.abs(np.diff(heard.astype(int)))
    inside = [at for at in joins if 0 < at < len(jumps)]
    assert len(inside) >= 2 * len(script.segments) - 2
    assert max(jumps[at - 1] for at in inside) <= NOISE


def loudest(sound: np.ndarray, size: int) -> float:
    """The highest root mean square of any hundredth of a second."""
    whole = len(sound) // size * size
    return float(np.sqrt(np.square(sound[:whole]).reshape(-1, size).mean(axis=1)).max())


def test_no_word_loses_its_beginning_or_its_end(spoken):
    """What trimming and fading took away, against the clip as the voice gave it."""
    speaker, script = spoken
    quiet = Shaping(gain=-12.0)  # so that the limiter has nothing to do
    for segment in script.segments:
        clip = speaker.clip(segment)
        sound = np.frombuffer(clip.pcm, "<i2") * 10 ** (quiet.gain / 20)
        speech = shape(clip, clip.rate, quiet)
        start = round(speech.skipped * clip.rate)
        kept = slice(start, start + speech.samples)
        lost = sound.copy()  # where nothing was kept, all of it
        lost[kept] -= sound[kept].mean()
        lost[kept] -= np.frombuffer(speech.pcm, "<i2")
        size = clip.rate // 100
        assert 20 * np.log10(loudest(lost, size) / loudest(sound, size)) <= CUT, segment.written


def test_a_sound_that_begins_in_the_middle_is_faded():
    """A jump at the edge is a click; a wave that rises from zero by itself is none."""
    wave = 9000 * np.sin(2 * np.pi * 150 * np.arange(44_100) / 44_100)
    first = {}
    for name, sound in (("rises", wave), ("jumps", wave[73:])):
        speech = np.frombuffer(shape(Clip("k", 44_100, pcm(sound), ()), 44_100, SHAPING).pcm, "<i2").astype(float)
        first[name] = speech[:200] / np.maximum(1, np.abs(sound[:200]))
    assert np.abs(first["rises"][4:70]).min() > 0.95
    assert np.abs(first["jumps"][:20]).max() < 0.05


@pytest.mark.parametrize("samples", [1, 2, 3, 44, 441, 1151, 1152, 1153])
def test_the_shortest_sounds_are_pieces_too(samples):
    piece = make_piece(Clip("k", 44_100, pcm(noise(1, 2000)[:samples]), ()), PODCAST, SHAPING)
    assert piece.samples == samples
    assert len(decode_frames(piece.stream)[0]) == piece.frames * 1152


@pytest.mark.parametrize("rate", [7, 4_000, 11_127, 44_099, 192_000])
def test_odd_rates_are_brought_to_the_recordings(rate):
    piece = make_piece(Clip("k", rate, pcm(noise(1, rate)), ()), PODCAST, SHAPING)
    assert piece.samples == pytest.approx(44_100, abs=2)


def test_silence_and_clipping_are_told():
    silent = make_piece(Clip("k", 44_100, bytes(88_200), ()), PODCAST, SHAPING)
    assert (silent.warnings, silent.peak) == ((SILENT,), float("-inf"))
    loud = np.clip(noise(1, 44_100, level=40_000), -32_768, 32_767)
    clipping = make_piece(Clip("k", 44_100, pcm(loud), ()), PODCAST, SHAPING)
    assert clipping.warnings == (CLIPPED,)
    assert clipping.peak <= -1.0
    assert clipping.clipped == 0
