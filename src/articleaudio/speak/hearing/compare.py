"""What was to be said against what was heard: an alignment that forgives spelling, homophones, figures and joints."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from articleaudio.speak.hearing.contract import Heard

ALIKE = 0.6
"""How alike (1 the same) two words must sound to pass for each other."""
_SURE = 0.95
"""From here on they do without a look at what stands beside them ("air port" is alike to "airport" only as a whole)."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_SOUNDS = (
    ("ph", "f"), ("wh", "w"), ("wr", "r"), ("kn", "n"), ("gh", ""), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "s"),
    ("qu", "k"), ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("d", "t"), ("g", "k"), ("j", "k"),
    ("b", "p"),
)  # fmt: skip
"""Spellings of Latin script that recognisers confuse, in order."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A word that was to be said and was not heard."""

    word: str
    """As it is said."""
    first: int
    """Where it stands in the text: first character."""
    near: float
    """Seconds at which it should have been heard."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a text."""

    missed: tuple[Missed, ...]
    """Words not heard, in order."""
    extra: tuple[Heard, ...]
    """Words heard that the text does not have, in order."""
    score: float
    """Share of the text's words that were heard."""


def compare(text: str, heard: Sequence[Heard]) -> Comparison:
    """Align the words said (`Segment.spoken`) with those heard."""
    said = list(_words(text))
    told = [(part, word) for word in heard for part, _ in _words(word.word)]
    gone = [True] * len(said)
    more = [True] * len(told)
    for left, right in _blocks([word for word, _ in said], [word for word, _ in told]):
        for at in left:
            gone[at] = False
        for at in right:
            more[at] = False
    missed = tuple(Missed(word, first, _when(at, len(said), told)) for at, (word, first) in enumerate(said) if gone[at])
    extra = dict.fromkeys(told[at][1] for at in range(len(told)) if more[at])
    return Comparison(missed, tuple(extra), 1 - len(missed) / len(said) if said else 1.0)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Give each word, without case and accents, and where it begins; dotted letters are one word."""
    joined = _DOTTED.sub(lambda dotted: dotted[0].replace(".", "\0"), text)
    for match in re.finditer(r"(?:[^\W\d_]\0)+|" + _WORD.pattern, joined):
        plain = unicodedata.normalize("NFKD", match[0].replace("\0", "").casefold())
        yield "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’"), match.start()


def _blocks(said: list[str], told: list[str]) -> Iterator[tuple[list[int], list[int]]]:
    """Give stretches of both that say the same, by the cheapest alignment of their words and, between, as wholes."""
    steps = _aligned(said, told)
    gaps = [left < 0 or right < 0 for left, right, _ in steps]
    certain = [
        near >= ALIKE and (near >= _SURE or not any(gaps[max(0, at - 1) : at + 2]))
        for at, (_, _, near) in enumerate(steps)
    ]
    for matched, group in groupby(zip(certain, steps, strict=True), key=lambda step: step[0]):
        block = [step for _, step in group]
        left, right = [step[0] for step in block if step[0] >= 0], [step[1] for step in block if step[1] >= 0]
        if matched or (left and right and _same([said[at] for at in left], [told[at] for at in right])):
            yield left, right
        else:
            yield from (([step[0]], [step[1]]) for step in block if step[2] >= ALIKE)


def _same(said: list[str], told: list[str]) -> bool:
    """Whether two stretches are the same written differently: joined, split, or with a figure for its words."""
    return any(map(str.isdigit, "".join(told))) or alike("".join(said), "".join(told)) >= ALIKE


def _aligned(said: list[str], told: list[str]) -> list[tuple[int, int, float]]:
    """Give the steps of the cheapest alignment: indices (-1 for none) and how alike the two are."""
    costs = [[float(column) for column in range(len(told) + 1)]]
    for row, word in enumerate(said, 1):
        costs.append([float(row)])
        for column, other in enumerate(told, 1):
            change = costs[row - 1][column - 1] + 1.6 * (1 - alike(word, other))
            costs[row].append(min(change, costs[row - 1][column] + 1, costs[row][column - 1] + 1))
    steps: list[tuple[int, int, float]] = []
    row, column = len(said), len(told)
    while row or column:
        here = costs[row][column]
        near = alike(said[row - 1], told[column - 1]) if row and column else 0.0
        if row and column and abs(here - costs[row - 1][column - 1] - 1.6 * (1 - near)) < 1e-9:
            row, column = row - 1, column - 1
            steps.append((row, column, near))
        elif row and abs(here - costs[row - 1][column] - 1) < 1e-9:
            row -= 1
            steps.append((row, -1, 0.0))
        else:
            column -= 1
            steps.append((-1, column, 0.0))
    return steps[::-1]


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> float:
    """How alike two words are, by letters or by sound: 0 to 1."""
    if one == other:
        return 1.0
    key, other_key = _key(one), _key(other)
    if key and key == other_key:
        return 0.95
    letters = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    sounds = difflib.SequenceMatcher(None, key, other_key, autojunk=False).ratio() if key and other_key else 0.0
    return min(0.9, max(letters, (letters + sounds) / 2))


def _key(word: str) -> str:
    """The consonants of a word as they sound, roughly; a vowel at the beginning counts."""
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    key = "".join(letter for letter in word if letter not in "aeiouyhw")
    single = "".join(letter for letter, _ in groupby(key))
    return ("a" if word[:1] in set("aeiouy") else "") + single


def _when(at: int, words: int, told: Sequence[tuple[str, Heard]]) -> float:
    """Estimate when a word should have been heard: as far into the sound as it is into the text."""
    return round(told[-1][1].end * at / words, 2) if told else 0.0
