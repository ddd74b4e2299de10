"""What mastering costs: CPU of shaping, encoding, tags and checks against one bare pass of LAME over the same sound.

`python benchmarks/master.py [ARTICLE]` prints a table. The clips are spoken beforehand and lie in memory; imports are
not counted; CPU seconds are the best of five. The bars: cold at most 1.15 times the bare pass, one changed sentence at
most 0.06, nothing changed at most 0.05 (an unchanged article is not even mastered again by `convert`).
"""

import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import lameenc

from articleaudio.config import load_voice, voice_folders
from articleaudio.master import PODCAST, SHAPING, WEB, Profile, TagFacts, make_recording
from articleaudio.master.shape import shape
from articleaudio.model import Clip, Script, Segment
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


def main() -> None:
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
