"""What the checks of a sound see and what they cost: false alarms on right sounds, mutants caught, CPU.

`python benchmarks/checks.py [SOURCE...]` reads articles (samples/ where none is named), speaks every segment in one
language (the Speaker divides the others) with eSpeak NG, and, where flite is installed, every eighth English one with
flite; then it spoils a seeded choice of the sounds in every way that an engine may, and counts what is noticed. Words
whose times the engine tells are kept with the sound ("timed") or taken away ("untimed"), as engines differ in that.
"""

import random
import subprocess
import sys
import tempfile
import time
import wave
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import soxr

from articleaudio.config import house_style, load_house
from articleaudio.errors import SpeechFailedError
from articleaudio.model import Article, Voice
from articleaudio.plan import reading
from articleaudio.read import read_articles
from articleaudio.read.discover import discover
from articleaudio.read.source import Source
from articleaudio.script import write_script
from articleaudio.speak.checks import checked
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.espeak import open_engine
from articleaudio.speak.render import render, sounds

SEED, CHOICE, SHORTEST = 20, 400, 1.5
RANDOM = Traits(random=True)
FLITE = ("kal16", "slt", "rms", "awb")
Spoken = tuple[Prompt, Voice, Sound]


def prompts(sources: list[str]) -> Iterator[tuple[str, Prompt]]:
    """Language and prompt of every segment that can be said."""
    house = load_house(Path("samples/articleaudio.toml"))
    style = house_style(house)
    for source in discover(sources, reading(house)):
        for article in read_articles(source.opened()) if isinstance(source, Source) else ():
            for segment in write_script(article, style).segments if isinstance(article, Article) else ():
                prompt = render(segment)
                if sounds(prompt.text) and not segment.switches:
                    yield segment.language, prompt


def espeak(found: list[tuple[str, Prompt]], rate: int = 165) -> Iterator[Spoken]:
    engine = open_engine()
    for language, prompt in found:
        name = language.partition("-")[0] if language not in {"en-us", "en-gb", "pt-br"} else language
        options = MappingProxyType({"voice": name, "volume": "80"})
        voice = Voice("espeak", "pyttsx3", language, rate=rate, options=options)
        yield prompt, voice, engine.speak(prompt, voice)


def flite(found: list[tuple[str, Prompt]]) -> Iterator[Spoken]:
    with tempfile.TemporaryDirectory() as folder:
        for number, (_, prompt) in enumerate(found):
            file, name = f"{folder}/x.wav", FLITE[number % len(FLITE)]
            if subprocess.run(["flite", "-voice", name, "-t", prompt.text, "-o", file], check=False).returncode:
                continue
            with wave.open(file) as told:
                sound = Sound(told.readframes(told.getnframes()), told.getframerate(), exact=False)
            yield prompt, Voice(f"flite {name}", "flite", "en"), sound


# ── Ways to spoil a sound ───────────────────────────────────────────────────────────────────────────────────────────


def samples(sound: Sound) -> np.ndarray:
    return np.frombuffer(sound.pcm, "<i2").astype(np.float32)


def pcm(values: np.ndarray) -> bytes:
    return np.clip(np.round(values), -32_768, 32_767).astype("<i2").tobytes()


def stretched(sound: Sound, times: float) -> bytes:
    return pcm(soxr.resample(samples(sound), sound.rate, sound.rate * times))


def extent(sound: Sound) -> tuple[int, int]:
    loud = np.flatnonzero(np.abs(samples(sound)) > 200)
    return int(loud[0]), int(loud[-1]) + 1


def cut(sound: Sound, dice: random.Random) -> bytes:
    first, last = extent(sound)
    return sound.pcm[: 2 * int(first + (last - first) * dice.uniform(0.2, 0.9))]


def half(sound: Sound, dice: random.Random) -> bytes:
    """The second half is not said; it ends in the quietest 20 ms thereabouts, as after a word, and fades."""
    values, size = samples(sound), sound.rate // 50
    first, last = extent(sound)
    middle = int(first + (last - first) * dice.uniform(0.3, 0.5))
    places = range(middle, middle + sound.rate // 4, size)
    at = min(places, key=lambda place: float(np.abs(values[place : place + size]).max(initial=0)))
    return pcm(np.concatenate([values[:at], values[at : at + size] * np.linspace(1, 0, len(values[at : at + size]))]))


def tail_twice(sound: Sound, dice: random.Random) -> bytes:
    first, last = extent(sound)
    length = min((last - first) // 2, int(dice.uniform(0.7, 3.0) * sound.rate))
    gap = bytes(2 * int(dice.uniform(0, 0.4) * sound.rate))
    return sound.pcm[: 2 * last] + gap + sound.pcm[2 * (last - length) :]


def noise(sound: Sound, dice: random.Random) -> bytes:
    return dice.randbytes(len(sound.pcm))


def floats(sound: Sound, _: random.Random) -> bytes:
    return (samples(sound) / 32_768).astype("<f4").tobytes()


def hole(sound: Sound, dice: random.Random) -> bytes:
    at = 2 * int(dice.uniform(0.3, 0.7) * len(sound.pcm) / 2)
    return sound.pcm[:at] + bytes(2 * int(dice.uniform(2.5, 6) * sound.rate)) + sound.pcm[at:]


def more(sound: Sound, other: Sound, gap: float) -> bytes:
    return sound.pcm + bytes(2 * int(gap * sound.rate)) + other.pcm


def mutants(spoken: list[Spoken], dice: random.Random) -> Iterator[tuple[str, Spoken, Traits]]:
    others = [sound for _, _, sound in spoken if sound.duration > 2]
    for prompt, voice, sound in spoken:
        other, gap = dice.choice(others), dice.uniform(0.9, 2)
        ways = {
            "silence": bytes(len(sound.pcm) - 2) + b"\1\0",
            "cut anywhere": cut(sound, dice),
            "half of it, ending well": half(sound, dice),
            "clipped by 12 dB": pcm(samples(sound) * 4 * 20_000 / max(1.0, float(np.abs(samples(sound)).max()))),
            "noise": noise(sound, dice),
            "floats taken for samples": floats(sound, dice),
            "twice as slow": stretched(sound, 2),
            "twice as fast": stretched(sound, 0.5),
            "3 to 6 s of silence inside": hole(sound, dice),
            "more said after a pause": more(sound, other, gap),
            "more said at once": more(sound, other, 0.1),
        }
        for name, spoiled in ways.items():
            yield name + ", timed", (prompt, voice, replace(sound, pcm=spoiled)), Traits()
            yield name + ", untimed", (prompt, voice, replace(sound, pcm=spoiled, words=(), exact=False)), Traits()
        twice = replace(sound, pcm=tail_twice(sound, dice), words=(), exact=False)
        yield "tail twice, untimed, random engine", (prompt, voice, twice), RANDOM


def judged(spoken: Spoken, traits: Traits) -> str:
    """How a sound is taken: `refused`, `doubted` or nothing."""
    prompt, voice, sound = spoken
    try:
        return "doubted" if checked(replace(sound, warnings=()), prompt, voice, traits).warnings else ""
    except SpeechFailedError:
        return "refused"


def alarms(name: str, spoken: list[Spoken], traits: Traits) -> None:
    begun = time.process_time()
    found = [(one, verdict) for one in spoken if (verdict := judged(one, traits))]
    cost = (time.process_time() - begun) / max(1, len(spoken))
    print(f"{name:44}{len(spoken):7}{len(found):8}{cost * 1e6:10.0f}")
    for (prompt, voice, sound), verdict in found[:5]:
        why = "" if verdict == "refused" else checked(sound, prompt, voice, traits).warnings[-1]
        print(f"    {voice.language} {voice.rate} {verdict} {why[:60]} | {prompt.text[:60]}")


def main() -> None:
    found = list(prompts(sys.argv[1:] or ["samples"]))
    begun = time.process_time()
    plain = list(espeak(found))
    cost = (time.process_time() - begun) / len(plain)
    print(f"{'right sounds':44}{'sounds':>7}{'alarms':>8}{'us each':>10}   (speaking: {cost * 1e6:.0f} us each)")
    by_language = defaultdict(list)
    for one in plain:
        by_language[one[1].language].append(one)
    for language, spoken in sorted(by_language.items()):
        alarms(f"eSpeak NG {language}, 165", spoken, Traits())
    alarms("eSpeak NG, all, as of a random engine", plain, RANDOM)
    dice = random.Random(SEED)
    for rate in (80, 120, 220, 300, 400):
        alarms(
            f"eSpeak NG, all languages, {rate}", list(espeak(dice.sample(found, min(len(found), 300)), rate)), Traits()
        )
    spoken = [one for one in plain if one[2].duration > SHORTEST and not judged(one, Traits())]
    english = [pair for pair in found if pair[0].startswith("en")]
    read = list(flite(english[::8]))
    alarms("flite, every eighth English segment", read, Traits())
    alarms("flite, as of a random engine", read, RANDOM)
    chosen = dice.sample(spoken, min(CHOICE, len(spoken)))
    chosen_flite = [one for one in read if one[2].duration > SHORTEST and not judged(one, Traits())]
    for name, choice in (("eSpeak NG", chosen), ("flite", chosen_flite)):
        told = defaultdict(Counter)
        for kind, mutant, traits in mutants(choice, dice):
            if name == "flite" and kind.endswith(", timed"):
                continue
            told[kind][judged(mutant, traits)] += 1
        print(f"\n{f'mutants of {len(choice)} sounds of {name}':44}{'noticed':>9}{'refused':>9}")
        for kind, counts in sorted(told.items()):
            total = sum(counts.values())
            print(f"{kind:44}{1 - counts[''] / total:9.1%}{counts['refused'] / total:9.1%}")


if __name__ == "__main__":
    main()
