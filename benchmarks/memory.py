"""What a worker needs beside the engine: peak memory of mastering and publishing five minutes and five hours of audio.

`python benchmarks/memory.py [SECONDS...] [--anew]` prints a table, each figure from a process of its own. The sound is
noise of known words that lies in memory, five seconds a sentence; encoder, measures, tags, alternates, captions,
transcript, episode.json and receipt are the real ones. Forty sentences come again and again, their pieces from a cache
on disk; with `--anew` there is no cache and all sound is encoded (five hours take minutes of CPU). The bars: the same
for five minutes and five hours, and under 150 MB.
"""

import hashlib
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from articleaudio.disclosure import Disclosed
from articleaudio.master import PROFILES, TagFacts, make_alternates, make_recording
from articleaudio.model import (
    Article,
    AudioProfile,
    Block,
    BlockKind,
    Boundary,
    ChapterMark,
    Clip,
    Role,
    Script,
    Segment,
    Show,
    Voice,
    WordTime,
)
from articleaudio.publish import publish_episode
from articleaudio.publish.document import Marks
from articleaudio.publish.library import Library
from articleaudio.store import Store

LENGTHS = (300, 18_000)
RATE = 22_050
SENTENCE = 5.0
TEXT = "the ferry to the outer islands will sail again on monday after a year"
WORDS = TEXT.split()
KINDS = 40
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"


class Noise:
    """A ClipSource: one of forty sounds for each sentence."""

    def key(self, segment: Segment) -> str:
        return hashlib.sha256(str(int(segment.id[1:]) % KINDS).encode()).hexdigest()

    def clip(self, segment: Segment) -> Clip:
        generator = np.random.default_rng(int(segment.id[1:]) % KINDS)
        sound = generator.normal(0, 3_500, round((SENTENCE - 0.4) * RATE)).clip(-20_000, 20_000)
        step = (SENTENCE - 0.4) / len(WORDS)
        at, words = 0, []
        for number, word in enumerate(WORDS):
            words.append(WordTime(number * step, (number + 0.9) * step, at, at + len(word)))
            at += len(word) + 1
        return Clip(self.key(segment), RATE, sound.astype("<i2").tobytes(), tuple(words))

    def pause(self, _: Segment) -> float:
        return 0.4

    def gain(self, _: Segment) -> float:
        return 0.0


def script(seconds: int) -> Script:
    """So many seconds of sentences, a chapter every five minutes."""
    count = round(seconds / SENTENCE)
    segments = tuple(
        Segment(f"s{index:04d}", Role.BODY, TEXT, (), Boundary.SENTENCE, "en", index // 5, index % 5 * 100)
        for index in range(count)
    )
    return Script("a", "en", segments, tuple(ChapterMark(f"Part {i}", i) for i in range(0, count, 60)))


def work(seconds: int, alternates: list[AudioProfile], *, anew: bool) -> None:
    """Master and publish, in this process."""
    made = script(seconds)
    blocks = tuple(Block(BlockKind.PARAGRAPH, "text") for _ in range(len(made.segments) // 5 + 1))
    article = Article("6f9619ff-8b86-4011-b42d-00c04fc964ff", ("path:a",), "A headline", "en", blocks)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        store = None if anew else Store(root / "cache")
        tags = TagFacts(article.title, language="en")
        recording = make_recording(made, Noise(), root / "a.mp3", tags=tags, store=store)
        others = make_alternates(made, Noise(), recording, alternates, tags=tags, store=store)
        publish_episode(
            article,
            made,
            replace(recording, alternates=others),
            library=Library(root / "out", root / "state"),
            show=Show(),
            voice=Voice("noise", "noise", "en", digital_source_type=SOURCE_TYPE),
            marks=Marks(Disclosed(), SOURCE_TYPE),
            inputs="",
            source_hash="",
            now=datetime.now(UTC),
        )


def peak(*arguments: str) -> float:
    """Peak memory of a process of its own, in MB; on Linux it is told in KiB."""
    done = subprocess.run([sys.executable, __file__, "--child", *arguments], capture_output=True, text=True, check=True)
    return int(done.stdout) * 1024 / 1e6


def main() -> None:
    """Print the table."""
    anew = ["--anew"] if "--anew" in sys.argv else []
    lengths = [int(given) for given in sys.argv[1:] if given.isdigit()] or list(LENGTHS)
    print(f"{'MB':28}" + "".join(f"{length / 60:>10.0f} min" for length in lengths))
    print(f"{'interpreter and libraries':28}" + f"{peak('0'):>14.1f}" * len(lengths))
    for others in ([], [AudioProfile.WEB], [AudioProfile.ARCHIVE], [AudioProfile.WEB, AudioProfile.ARCHIVE]):
        name = " + ".join(["podcast", *others])
        figures = (peak(str(length), *anew, *others) for length in lengths)
        print(f"{name:28}" + "".join(f"{figure:>14.1f}" for figure in figures), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        length, *options = sys.argv[2:]
        if int(length):
            forms = [AudioProfile(option) for option in options if option in list(PROFILES)]
            work(int(length), forms, anew="--anew" in options)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    else:
        main()
