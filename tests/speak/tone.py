"""The smallest engine there can be, as another package would bring it: a tone for each word.

Pure Python, with exact word times. The word decides the pitch, so that a test can hear which word it is.
"""

import array
import math
import os
import re
import signal
import time
from pathlib import Path

from articleaudio.errors import SpeechFailedError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak import Engine, Prompt, Sound, WordEvent

RATE = 8_000
GAP = 400
OPTIONS = ("loudness", "marker")


class ToneEngine:
    name = "tone"

    def fingerprint(self, voice: Voice) -> str:
        return "tone 1"

    def problems(self, voice: Voice) -> str | None:
        unknown = [option for option in voice.options if option not in OPTIONS]
        return f"unknown options {unknown}: the tone engine has {OPTIONS}" if unknown else None

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        if problem := self.problems(voice):
            raise VoiceError(problem, hint="mend the profile")
        samples = array.array("h")
        words = []
        for match in re.finditer(r"[^\W_]+", prompt.text):
            start = len(samples)
            samples.extend(tone(match[0], voice))
            words.append(WordEvent(start / RATE, len(samples) / RATE, match.start(), match.end()))
            samples.extend([0] * GAP)
        if not words:
            raise SpeechFailedError("there is nothing to say")
        return Sound(samples.tobytes(), RATE, tuple(words))


def tone(word: str, voice: Voice) -> list[int]:
    """A tone as long as the word at the voice's rate; six letters are an average word."""
    length = round(RATE * 60 / voice.rate * len(word) / 6)
    step = 2 * math.pi * (200 + sum(word.encode()) % 1_000) / RATE
    loudness = int(voice.options.get("loudness", "8000"))
    return [round(loudness * math.sin(step * (i + 1))) or 1 for i in range(length)]


def open_engine() -> Engine:
    return ToneEngine()


class BadEngine(ToneEngine):
    """Does what the text says, in the worker process."""

    name = "bad"

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        misdeed = next((name for name in MISDEEDS if name in prompt.text), None)
        return MISDEEDS[misdeed](voice) if misdeed else super().speak(prompt, voice)


def once(voice: Voice, act) -> Sound:
    """Do it the first time that the marker file of the voice is not there; speak the next time."""
    marker = Path(voice.options["marker"])
    if marker.exists():
        return ToneEngine().speak(Prompt("well again"), Voice("tone", "tone", "en"))
    marker.touch()
    return act()


def hang() -> Sound:
    time.sleep(600)
    raise AssertionError


def crash() -> Sound:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def fault() -> Sound:
    raise ZeroDivisionError("a fault of the engine")


MISDEEDS = {
    "crash once": lambda voice: once(voice, crash),
    "hang once": lambda voice: once(voice, hang),
    "crash": lambda voice: crash(),
    "hang": lambda voice: hang(),
    "fault": lambda voice: fault(),
    "silence": lambda voice: Sound(bytes(1_000), RATE),
    "nothing": lambda voice: Sound(b"", RATE),
    "odd": lambda voice: Sound(b"\1\2\3", RATE),
    "no rate": lambda voice: Sound(b"\1\2", 0),
    "not a sound": lambda voice: b"\1\2",
    "print": lambda voice: (print("noise"), ToneEngine().speak(Prompt("word"), Voice("t", "tone", "en")))[1],  # noqa: T201 -- the noise under test
}


def open_bad() -> Engine:
    return BadEngine()


def open_and_die() -> Engine:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
