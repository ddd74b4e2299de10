"""Stretches of a text in another language: what its markup names, and words in letters of another alphabet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from articleaudio.model import Mark, MarkKind, Switch
from articleaudio.script.alphabets import (
    ALPHABETS,
    FOREIGN,
    LATIN,
    alphabet_of,
    alphabet_of_letter,
    fits,
    language_of,
    primary,
)
from articleaudio.script.fold import fold
from articleaudio.script.lexicon import Lexicon

TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,6}")
NONE = frozenset({"und", "zxx", "mul", "mis", "art"})
"""Tags that name no language."""
WORD = re.compile(r"[^\W_]+(?:['’ʼ‘‛\u00ad\u0300-\u036f‐‑-]+[^\W_]+)*[\u0300-\u036f]*")
REACH = 4
"""Characters without a letter that may lie between two words of one run (") – «")."""

_Found = tuple[int, int, str]


def switches(
    text: str, marks: Sequence[Mark], tag: str, spoken: Collection[str] | None, lexicon: Lexicon | None = None
) -> tuple[Switch, ...]:
    """The stretches of a text that are in another language than `tag`, in order, without overlap.

    What the markup names counts, whatever it is, if it can be in that language by its letters: editors leave wrong
    marks behind. Unmarked words count where they are in another alphabet than the article, unless that is the Latin
    one: names and brands in Latin letters have readings in every language. What the house's lexicon reads in the
    article's own language alone stays in it. `spoken` are the languages that have voices, None where nobody knows.
    """
    named = [mark for mark in marks if mark.kind is MarkKind.LANGUAGE]
    if not named and (text.isascii() or not FOREIGN.search(text)):
        return ()
    marked = list(_marked(text, named)) if named else []
    said = [(mark.start, mark.end, "") for mark in marks if mark.kind is MarkKind.SAY_AS]
    if lexicon is not None:
        said += _settled(text, tag, lexicon)
    found = [*marked, *_runs(text, alphabet_of(tag), spoken, sorted([*marked, *said]))]
    return tuple(Switch(*one) for one in sorted(found) if primary(one[2]) != primary(tag))


def clipped(text: str, found: Sequence[Switch], start: int, end: int) -> tuple[Switch, ...]:
    """The switches of a text within one stretch of it, counted from its start; those without a sound fall away."""
    inside: list[Switch] = []
    at = bisect_right(found, start, key=lambda switch: switch.end)
    while at < len(found) and found[at].start < end:
        first, last = max(found[at].start, start), min(found[at].end, end)
        stretch = text[first:last]
        if any(map(str.isalnum, stretch)):
            first, last = last - len(stretch.lstrip()), first + len(stretch.rstrip())
            inside.append(Switch(first - start, last - start, found[at].language))
        at += 1
    return tuple(inside)


def _marked(text: str, marks: Iterable[Mark]) -> Iterator[_Found]:
    """What the markup names, the innermost mark first, widened to whole words."""
    at = 0
    for opened, closed, language in _flat(marks):
        tag = language.strip().lower().replace("_", "-")
        stretch = text[opened:closed]
        if not TAG.fullmatch(tag) or primary(tag) in NONE or not fits(stretch, tag):
            continue
        start, end = closed - len(stretch.lstrip()), opened + len(stretch.rstrip())
        alphabet = alphabet_of(tag)
        while start > at and _joins(text, start - 1, start, alphabet):
            start -= 1
        while end < len(text) and _joins(text, end, end - 1, alphabet):
            end += 1
        start = max(start, at)
        if start < end:
            at = end
            yield start, end, tag


def _joins(text: str, outside: int, inside: int, alphabet: str) -> bool:
    """Whether the letter just outside a stretch belongs to a word that the mark has cut."""
    return text[inside].isalpha() and text[outside].isalpha() and alphabet_of_letter(text[outside]) == alphabet


def _flat(marks: Iterable[Mark]) -> Iterator[_Found]:
    """Nested marks as stretches in a row."""
    at = 0
    around: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        while around and around[-1].end <= mark.start:
            last = around.pop()
            if last.end > at:
                yield at, last.end, last.value
                at = last.end
        if around and mark.start > at:
            yield at, mark.start, around[-1].value
        at = max(at, mark.start)
        around.append(mark)
    while around:
        last = around.pop()
        if last.end > at:
            yield at, last.end, last.value
            at = last.end


def _runs(text: str, own: str, spoken: Collection[str] | None, taken: Sequence[_Found]) -> Iterator[_Found]:
    """Runs of words in another alphabet; a figure between two such words is part of a run."""
    run: list[tuple[int, int]] = []
    of, upto, place = "", 0, 0
    for word in WORD.finditer(text):
        start, end = word.span()
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        free = place >= len(taken) or taken[place][0] >= end
        alphabet = _alphabet(word[0]) if free else LATIN
        near = bool(run) and start - upto <= REACH
        if near and free and word[0].isdecimal() and upto == run[-1][1]:
            upto = end
            continue
        if not near or alphabet != of:
            yield from _run(text, run, of, spoken)
            run, of = [], alphabet
        if alphabet and alphabet not in {own, LATIN}:
            run.append((start, end))
            upto = end
    yield from _run(text, run, of, spoken)


def _settled(text: str, tag: str, lexicon: Lexicon) -> Iterator[_Found]:
    """Words in other letters that the house reads in the article's language, and in no other."""
    folded = fold(text)
    for word in WORD.finditer(folded):
        if FOREIGN.match(word[0]) and (piece := lexicon.find(folded, word.start(), tag)):
            other = language_of(word[0], alphabet_of_letter(word[0][0]), None)
            if lexicon.find(folded, word.start(), other) is None:
                yield piece.start, piece.end, ""


def _run(text: str, run: Sequence[tuple[int, int]], of: str, spoken: Collection[str] | None) -> Iterator[_Found]:
    """One run, unless it is but a single letter: that is a sign ("Δ"), or a slip of the keyboard ("Т-72")."""
    if run and (ALPHABETS[of].signs or any(end - start > 1 for start, end in run)):
        start, end = run[0][0], run[-1][1]
        yield start, end, language_of(text[start:end], of, spoken)


def _alphabet(word: str) -> str:
    """The alphabet that all letters of a word are of; empty for several, or for a word with figures."""
    if word.isascii():
        return LATIN if word.isalpha() else ""
    found = {alphabet_of_letter(character) for character in word if character.isalpha()}
    mixed = len(found) != 1 or any(map(str.isdecimal, word))
    return "" if mixed else found.pop()
