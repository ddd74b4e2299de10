"""What it costs that a sentence always sounds the same: CPU of Speaker against libespeak-ng called directly.

`python benchmarks/speak.py [SENTENCES]` prints a table. Every way speaks the same sentences at the same rate; CPU
seconds are those of this process and its children, the best of three runs each, start-up included for the ways that
start processes. The bar: a cold Speaker costs at most 2.0 times the raw library.
"""

import ctypes
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
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


if __name__ == "__main__":
    main()
