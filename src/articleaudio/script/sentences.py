"""Cutting a block into sentences, with the abbreviations that the reading rules know too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from articleaudio.script.language import Stops

END = re.compile(r"([.!?…]+)[\"'”’»)\]]*(?:\s+|$)")
OPENING = "\"'“”‘„«([—–- "
REACH = 32
"""Characters before a period that are looked at for its word."""


def sentences(text: str, stops: Stops) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, without the white space between them, in order; all of the text is covered."""
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for found in END.finditer(text, start):
        if found.end() >= len(text) or _ends(text, found, start, stops):
            end = found.start() + len(found[0].rstrip())
            if end > start:
                spans.append((start, end))
            start = found.end()
    if start < len(text.rstrip()):
        spans.append((start, len(text.rstrip())))
    return spans


def unbroken(spans: Iterable[tuple[int, int]], kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join sentences that end inside of what must stay whole: `kept`, by start ("der 4. Februar", "Yahoo! News")."""
    begun, at, end = -1, 0, -1
    for start, end in spans:
        begun = start if begun < 0 else begun
        while at < len(kept) and kept[at][1] <= end:
            at += 1
        if at == len(kept) or kept[at][0] >= end:
            yield begun, end
            begun = -1
    if begun >= 0:
        yield begun, end


def _ends(text: str, found: re.Match[str], start: int, stops: Stops) -> bool:
    """Whether a sentence ends at a period, question mark or the like."""
    following = _following(text, found.end())
    if not following or following[0].islower():
        return False
    if found[1] != ".":
        return True
    word = text[max(start, found.start() - REACH) : found.start()].split()[-1:] or [""]
    last = word[0].lstrip(OPENING)
    low = last.lower().replace("’", "'")
    low = low.rpartition("-")[2] or low
    starter = following in stops.starters
    if len(last) == 1 and last.isalpha():
        return starter and last.isupper()
    if last.isdecimal() and found.start() - len(last) == start and len(last) < 4:
        return False
    if low[:-1].isdecimal() and low[-1] in "sd" and following[0].isdecimal():
        return False
    if low in stops.numbered and following[0].isdecimal():
        return False
    if low in stops.clock:
        return following not in stops.after_clock and not following[0].isdecimal()
    if low in stops.never:
        return _never(low, following, starter=starter)
    if low in stops.soft or _dotted(low):
        return starter
    return True


def _dotted(low: str) -> bool:
    """Whether a word is letters with periods between: "u.s", "p.m"."""
    return "." in low and all(len(part) <= 2 and part.isalpha() for part in low.split("."))


def _never(low: str, following: str, *, starter: bool) -> bool:
    """Abbreviations that end no sentence, and words that look like them ("He said no.")."""
    if low in ("no", "нет"):
        return not any(char.isdecimal() for char in following)
    return starter and low in ("art", "sec", "fig", "app", "op", "al", "est", "incl", "viz", "c", "p", "v")


def _following(text: str, at: int) -> str:
    """The first word after a place, without the signs that open it."""
    chunk = text[at : at + REACH].lstrip(OPENING)
    word = re.match(r"[^\W_]+", chunk)
    if word:
        return word[0]
    return chunk[:1]
