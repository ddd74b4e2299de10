"""The level of finished recordings, by an outside ear: ffmpeg's `ebur128`, as on two speakers, on the MP3 itself.

`benchmarks/levels.py` does the same for ten voices and a hundred articles.
"""

from __future__ import annotations

import random
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soxr

from articleaudio.config import load_house, load_voice, voice_folders
from articleaudio.levels import Levels
from articleaudio.master import TagFacts, make_recording
from articleaudio.master.level import PEAK, TARGET, tolerance
from articleaudio.model import Article, Block, BlockKind, Mark, MarkKind, Role
from articleaudio.script import Style, write_script
from articleaudio.speak import Speaker
from master.making import decode, need

TEXTS = Path(__file__).parents[2] / "benchmarks" / "texts"
SAMPLES = Path(__file__).parents[2] / "samples"
LANGUAGES = frozenset({"en", "uk"})


def pool(language: str) -> list[str]:
    """Sentences that no gain was found by."""
    path = SAMPLES / "harbor.script" if language == "en" else TEXTS / f"{language}.txt"
    return [line for line in path.read_text("utf-8").splitlines() if line.count(" ") >= 2]


def article(language: str, count: int) -> Article:
    drawn = random.Random(count).choices(pool(language), k=count)
    blocks = [Block(BlockKind.PARAGRAPH, " ".join(drawn[at : at + 4])) for at in range(0, count, 4)]
    return Article("a", (), drawn[0], language, tuple(blocks))


def recorded(article: Article, speaker: Speaker, path: Path, **style):
    script = write_script(article, Style(byline=False, **style))
    return make_recording(script, speaker, path, tags=TagFacts(article.title))


def ebur128(source, *, pcm: bytes | None = None) -> float:
    """Integrated loudness by ffmpeg: of a file, or of 16-bit samples."""
    given = ["-f", "s16le", "-ar", "44100", "-ac", "1", "-i", "-"] if pcm is not None else ["-i", source]
    command = [need("ffmpeg"), "-nostats", "-hide_banner", *given, "-af", "ebur128=dualmono=true", "-f", "null", "-"]
    told = subprocess.run(command, input=pcm, capture_output=True, check=True).stderr.decode()
    return float(re.search(r"I:\s+(\S+) LUFS", told.rpartition("Summary:")[2])[1])


def highest(samples: np.ndarray) -> float:
    """The true peak in dBTP, from four times the rate."""
    between = soxr.resample(samples / 32_768, 44_100, 4 * 44_100, quality="HQ")
    return 20 * np.log10(np.abs(between).max())


def speaking(name: str) -> Speaker:
    house = load_house()
    return Speaker({"*": load_voice(name, voice_folders())}, None, cast=house.cast, level=Levels(None).gain)


@pytest.mark.parametrize(
    ("voice", "counts"),
    [("en-us", (2, 24)), ("en-us-f3", (1, 6)), ("uk", (2, 5)), ("de", (3,)), ("fr", (5,)), ("flite-slt", (5,))],
)
def test_every_voice_and_length_is_as_loud_as_is_asked(voice, counts, tmp_path):
    need("ffmpeg")
    if voice.startswith("flite"):
        need("flite")
    with speaking(voice) as speaker:
        language = load_voice(voice, voice_folders()).language.partition("-")[0]
        for count in counts:
            made = recorded(article(language, count), speaker, tmp_path / "a.mp3")
            heard = ebur128(made.path)
            assert abs(heard - TARGET) <= tolerance(made.duration), (voice, made.duration)
            assert abs(heard - made.loudness.integrated) <= 0.1 + 0.05, (voice, made.duration)  # ffmpeg tells tenths
            assert highest(decode(made.path)) <= PEAK, (voice, made.duration)
            assert not any("LUFS" in told for told in made.warnings), voice


def many_voices() -> Article:
    """The same sentences in the body and in quotes, and stretches in another language, by turns."""
    blocks = []
    for said, foreign in zip(pool("en")[3:10], pool("uk")[7:14], strict=True):
        strange = foreign.rstrip(".?")
        mixed = f"On the wall we read {strange} in white."
        at = mixed.index(strange)
        marks = (Mark(MarkKind.LANGUAGE, at, at + len(strange), "uk"),)
        blocks += [
            Block(BlockKind.PARAGRAPH, said),
            Block(BlockKind.QUOTE, said),
            Block(BlockKind.PARAGRAPH, mixed, marks=marks),
        ]
    return Article("a", (), "Who speaks", "en", tuple(blocks))


def test_voices_in_one_article_are_level_with_each_other(tmp_path):
    """Each voice's stretches, cut out of the decoded file by the times in the receipt, by ffmpeg."""
    need("ffmpeg")
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "desk.toml").write_text('extends = "en-us"\n[roles]\nquote = "en-us-f3"\n')
    (tmp_path / "articleaudio.toml").write_text('[voices]\nen = "desk"\n')
    house = load_house(folder=tmp_path)
    with Speaker(house.voices, None, cast=house.cast, level=Levels(None).gain) as speaker:
        made = recorded(many_voices(), speaker, tmp_path / "a.mp3", languages=LANGUAGES)
    sound, parts = decode(made.path), {"body": [], "quote": [], "uk": []}
    for timed in made.segments:
        switches = timed.segment.switches
        for start, end in [(timed.start, timed.end)] if not switches else []:
            kind = "quote" if timed.segment.role is Role.QUOTE else "body"
            parts[kind].append(sound[round(start * 44_100) : round(end * 44_100)])
        for switch in switches:
            words = [word for word in timed.words if switch.start <= word.first < switch.end]
            parts["uk"].append(sound[round(words[0].start * 44_100) : round(words[-1].end * 44_100)])
    assert {timed.voice for timed in made.segments} == {"desk", "en-us-f3", "desk + uk"}
    levels = {kind: ebur128("-", pcm=np.concatenate(cut).astype("<i2").tobytes()) for kind, cut in parts.items()}
    assert max(levels.values()) - min(levels.values()) <= 0.5, levels


def test_a_voice_without_a_stated_gain_is_as_loud_as_one_that_states_it(tmp_path):
    """A profile 12 dB quieter that states no gain has it found, and is heard alike."""
    need("ffmpeg")
    stated = load_voice("en-us", voice_folders())
    quiet = replace(stated, gain=None, options={**stated.options, "volume": "20"})
    levels = []
    for voice in (stated, quiet):
        with Speaker({"*": voice}, None, level=Levels(None).gain) as speaker:
            levels.append(ebur128(recorded(article("en", 4), speaker, tmp_path / "a.mp3").path))
    assert abs(levels[0] - levels[1]) <= 0.3, levels
