"""Texts that are longer than a service takes: cut where it is heard least, spoken in pieces, joined again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.contract import Prompt, Sound, WordEvent
from articleaudio.speak.render import sounds

_ENDS = (re.compile(r"[.!?…][\"'»”)]*\s"), re.compile(r"[,;:—]\s"), re.compile(r"\s"))
"""Where a text may be cut, best first: after a sentence, after a clause, at a space."""

_BLANK = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], " ")
"""Control characters and lone surrogates are read as spaces: no service takes them."""


def clean(text: str, also: str = "") -> str:
    """A text that every service takes, as long as before; the characters in `also` become spaces too."""
    return text.translate(_BLANK | dict.fromkeys(map(ord, also), " "))


def spoken_in_pieces(prompt: Prompt, fits: Callable[[Prompt], bool], say: Callable[[Prompt], Sound]) -> Sound:
    """Speak a prompt, in as few pieces as fit. Raises SpeechFailedError where there is nothing to say."""
    if not sounds(prompt.text):
        raise SpeechFailedError("there is nothing to say")
    parts = [part for part in cut(prompt, fits) if sounds(part[1].text)]
    return _joined([(first, say(part)) for first, part in parts])


def cut(prompt: Prompt, fits: Callable[[Prompt], bool]) -> Iterator[tuple[int, Prompt]]:
    """Cut a prompt into parts that fit, each with the place where it begins; together they are the text."""
    at, text = 0, prompt.text
    while at < len(text):
        length = len(text) - at
        while not fits(_part(prompt, at, at + length)):
            length = _shorter(prompt, at, length)
        yield at, _part(prompt, at, at + length)
        at += length


def _shorter(prompt: Prompt, at: int, length: int) -> int:
    """The next length to try: three quarters, back to the best place to cut."""
    most = length * 3 // 4
    if most < 1:
        raise SpeechFailedError("the text is too long for the service and cannot be cut")
    stretch = prompt.text[at : at + most]
    for ends in _ENDS:
        places = [match.end() for match in ends.finditer(stretch)]
        inside = [place for place in places if not _in_phonemes(prompt, at + place)]
        if inside and inside[-1] * 2 > most:
            return inside[-1]
    return most


def _in_phonemes(prompt: Prompt, place: int) -> bool:
    return any(first < place < last for first, last, _ in prompt.phonemes)


def _part(prompt: Prompt, first: int, last: int) -> Prompt:
    """A part of a prompt; what is said before and after it is known."""
    if first == 0 and last == len(prompt.text):
        return prompt
    inside = tuple((a - first, b - first, ipa) for a, b, ipa in prompt.phonemes if first <= a and b <= last)
    before = prompt.text[:first] if first else prompt.before
    after = prompt.text[last:] if last < len(prompt.text) else prompt.after
    return Prompt(prompt.text[first:last], (), inside, before, after)


def _joined(sounds_: list[tuple[int, Sound]]) -> Sound:
    rate = sounds_[0][1].rate
    if any(sound.rate != rate for _, sound in sounds_):
        raise SpeechFailedError("the service gave the pieces of one text at different rates")
    pcm = bytearray()
    words: list[WordEvent] = []
    for first, sound in sounds_:
        at = len(pcm) / 2 / rate
        words += [WordEvent(w.start + at, w.end + at, w.first + first, w.last + first) for w in sound.words]
        pcm += sound.pcm
    warnings = dict.fromkeys(warning for _, sound in sounds_ for warning in sound.warnings)
    exact = all(sound.exact for _, sound in sounds_)
    return Sound(bytes(pcm), rate, tuple(words) if exact else (), tuple(warnings), exact=exact)
