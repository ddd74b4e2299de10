"""What can be wrong with a sound, one function each: what was found, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from articleaudio.speak.checks import bounds, pace
from articleaudio.speak.checks.look import Look
from articleaudio.speak.checks.pace import MARKS


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, or may be."""

    message: str
    """What, where and what to do, in one sentence."""
    severe: bool = False
    """Whether the sound must not be used."""


def level(look: Look) -> Iterator[Finding]:
    """Silence, a whisper, noise in the place of speech, and what is louder than samples can tell."""
    peak = look.peak / 32_768
    if peak < bounds.SILENT:
        yield Finding(f"the engine gave {look.sound.duration:.1f} s of silence", severe=True)
        return
    if peak < bounds.FAINT:
        yield Finding(f"it can hardly be heard (peak {peak:.1%} of full scale): raise the volume of the voice")
    quietest = sorted(look.levels)[len(look.levels) // 10] / 32_768
    if quietest > bounds.NOISE and look.sound.duration > bounds.NOISE_SECONDS:
        yield Finding("the engine gave noise without any pause, not speech: samples of another format?", severe=True)
        return
    clipped = look.clipped() if look.peak >= bounds.FULL_SCALE else 0.0
    if clipped > bounds.CLIPPED_FAIL:
        yield Finding(f"{clipped:.0%} of it is cut off at full scale: lower the volume of the voice", severe=True)
    elif clipped > bounds.CLIPPED_WARN:
        yield Finding(f"it is distorted, cut off at full scale in {clipped:.0%}: lower the volume of the voice")


def edges(look: Look) -> Iterator[Finding]:
    """A beginning or an end in the middle of a sound."""
    share = look.edge(last=True)
    if share > bounds.ENDS.get(look.voice.engine, bounds.CUT_WARN):
        severe = look.traits.random and share > bounds.CUT_FAIL
        where = f"at {look.sound.duration:.2f} s"
        yield Finding(f"it stops {where} without dying away: listen whether the end is missing", severe)
    if look.traits.random and look.edge(last=False) > bounds.HEAD_WARN:
        yield Finding("it begins at full voice: listen whether the beginning is missing")


def length(look: Look) -> Iterator[Finding]:
    """Far too short or too long for its text."""
    text, language, rate = look.prompt.text, look.voice.language, max(1, look.voice.rate)
    heard = look.end - look.begin
    quick, slow = bounds.PACE / max(rate, bounds.PACE), bounds.PACE / min(rate, bounds.PACE)
    about = f"{heard:.1f} s of sound for a text of about"
    if _short(heard, plain := pace.at_most(text, language) * quick):
        least = pace.least(text, language) * quick
        if heard < least * bounds.SHORT_FAIL - bounds.SHORT_FAIL_SECONDS:
            yield Finding(f"{about} {least:.1f} s: it cannot all have been said", severe=True)
        elif _short(heard, least):
            yield Finding(f"{about} {least:.1f} s: listen whether words are missing, or it is too fast")
    elif _long(heard, plain / quick * slow):
        most = pace.most(text, language) * slow
        if heard > most * bounds.LONG_FAIL + bounds.LONG_FAIL_SECONDS and look.traits.random:
            yield Finding(f"{about} {most:.1f} s: something else was said", severe=True)
        elif _long(heard, most):
            yield Finding(f"{about} {most:.1f} s: listen whether too much is said, or it is too slow")


def _short(heard: float, expected: float) -> bool:
    return heard < expected * bounds.SHORT_WARN - bounds.SHORT_WARN_SECONDS


def _long(heard: float, expected: float) -> bool:
    return heard > expected * bounds.LONG_WARN + bounds.LONG_WARN_SECONDS


def pauses(look: Look) -> Iterator[Finding]:
    """A long silence inside, and one that no punctuation explains, behind which an engine may go on by itself."""
    slow = bounds.PACE / min(max(1, look.voice.rate), bounds.PACE)
    found = sorted(look.pauses(), key=lambda pause: -pause[1])
    if not found or found[0][1] < bounds.PAUSE_WARN * slow:
        return
    at, longest = found[0]
    if longest > bounds.GAP_WARN * slow:
        severe = look.traits.random and longest > bounds.GAP_FAIL * slow
        yield Finding(f"silence of {longest:.1f} s at {at:.1f} s: listen to what comes before and after it", severe)
        return
    explained = len(MARKS.findall(look.prompt.text.rstrip().rstrip(".?!…")))
    for at, pause in found[explained : explained + 1]:
        if pause > bounds.PAUSE_WARN * slow:
            yield Finding(
                f"pause of {pause:.1f} s near {at:.1f} s that the text does not explain: listen to what comes after it"
            )


def times(look: Look) -> Iterator[Finding]:
    """Word times that the sound does not bear out; only where the engine told them."""
    words = look.sound.words
    if not words or not look.sound.exact:
        return
    ends = max(word.end for word in words)
    if ends > look.sound.duration + bounds.TIMED_PAST:
        yield Finding(
            f"the engine timed a word at {ends:.2f} s, but its sound ends at {look.sound.duration:.2f} s: it is cut",
            severe=True,
        )
    elif look.end - ends > bounds.AFTER_WARN:
        severe = look.traits.random and look.end - ends > bounds.AFTER_FAIL
        yield Finding(f"{look.end - ends:.1f} s sound after the last word, at {ends:.1f} s: listen to the end", severe)
    text = look.prompt.text
    told = max(word.last for word in words)
    rest = text[told:].strip(" .,;:!?…—–-")
    if len(rest) > bounds.UNTIMED and any(map(str.isalnum, rest)):
        yield Finding(f"the engine timed no word after “{text[:told][-20:]}”: listen whether the end is missing")


CHECKS = (level, edges, length, pauses, times)
"""All that every sound is asked, in order."""
