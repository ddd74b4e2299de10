"""What it costs that a sentence always sounds the same: CPU of Speaker against libespeak-ng called directly.

`python benchmarks/speak.py [SENTENCES]` prints a table. Every way speaks the same sentences at the same rate; CPU
seconds are those of this process and its children, the best of three runs each, start-up included for the ways that
start processes. The bars: a cold Speaker costs at most 2.0 times the raw library, and two workers of a run, each with
a Speaker and half of the sentences, speak 1.9 times as fast as one. That is a matter of the clock, so the two are timed
in turns: where the machine has other work, nothing is faster, and the best round tells the most.
"""

import ctypes
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from articleaudio.config import load_voice, voice_folders
from articleaudio.model import Boundary, Role, Segment, Token, TokenKind
from articleaudio.speak import Speaker
from articleaudio.speak.espeak.binding import Take, _Callback, _collector
from articleaudio.speak.espeak.installation import find_installation
from articleaudio.store import Store

TEXT = (
    "the committee said on Tuesday that it would review every proposal before the end of next month and publish "
    "its findings in the spring while the ministry warned of delays to bridges roads railways and ports across "
    "the whole country where winter storms had closed schools and cut power to thousands of homes"
)
VOICE = load_voice("en-us", voice_folders())
RUNS = 3


def sentences(count: int) -> list[str]:
    """Different sentences of fifteen words."""
    words = TEXT.split() * 2
    return [" ".join(words[i * 7 % 50 :: 1 + i // 50][:15]).capitalize() + f" {i}." for i in range(count)]


def segments(texts: list[str]) -> Iterator[Segment]:
    for number, text in enumerate(texts):
        tokens, at = [], 0
        for word in text.rstrip(".").split(" "):
            tokens.append(Token(at, at + len(word), TokenKind.WORDS, word, "plain"))
            at += len(word) + 1
        yield Segment(f"s{number:04}", Role.BODY, text, tuple(tokens), Boundary.SENTENCE, "en")


def raw(texts: list[str]) -> float:
    """libespeak-ng through ctypes: loaded once, events collected; a sentence's sound depends on those before it."""
    found = find_installation()
    library = ctypes.CDLL(str(found.library))
    library.espeak_Initialize(2, 1000, str(found.data).encode(), 0x8000)
    library.espeak_SetVoiceByName(b"en-us")
    library.espeak_SetParameter(1, VOICE.rate, 0)
    seconds = 0.0
    for text in texts:
        take = Take()
        collect = _Callback(_collector(take))
        library.espeak_SetSynthCallback(collect)
        data = text.encode()
        library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 0, 0, 1, None, None)
        seconds += len(take.pcm) / 2 / 22_050
    return seconds


def cold(texts: list[str]) -> float:
    """Speaker with an empty cache: a worker process, a fresh library for every sentence, words timed, clips kept."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        speaker = stack.enter_context(Speaker({"*": VOICE}, Store(Path(folder))))
        return sum(speaker.clip(segment).duration for segment in segments(texts))


def warm(texts: list[str], folder: Path) -> float:
    """Speaker with everything in the cache."""
    with Speaker({"*": VOICE}, Store(folder)) as speaker:
        return sum(speaker.clip(segment).duration for segment in segments(texts))


def command_line(texts: list[str]) -> float:
    """`espeak-ng -w FILE`, a process for every sentence, which is another way to the same bytes every time."""
    with tempfile.TemporaryDirectory() as folder:
        for text in texts:
            subprocess.run(
                ["espeak-ng", "-v", "en-us", "-s", str(VOICE.rate), "-w", f"{folder}/x.wav", text], check=True
            )
    return 0.0


def cost(work: Callable[[], float]) -> tuple[float, float]:
    """CPU seconds of a fresh process that does the work, and the seconds of audio it made."""
    best, audio = float("inf"), 0.0
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        reading, writing = os.pipe()
        if (pid := os.fork()) == 0:
            os.write(writing, str(work()).encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(pid, 0)
        audio = float(os.read(reading, 100))
        os.close(reading)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best, audio


def crew(texts: list[str], workers: int) -> tuple[float, float]:
    """Wall and CPU seconds of so many workers that share the sentences, from when all are ready to when all are done.

    They have started and spoken a word each: a run of an archive starts them once.
    """
    go, gone = os.pipe()
    told, ready = os.pipe()
    children = []
    for number in range(workers):
        if (pid := os.fork()) == 0:
            os.close(gone)
            share(texts[number::workers], go, ready)
            os._exit(0)
        children.append(pid)
    for _ in children:
        os.read(told, 1)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    os.close(gone)  # everybody sees the end of the file
    for pid in children:
        os.waitpid(pid, 0)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    for end in (go, told, ready):
        os.close(end)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def share(texts: list[str], go: int, ready: int) -> None:
    """Speak with a Speaker that is warm, once the word is given."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        speaker = stack.enter_context(Speaker({"*": VOICE}, Store(Path(folder)), keep_clips=False))
        speaker.clip(next(segments(["Ready."])))
        os.write(ready, b".")
        os.read(go, 1)
        for segment in segments(texts):
            speaker.clip(segment)


def crews(texts: list[str]) -> None:
    """Print how much faster two workers are than one."""
    rounds = [(crew(texts, 1), crew(texts, 2)) for _ in range(RUNS + 2)]
    one, two = (min(round_[which] for round_ in rounds) for which in (0, 1))
    pairs = sorted(first[0] / second[0] for first, second in rounds)
    print(f"\n{'':36} {'wall s':>7} {'CPU s':>7}")
    print(f"{'one worker':36} {one[0]:7.3f} {one[1]:7.3f}")
    print(f"{'two workers, half each':36} {two[0]:7.3f} {two[1]:7.3f}")
    print(f"best against best {one[0] / two[0]:.2f}; in turns {', '.join(f'{pair:.2f}' for pair in pairs)}")


def main() -> None:
    texts = sentences(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    with tempfile.TemporaryDirectory() as folder:
        warm(texts, Path(folder))
        ways: dict[str, Callable[[], float]] = {
            "libespeak-ng directly (no promise)": lambda: raw(texts),
            "Speaker, cold": lambda: cold(texts),
            "Speaker, all cached": lambda: warm(texts, Path(folder)),
        }
        if shutil.which("espeak-ng"):
            ways["espeak-ng command line"] = lambda: command_line(texts)
        digest = hashlib.sha256("".join(texts).encode()).hexdigest()[:8]
        print(f"{len(texts)} sentences ({digest}), {VOICE.name}, {VOICE.rate} words a minute")
        print(f"{'':36} {'CPU s':>7} {'ratio':>6} {'audio s':>8}")
        base = 0.0
        for name, way in ways.items():
            seconds, audio = cost(way)
            base = base or seconds
            print(f"{name:36} {seconds:7.3f} {seconds / base:6.2f} {audio:8.1f}")
    crews(texts)


if __name__ == "__main__":
    main()
