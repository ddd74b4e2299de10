"""The whole job against the raw pipe: CPU of `convert` (text, speech, level, limiter, chapters, captions, tags, checks)
and of `espeak-ng --stdout | lame` over the same words, at the same rate, bit rate and quality; children included.

`python benchmarks/pipe.py` prints a table: cold, one sentence of fifty changed, nothing changed, and the start of the
program and its workers apart. The bars: cold at most 1.25, one sentence 0.05, nothing 0.02 of the pipe. Needs Debian's
`espeak-ng` and `lame`.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from articleaudio import batch, config
from articleaudio.batch import Setting, convert_many
from articleaudio.read import read_articles
from articleaudio.read.discover import discover
from articleaudio.read.source import Source
from articleaudio.script import write_script

RUNS = 3
WORDS = "The council met on day {} of the month to decide what the old harbor of the town should cost, and nobody knew."


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


def main() -> None:
    for tool in ("espeak-ng", "lame"):
        if shutil.which(tool) is None:
            sys.exit(f"needs {tool}")
    convert(Path(tempfile.mkdtemp()), article())  # imports are not counted
    rows = {"raw pipe": [], "cold": [], "one sentence": [], "nothing": []}
    for number in range(1, RUNS + 1):
        folder = Path(tempfile.mkdtemp())
        (spoken,) = read_articles(Source("story.md", data=article().encode(), relative="story.md"))
        said = "\n".join(
            s.spoken for s in write_script(spoken, config.house_style(config.load_house(folder=folder))).segments
        )
        rows["raw pipe"].append(pipe(said, folder))
        rows["cold"].append(convert(folder, article()))
        rows["one sentence"].append(convert(folder, article(number)))
        rows["nothing"].append(convert(folder, article(number)))
        shutil.rmtree(folder)
    raw = min(rows["raw pipe"])
    print(f"{'':14}{'CPU s':>8}{'of pipe':>9}   best of {RUNS}, {os.cpu_count()} cores")
    for name, times in rows.items():
        print(f"{name:14}{min(times):8.3f}{min(times) / raw:9.3f}")


if __name__ == "__main__":
    main()
