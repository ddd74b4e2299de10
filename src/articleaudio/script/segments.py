"""Cutting long sentences: at clauses, between tokens, never inside a number or a name that is one token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from articleaudio.model import Token, TokenKind
from articleaudio.script.words import words

STRONG = re.compile(r"[;:—–]|\.\.\.|…")
COMMA = re.compile(r"[,)]")
JOINTS = words("""
    and but or which who that because while when although though where after before since until if as with so
    і й та а але або чи що який яка яке які бо тому коли якщо хоча щоб де після до з
""")  # fmt: skip
QUOTES = re.compile(r"[“«\"][^“”«»\"]{0,60}[”»\"]")


def cut(written: str, tokens: Sequence[Token], limit: int) -> list[tuple[int, int, tuple[Token, ...]]]:
    """Cut a sentence into pieces of at most `limit` characters: start, end, tokens on the piece's own positions."""
    if len(written) <= limit:
        return [(0, len(written), tuple(tokens))]
    pieces: list[tuple[int, int, tuple[Token, ...]]] = []
    places = _places(written, tokens)
    start, first, at = 0, 0, 0
    while len(written) - start > limit:
        best, rank = 0, -1.0
        while at < len(places) and places[at][0] <= start:
            at += 1
        look = at
        while look < len(places) and places[look][0] <= start + limit:
            place, value = places[look]
            score = value + (place - start) / limit
            if score >= rank:
                best, rank = place, score
            look += 1
        end = best or min(start + limit, len(written))
        taken, first = _take(tokens, first, start, end)
        pieces.append((start, start + len(written[start:end].rstrip()), taken))
        start = end + len(written[end:]) - len(written[end:].lstrip()) if written[end : end + 1] == " " else end
    taken, first = _take(tokens, first, start, len(written))
    pieces.append((start, len(written), taken))
    return pieces


def _take(tokens: Sequence[Token], first: int, start: int, end: int) -> tuple[tuple[Token, ...], int]:
    """The tokens from `first` on that lie before `end`, moved to the piece; and the index of the next one.

    A token longer than a whole segment is said where it starts; what is left of it is silent.
    """
    moved: list[Token] = []
    place = first
    while place < len(tokens) and tokens[place].start < end:
        token = tokens[place]
        whole = token.start >= start
        kind, say = (token.kind, token.say) if whole else (TokenKind.PAUSE, "")
        first_, last = max(token.start, start) - start, min(token.end, end) - start
        moved.append(Token(first_, last, kind, say, token.rule, token.confidence))
        if token.end > end:
            break
        place += 1
    return tuple(moved), place


def _places(written: str, tokens: Sequence[Token]) -> list[tuple[int, float]]:
    """Where a sentence may be cut, in order, and how good a cut each place is."""
    quoted = [found.span() for found in QUOTES.finditer(written)]
    places: list[tuple[int, float]] = []
    quote = 0
    for left, right in pairwise(tokens):
        gap = written[left.end : right.start]
        place = right.start
        while quote < len(quoted) and quoted[quote][1] <= place:
            quote += 1
        inside = quote < len(quoted) and quoted[quote][0] < place < quoted[quote][1]
        if STRONG.search(gap) or written[left.start : left.end].strip() in ("—", "–", ";", ":"):
            value = 3.0
        elif COMMA.search(gap):
            value = 2.0
        elif right.say in JOINTS:
            value = 1.0
        elif gap:
            value = 0.0
        else:
            value = -0.9
        places.append((place, value - (2.0 if inside else 0.0)))
    return places
