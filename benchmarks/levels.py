"""How loud finished recordings are: ten voices, ten articles each, from five seconds to eight minutes.

`python benchmarks/levels.py [VOICE…]` makes every recording, has ffmpeg measure the MP3 (`ebur128` as on two speakers),
takes the true peak once more from ffmpeg's samples at eight times the rate (its own figure is rounded to a tenth), and
prints a row for each voice. The bars: −16 LUFS ± 0.3 from two minutes up, ± 1.0 below, ± 1.5 under 15 seconds; no true
peak above −1 dBTP. "gain off" is what the profile's gain is off on average over the voice's articles from 15 seconds
up; "passes" is how often a recording had to be put together. Articles are drawn (seeded) from samples/*.script and
benchmarks/texts. Needs ffmpeg, and flite for its voices; all cold, without a cache.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from articleaudio.config import load_house, load_voice, voice_folders
from articleaudio.levels import Levels
from articleaudio.master import TagFacts, make_recording
from articleaudio.master.level import PEAK, TARGET, tolerance
from articleaudio.model import Article, Block, BlockKind
from articleaudio.script import Style, write_script
from articleaudio.speak import Speaker

ROOT = Path(__file__).parent
VOICES = ("en-us", "en-gb", "en-us-f3", "en-us-m3", "uk", "de", "fr", "flite-slt", "flite-rms", "flite-kal16")
SENTENCES = (1, 2, 3, 5, 9, 17, 26, 36, 58, 96)
HEADLINES = {"en": "Night of storms", "uk": "Ніч бурі", "de": "Nacht der Stürme", "fr": "Nuit de tempête"}
SEED, BLOCK, TIMES = 7, 10, 8


@dataclass(frozen=True)
class Heard:
    """What an outside ear says of a recording."""

    seconds: float
    integrated: float
    """LUFS, as ffmpeg measures it."""
    told: float
    """dBTP, as ffmpeg tells it, rounded to a tenth."""
    peak: float
    """dBTP, from eight times the rate."""
    claimed: float
    """LUFS, as the receipt has it."""
    step: float
    """Decibels that the recording needed beside its voice's gain."""

    @property
    def right(self) -> bool:
        return abs(self.integrated - TARGET) <= tolerance(self.seconds) and self.peak <= PEAK


def sentences(language: str) -> list[str]:
    """Sentences of a language: those of the samples, and our own."""
    own = ROOT / "texts" / f"{language}.txt"
    lines = own.read_text("utf-8").splitlines() if own.exists() else []
    if language in {"en", "uk"}:
        for file in sorted((ROOT.parent / "samples").glob("*.script")):
            if file.stem.endswith("-uk") == (language == "uk"):
                lines += file.read_text("utf-8").splitlines()
    return list(dict.fromkeys(line for line in lines if line.count(" ") >= 2))


def articles(language: str) -> Iterator[Article]:
    """Ten articles, from one sentence up."""
    dice, pool = random.Random(SEED), sentences(language)
    for count in SENTENCES:
        drawn = [dice.choice(pool) for _ in range(count)] if count > len(pool) else dice.sample(pool, count)
        blocks = tuple(Block(BlockKind.PARAGRAPH, " ".join(drawn[at : at + 4])) for at in range(0, len(drawn), 4))
        yield Article(f"{language}{count}", (), HEADLINES[language], language, blocks)


def ffmpeg(path: Path) -> tuple[float, float, np.ndarray, int]:
    """LUFS, dBTP as told, samples and their rate."""
    command = ["ffmpeg", "-nostats", "-hide_banner", "-i", path, "-af", "ebur128=dualmono=true:peak=true"]
    done = subprocess.run(
        [*command, "-f", "null", "-"], capture_output=True, check=True, encoding="utf-8", errors="replace"
    )
    summary = done.stderr.rpartition("Summary:")[2]
    integrated, peak = (float(re.search(rf"{name}:\s+(\S+)", summary)[1]) for name in ("I", "Peak"))
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "f32le", "-"], capture_output=True, check=True)
    return integrated, peak, np.frombuffer(done.stdout, "<f4"), 44_100


def true_peak(samples: np.ndarray, rate: int) -> float:
    """DBTP, from eight times the rate, a stretch at a time."""
    highest, edge = 0.0, rate // 10
    padded = np.pad(samples.astype(float), edge)
    for at in range(0, len(samples), BLOCK * rate):
        stretch = padded[at : at + BLOCK * rate + 2 * edge]  # a cut rings: its edges are left out
        between = soxr.resample(stretch, rate, TIMES * rate, quality="VHQ")[TIMES * edge : -TIMES * edge]
        highest = max(highest, float(np.abs(between).max(initial=0.0)))
    return 20 * np.log10(highest)


def heard(article: Article, speaker: Speaker, path: Path) -> Heard:
    """Make a recording and listen to it."""
    script = write_script(article, Style(byline=False))
    made = make_recording(script, speaker, path, tags=TagFacts(article.title, language=article.language))
    integrated, told, samples, rate = ffmpeg(path)
    assert abs(len(samples) / rate - made.duration) < 1e-4, "the decoder gives another length"
    level = made.loudness
    return Heard(made.duration, integrated, told, true_peak(samples, rate), level.integrated, level.gain)


def row(name: str, found: list[Heard], gain: float) -> tuple[int, float]:
    """Print a voice's row; give how many recordings miss the bar, and what the gain is off."""
    off = [one.integrated - TARGET for one in found]
    worst = [
        max((abs(o) for o, one in zip(off, found, strict=True) if low <= one.seconds < high), default=0.0)
        for low, high in ((0, 15), (15, 120), (120, 1e9))
    ]
    missing = [TARGET - one.claimed + one.step for one in found if one.seconds >= 15]
    wrong = float(np.mean(missing))
    agree = max(abs(one.integrated - one.claimed) for one in found)
    again = sum(one.step != 0 for one in found)
    missed = sum(not one.right for one in found)
    print(
        f"{name:14}{gain:7.2f}{wrong:+9.2f}{worst[0]:8.2f}{worst[1]:8.2f}{worst[2]:8.2f}"
        f"{max(one.peak for one in found):9.2f}{max(one.told for one in found):8.1f}{agree:9.2f}{again:7}{missed:8}",
        flush=True,
    )
    return missed, wrong


def main() -> None:
    if not shutil.which("ffmpeg"):
        sys.exit("needs ffmpeg")
    names = [n for n in sys.argv[1:] or VOICES if shutil.which("flite") or not n.startswith("flite")]
    print(f"{'':14}{'':7}{'':9}{'worst off the target, LU':>24}{'true peak, dBTP':>17}{'off the':>9}{'second':>7}")
    print(
        f"{'voice':14}{'gain':>7}{'gain off':>9}{'<15 s':>8}{'<2 min':>8}{'longer':>8}{'8 times':>9}{'ffmpeg':>8}"
        f"{'receipt':>9}{'passes':>7}{'missed':>8}"
    )
    house, missed, total, seconds = load_house(), 0, 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            voice = load_voice(name, voice_folders())
            language = voice.language.partition("-")[0]
            with Speaker({"*": voice}, None, cast=house.cast, level=Levels(None).gain) as speaker:
                found = [heard(article, speaker, Path(folder, "a.mp3")) for article in articles(language)]
                gain = speaker.gain(write_script(next(articles(language)), Style()).segments[0])
            lost, _ = row(name, found, gain)
            missed, total = missed + lost, total + len(found)
            seconds += sum(one.seconds for one in found)
    print(f"{total} recordings, {seconds / 60:.0f} minutes; {missed} miss a bar")


if __name__ == "__main__":
    main()
