"""The whole job against the raw pipe: CPU of `convert` (text, speech, level, limiter, chapters, captions, tags, checks)
and of `espeak-ng --stdout | lame` over the same words, at the same rate, bit rate and quality; children included.

`python benchmarks/pipe.py [RUNS]` prints a table: cold, one sentence of fifty changed, nothing changed, each less the
start of the speech worker; then what starts cost, apart: the interpreter with every library of a run, and the worker.
The bars: cold at most 1.25, one sentence 0.05, nothing 0.02 of the pipe; starts at most 0.5 CPU seconds. Beside it the
usual recipe, in a process of its own: stock pyttsx3 for each sentence, `AudioSegment +=`, export by ffmpeg, less its
own start. Needs Debian's `espeak-ng` and `lame`, and `ffmpeg` for the recipe.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from articleaudio import batch, config
from articleaudio.batch import convert_many
from articleaudio.model import Boundary, Role, Segment, Token, TokenKind
from articleaudio.read import read_articles
from articleaudio.read.discover import discover
from articleaudio.read.source import Source
from articleaudio.script import write_script
from articleaudio.speak import Speaker
from articleaudio.task import Setting

RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
WORDS = "The council met on day {} of the month to decide what the old harbor of the town should cost, and nobody knew."
BARS = {"cold": 1.25, "one sentence": 0.05, "nothing": 0.02}
LIBRARIES = (
    "articleaudio.batch, articleaudio.pipeline, articleaudio.config, articleaudio.read, articleaudio.site.build, "
    "articleaudio.master.shape, articleaudio.master.measure"
)
RECIPE = """
import sys, time, wave, warnings
warnings.simplefilter("ignore")
import pyttsx3
from pydub import AudioSegment
engine = pyttsx3.init()
engine.setProperty("rate", 165)
whole = AudioSegment.silent(0, frame_rate=22050)
for number, line in enumerate(sys.stdin.read().splitlines()):
    path = f"{sys.argv[1]}/{number}.wav"
    engine.save_to_file(line, path)
    engine.runAndWait()
    for _ in range(500):  # it returns before the file is there
        try:
            with wave.open(path) as file:
                if file.getnframes():
                    break
        except (OSError, EOFError, wave.Error):
            pass
        time.sleep(0.01)
    whole += AudioSegment.from_wav(path)
    whole += AudioSegment.silent(400, frame_rate=22050)
whole.set_frame_rate(44100).export(f"{sys.argv[1]}/all.mp3", format="mp3", bitrate="96k")
"""


def spent() -> float:
    own, below = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime


def article(changed: int = 0) -> str:
    """Fifty sentences in ten paragraphs; sentence 25 may say something else."""
    lines = [WORDS.format(number if number != 25 or not changed else 100 + changed) for number in range(1, 51)]
    paragraphs = [" ".join(lines[at : at + 5]) for at in range(0, 50, 5)]
    return "# Fifty sentences\n\n" + "\n\n".join(paragraphs) + "\n"


def convert(folder: Path, text: str) -> float:
    """CPU seconds of one run, in this process and its workers, the interpreter's start left out."""
    source = folder / "story.md"
    source.write_text(text)
    house = config.load_house(folder=folder, cache=folder / "cache", state=folder / "state")
    setting = Setting(house, folder / "out")
    before = spent()
    results = list(convert_many(discover([str(source)]), setting, jobs=1))
    batch.finish(setting)
    assert results[0].duration > 60, results
    return spent() - before


def pipe(text: str, folder: Path) -> float:
    """CPU seconds of the raw pipe."""
    before = spent()
    with (folder / "raw.mp3").open("wb") as out:
        speech = subprocess.Popen(
            ["espeak-ng", "-v", "en-us", "-s", "165", "--stdout"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        command = ["lame", "--quiet", "-m", "m", "--resample", "44.1", "--cbr", "-b", "96", "-q", "5", "-", "-"]
        encoding = subprocess.Popen(command, stdin=speech.stdout, stdout=out)
        speech.stdin.write(text.encode())
        speech.stdin.close()
        speech.stdout.close()
        encoding.wait()
        speech.wait()
    return spent() - before


def worker() -> float:
    """CPU seconds of the start of a speech worker, and of saying one short word."""
    voice = config.load_house().voices["en"]
    word = Segment("s1", Role.BODY, "A", (Token(0, 1, TokenKind.WORDS, "a", "plain"),), Boundary.SENTENCE, "en")
    before = spent()
    with Speaker({"*": voice}, None) as speaker:
        speaker.clip(word)
    return spent() - before


def python(code: str, *arguments: str, given: str = "") -> float:
    """CPU seconds of a Python process."""
    before = spent()
    subprocess.run([sys.executable, "-c", code, *arguments], input=given.encode(), check=True, capture_output=True)
    return spent() - before


def recipe(text: str, folder: Path) -> float:
    """CPU seconds of the usual recipe, less its start."""
    start = python("import pyttsx3, warnings; warnings.simplefilter('ignore'); import pydub; pyttsx3.init()")
    return python(RECIPE, str(folder), given=text) - start


def one_round(number: int) -> dict[str, float]:
    folder = Path(tempfile.mkdtemp())
    (spoken,) = read_articles(Source("story.md", data=article().encode(), relative="story.md"))
    script = write_script(spoken, config.house_style(config.load_house(folder=folder)))
    said = "\n".join(segment.spoken for segment in script.segments)
    starting = worker()
    found = {
        "raw pipe": pipe(said, folder),
        "cold": convert(folder, article()) - starting,
        "one sentence": convert(folder, article(number)) - starting,
        "nothing": convert(folder, article(number)),
        "start: interpreter and libraries": python(f"import {LIBRARIES}"),
        "start: the speech worker": starting,
    }
    if shutil.which("ffmpeg"):
        found["pyttsx3 + pydub"] = recipe(said, folder)
    shutil.rmtree(folder)
    return found


def main() -> None:
    for tool in ("espeak-ng", "lame"):
        if shutil.which(tool) is None:
            sys.exit(f"needs {tool}")
    convert(Path(tempfile.mkdtemp()), article())  # imports are not counted
    rounds = [one_round(number) for number in range(1, RUNS + 1)]
    best = {name: min(one[name] for one in rounds) for name in rounds[0]}
    print(f"{'':34}{'CPU s':>8}{'of pipe':>9}{'bar':>7}   best of {RUNS}, {os.cpu_count()} cores")
    for name, seconds in best.items():
        bar = BARS.get(name)
        print(f"{name:34}{seconds:8.3f}{seconds / best['raw pipe']:9.3f}{bar or '':>7}")
    starts = sum(seconds for name, seconds in best.items() if name.startswith("start"))
    print(f"starts together {starts:.2f} CPU s, at most 0.5")


if __name__ == "__main__":
    main()
