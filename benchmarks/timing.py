"""How exact word times are: eSpeak NG's events against the sound, and estimated times against eSpeak NG's events.

`python benchmarks/timing.py [SENTENCES]` prints median and 95th percentile over the sentences of samples/*.script.

- "events": the words of each sentence are spoken with a pause after every word (option `gap`); a word's onset is found
  in the sound alone, as the first sample above 1.5 % of full scale after at least 60 ms below it. Words whose onset
  cannot be told apart (no such silence near the event) are counted and left out. The bar: 95 % within 15 ms.
- "estimated": sentences as they are read; word starts by `speak.estimate` against eSpeak NG's own.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from articleaudio.config import load_voice, voice_folders
from articleaudio.model import Boundary, Role, Segment, Token, TokenKind, Voice
from articleaudio.speak import Prompt, Sound, open_engine
from articleaudio.speak.estimate import estimate
from articleaudio.speak.render import render, sounds
from articleaudio.speak.timing import word_times

SAMPLES = Path(__file__).parent.parent / "samples"
BAR = 0.015
LOUD, SILENCE, NEAR = 500, 0.06, 0.12


def sentences(count: int, *, ukrainian: bool = False) -> list[str]:
    """Spoken sentences of the samples, round robin over the articles."""
    files = [file for file in sorted(SAMPLES.glob("*.script")) if file.stem.endswith("-uk") == ukrainian]
    lines = [file.read_text("utf-8").splitlines() for file in files]
    longest = max(map(len, lines))
    mixed = [some[at] for at in range(longest) for some in lines if at < len(some)]
    return list(dict.fromkeys(line for line in mixed if line.count(" ") >= 4))[:count]


def segment(text: str) -> Segment:
    """A segment in which every word is said as written."""
    tokens, at = [], 0
    for word in text.split(" "):
        if sounds(word):
            tokens.append(Token(at, at + len(word), TokenKind.WORDS, word, "plain"))
        at += len(word) + 1
    return Segment("s0001", Role.BODY, text, tuple(tokens), Boundary.SENTENCE, "en")


def onsets(sound: Sound) -> np.ndarray:
    """Where sound begins after a silence, in seconds."""
    loud = np.flatnonzero(np.abs(np.frombuffer(sound.pcm, "<i2").astype(int)) > LOUD)
    begins = np.flatnonzero(np.diff(loud) > SILENCE * sound.rate) + 1
    return np.concatenate([loud[:1], loud[begins]]) / sound.rate


def event_errors(texts: list[str], voice: Voice) -> tuple[list[float], int]:
    """Event minus onset for every word, and how many words had no onset of their own."""
    engine = open_engine(voice.engine)
    apart = replace(voice, options={**voice.options, "gap": "15"})
    errors, unclear = [], 0
    for text in texts:
        sound = engine.speak(Prompt(text), apart)
        found = onsets(sound)
        for word in sound.words:
            error = float(min(word.start - found, key=abs))
            if abs(error) <= NEAR:
                errors.append(error)
            else:
                unclear += 1
    return errors, unclear


def estimate_errors(texts: list[str], voice: Voice) -> Iterator[tuple[float, float, float]]:
    """For every word: estimated minus true start; the same for an even share by letters; seconds it took."""
    engine = open_engine(voice.engine)
    for text in texts:
        said = segment(text)
        prompt = render(said)
        sound = engine.speak(prompt, voice)
        begun = {word.first for word in sound.words}
        before = time.process_time()
        guess = replace(sound, words=estimate(prompt.text, sound), exact=False)
        took = time.process_time() - before
        even = sound.duration / len(prompt.text)
        true, guessed = word_times(said, prompt, sound), word_times(said, prompt, guess)
        for (first, _), right, told in zip(prompt.spans, true, guessed, strict=True):
            if first in begun:
                yield told.start - right.start, first * even - right.start, took / len(said.tokens)


def row(name: str, errors: list[float]) -> float:
    sizes = np.abs(errors) * 1000
    worst = float(np.percentile(sizes, 95))
    print(f"{name:44} {len(errors):6} {np.median(sizes):8.1f} {worst:8.1f} {sizes.max():8.1f}")
    return worst


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    english, ukrainian = sentences(count), sentences(count, ukrainian=True)
    print(f"{len(english)} + {len(ukrainian)} sentences of samples/*.script; milliseconds")
    print(f"{'':44} {'words':>6} {'median':>8} {'95 %':>8} {'worst':>8}")
    worst = 0.0
    for name, texts in (("en-us", english), ("uk", ukrainian)):
        voice = load_voice(name, voice_folders())
        errors, unclear = event_errors(texts, voice)
        worst = max(worst, row(f"{name}: events against onsets ({unclear} unclear)", errors))
        found = list(estimate_errors(texts, voice))
        row(f"{name}: estimated against events", [one for one, _, _ in found])
        row(f"{name}: even share against events", [two for _, two, _ in found])
        print(f"{name}: estimating takes {1e6 * sum(three for _, _, three in found) / len(found):.0f} µs a word")
    print(f"bar: 95 % of events within {BAR * 1000:.0f} ms: {'kept' if worst <= BAR * 1000 else 'MISSED'}")


if __name__ == "__main__":
    main()
