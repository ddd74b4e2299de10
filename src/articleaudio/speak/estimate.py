"""Word times for engines that tell none: from the text, and from where the sound pauses.

Pauses are found in the loudness of the sound and paired with the punctuation of the text, as well as both agree with
how long the words between should take. What lies between two pauses is shared out by the letters of its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product

from articleaudio.speak.contract import Sound, WordEvent
from articleaudio.speak.render import sounds

FRAME = 0.01
"""Seconds of sound whose loudness is taken at a time."""
QUIET = 0.02
"""Share of the sound's loudness below which it pauses (-34 dB)."""
SHORTEST = 0.09
"""Seconds; a shorter pause is the closed mouth before a "t" or a "k"."""
MOST = 200
"""Marks or pauses; with more, they are not paired: no segment has as many, and time stays bounded."""

# Relative seconds of what words are made of: least squares over eSpeak NG's own word times, see benchmarks/timing.py.
_WORD, _VOWEL, _GLIDE, _CONSONANT = 0.032, 0.046, 0.039, 0.072
_NAMED, _DIGIT, _SYLLABLE = 0.16, 0.28, 0.15
_MARKS = {",": 1.0, ";": 1.0, ":": 1.0, "—": 1.0, "–": 1.0, "(": 1.0, ")": 1.0, ".": 2.0, "!": 2.0, "?": 2.0, "…": 2.0}
_VOWELS = frozenset("aeiouyæœøаеєиіїоуюяыэёαεηιουω")
_SOUNDS = str.maketrans({"й": "j", "ь": None, "ъ": None, "щ": "шч"})
_PIECE = re.compile(r"[^\s—–…]+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+(?:[^\W\d_]\b|'s)?\W*$")

_REACH = 4  # how many marks or pauses in a row may go without the other
_UNHEARD = 0.6  # cost of a mark at which the sound does not pause, times its strength
_UNWRITTEN = 12.0  # cost of a pause without a mark, for each second of it


@dataclass(frozen=True, slots=True)
class _Word:
    first: int
    last: int
    weight: float
    mark: float  # strength of the punctuation behind it


_Best = dict[tuple[int, int], tuple[float, tuple[int, int]]]
"""For a mark paired with a pause: the least that it costs to come so far, and the pair before."""


def estimate(text: str, sound: Sound) -> tuple[WordEvent, ...]:
    """Give one event for each word of the text: in order, without overlap, inside the sound."""
    words = _words(text)
    if not words:
        return ()
    begin, end, pauses = _pauses(sound)
    few = sum(word.mark > 0 for word in words) <= MOST and len(pauses) <= MOST
    pairs = _paired(words, begin, end, pauses) if few else {}
    events: list[WordEvent] = []
    at, first = begin, 0
    for word, pause in [*sorted(pairs.items()), (len(words) - 1, len(pauses))]:
        until = pauses[pause][0] if pause < len(pauses) else end
        inside = [span for span in pauses if at < span[0] and span[1] < until]
        events += _shared(words[first : word + 1], at, until, inside)
        first = word + 1
        at = pauses[pause][1] if pause < len(pauses) else end
    return tuple(events)


def _words(text: str) -> list[_Word]:
    pieces = [piece for piece in _PIECE.finditer(text) if sounds(piece[0])]
    ends = [*(piece.start() for piece in pieces[1:]), len(text)]
    found = []
    for piece, after in zip(pieces, ends, strict=False):
        bare = piece[0].rstrip(".,;:!?()'\"")
        last = piece.start() + (len(bare) or len(piece[0]))
        behind = text[last:after]
        if _LETTERS.match(piece[0]):  # the full stop of "P.M." ends nothing
            behind = behind.replace(".", "", 1)
        mark = max((_MARKS.get(character, 0.0) for character in behind), default=0.0)
        found.append(_Word(piece.start(), last, _weight(piece[0]), mark))
    return found


def _weight(word: str) -> float:
    """About how long a word takes: a sign of a syllabary as long as a syllable, letters named one by one longer."""
    if _LETTERS.match(word):
        return _NAMED * sum(map(str.isalpha, word))
    weight, before = _WORD, ""
    for character in unicodedata.normalize("NFD", word.lower().translate(_SOUNDS)):
        if character in _VOWELS:
            weight += _GLIDE if before and before in _VOWELS else _VOWEL
        elif character.isdigit():
            weight += _DIGIT
        elif character.isalpha() and character != before and (character != "h" or before in _VOWELS or not before):
            weight += _CONSONANT if ord(character) < 0x900 else _SYLLABLE
        elif unicodedata.category(character)[0] == "S":
            weight += 2 * _DIGIT
        if not unicodedata.combining(character):
            before = character
    return weight


def _pauses(sound: Sound) -> tuple[float, float, list[tuple[float, float]]]:
    """Where the sound begins and ends, and where it pauses in between."""
    import numpy as np  # noqa: PLC0415 -- only where an engine tells no times

    step = max(1, round(sound.rate * FRAME))
    samples = np.frombuffer(sound.pcm[: len(sound.pcm) // 2 * 2], "<i2").astype(np.float32)
    frames = samples[: len(samples) // step * step].reshape(-1, step)
    loudness = np.sqrt((frames**2).mean(axis=1)) if len(frames) else np.zeros(0)
    heard = np.flatnonzero(loudness > QUIET * loudness.max(initial=0.0))
    if not len(heard):
        return 0.0, sound.duration, []
    gaps = np.flatnonzero(np.diff(heard) * step / sound.rate > SHORTEST)
    spans = [((heard[gap] + 1) * step / sound.rate, heard[gap + 1] * step / sound.rate) for gap in gaps]
    end = min(sound.duration, (heard[-1] + 1) * step / sound.rate)
    return float(heard[0] * step / sound.rate), float(end), [(float(start), float(stop)) for start, stop in spans]


def _paired(words: Sequence[_Word], begin: float, end: float, pauses: Sequence[tuple[float, float]]) -> dict[int, int]:
    """Pair words that punctuation follows with pauses: the cheapest way through both, by dynamic programming."""
    marks = [number for number, word in enumerate(words[:-1]) if word.mark]
    said = [0.0]  # when the start, each mark and the end come, in weights
    strength = [0.0, *(words[mark].mark for mark in marks), 0.0]
    passed = list(accumulate(word.weight for word in words))
    said += [*(passed[mark] for mark in marks), passed[-1]]
    heard, long, silent = [0.0], [0.0], 0.0  # the same for the start, each pause and the end, in seconds of speech
    for start, stop in pauses:
        heard.append(start - begin - silent)
        long.append(stop - start)
        silent += stop - start
    heard.append(end - begin - silent)
    long.append(0.0)
    pace = heard[-1] / passed[-1]
    ends = (len(said) - 1, len(heard) - 1)
    best: _Best = {(0, 0): (0.0, (0, 0))}
    for mark, pause in product(range(1, ends[0] + 1), range(1, ends[1] + 1)):
        if (mark == ends[0]) != (pause == ends[1]):
            continue
        options = []
        for m, p in product(range(max(0, mark - _REACH), mark), range(max(0, pause - _REACH), pause)):
            if (m, p) in best:
                cost = best[m, p][0] + _misfit(pace * (said[mark] - said[m]), heard[pause] - heard[p])
                cost += _UNHEARD * sum(strength[m + 1 : mark]) + _UNWRITTEN * sum(long[p + 1 : pause])
                options.append((cost, (m, p)))
        if options:
            best[mark, pause] = min(options)
    return _way(best, ends, marks)


def _way(best: _Best, ends: tuple[int, int], marks: Sequence[int]) -> dict[int, int]:
    """Walk back from the end; where there is no way, nothing is paired."""
    pairs: dict[int, int] = {}
    step = best[ends][1] if ends in best else (0, 0)
    while step != (0, 0):
        pairs[marks[step[0] - 1]] = step[1] - 1
        step = best[step][1]
    return pairs


def _misfit(expected: float, heard: float) -> float:
    """How badly a stretch of speech fits the words it should hold."""
    return (heard - expected) ** 2 / (0.02 + 0.05 * expected)


def _shared(words: Sequence[_Word], begin: float, end: float, pauses: Sequence[tuple[float, float]]) -> list[WordEvent]:
    """Share a stretch of sound out among words, by weight; its pauses belong to nobody."""
    speech = max(0.0, end - begin - sum(stop - start for start, stop in pauses))
    total = sum(word.weight for word in words)
    events = []
    edges = [0.0, *(speech * weight / total for weight in accumulate(word.weight for word in words))]
    at = begin
    for word, (start, stop) in zip(words, pairwise(edges), strict=True):
        opening = max(at, _moment(start, begin, pauses, late=True))
        at = min(end, max(opening, _moment(stop, begin, pauses, late=False)))
        events.append(WordEvent(min(opening, at), at, word.first, word.last))
    return events


def _moment(speech: float, begin: float, pauses: Sequence[tuple[float, float]], *, late: bool) -> float:
    """When so much speech has been heard; at a pause, its end (`late`) or its start."""
    at = begin + speech
    for start, stop in pauses:
        if at > start or (late and at >= start):
            at += stop - start
    return at
