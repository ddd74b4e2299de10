"""What mastering costs: CPU of shaping, encoding, tags and checks against one bare pass of LAME over the same sound.

`python benchmarks/master.py [ARTICLE]` prints a table. The clips are spoken beforehand and lie in memory; imports are
not counted; CPU seconds are the best of five. The bars: cold at most 1.15 times the bare pass, one changed sentence at
most 0.06, nothing changed at most 0.05 (an unchanged article is not even mastered again by `convert`).

`python benchmarks/master.py joins [COUNT]` looks at a thousand joins in recordings of five voices: the decoded file
against its pieces decoded alone, sample by sample; the jumps at the joins; and what trimming and fading took from each
clip, against its loudest hundredth of a second. The bars: no sample and no jump off by more than 2/32767, nothing lost
above −40 dB.
"""

import random
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lameenc
import numpy as np
from levels import sentences

from articleaudio.config import load_voice, voice_folders
from articleaudio.master import PODCAST, SHAPING, WEB, Profile, TagFacts, make_recording
from articleaudio.master.frames import FrameFormat
from articleaudio.master.measure import decode
from articleaudio.master.pieces import unpack
from articleaudio.master.settings import Shaping
from articleaudio.master.shape import shape
from articleaudio.model import Article, Block, BlockKind, Clip, Script, Segment
from articleaudio.read import read_articles
from articleaudio.read.source import Source
from articleaudio.script import Style, write_script
from articleaudio.speak import Speaker

RUNS = 5


class Spoken:
    """A ClipSource of clips in memory; a segment named in `changed` looks like one never seen before."""

    def __init__(self, script: Script, speaker: Speaker) -> None:
        self.clips = {segment.id: speaker.clip(segment) for segment in script.segments}
        self.pauses = {segment.id: speaker.pause(segment) for segment in script.segments}
        self.changed: dict[str, int] = {}

    def key(self, segment: Segment) -> str:
        return self.clips[segment.id].key + str(self.changed.get(segment.id, ""))

    def clip(self, segment: Segment) -> Clip:
        return self.clips[segment.id]

    def pause(self, segment: Segment) -> float:
        return self.pauses[segment.id]

    def gain(self, segment: Segment) -> float:  # noqa: ARG002 -- one voice speaks them all
        return 4.25


class Shelf(dict):
    """A store in memory."""

    def get(self, kind: str, key: str) -> bytes | None:
        return super().get((kind, key))

    def put(self, kind: str, key: str, payload: bytes) -> None:
        self[kind, key] = payload


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of the best of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best


def one_stream(script: Script, spoken: Spoken, rate: int) -> bytes:
    """All clips with their pauses as one stretch of PCM at a rate."""
    parts = []
    for segment in script.segments:
        parts += (
            shape(spoken.clip(segment), rate, SHAPING).pcm,
            bytes(2 * round(spoken.pause(segment) * rate)),
        )
    return b"".join(parts)


def bare(pcm: bytes, rate: int, profile: Profile) -> None:
    """LAME, fed everything at once."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(profile.rate)
    encoder.set_bit_rate(profile.bitrate // 1000)
    encoder.set_quality(profile.quality)
    encoder.encode(pcm)
    encoder.flush()


def usual_recipe(script: Script, spoken: Spoken, path: Path) -> None:
    """What most programs do: pydub `+=`, silence between, export (through ffmpeg, whose CPU is not counted here)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 -- beside its warnings
    whole = AudioSegment.silent(0, frame_rate=22_050)
    for segment in script.segments:
        clip = spoken.clip(segment)
        whole += AudioSegment(clip.pcm, sample_width=2, frame_rate=clip.rate, channels=1)
        whole += AudioSegment.silent(int(spoken.pause(segment) * 1000), frame_rate=clip.rate)
    whole.set_frame_rate(44_100).export(path, format="mp3", bitrate="96k")


def table(script: Script, spoken: Spoken, profile: Profile, folder: Path) -> None:
    path = folder / "a.mp3"
    tags = TagFacts(script.segments[0].written, language=script.language, url="https://example.org/a")
    shelf, times = Shelf(), iter(range(10_000))
    middle = script.segments[len(script.segments) // 2].id

    def master(store: Shelf | None) -> None:
        made.append(make_recording(script, spoken, path, tags=tags, profile=profile, store=store))

    def change() -> None:
        spoken.changed[middle] = next(times)
        master(shelf)

    made: list = []
    master(shelf)
    recording = made[-1]
    stream = one_stream(script, spoken, profile.rate)
    native = spoken.clips[middle].rate
    raw = one_stream(script, spoken, native)
    ways: dict[str, Callable[[], object]] = {
        "LAME alone, one pass, at the rate": lambda: bare(stream, profile.rate, profile),
        "LAME alone, resampling by itself": lambda: bare(raw, native, profile),
        "mastered, cold": lambda: master(None),
        "mastered, one sentence changed": change,
        "mastered, nothing changed": lambda: master(shelf),
    }
    if shutil.which("ffmpeg"):
        ways["pydub += and export, without ffmpeg"] = lambda: usual_recipe(script, spoken, folder / "b.mp3")
    print(f"{profile.name}: {recording.duration:.1f} s, {len(script.segments)} segments, {recording.encoder}")
    print(f"{'':38} {'CPU s':>7} {'ratio':>6}")
    base = 0.0
    for name, way in ways.items():
        seconds = cpu(way)
        base = base or seconds
        print(f"{name:38} {seconds:7.3f} {seconds / base:6.3f}")
    print()


def joins(count: int) -> None:
    """Look at so many joins."""
    voices = ("en-us", "en-us-f3", "uk", "de", "fr")
    quiet = replace(SHAPING, gain=-12.0)  # so that the limiter has nothing to do
    done = clicks = lost = 0
    off, jump, cut, dice = 0, 0, -200.0, random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        while done < count:
            voice = load_voice(voices[done % len(voices)], voice_folders())
            language = voice.language.partition("-")[0]
            lines = dice.sample([line for line in sentences(language) if len(line) < 90], 14)
            blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
            script = write_script(Article("a", (), f"{done}", language, blocks), Style(byline=False))
            shelf, path = Shelf(), Path(folder, "a.mp3")
            with Speaker({"*": voice}, None) as speaker:
                made = make_recording(script, speaker, path, tags=TagFacts("a"), store=shelf)
                heard = decode(path.read_bytes())[0].astype(int)
                expected, edges = np.zeros(len(heard) + 9 * 1152, int), []
                pieces = [piece for entry in shelf.values() if (piece := unpack(entry, FrameFormat.of(PODCAST)))]
                for timed, piece in zip(made.segments, pieces, strict=True):
                    alone = decode(piece.stream)[0].astype(int)
                    start = round(timed.start * PODCAST.rate) - piece.start - 1105
                    first = max(0, start)
                    expected[first : start + len(alone)] += alone[first - start :]
                    edges += [start + 1105, start + 1105 + len(alone)]
                    gone = cut_from(speaker.clip(timed.segment), quiet)
                    lost, cut = lost + (gone > -40), max(cut, gone)
            jumps = np.abs(np.diff(heard))
            at = [int(jumps[edge - 1]) for edge in edges if 0 < edge < len(jumps)]
            off, jump = max(off, int(np.abs(heard - expected[: len(heard)]).max())), max(jump, *at)
            clicks += sum(one > 2 for one in at)
            done += len(script.segments) - 1
    print(f"{done} joins: {clicks} clicks, highest jump {jump}/32767; furthest from the pieces alone {off}/32767")
    print(f"words: {lost} clipped; loudest loss {cut:.1f} dB below the loudest hundredth of a second of its segment")


def cut_from(clip: Clip, shaping: Shaping) -> float:
    """What shaping takes from a clip, in dB against its loudest hundredth of a second."""
    sound = np.frombuffer(clip.pcm, "<i2") * 10 ** (shaping.gain / 20)
    speech = shape(clip, clip.rate, shaping)
    start = round(speech.skipped * clip.rate)
    kept = slice(start, start + speech.samples)
    gone = sound.copy()  # where nothing was kept, all of it
    gone[kept] -= sound[kept].mean()  # an offset is taken out, and not missed
    gone[kept] -= np.frombuffer(speech.pcm, "<i2")
    size = clip.rate // 100
    levels = [np.square(one[: len(one) // size * size]).reshape(-1, size).mean(axis=1).max() for one in (gone, sound)]
    return float(10 * np.log10(levels[0] / levels[1]))


def main() -> None:
    if sys.argv[1:2] == ["joins"]:
        joins(int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
        return
    samples = Path(__file__).parent.parent / "samples"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else samples / "longread.html"
    script = write_script(next(iter(read_articles(Source(path.name, path)))), Style())
    with Speaker({"*": load_voice("en-us", voice_folders())}, None) as speaker:
        spoken = Spoken(script, speaker)
    with tempfile.TemporaryDirectory() as folder:
        for profile in (PODCAST, WEB):
            table(script, spoken, profile, Path(folder))


if __name__ == "__main__":
    main()
